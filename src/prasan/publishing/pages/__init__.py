"""The one page one can mail."""
