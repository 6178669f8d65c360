"""Reads what offices really send, without a database: bytes in, records and findings out."""
