"""The acts of this room; the only place that writes it."""
