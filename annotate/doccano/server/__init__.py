"""Run our own doccano on this machine."""
