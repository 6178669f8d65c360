"""Writing a whole report: all files, whole, the same bytes every time."""

from pathlib import Path

import pytest

from prasan.publishing import report as publishing
from prasan.publishing.paper import fonts
from prasan.publishing.paper.fonts import UnableToFindFonts
from prasan.publishing.parts import ProvinceReport
from prasan.publishing.testing import make_report


def test_all_files_are_written_with_progress_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    written = publishing.write_all(make_report(), tmp_path, lambda *step: told.append(step))
    assert [path.name for path in written] == list(publishing.FILES)
    assert told == [(name, n, 10) for n, name in enumerate(publishing.FILES, start=1)]
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(first) == set(publishing.FILES)
    publishing.write_all(make_report(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


def test_a_report_of_nothing_still_writes_every_file(tmp_path: Path) -> None:
    empty = ProvinceReport("46", "กาฬสินธุ์", 2569, "moi_2559", make_report().generated_on)
    publishing.write_all(empty, tmp_path / "new" / "folder")
    assert {path.name for path in (tmp_path / "new" / "folder").iterdir()} == set(publishing.FILES)
    assert all(path.stat().st_size > 100 for path in (tmp_path / "new" / "folder").iterdir())


def test_without_fonts_nothing_at_all_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "ROOT", tmp_path)
    with pytest.raises(UnableToFindFonts):
        publishing.write_all(make_report(), tmp_path / "out")
    assert not (tmp_path / "out").exists()
