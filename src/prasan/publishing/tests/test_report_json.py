"""report.json is a contract: it keeps its schema, and its sums are those of its rows."""

import json
from dataclasses import replace

import jsonschema
import pytest

from prasan.env import ROOT
from prasan.publishing.machine import report_json
from prasan.publishing.parts import Part, ProvinceReport, Reconciliation, Sums
from prasan.publishing.testing import make_areas, make_report

SCHEMA = json.loads((ROOT / "docs" / "schemas" / "report.schema.json").read_text("utf-8"))


def valid(report: ProvinceReport) -> dict[str, object]:
    content: dict[str, object] = json.loads(report_json(report))
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(SCHEMA, format_checker=checker).validate(content)
    return content


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_full_report_keeps_the_schema() -> None:
    content = valid(make_report())
    assert content["schema_version"] == "1.0"


def test_an_empty_report_keeps_the_schema() -> None:
    full = make_report()
    empty = ProvinceReport("46", "กาฬสินธุ์", 2569, "moi_2559", full.generated_on)
    assert valid(empty)["plans"] == []


def test_points_instead_of_boundaries_keep_the_schema() -> None:
    valid(replace(make_report(), areas=make_areas(boundaries=False)))


@pytest.mark.parametrize(("key", "value"), [("fiscal_year", 2026), ("province_code", "4"), ("surprise", 1)])
def test_the_schema_refuses_what_is_wrong(key: str, value: object) -> None:
    content = {**json.loads(report_json(make_report())), key: value}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, SCHEMA)


def test_the_total_of_a_plan_is_the_sum_of_its_items_to_the_satang() -> None:
    content = json.loads(report_json(make_report(items_each=11)))
    assert content["plans"]
    for plan in content["plans"]:
        assert plan["total_satang"] == sum(item["amount_satang"] or 0 for item in plan["items"])
        for year, satang in plan["by_year"].items():
            assert satang == sum(item["by_year"].get(year, 0) for item in plan["items"])


def test_a_reconciliation_that_is_a_satang_out_says_so() -> None:
    out = Reconciliation("amounts", "อ่านได้", "read", "satang", 100, (Part("ขึ้นทะเบียน", "registered", 99),))
    content = json.loads(report_json(replace(make_report(), sums=Sums(reconciliations=(out,)))))
    assert content["sums"]["reconciled"] is False
    assert content["sums"]["reconciliations"][0]["difference"] == 1
    assert json.loads(report_json(make_report()))["sums"]["reconciled"] is True
