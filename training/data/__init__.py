"""Training data: gold converted, articles rewritten, silver data from raw text."""
