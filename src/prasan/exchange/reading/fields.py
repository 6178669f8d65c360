"""Turns the columns of one row into the fields of a record: kinds, states, places, dates and years."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from prasan.common.dates import UnreadableYear, parse_fiscal_year
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import a1
from prasan.exchange.reading.layout import PROGRESS, RESPONSE_KINDS, TICKED_KINDS
from prasan.exchange.reading.lines import is_placeholder
from prasan.exchange.reading.places import Gazetteer, PlaceMatch, moos_of_column, moos_said
from prasan.exchange.reading.records import Amount, Record

if TYPE_CHECKING:
    from prasan.exchange.reading.tables import Table

CHANNEL_TIERS: Final = {
    "M": "ประเทศ/ส่วนกลาง",
    "C1": "กลุ่มจังหวัด",
    "C3": "กลุ่มจังหวัด",
    "C2": "จังหวัด",
    "P1": "จังหวัด",
    "P2": "จังหวัด",
}
_province = re.compile(r"(?:จังหวัด|จ\.)\s*([\u0e01-\u0e4e]{3,25})")
# The columns of a place cut into levels, from the smallest, and how each is printed.
PLACE_LEVELS: Final = {"subdistrict": "ต.", "district": "อ.", "province": "จ."}
_NOT_KEPT: Final = ("reason",)


class Fields:
    """Makes records of one file's rows; keeps what is the same for all of them."""

    read_raw: Final = frozenset(("notified_on", "fiscal_year"))

    def __init__(self, findings: Findings, gazetteer: Gazetteer | None) -> None:
        self._findings = findings
        self._gazetteer = gazetteer
        self._places: dict[str, PlaceMatch] = {}
        self.head_place = ""  # the place the lines above the table name
        self.province_code: str | None = None  # of the province they name

    def look_above(self, place: str, text: str) -> None:
        """Take the place and the province that the lines above the table name."""
        self.head_place = place
        if self._gazetteer is None:
            return
        for found in _province.finditer(text):
            match = self._gazetteer.resolve(f"จังหวัด{found[1]}")
            if len(match.code) == 2 and not match.problems:
                self.province_code = match.code
                return

    def record(
        self,
        table: Table,
        row: int,
        ordinal: int | None,
        name: str,
        texts: dict[str, Any],
        raws: dict[str, Any],
        amounts: list[Amount],
        undated: int | None,
    ) -> Record:
        """Build the record of a row from its clean texts (by field), raw values and amounts."""
        record = Record(
            sheet=table.grid.name,
            row=row + 1,
            form=table.form,
            name=name,
            ordinal=ordinal,
            amounts=amounts,
            undated_satang=undated,
            strategy=texts.pop("strategy", "") or table.context.strategy,
            tactic=table.context.tactic,
            programme=texts.pop("programme", "") or table.context.programme,
            section=table.context.section,
            cell=f"{table.name_letters}{row + 1}",
            alignment=table.titles.alignment,
        )
        self._place(table, record, texts)
        self._kind(table, record, texts)
        for field, text in texts.items():
            if field == "progress":
                record.progress = _coded(text, PROGRESS)
            elif field not in _NOT_KEPT:
                setattr(record, field, text)
        if "notified_on" in raws:
            record.notified_on = table.cells.date(raws["notified_on"], row, table.head.columns["notified_on"])
        if "fiscal_year" in raws:
            self._year(table, record, raws["fiscal_year"])
        if record.form == "project_matrix_flat":
            self._channel(table, record)
        return record

    def _kind(self, table: Table, record: Record, texts: dict[str, Any]) -> None:
        """Take the kind of a request from its words or from the one column that is ticked; say what is not clear."""
        ticked = [c.field for c in TICKED_KINDS if texts.pop(c.field, "").strip(" .…-–_")]
        said = texts.pop("response_kind", "")
        record.response_kind = ticked[0] if len(ticked) == 1 else _coded(said, RESPONSE_KINDS)
        if len(ticked) > 1 or (not record.response_kind and not is_placeholder(said)):
            fields = (*ticked, "response_kind")
            column = next((table.head.columns[field] for field in fields if field in table.head.columns), 0)
            cell = a1(record.row - 1, column)
            value = said or len(ticked)
            self._findings.add("unknown_response_kind", sheet=record.sheet, row=record.row, cell=cell, value=value)

    def _year(self, table: Table, record: Record, raw: Any) -> None:
        """Put the row's amount into the year its own column names; without a readable year the row waits."""
        column = table.head.columns["fiscal_year"]
        try:
            record.fiscal_year = parse_fiscal_year(raw)
        except UnreadableYear as problem:
            record.refused = True
            suggestion = problem.suggestion if problem.suggestion is not None else ""
            value = raw.isoformat() if isinstance(raw, dt.date) else raw
            self._findings.add(
                problem.code, sheet=record.sheet, row=record.row, cell=a1(record.row - 1, column), value=value,
                suggestion=suggestion,
            )  # fmt: skip
            return
        if record.undated_satang is not None:
            money = next(item for item in table.money if item.year is None)
            cell = a1(record.row - 1, money.column)
            record.amounts.append(Amount(record.fiscal_year, money.kind, "IN", record.undated_satang, cell))
            record.undated_satang = None

    def _place(self, table: Table, record: Record, texts: dict[str, Any]) -> None:
        moo = texts.pop("moo", "")
        printed = texts.get("place_text", "")
        if table.place_levels:
            levels = {level: texts.pop(level, "") for level in table.place_levels}
            printed = printed or " ".join(f"{PLACE_LEVELS[level]}{name}" for level, name in levels.items() if name)
            record.place_text = printed
        if moo or printed:
            record.moos = moos_of_column(moo) or moos_said(printed)
        if not record.moos and table.head.layout.place_from_name:
            record.moos = moos_said(record.name)
        if self._gazetteer is None:
            return
        if printed and record.form == "project_matrix_flat":
            record.area_code = self._match(f"จังหวัด{printed}").code
        elif printed and record.form != "community_needs":
            self._resolve(table, record, printed)
        elif self.head_place:
            record.area_code = self._match(self.head_place).code

    def _match(self, text: str) -> PlaceMatch:
        if text not in self._places and self._gazetteer is not None:
            self._places[text] = self._gazetteer.resolve(text, province_code=self.province_code)
        return self._places[text]

    def _resolve(self, table: Table, record: Record, printed: str) -> None:
        match = self._match(printed)
        record.area_code = match.code
        record.moos = record.moos or match.moos
        levels = ("place_text", "subdistrict", "district", "province")
        column = next((table.head.columns[level] for level in levels if level in table.head.columns), 0)
        for problem in match.problems:
            code = f" ({problem.suggestion_code})" if problem.suggestion_code else ""
            self._findings.add(
                problem.kind, sheet=record.sheet, row=record.row, cell=a1(record.row - 1, column), value=problem.value,
                suggestion=f"{problem.suggestion_name}{code}" if problem.suggestion_name else "",
            )  # fmt: skip

    def _channel(self, table: Table, record: Record) -> None:
        """Refuse a channel that is not one of the six cells of the matrix."""
        if CHANNEL_TIERS.get(record.channel) != record.tier:
            cell = a1(record.row - 1, table.head.columns["channel"])
            record.refused = True
            self._findings.add(
                "unknown_channel", sheet=record.sheet, row=record.row, cell=cell, value=record.channel, tier=record.tier
            )


def _coded(text: str, words: tuple[tuple[str, str], ...]) -> str:
    return next((code for word, code in words if word in text), "")
