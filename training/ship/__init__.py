"""What leaves the house: a package with its model card, a table of entities."""
