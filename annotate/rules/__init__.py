"""Pre-labelling by rules and lists of names, and what people made of it."""
