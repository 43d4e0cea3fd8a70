"""doccano: one of our own, and all that passes between any of them and our files."""
