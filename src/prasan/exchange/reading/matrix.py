"""Reads the printed matrix of three tiers: numbered lists of projects inside its cells."""

import re
from typing import Final, NamedTuple

from prasan.common.text import clean, search_key, to_arabic_digits
from prasan.exchange.reading.fields import CHANNEL_TIERS
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.grid import Grid, a1
from prasan.exchange.reading.lines import is_placeholder
from prasan.exchange.reading.records import Record, Sheet


class CellWords(NamedTuple):
    """Words of a cell's first line that make it a channel; all of `all_of` and none of `none_of`."""

    channel: str
    all_of: tuple[str, ...]
    none_of: tuple[str, ...] = ()


# From the most telling to the least; domain.md 5.7.
CHANNEL_WORDS: Final = (
    CellWords("C3", ("โครงการของกลุ่มจังหวัด", "ขอรับการสนับสนุน")),
    CellWords("C2", ("โครงการของกลุ่มจังหวัด", "คำของบประมาณจังหวัด")),
    CellWords("C1", ("โครงการของกลุ่มจังหวัด", "คำของบประมาณกลุ่มจังหวัด")),
    CellWords("P2", ("โครงการของจังหวัด", "ขอรับการสนับสนุน")),
    CellWords("P1", ("โครงการของจังหวัด", "คำของบประมาณ")),
    CellWords("M", ("โครงการของกระทรวง",)),
)
_numbered = re.compile(r"^\s*(\d{1,3})\s*[.)]\s*(\S.*)$")
_province = re.compile(r"^กรณี\s*จังหวัด\s*(\S+)")
_target = re.compile(r"^พื้นที่เป้าหมาย[^:：]*[:：]\s*(\S.*)$")  # the provinces whose matrix it is
_issue = re.compile(r"^ประเด็น(?:ยุทธศาสตร์|การพัฒนา)")


def channel_of(first_line: str) -> str:
    """Give the channel a cell's first line announces, or ""."""
    key = search_key(first_line)
    for words in CHANNEL_WORDS:
        if all(search_key(word) in key for word in words.all_of):
            return words.channel
    return ""


def is_matrix(grid: Grid) -> bool:
    """Say whether a sheet holds at least three cells of the matrix with numbered lists."""
    found = 0
    for row in grid.rows[:60]:
        for value in row:
            if isinstance(value, str) and "\n" in value and channel_of(value.partition("\n")[0]):
                found += 1
    return found >= 3


def read_matrix(grid: Grid, findings: Findings) -> Sheet:
    """Read every numbered line of the matrix as a record; dots to fill in are none."""
    sheet = Sheet(grid.name, "project_matrix")
    issue = ""
    for row, values in enumerate(grid.rows):
        for column, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                continue
            if _issue.match(clean(value)):
                issue = clean(value)
            if found := _target.match(clean(value)):
                sheet.place_text = found[1]
            channel = channel_of(value.partition("\n")[0]) if "\n" in value else ""
            if channel:
                sheet.records += _cell(grid.name, row, column, value, channel, issue, findings)
    return sheet


def _cell(sheet: str, row: int, column: int, value: str, channel: str, issue: str, findings: Findings) -> list[Record]:
    records: list[Record] = []
    province = ""
    for line in value.split("\n")[1:]:
        text = clean(line)
        if found := _province.match(text):
            province = found[1]
            continue
        numbered = _numbered.match(to_arabic_digits(text))
        name = text[len(text) - len(numbered[2]) :] if numbered else text
        if not name or is_placeholder(name):
            continue
        if not numbered:
            if records:
                records[-1].name = f"{records[-1].name} {name}"
            else:
                findings.add("line_not_read", sheet=sheet, row=row + 1, cell=a1(row, column), value=name)
            continue
        records.append(
            Record(
                sheet=sheet,
                row=row + 1,
                form="project_matrix",
                name=name,
                ordinal=int(numbered[1]),
                strategy=issue,
                place_text=province,
                channel=channel,
                tier=CHANNEL_TIERS[channel],
                cell=a1(row, column),
                part=len(records) + 1,
            )
        )
    return records
