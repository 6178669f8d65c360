"""Reads what offices really send, without a database: bytes in, records and findings out."""

from prasan.exchange.reading.reader import FormChoice, read_file
from prasan.exchange.reading.records import Amount, Finding, FormKey, Reading, Record, Sheet
from prasan.exchange.reading.summary import summary

__all__ = ["Amount", "Finding", "FormChoice", "FormKey", "Reading", "Record", "Sheet", "read_file", "summary"]
