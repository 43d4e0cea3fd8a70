"""Turn raw pages into sentences: read, clean, split. Read and write pages with marked entities."""
