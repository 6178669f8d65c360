"""Reads for pages that show several rooms at once; what one room can say itself stands in that room."""
