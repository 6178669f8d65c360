"""`prasan strategy` as an officer types it: a form, a workbook in and out, what is refused, and wrong use."""

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.cast import Cast, cast, moment

from prasan.cli.strategy import command
from prasan.exchange.reading.strategy import StrategyRow, read_strategy
from prasan.exchange.templates.strategy import write_strategy
from prasan.strategy import services as strategy
from prasan.strategy.models import StrategyPlan

pytestmark = pytest.mark.django_db
SCHEMA = next(
    folder / "docs" / "schemas" / "strategy.schema.json"
    for folder in Path(__file__).resolve().parents
    if (folder / "docs" / "schemas").is_dir()
)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    stage = cast()
    strategy.load_references(actor=stage.system, at=moment(0))
    return stage


def _workbook(first_kind: str = "ประเด็น") -> bytes:
    head = {"title": "แผนพัฒนาจังหวัด", "vision": "เมืองน่าอยู่", "first_year": 2571, "last_year": 2573}
    rows = [
        StrategyRow("ISSUE", "1", "น้ำ", 0, above=("national_strategy_2561/5",)),
        StrategyRow("INDICATOR", "", "ครัวเรือนมีน้ำ", 0, "ร้อยละ", None, None, {2571: Decimal("80.5")}),
    ]
    book = openpyxl.load_workbook(io.BytesIO(write_strategy(head, rows)))
    book.active["A10"] = first_kind
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _told(result: Result) -> dict[str, Any]:
    told = json.loads(result.output)
    jsonschema.validate(told, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return told


def test_the_command_checks_imports_and_exports(stage: Cast, tmp_path: Path) -> None:
    file, out = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    file.write_bytes(_workbook())
    run = CliRunner().invoke
    checked = run(command, ["import", str(file), "--body", "PROVINCE_OFFICE", "--dry-run", "--json"])
    assert (checked.exit_code, _told(checked)["outcome"], _told(checked)["plan"]) == (0, "accept", None)
    assert not StrategyPlan.objects.filter(level="PROVINCE").exists()
    assert run(command, ["import", str(file), "--body", "PROVINCE_OFFICE"]).exit_code == 0
    assert run(command, ["export", "PROVINCE_OFFICE/2571", "-o", str(out)]).exit_code == 0
    again = run(command, ["import", str(out), "--body", "PROVINCE_OFFICE", "--json"])
    assert (_told(again)["plan"], _told(again)["changed"]) == ("PROVINCE_OFFICE/2571", False)
    file.write_bytes(_workbook("ความฝัน"))
    refused = run(command, ["import", str(file), "--body", "PROVINCE_OFFICE"])
    assert (refused.exit_code, "A10" in refused.output) == (1, True)
    told = _told(run(command, ["import", str(file), "--body", "PROVINCE_OFFICE", "--json"]))
    assert (told["outcome"], told["findings"][0]["cell"]) == ("refuse", "A10")
    assert run(command, ["import", str(file), "--body", "HIGHWAYS"]).exit_code == 2
    empty = tmp_path / "empty.xlsx"
    assert run(command, ["template", "--first-year", "2571", "--last-year", "2575", "-o", str(empty)]).exit_code == 0
    assert [one.kind for one in read_strategy(empty.read_bytes(), file="e").findings] == ["strategy_head", "no_records"]
