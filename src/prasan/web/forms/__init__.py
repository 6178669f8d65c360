"""Input shape and messages of the pages' forms, by subject; none of them saves."""
