"""Checks printed totals under a table against the rows above them."""

import re
from dataclasses import dataclass, field
from typing import Any

from prasan.common.money import UnreadableAmount, parse_amount
from prasan.common.text import to_arabic_digits
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import a1, a1_range
from prasan.exchange.reading.lines import ordinal_of
from prasan.exchange.reading.money import MoneyColumn, baht_text
from prasan.exchange.reading.records import Record

_count_printed = re.compile(r"รวม\S*\s*(?:ทั้งสิ้น|ทั้งหมด)?\s*(?:จำนวน)?\s*(\d[\d,]*)\s*(?:โครงการ|รายการ|กิจกรรม)")
_counts_line = re.compile(r"จำนวน\s*โครงการ")
_whole = re.compile(r"ทั้งสิ้น|ทั้งหมด|grand", re.IGNORECASE)
_carried = re.compile(r"ยอดยก(?:ไป|มา)|ยกยอด(?:ไป|มา)|ยกไป|ยกมา")


@dataclass(slots=True)
class TotalLine:
    """A line of printed totals: where, what it is called, and the rows read before it."""

    row: int
    label: str
    label_column: int
    values: dict[int, Any]
    columns: list[MoneyColumn]
    records_before: int


class _Scope:
    """The rows a total may stand for, with the count and sum of each money column."""

    def __init__(self, records: list[Record]) -> None:
        self.records = records
        self.sums: dict[tuple[int | None, str, str], tuple[int, int]] = {}
        for record in records:
            for amount in record.amounts:
                key = (amount.fiscal_year, amount.kind, amount.span)
                count, added = self.sums.get(key, (0, 0))
                self.sums[key] = (count + 1, added + amount.satang)


@dataclass(slots=True)
class Totals:
    """The total lines of one table, and the money cells that could not be read."""

    lines: list[TotalLine] = field(default_factory=list)
    unread: set[tuple[int, int]] = field(default_factory=set)  # 0-based row and column

    def check(self, records: list[Record], sheet: str, findings: Findings) -> None:
        """Compare every printed total with its rows: its block, or the whole table."""
        begin, reached = 0, 0
        for line in self.lines:
            if _carried.search(line.label):
                continue
            if line.records_before > reached:
                begin, reached = reached, line.records_before
            scopes = [_Scope(records[: line.records_before])]
            if begin and not _whole.search(line.label):
                scopes.insert(0, _Scope(records[begin : line.records_before]))
            self._check_count(line, scopes, sheet, findings)
            for column in line.columns:
                self._check_column(line, column, scopes, sheet, findings)

    def _check_count(self, line: TotalLine, scopes: list[_Scope], sheet: str, findings: Findings) -> None:
        found = _count_printed.search(to_arabic_digits(line.label))
        if not found:
            return
        printed = int(found[1].replace(",", ""))
        if all(len(scope.records) != printed for scope in scopes):
            cell = a1(line.row, line.label_column)
            rows = _range(scopes[0].records, line.label_column)
            findings.add(
                "count_mismatch",
                sheet=sheet,
                row=line.row + 1,
                cell=cell,
                value=printed,
                expected=len(scopes[0].records),
                rows=rows,
            )

    def _check_column(
        self, line: TotalLine, column: MoneyColumn, scopes: list[_Scope], sheet: str, findings: Findings
    ) -> None:
        raw = line.values.get(column.column, "")
        if raw in ("", None) or column.year is None:
            return
        cell = a1(line.row, column.column)
        key = (column.year, column.kind, column.span)
        sums = [scope.sums.get(key, (0, 0)) for scope in scopes]
        where = _range(scopes[0].records, column.column)
        unread = any(place == column.column for _, place in self.unread)
        if _counts_line.search(line.label):
            printed = ordinal_of(raw) or 0
            if printed and all(count != printed for count, _ in sums):
                findings.add(
                    "count_mismatch", sheet=sheet, row=line.row + 1, cell=cell, value=printed, expected=sums[0][0],
                    rows=where, severity="info" if unread else None,
                )  # fmt: skip
            return
        try:
            printed_satang = (parse_amount(raw, unit=column.unit) or 0) * column.factor
        except UnreadableAmount as problem:
            findings.add(problem.code, sheet=sheet, row=line.row + 1, cell=cell, value=raw)
            return
        if all(added != printed_satang for _, added in sums):
            found = sums[0][1]
            findings.add(
                "total_mismatch", sheet=sheet, row=line.row + 1, cell=cell, value=baht_text(printed_satang),
                expected=baht_text(found), difference=baht_text(abs(printed_satang - found)), rows=where,
                severity="info" if unread else None,
            )  # fmt: skip


def _range(records: list[Record], column: int) -> str:
    return a1_range(records[0].row - 1, column, records[-1].row - 1, column) if records else "-"
