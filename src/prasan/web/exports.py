"""Writing a filtered list as CSV or XLSX: the same rows and columns as on the page, in full."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import xlsxwriter
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from prasan.common.money import to_baht
from prasan.web.lists import Column, ListSpec, every_row

M = TypeVar("M", bound=Model)
R = TypeVar("R")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Writer = Callable[[ListSpec[Any, Any], Iterable[Any]], bytes]


def export(request: HttpRequest, spec: ListSpec[M, R], rows: QuerySet[M]) -> HttpResponse | None:
    """The list as a file when the address asks for one with `format=csv` or `format=xlsx`, else None."""
    return export_rows(request, spec, every_row(request, spec, rows))


def export_rows(request: HttpRequest, spec: ListSpec[Any, R], rows: Iterable[R]) -> HttpResponse | None:
    """The same for rows that are made already, of a list that is no table of the database."""
    kinds: dict[str, tuple[str, Writer]] = {
        "csv": ("text/csv; charset=utf-8", as_csv),
        "xlsx": (XLSX, as_xlsx),
    }
    asked = request.GET.get("format", "")
    if asked not in kinds:
        return None
    content_type, write = kinds[asked]
    return attachment(write(spec, rows), f"{spec.name}.{asked}", content_type)


def attachment(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to keep rather than to show."""
    response = HttpResponse(content, content_type=content_type)
    # A Thai name travels in the extended form of the header; Django writes both.
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def as_csv(spec: ListSpec[Any, R], rows: Iterable[R]) -> bytes:
    """UTF-8 with a mark, so that Excel reads Thai; text that would run as a formula is disarmed."""
    out = io.StringIO()
    writer = csv.writer(out)
    columns = _columns(spec)
    writer.writerow([_head(column) for column in columns])
    for row in rows:
        writer.writerow([_disarmed(_cell(column, row)) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(spec: ListSpec[Any, R], rows: Iterable[R]) -> bytes:
    """One sheet with a frozen head and a filter; money as numbers in baht."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(spec.name[:31])
    font = {"font_name": "TH SarabunPSK", "font_size": 14, "valign": "top"}
    plain = book.add_format({**font, "text_wrap": True})
    money = book.add_format({**font, "num_format": "#,##0.00"})
    head = book.add_format({**font, "bold": True, "bg_color": "#E6F1F2", "text_wrap": True})
    columns = _columns(spec)
    for number, column in enumerate(columns):
        sheet.write_string(0, number, _head(column), head)
        sheet.set_column(number, number, 40 if "name" in column.css or "wide" in column.css else 16)
    last = 0
    for last, row in enumerate(rows, start=1):
        for number, column in enumerate(columns):
            value = _cell(column, row)
            if isinstance(value, str):
                sheet.write_string(last, number, value, plain)
            elif value is not None:
                sheet.write_number(last, number, value, money if column.kind == "money" else plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    book.close()
    return out.getvalue()


def _columns(spec: ListSpec[Any, R]) -> list[Column[R]]:
    return [column for column in spec.columns if column.only != "page"]


def _head(column: Column[R]) -> str:
    return f"{column.label} ({_('บาท')})" if column.kind == "money" else str(column.label)


def _cell(column: Column[R], row: R) -> Any:
    value = column.value(row)
    if value is None or value == "":
        return None
    if column.kind == "money":
        return to_baht(value)  # type: ignore[arg-type]
    if column.kind == "number":
        return value
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return str(value)


def _disarmed(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
