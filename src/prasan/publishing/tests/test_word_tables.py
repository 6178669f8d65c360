"""Tables of Word papers: the page is shared out so that no figure is broken, and groups have lines of their own."""

from docx.oxml.ns import qn

from prasan.publishing.paper.afp import AfpTable, _table
from prasan.publishing.paper.book import Column, Table
from prasan.publishing.paper.word import table_xml
from prasan.publishing.sheets.workbook import Field

WIDTH = 9_000
LETTER = 110  # twentieths of a point that a figure of 13 points takes in TH Sarabun New


def _widths(table: Table) -> list[int]:
    return [int(one.get(qn("w:w"))) for one in table_xml(table, width=WIDTH).iter(qn("w:gridCol"))]


def test_a_figure_keeps_its_line_however_little_its_column_asked() -> None:
    columns = (Column("หน่วยงาน", 80), Column("บาท", 2, "right"), Column("ลำดับ", 1, "right"))
    table = Table(columns, (("กรมทางหลวง", "๑,๒๓๔,๕๖๗,๘๙๐.๕๐", "๑"),), ("รวม", "๑,๒๓๔,๕๖๗,๘๙๐.๕๐", ""))
    widths = _widths(table)
    assert sum(widths) == WIDTH
    assert widths[1] >= 16 * LETTER
    assert widths[2] >= 4 * LETTER  # a head of four letters: vowels and tones above take no room
    assert widths[0] > widths[1]


def test_where_nothing_needs_more_the_columns_are_as_asked() -> None:
    table = Table((Column("ก", 2), Column("ข", 1, "right")), (("x", "1"),))
    assert _widths(table) == [6_000, 3_000]


def test_more_columns_than_a_page_holds_give_way_alike() -> None:
    columns = tuple(Column(f"ยอด {n}", 1, "right") for n in range(12))
    widths = _widths(Table(columns, (("๑๒๓,๔๕๖,๗๘๙",) * 12,)))
    assert sum(widths) == WIDTH
    assert max(widths) - min(widths) <= 12


def test_rows_of_one_guideline_stand_under_one_line() -> None:
    fields = (Field("แนวทาง", 20), Field("หน่วยงาน", 20), Field("บาท", 10, "baht", total=True))
    rows = (("1 คน", "กรม ก", 100_00), ("1 คน", "กรม ข", None), ("2 งาน", "กรม ก", 50_00))
    table = _table(AfpTable("ก", "ข", fields, rows, "ว่าง", grouped=True), thai_digits=False)
    assert [column.title for column in table.columns] == ["หน่วยงาน", "บาท"]
    assert table.rows == (("1 คน", ""), ("กรม ก", "100"), ("กรม ข", "–"), ("2 งาน", ""), ("กรม ก", "50"))
    assert table.heads == (0, 3)
    assert table.total == ("รวม", "150")
