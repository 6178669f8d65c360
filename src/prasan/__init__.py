"""Prasan (ประสานแผน): one record and one path for Thailand's area-based development plans."""

__version__ = "0.1.0"
