"""The record and the stages before training: from raw pages to corrected sentences. Imports no spaCy."""
