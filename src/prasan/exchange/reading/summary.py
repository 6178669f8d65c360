"""Readings as plain data for machines: the contract of `prasan import --dry-run --json`."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from prasan.exchange.reading.records import Finding, Reading, Record, Sheet


def summary(readings: Iterable[Reading]) -> dict[str, Any]:
    """Give the files' forms, outcomes, counts, sums in satang and findings; schema: docs/schemas/import.schema.json."""
    return {"files": [_file(reading) for reading in readings]}


def _file(reading: Reading) -> dict[str, Any]:
    records = reading.records()
    by_year: dict[str, int] = defaultdict(int)
    for record in records:
        for amount in record.main_amounts():
            by_year[str(amount.fiscal_year)] += amount.satang
    return {
        "file": reading.file,
        "form": reading.form,
        "outcome": reading.outcome,
        "records": len(records),
        "total_satang": _total(records),
        "by_year": dict(sorted(by_year.items())),
        "sheets": [_sheet(sheet) for sheet in reading.sheets],
        "findings": [_finding(finding) for finding in reading.findings],
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "form": sheet.form,
        "records": len(sheet.records),
        "total_satang": _total(sheet.records),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "sheet": finding.sheet,
        "row": finding.row,
        "cell": finding.cell,
        "kind": finding.kind,
        "severity": finding.severity,
        "message_th": finding.message_th,
        "message_en": finding.message_en,
    }


def _total(records: list[Record]) -> int:
    """Add what the rows ask or have; amounts bound in other years or already paid are not counted again."""
    return sum(record.main_satang() or 0 for record in records)
