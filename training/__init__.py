"""Everything that needs spaCy: tokenizer, training, prediction, scores. It imports `annotate`, never the reverse."""
