"""The pipeline: tokenizer, components, training and predictions."""
