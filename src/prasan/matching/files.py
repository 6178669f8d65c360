"""Tables of records from files people have, and pairs into files they can use: CSV, XLSX and Parquet."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from prasan.common.errors import Refused

FORMATS: Final = (".csv", ".xlsx", ".parquet")
# Heads that Thai tables use for the columns of `match_table`.
_HEADS: Final = {
    "รหัส": "id", "รหัสโครงการ": "id", "ชื่อโครงการ": "name", "โครงการ": "name", "หน่วยงาน": "owner",
    "หน่วยงานรับผิดชอบ": "owner", "จังหวัด": "province", "อำเภอ": "district", "ตำบล": "subdistrict", "หมู่ที่": "moo",
    "งบประมาณ": "amount_thb", "วงเงิน": "amount_thb", "ปีงบประมาณ": "fiscal_year",
}  # fmt: skip
_SEPARATORS: Final = (",", "\t", ";", "|")


class UnableToReadTable(Refused):
    """The file is no table we can read: unknown_format, no_such_file, unreadable_file, missing_column, id_twice."""


class UnableToWritePairs(Refused):
    """The pairs cannot be written there: unknown_format, unwritable."""


def _unknown_format(path: Path, formats: Iterable[str] = FORMATS) -> tuple[str, str, str]:
    known = " ".join(formats)
    return (
        "unknown_format",
        f"ไฟล์ {path.name} ต้องมีนามสกุลเป็นหนึ่งใน {known}",
        f"the name of {path.name} must end in one of {known}",
    )


def _unreadable(path: Path) -> UnableToReadTable:
    kind = path.suffix.lower().lstrip(".").upper()
    return UnableToReadTable(
        "unreadable_file",
        f"อ่านไฟล์ {path.name} ไม่ได้: ไม่ใช่ไฟล์ {kind} ที่สมบูรณ์ ลองเปิดแล้วบันทึกใหม่",
        f"cannot read {path.name}: it is not a sound {kind} file; open it and save it again",
    )


def read_table(path: Path) -> pl.DataFrame:
    """Records of a CSV (UTF-8, UTF-16 or Thai Windows), XLSX or Parquet file; raises UnableToReadTable.

    Heads may be the English names of `match_table` or the usual Thai ones. Ids from CSV and XLSX stay text unless
    all are plain whole numbers, so that leading zeros are kept. In a workbook the first sheet that has the columns
    id and name is read.
    """
    readers: dict[str, Callable[[Path], pl.DataFrame]] = {
        ".csv": _read_csv,
        ".xlsx": _read_xlsx,
        ".parquet": pl.read_parquet,
    }
    frame = _read(path, readers, _with_known_heads)
    missing = [name for name in ("id", "name") if name not in frame.columns]
    if missing:
        listed, seen = ", ".join(missing), ", ".join(frame.columns[:12]) or "-"
        raise UnableToReadTable(
            "missing_column",
            f"ไฟล์ {path.name} ไม่มีคอลัมน์ {listed} (คอลัมน์ที่พบ: {seen})",
            f"{path.name} has no column {listed} (columns found: {seen})",
        )
    return _with_whole_ids(frame)


def read_columns(path: Path) -> pl.DataFrame:
    """A CSV or Parquet file with the columns it has; raises UnableToReadTable."""
    return _read(path, {".csv": _read_csv, ".parquet": pl.read_parquet}, pl.DataFrame.clone)


def _read(
    path: Path,
    readers: Mapping[str, Callable[[Path], pl.DataFrame]],
    shaped: Callable[[pl.DataFrame], pl.DataFrame],
) -> pl.DataFrame:
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UnableToReadTable(*_unknown_format(path, readers))
    if not path.is_file():
        raise UnableToReadTable("no_such_file", f"ไม่พบไฟล์ {path}", f"there is no file {path}")
    try:
        return shaped(reader(path))
    except (pl.exceptions.PolarsError, CalamineError, UnicodeDecodeError, OSError, ValueError):
        raise _unreadable(path) from None


def table_pieces(path: Path, rows: int) -> Iterator[pl.DataFrame]:
    """The same records in pieces of so many rows; of a Parquet file with plain ids never more than one is in memory."""
    if path.suffix.lower() == ".parquet" and path.is_file():
        try:
            schema = pl.read_parquet_schema(path)
        except (pl.exceptions.PolarsError, OSError):
            raise _unreadable(path) from None
        heads = _with_known_heads(pl.DataFrame(schema=schema)).columns
        if "name" in heads and "id" in heads and schema[list(schema)[heads.index("id")]].is_integer():
            yield from _slices_of_parquet(path, rows, list(schema)[heads.index("id")])
            return
    table = read_table(path)
    _refuse_twice(table["id"])
    for start in range(0, max(table.height, 1), rows):
        yield table.slice(start, rows)


def _slices_of_parquet(path: Path, rows: int, identity: str) -> Iterator[pl.DataFrame]:
    ids = pl.read_parquet(path, columns=[identity])[identity]
    _refuse_twice(ids)
    for start in range(0, max(len(ids), 1), rows):
        yield _with_known_heads(pl.scan_parquet(path).slice(start, rows).collect())


def _refuse_twice(ids: pl.Series) -> None:
    twice = ids.filter(ids.is_duplicated())
    if len(twice):
        one = str(twice.min())
        raise UnableToReadTable("id_twice", f"id {one} ซ้ำกันมากกว่าหนึ่งแถว", f"id {one} stands in more than one row")


def _with_whole_ids(frame: pl.DataFrame) -> pl.DataFrame:
    """Ids that are all plain whole numbers (no leading zeros) become numbers, so that 9 comes before 10."""
    if frame["id"].dtype == pl.String and frame.height:
        plain = frame["id"].str.strip_chars().str.contains(r"^(?:0|[1-9]\d{0,17})$").fill_null(False).all()
        if plain:
            return frame.with_columns(pl.col("id").str.strip_chars().cast(pl.Int64))
    return frame


def _with_known_heads(frame: pl.DataFrame) -> pl.DataFrame:
    names: dict[str, str] = {}
    for head in frame.columns:
        name = _HEADS.get(head.strip().lstrip("\ufeff"), head.strip().lstrip("\ufeff").lower())
        names[head] = head if name in names.values() else name
    return frame.rename(names)


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp874")


def _read_csv(path: Path) -> pl.DataFrame:
    text = _decoded(path.read_bytes())
    head = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=head.count)
    return pl.read_csv(text.encode(), separator=separator, infer_schema_length=0)


def _cell(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sheet(rows: list[list[Any]]) -> pl.DataFrame | None:
    """The table under the first row that holds the heads id and name, or None."""
    for place, row in enumerate(rows[:20]):
        heads = [str(value).strip() if value is not None else "" for value in row]
        known = {_HEADS.get(head, head.lower()) for head in heads}
        if {"id", "name"} <= known:
            columns = [number for number, head in enumerate(heads) if head]
            body = [row for row in rows[place + 1 :] if any(value not in ("", None) for value in row)]
            found = {f"{heads[number]}": [_cell(row[number]) for row in body] for number in columns}
            return pl.DataFrame(found, schema=dict.fromkeys(found, pl.String))
    return None


def _read_xlsx(path: Path) -> pl.DataFrame:
    workbook = CalamineWorkbook.from_path(str(path))
    first: list[list[Any]] = []
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)
        found = _sheet(rows)
        if found is not None:
            return found
        first = first or rows
    heads = [str(value) for value in first[0] if value not in ("", None)] if first else []
    return pl.DataFrame(schema=dict.fromkeys(heads, pl.String))


def may_write(path: Path) -> None:
    """Refuse a place for the pairs before any work is done; raises UnableToWritePairs."""
    if path.suffix.lower() not in FORMATS:
        raise UnableToWritePairs(*_unknown_format(path))
    if not path.resolve().parent.is_dir():
        raise UnableToWritePairs("unwritable", f"ไม่มีโฟลเดอร์ {path.parent}", f"there is no folder {path.parent}")


def _reasons_for_people(reasons: list[dict[str, str]]) -> str:
    return "\n".join(f"{reason['th']} / {reason['en']}" for reason in reasons)


def _write_xlsx(pairs: pl.DataFrame, path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet("pairs")
        bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet.write_row(0, 0, pairs.columns, bold)
        sheet.set_column(0, 3, 16)
        sheet.set_column(4, 4, 80)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(pairs.iter_rows(), start=1):
            sheet.write_row(number, 0, row[:4])
            sheet.write_string(number, 4, _reasons_for_people(row[4]), wrapped)


def write_pairs(pairs: pl.DataFrame, path: Path) -> None:
    """Write pairs by the name's ending: CSV (reasons as JSON), XLSX (as lines to read), Parquet (as they are).

    Raises UnableToWritePairs.
    """
    may_write(path)
    try:
        if path.suffix.lower() == ".parquet":
            pairs.write_parquet(path)
        elif path.suffix.lower() == ".xlsx":
            _write_xlsx(pairs, path)
        else:
            texts = [json.dumps(reasons, ensure_ascii=False) for reasons in pairs["reasons"].to_list()]
            pairs.with_columns(pl.Series("reasons", texts, dtype=pl.String)).write_csv(path)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as problem:
        raise UnableToWritePairs("unwritable", f"เขียนไฟล์ {path} ไม่ได้", f"cannot write {path}: {problem}") from None
