"""The workbooks of a report."""
