"""The report for programs: report.json, whose form is docs/schemas/report.schema.json."""

import datetime as dt
import json
from dataclasses import asdict
from typing import Any

from prasan.publishing.parts import Plan, ProvinceReport

_STEP_FIELDS = ("number", "lane", "name_th", "name_en", "starts_on", "ends_before", "certainty")


def report_json(report: ProvinceReport) -> bytes:
    """Write the whole report as JSON (UTF-8), with the sums that are counted from its rows."""
    content = _plain(asdict(report))
    content["sums"]["reconciled"] = report.sums.reconciled
    for item, written in zip(report.sums.reconciliations, content["sums"]["reconciliations"], strict=True):
        written["difference"] = item.difference
    content["plans"] = [_plan(plan) for plan in report.plans]
    # Steps belong to cycles, which may tell more of them one day: the contract here is these fields.
    content["steps"] = [{name: step[name] for name in _STEP_FIELDS} for step in content["steps"]]
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _plan(plan: Plan) -> dict[str, Any]:
    written: dict[str, Any] = _plain(asdict(plan))
    written["level"] = plan.level
    written["total_satang"] = plan.total_satang
    written["by_year"] = _plain(plan.by_year)
    return written


def _plain(value: Any) -> Any:
    """Turn days into ISO dates and years that are keys into text; tuples become lists."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
