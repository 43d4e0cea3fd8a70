"""What a file of records is worth: what is wrong with it, what it holds, how well it matches the gold."""
