"""The plan book: its text and tables once, and its two printed forms."""
