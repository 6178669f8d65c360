"""Writes the official forms, empty or filled, in the layout in which they read back."""

from prasan.exchange.templates.heads import Head
from prasan.exchange.templates.writing import FORMS, UnwritableForm, write_workbook

__all__ = ["FORMS", "Head", "UnwritableForm", "write_workbook"]
