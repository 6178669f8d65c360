"""Papers made for pages from what the rooms hold."""
