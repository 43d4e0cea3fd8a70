"""Requests to any doccano, and answers that are looked at before use."""
