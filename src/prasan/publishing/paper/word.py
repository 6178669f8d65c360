"""Pieces of WordprocessingML that Thai needs: fonts for every script, fields, tables with repeated heads."""

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from prasan.publishing.paper.book import Column, Table

FONT = "TH Sarabun New"  # what officers' machines have; Sarabun is the same design under another name
_LETTER, _MARGINS = 150, 140  # twentieths of a point: the room of a letter of 13 points, and of the edges of a cell
_WORD = 6  # letters of a word in a head that is kept whole; what is longer can be broken between its parts
_UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_RULE, _DEEP, _PANEL, _MUTED, _TINT = "B9C3CA", "0B5563", "F1F4F5", "4A5763", "E6F1F2"


def set_fonts(properties: Any, *, size: float | None = None, bold: bool | None = None, colour: str = "") -> None:
    """Set font, size and weight of a run or style for Latin, Thai and East Asian text alike; no theme fonts."""
    for tag in ("w:rFonts", "w:sz", "w:szCs", "w:b", "w:bCs", "w:i", "w:iCs", "w:color", "w:lang"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    properties.insert(0, _element("w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), FONT)))
    if bold is not None:
        for tag in ("w:b", "w:bCs"):
            properties.append(_element(tag, val="1" if bold else "0"))
    if colour:
        properties.append(_element("w:color", val=colour))
    if size is not None:
        for tag in ("w:sz", "w:szCs"):
            properties.append(_element(tag, val=str(round(size * 2))))
    properties.append(_element("w:lang", val="en-US", eastAsia="en-US", bidi="th-TH"))


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def safe(text: str) -> str:
    """Escape text for XML, without the characters XML cannot hold."""
    return escape(text.translate(_UNPRINTABLE), quote=False)


def run_xml(text: str, *, size: float | None = None, bold: bool = False, colour: str = "") -> str:
    """Give a run as XML; sizes are points."""
    traits = "<w:b/><w:bCs/>" if bold else ""
    traits += f'<w:color w:val="{colour}"/>' if colour else ""
    if size is not None:
        traits += f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
    return f'<w:r><w:rPr>{traits}</w:rPr><w:t xml:space="preserve">{safe(text)}</w:t></w:r>'


def field_xml(instruction: str, shown: str, *, dirty: bool = False) -> str:
    """Give a field with what it shows until it is worked out again."""
    mark = ' w:dirty="1"' if dirty else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run_xml(shown)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table_xml(table: Table, *, width: int) -> Any:
    """Give a table element `width` twentieths of a point wide: the head repeats, rows stay whole."""
    widths = _widths(table, width)
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    rows = [_row([column.title for column in table.columns], table.columns, widths, head=True)]
    last = len(table.rows) - 1 if table.total is not None else -1  # the total does not stand alone on a page
    for n, row in enumerate(table.rows):
        if n in table.heads:
            rows.append(_group_row(row, table.columns, widths))
        else:
            rows.append(_row(row, table.columns, widths, stay=n == last))
    if table.total is not None:
        rows.append(_row(table.total, table.columns, widths, total=True))
    return parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _widths(table: Table, width: int) -> list[int]:
    """The width shared out as the columns ask, but none so narrow that a figure or a word of its head is broken."""
    asked = [column.width for column in table.columns]
    least = [_least(table, place) for place in range(len(asked))]
    widths = [width * one / sum(asked) for one in asked]
    spare = [max(one - needed, 0) for one, needed in zip(widths, least, strict=True)]
    lacking = sum(max(needed - one, 0) for one, needed in zip(widths, least, strict=True))
    share = min(lacking / sum(spare), 1) if any(spare) else 1
    shared = [int(max(one, needed) - share * more) for one, needed, more in zip(widths, least, spare, strict=True)]
    if (whole := sum(shared)) > width:  # more columns than the page holds: all give way alike
        shared = [one * width // whole for one in shared]
    shared[-1] += width - sum(shared)
    return shared


def _least(table: Table, place: int) -> int:
    column = table.columns[place]
    rows = [row for number, row in enumerate(table.rows) if number not in table.heads]
    figures = [_seen(row[place].split("\n")[0]) for row in rows] if column.align == "right" else []
    if figures and table.total is not None:
        figures.append(_seen(table.total[place]) + 2)  # in bold
    words = (min(_seen(word), _WORD) + 1 for word in column.title.split())  # in bold
    return _MARGINS + _LETTER * max(0, *figures, *words)


def _seen(text: str) -> int:
    """Letters that take room: Thai vowels and tones above and below take none."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text)


def _row(
    cells: Iterable[str],
    columns: Sequence[Column],
    widths: Sequence[int],
    *,
    head: bool = False,
    total: bool = False,
    stay: bool = False,
) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    top = "single" if head or total else "nil"
    strong = head or total
    border = (
        f'<w:top w:val="{top}" w:sz="8" w:space="0" w:color="{_DEEP}"/>'
        f'<w:bottom w:val="single" w:sz="{8 if total else 4}" w:space="0" w:color="{_DEEP if strong else _RULE}"/>'
    )
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_PANEL}"/>' if strong else ""
    body = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/><w:tcBorders>{border}</w:tcBorders>{shade}</w:tcPr>'
        f"{_cell(text, column.align, strong=strong, stay=head or stay)}</w:tc>"
        for text, column, w in zip(cells, columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{body}</w:tr>"


def _group_row(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    """Open a group: its name runs to the last column, and it stays with the row below."""
    edge = f'<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"/></w:tcBorders>'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_TINT}"/>'
    parts = ((cells[0], sum(widths[:-1]), len(columns) - 1, "left"), (cells[-1], widths[-1], 1, columns[-1].align))
    body = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/>{edge}{shade}</w:tcPr>'
        f"{_cell(text, align, strong=True, stay=True)}</w:tc>"
        for text, width, span, align in parts
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{body}</w:tr>"


def _cell(text: str, align: str, *, strong: bool, stay: bool) -> str:
    """Set a cell: its first line in full size, what follows small; `stay` keeps it with the row below."""
    keep = "<w:keepNext/>" if stay else ""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    traits = f'<w:pPr>{keep}{spacing}<w:jc w:val="{align}"/></w:pPr>'
    first, *more = text.split("\n")
    runs = run_xml(first, size=13, bold=strong)
    runs += "".join("<w:r><w:br/></w:r>" + run_xml(line, size=11, colour=_MUTED) for line in more)
    return f"<w:p>{traits}{runs}</w:p>"
