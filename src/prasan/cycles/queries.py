"""Reads of the calendar: steps in order, what is open on a date, and the calendar drawn."""

from prasan.cycles.drawing import CalendarStep, calendar_svg

__all__ = ["CalendarStep", "calendar_svg"]
