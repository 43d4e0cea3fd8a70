"""The commands that need no spaCy, one file each. They only read, call, write and report."""
