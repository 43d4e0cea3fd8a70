"""Results to give away: a package with its model card, and a table of entities."""
