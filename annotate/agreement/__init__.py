"""Compare several people's readings of the same sentences: differences, agreement scores, adjudication."""
