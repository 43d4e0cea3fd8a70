"""Several people's readings of the same sentences: where they agree, how far, and what becomes of them."""
