"""What machines get of a reading is a contract: the schema in docs and the figures agree."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.shared import SHARED, needs_cases

from prasan.exchange.reading import read_file, summary
from prasan.exchange.tests.reading.sheets import plan_rows, write

SCHEMA = next(
    folder / "docs" / "schemas" / "import.schema.json"
    for folder in Path(__file__).resolve().parents
    if (folder / "pyproject.toml").is_file()
)


def check(data: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(data)))


def test_a_plan_gives_its_counts_and_sums_by_year(tmp_path: Path) -> None:
    data = summary([read_file(write(tmp_path / "a.xlsx", plan_rows()))])
    check(data)
    (file,) = data["files"]
    assert file == {
        "file": "a.xlsx",
        "form": "local_plan_p02",
        "outcome": "accept",
        "records": 3,
        "total_satang": 30_000_000,
        "by_year": {"2566": 30_000_000},
        "sheets": [{"name": "ผ.02", "form": "local_plan_p02", "records": 3, "total_satang": 30_000_000}],
        "findings": [],
    }


def test_a_file_that_is_refused_keeps_the_contract(tmp_path: Path) -> None:
    data = summary([read_file(tmp_path / "ไม่มี.xlsx")])
    check(data)
    assert data["files"][0]["outcome"] == "refuse"
    assert data["files"][0]["records"] == 0


@needs_cases
@pytest.mark.cases
def test_every_real_and_broken_file_keeps_the_contract() -> None:
    files = [
        path
        for path in sorted((SHARED / "cases").rglob("*"))
        if path.suffix in (".xlsx", ".xlsm", ".xls", ".csv") and path.name != "expected_rows.csv"
    ]
    assert len(files) > 30
    check(summary(read_file(path) for path in files))
