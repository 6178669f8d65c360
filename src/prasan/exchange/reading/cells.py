"""Text of single cells: cleaned, and what is odd about it said."""

import datetime as dt
import re
from typing import Any, Final

from prasan.common.dates import UnreadableDate, parse_date
from prasan.common.text import clean, marks_repaired
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import a1
from prasan.exchange.reading.heads import shown

LONGEST_TEXT: Final = 5_000
_formula = re.compile(
    r"=|@\s*[A-Za-z(]|[+\-−](?=[\w(@=])[^\u0e00-\u0e7f]*[|!(=]|[+\-−]\s*\d+(?:\.\d+)?(?:\s*[+\-*/^]\s*[\d.]+)+$"
)
_error = re.compile(r"#(?:REF|VALUE|NAME|NULL|NUM|SPILL|CALC|GETTING_DATA)[!?]?|#DIV/0!|#N/A", re.IGNORECASE)
NUMBER: Final = re.compile(r"[\d๐-๙.,\s]+")


class TextCells:
    """Cleans the text cells of one sheet; each text is looked at once."""

    def __init__(self, sheet: str, findings: Findings) -> None:
        self._sheet = sheet
        self._findings = findings
        self.known: dict[str, str] = {"": ""}  # raw text with nothing odd → clean text

    def read(self, raw: Any, row: int, column: int) -> str:
        """Give a cell as clean text; error values become empty, all that is odd becomes a finding."""
        if not isinstance(raw, str):
            return raw.isoformat() if isinstance(raw, (dt.date, dt.time)) else shown(raw)
        text = clean(raw)
        odd = False
        if text and text[0] in "=+-@−" and _formula.match(text):
            odd = self._say("formula_like_text", row, column, raw)
        if text and text[0] == "#" and _error.fullmatch(text):
            self._say("error_value", row, column, text)
            return ""
        if text != raw and marks_repaired(raw):
            before, after = _difference(raw, text)
            odd = self._say("thai_mark_order", row, column, before, suggestion=after)
        if len(text) > LONGEST_TEXT:
            odd = self._say("text_too_long", row, column, text[:80], length=len(text), kept=LONGEST_TEXT)
            text = text[:LONGEST_TEXT]
        if not odd:
            self.known[raw] = text
        return text

    def date(self, raw: Any, row: int, column: int) -> dt.date | None:
        """Give a cell as a day, or nothing with a finding."""
        try:
            return parse_date(raw)
        except UnreadableDate as problem:
            wording = "implausible_date_year" if problem.code == "implausible_year" else ""
            value = raw.isoformat() if isinstance(raw, dt.date) else "" if raw is None else raw
            self._say(problem.code, row, column, value, wording=wording)
            return None

    def _say(self, kind: str, row: int, column: int, value: object, **facts: Any) -> bool:
        self._findings.add(kind, sheet=self._sheet, row=row + 1, cell=a1(row, column), value=value, **facts)
        return True


def _difference(raw: str, text: str) -> tuple[str, str]:
    """Give the words that were repaired, before and after; the whole when words do not pair up."""
    before, after = raw.split(), text.split()
    if len(before) != len(after):
        return " ".join(before), text
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    return " ".join(old for old, _ in pairs), " ".join(new for _, new in pairs)
