"""The commands that need spaCy, a file each, and the entry point of `parkner`."""
