"""The pipeline: its tokenizer and components, its training, its predictions."""
