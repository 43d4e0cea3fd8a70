"""Raw pages to sentences: read, clean, split; and pages with marked entities."""
