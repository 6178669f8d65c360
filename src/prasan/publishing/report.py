"""The report of a province and its files: the door other rooms come through."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from prasan.cycles.queries import CalendarStep, calendar_svg
from prasan.publishing import wording
from prasan.publishing.drawings.map import map_svg
from prasan.publishing.drawings.scale import Step, scale_of, step_for
from prasan.publishing.drawings.shapes import Drawn, bottom_of, shapes_of
from prasan.publishing.funnels import CoordinationFunnel, NeedFunnel, Tally
from prasan.publishing.machine import report_json
from prasan.publishing.pages.page import index_html
from prasan.publishing.paper.book import Book
from prasan.publishing.paper.contents import plan_book
from prasan.publishing.paper.docx import book_docx
from prasan.publishing.paper.fonts import UnableToFindFonts, font_dir
from prasan.publishing.paper.pdf import book_pdf, in_thai_digits
from prasan.publishing.parts import (
    ConflictLine,
    Counts,
    HandoverLine,
    InputFile,
    MapArea,
    PairLine,
    PairSide,
    Part,
    Plan,
    PlanLine,
    ProvinceReport,
    Reconciliation,
    ReportFinding,
    Source,
    Sums,
    needs_reconciliation,
    summed_by_year,
)
from prasan.publishing.sheets.lists import WORKBOOKS
from prasan.publishing.sheets.matrix import matrix_xlsx

__all__ = [
    "FILES",
    "CalendarStep",
    "ConflictLine",
    "CoordinationFunnel",
    "Counts",
    "Drawn",
    "HandoverLine",
    "InputFile",
    "MapArea",
    "NeedFunnel",
    "PairLine",
    "PairSide",
    "Part",
    "Plan",
    "PlanLine",
    "ProvinceReport",
    "Reconciliation",
    "ReportFinding",
    "Source",
    "Step",
    "Sums",
    "Tally",
    "UnableToFindFonts",
    "bottom_of",
    "font_dir",
    "needs_reconciliation",
    "plan_book",
    "scale_of",
    "shapes_of",
    "step_for",
    "summed_by_year",
    "write_all",
]

FILES = (
    "report.json",
    "findings.xlsx",
    "pairs.xlsx",
    "plan_items.xlsx",
    "matrix.xlsx",
    "map.svg",
    "calendar.svg",
    "index.html",
    "plan_book.docx",
    "plan_book.pdf",
)
Progress = Callable[[str, int, int], None]


def write_all(report: ProvinceReport, out_dir: Path, progress: Progress | None = None) -> tuple[Path, ...]:
    """Write every file of the report into a folder and give their paths.

    The same report writes the same bytes. `progress(file, done, of)` is called after each file. Each file is
    put in place whole, so a reader never sees half of one. Raises `UnableToFindFonts` before anything is
    written when the fonts of the book are absent.
    """
    font_dir()
    out_dir.mkdir(parents=True, exist_ok=True)
    written = []
    for done, (name, write) in enumerate(_writers(report).items(), start=1):
        path = out_dir / name
        draft = path.with_name(f".{name}.part")
        draft.write_bytes(write())
        draft.replace(path)
        written.append(path)
        if progress:
            progress(name, done, len(FILES))
    return tuple(written)


def _writers(report: ProvinceReport) -> Mapping[str, Callable[[], bytes]]:
    drawings = {"map": map_svg(report), "calendar": _calendar(report)}
    in_book = {name: in_thai_digits(svg) for name, svg in drawings.items()}
    book: Book = plan_book(report)
    writers: dict[str, Callable[[], bytes]] = {
        "report.json": partial(report_json, report),
        "matrix.xlsx": partial(matrix_xlsx, report),
        "map.svg": drawings["map"].encode,
        "calendar.svg": drawings["calendar"].encode,
        "index.html": partial(index_html, report, drawings=drawings),
        "plan_book.docx": partial(book_docx, book, made_on=report.generated_on, drawings=in_book),
        "plan_book.pdf": partial(book_pdf, book, made_on=report.generated_on, drawings=in_book),
    }
    writers |= {name: partial(write, report) for name, write in WORKBOOKS.items()}
    return {name: writers[name] for name in FILES}


def _calendar(report: ProvinceReport) -> str:
    title = f"ปฏิทินการจัดทำแผน {wording.province_of(report)}"
    return calendar_svg(report.steps, fiscal_year=report.fiscal_year, title=title, today=report.today)
