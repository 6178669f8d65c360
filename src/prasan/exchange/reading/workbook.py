"""Opens an .xlsx workbook: values by calamine, everything it loses from the XML parts."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from prasan.exchange.reading.grid import Grid, a1
from prasan.exchange.reading.notes import read_notes
from prasan.exchange.reading.parts import check_sizes, sheet_parts, verify
from prasan.exchange.reading.scan import scan_sheet
from prasan.exchange.reading.source import NotReadable, check_workbook

MOST_CELLS: Final = 6_000_000
_MACROS: Final = ("xl/vbaProject.bin", "xl/macrosheets/", "xl/macrosheets")


@contextmanager
def _damage_told() -> Iterator[None]:
    """Turn what a broken container or part raises into `NotReadable`."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError, NotImplementedError, CalamineError, zlib.error, OSError, KeyError) as problem:
        raise NotReadable("damaged_file", value=str(problem)) from None


class Workbook:
    """A workbook whose parts were found safe; gives its sheets one after the other."""

    def __init__(self, data: bytes) -> None:
        """Check the container; raises `NotReadable`."""
        with _damage_told():
            self._archive = zipfile.ZipFile(BytesIO(data))
            check_workbook(self._archive)
            self._parts = sheet_parts(self._archive)
        check_sizes(self._archive, {part: name for name, part, _ in self._parts})
        self._data = data

    def macros(self) -> list[str]:
        """Name the parts that hold macros."""
        return sorted(name for name in self._archive.namelist() if name.startswith(_MACROS))

    def grids(self) -> Iterator[Grid]:
        """Give every worksheet; raises `NotReadable` when a part is damaged, unsafe or too large."""
        with _damage_told():
            yield from self._grids()

    def _grids(self) -> Iterator[Grid]:
        names = set(self._archive.namelist())
        parts = [(name, part, shown) for name, part, shown in self._parts if part in names]
        for part in ("xl/sharedStrings.xml", "xl/styles.xml"):
            if part in names:
                verify(self._archive, part)
        scans = {part: scan_sheet(self._archive, part) for _, part, _ in parts if "worksheets/" in part}
        for name, part, _ in parts:
            scan = scans.get(part)
            if scan and (scan.last_row + 1) * (scan.last_column + 1) > MOST_CELLS:
                raise NotReadable("sheet_too_large", sheet=name, value=a1(scan.last_row, scan.last_column))
        book = CalamineWorkbook.from_object(BytesIO(self._data))
        for name, part, shown in parts:
            if part not in scans:
                continue
            sheet = book.get_sheet_by_name(name)
            rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or []]
            read_notes(self._archive, part, scans[part].marks)
            yield Grid(name=name, rows=rows, visible=shown, merged=merged, marks=scans[part].marks)
