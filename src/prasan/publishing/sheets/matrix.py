"""The area matrix: guideline and programme × district × agency, in counted items and baht."""

from collections.abc import Iterable
from dataclasses import dataclass

from prasan.publishing import wording
from prasan.publishing.parts import PlanLine, ProvinceReport
from prasan.publishing.sheets.workbook import Cell, Field, Workbook

NO_GUIDELINE, NO_PROGRAMME, NO_AGENCY = "ไม่ระบุแนวทาง", "ไม่ระบุแผนงาน", "ไม่ระบุหน่วยงาน"
NO_DISTRICT = "ทั้งจังหวัดหรือไม่ระบุ"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One cell of the matrix."""

    guideline: str
    programme: str
    agency: str
    district_code: str
    district: str


def matrix_cells(items: Iterable[PlanLine]) -> dict[Key, tuple[int, int]]:
    """Count items and add up satang by guideline, programme, agency and district; nothing falls outside."""
    cells: dict[Key, tuple[int, int]] = {}
    for item in items:
        key = Key(
            item.guideline or NO_GUIDELINE,
            item.programme or NO_PROGRAMME,
            item.owner or NO_AGENCY,
            item.district_code,
            item.district_name or NO_DISTRICT,
        )
        counted, satang = cells.get(key, (0, 0))
        cells[key] = (counted + 1, satang + (item.amount_satang or 0))
    return dict(sorted(cells.items()))


def matrix_xlsx(report: ProvinceReport) -> bytes:
    """Write the matrix: as a table of counts and baht, and as a flat list for pivot tables."""
    cells = matrix_cells(report.items_once())
    title = "ตารางบูรณาการ แนวทาง × พื้นที่ × หน่วยงาน"
    book = Workbook(title=title, made_on=report.generated_on)
    note = f"{wording.province_of(report)} {wording.fiscal_year(report)} · {wording.date_of_figures(report)}"
    empty = "ยังไม่มีรายการในแผน ตารางนี้จะเต็มเมื่อรวบรวมแผนแล้ว"
    once = f"{note} · นับแต่ละรายการครั้งเดียว"
    for name, place in (("จำนวนรายการ", 0), ("วงเงิน (บาท)", 1)):
        fields, rows = _crossed(cells, place)
        book.add_sheet(name, title=f"{title}: {name}", note=once, fields=fields, rows=rows, empty=empty)
    book.add_sheet(
        "บัญชี",
        title=title,
        note=once,
        fields=(
            Field("แนวทาง", 30), Field("แผนงาน", 32), Field("หน่วยงาน", 32), Field("อำเภอ", 22),
            Field("รายการ", 10, "number", total=True), Field("วงเงิน (บาท)", 20, "baht", total=True),
        ),
        rows=((k.guideline, k.programme, k.agency, k.district, n, satang) for k, (n, satang) in cells.items()),
        empty=empty,
    )  # fmt: skip
    return book.to_bytes()


def _crossed(cells: dict[Key, tuple[int, int]], place: int) -> tuple[list[Field], list[list[Cell]]]:
    """Cross the districts over the rows; `place` 0 takes counts, 1 satang."""
    districts = sorted({(key.district_code, key.district) for key in cells})
    kind: tuple[Field, ...] = tuple(
        Field(name, 9, "number", total=True) if place == 0 else Field(name, 15, "baht", total=True)
        for name in (*(name for _, name in districts), "รวม")
    )
    lines: dict[tuple[str, str, str], dict[tuple[str, str], int]] = {}
    for key, values in cells.items():
        line = lines.setdefault((key.guideline, key.programme, key.agency), {})
        line[(key.district_code, key.district)] = values[place]
    rows: list[list[Cell]] = [
        [*head, *(line.get(district) for district in districts), sum(line.values())] for head, line in lines.items()
    ]
    return [Field("แนวทาง", 20), Field("แผนงาน", 24), Field("หน่วยงาน", 28), *kind], rows
