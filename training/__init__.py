"""Everything that needs spaCy: tokenizer, training, prediction, scores. Imports `annotate`, never the reverse."""
