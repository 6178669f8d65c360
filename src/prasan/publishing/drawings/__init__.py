"""Drawings of a report: the map and the calendar, as SVG."""
