"""The commands that need spaCy, one file for each, and the entry point of `parkner`."""
