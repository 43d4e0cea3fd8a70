"""The quality of records: their problems, their counts, and their scores against the gold."""
