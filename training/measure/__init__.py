"""What a model is worth, how it grows with more gold, and which sentences to annotate next."""
