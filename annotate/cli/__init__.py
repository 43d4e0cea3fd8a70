"""The commands that need no spaCy, a file each. Each is a caption: read, call, write, report."""
