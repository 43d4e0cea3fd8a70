"""A doccano of our own, on this machine."""
