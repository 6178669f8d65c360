"""Which files are meant by the paths on a command line: those named, and the tables in the folders named."""

from collections.abc import Sequence
from pathlib import Path

import click

# What is not a workbook or text of a version read here is named too, so that it is refused with a word, not passed by.
SUFFIXES = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt"))


def files_of(paths: Sequence[Path]) -> list[Path]:
    """Every file named or lying in a folder named, each once and in that order.

    Raises click.UsageError for what is not there or cannot be read.

    Hidden files, the lock files of office programs and links to nowhere are passed by in folders.
    """
    found: dict[Path, None] = {}
    for path in paths:
        inside = _tables_in(path) if path.is_dir() else [path]
        if not inside:
            raise click.UsageError(f"ไม่มีไฟล์ Excel หรือ CSV ใน {path} / no workbook or CSV in {path}")
        found |= dict.fromkeys(inside)
    for path in found:
        _check_readable(path)
    return list(found)


def _tables_in(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in files if not path.name.startswith(("~$", ".")))


def _check_readable(path: Path) -> None:
    if not path.is_file():
        raise click.UsageError(f"ไม่พบไฟล์ {path} โปรดตรวจชื่อ / there is no file {path}")
    try:
        with path.open("rb"):
            return
    except OSError as problem:
        raise click.UsageError(f"อ่าน {path} ไม่ได้ / cannot read {path}: {problem.strerror}") from None
