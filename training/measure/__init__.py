"""Scores of a model, its gain from more gold, and the sentences to annotate next."""
