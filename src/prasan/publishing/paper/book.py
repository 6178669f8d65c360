"""The plan book as chapters, sections and tables of finished text; both printers set it as it stands here."""

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the width, its alignment."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a line break inside a cell begins its small second line. The total is the last row.

    `heads` are the places of rows that open a group: their first cell runs to the last column, and they stay with
    the row below.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] | None = None
    heads: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A titled piece of a chapter: paragraphs, then a table or a drawing (name of an SVG)."""

    title: str
    paragraphs: tuple[str, ...] = ()
    table: Table | None = None
    drawing: Literal["", "map", "calendar"] = ""
    in_contents: bool = True


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A whole book.

    `figures` are the large numbers of the cover: a number and what it counts. `unbroken` is a regular
    expression of what a line must not part: place names, abbreviations, a number and its unit.
    """

    title: str
    province: str
    year: str
    date: str
    note: str
    figures: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    unbroken: str
