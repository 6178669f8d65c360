"""The report as one page that can be mailed and opens from disk: nothing is fetched from anywhere."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

from prasan.common.money import format_baht, format_million
from prasan.publishing import wording
from prasan.publishing.funnels import shown_funnels
from prasan.publishing.pages.words import Word, compared
from prasan.publishing.paper.fonts import web_fonts
from prasan.publishing.parts import PairLine, PairSide, Plan, ProvinceReport, ReportFinding
from prasan.publishing.wording import NOTHING, baht, decimals_for

_MOST_FINDINGS, _MOST_PAIRS = 500, 200  # a page stays quick to open; the workbooks hold the rest
_RANGES = {"thai": "U+0E01-0E5B,U+200C-200D,U+25CC", "latin": "U+0000-00FF,U+2000-206F,U+20AC,U+2122,U+2190-2193"}


@dataclass(frozen=True, slots=True)
class Card:
    number: str
    words: str
    under: str = ""


@dataclass(frozen=True, slots=True)
class PairView:
    verdict: str
    probability: str
    decision: str
    reasons: tuple[str, ...]
    sides: tuple[dict[str, Any], dict[str, Any]]


def index_html(report: ProvinceReport, *, drawings: Mapping[str, str]) -> bytes:
    """Write the page; `drawings` are the map and the calendar as SVG, set into it."""
    context = {
        "report": report,
        "title": f"{wording.book_title(report)} {wording.province_of(report)} {wording.fiscal_year(report)}",
        "province": wording.province_of(report),
        "year": wording.fiscal_year(report),
        "date": wording.date_of_figures(report),
        "fonts": _fonts(),
        "cards": _cards(report),
        "funnels": shown_funnels(report),
        "drawings": drawings,
        "levels": _levels(report),
        "pairs": [_pair(pair) for pair in report.pairs[:_MOST_PAIRS]],
        "pairs_more": max(0, len(report.pairs) - _MOST_PAIRS),
        "handovers": [_handover(line) for line in report.handovers],
        "findings": _findings(report),
        "findings_more": max(0, len(report.findings) - _MOST_FINDINGS),
        "files": [_file(file) for file in report.inputs],
        "checks": _checks(report),
    }
    text = render_to_string("publishing/report.html", context)
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip()).encode() + b"\n"


def _fonts() -> list[dict[str, Any]]:
    return [
        {"weight": weight, "range": _RANGES[script], "data": base64.b64encode(data).decode()}
        for (script, weight), data in sorted(web_fonts().items())
    ]


def _cards(report: ProvinceReport) -> list[Card]:
    counts, sums = report.counts, report.sums
    return [
        Card(f"{counts.rows:,}", "แถวที่อ่าน", f"จาก {len(report.inputs):,} ไฟล์"),
        Card(f"{counts.needs:,}", "ความต้องการ"),
        Card(f"{counts.projects:,}", "โครงการ", f"รวมกับรายการเดิม {counts.merged:,}"),
        Card(format_million(sums.total_satang, decimals=2), "ล้านบาท", f"{format_baht(sums.total_satang)} บาท"),
        Card(f"{counts.pairs:,}", "คู่ที่อาจซ้ำ", f"งานที่ขัดกัน {counts.conflicts:,} คู่ อยู่ใน pairs.xlsx"),
        Card(f"{counts.handovers:,}", "ส่งต่อ"),
        Card(f"{counts.findings:,}", "ข้อสังเกต", f"ไม่รับ {counts.refused:,} แถว"),
    ]


def _levels(report: ProvinceReport) -> list[dict[str, Any]]:
    levels = []
    for level, name in wording.LEVEL_NAMES.items():
        plans = report.plans_of(level)
        if plans or level != "OTHER":
            levels.append({"code": level, "name": name, "plans": [_plan(plan) for plan in plans]})
    return levels


def _plan(plan: Plan) -> dict[str, Any]:
    decimals = decimals_for(item.amount_satang for item in plan.items)
    years = [f"พ.ศ. {year}: {format_baht(satang)} บาท" for year, satang in plan.by_year.items()]
    return {
        "body": plan.body,
        "type": wording.plan_type_name(plan.plan_type),
        "state": wording.plan_state_name(plan.state),
        "count": f"{len(plan.items):,}",
        "total": baht(plan.total_satang, decimals=decimals),
        "years": " · ".join(years) if len(years) > 1 else "",
        "items": [
            {"line": item, "place": item.place or item.area_name or NOTHING, "owner": item.owner or NOTHING,
             "amount": baht(item.amount_satang, decimals=decimals)}
            for item in plan.items
        ],
    }  # fmt: skip


def _pair(pair: PairLine) -> PairView:
    first, second = compared(pair.first.name, pair.second.name)
    return PairView(
        wording.verdict_name(pair.verdict),
        f"{pair.probability * 100:.0f}%",
        wording.decision_name(pair.decision),
        pair.reasons_th,
        (_side(pair.first, pair.second, first), _side(pair.second, pair.first, second)),
    )


def _side(side: PairSide, other: PairSide, name: list[Word]) -> dict[str, Any]:
    """Give one record of a pair; what differs from the other is marked."""
    facts = (
        ("หน่วยงาน", side.owner or NOTHING, side.owner != other.owner),
        ("พื้นที่", side.area_name or NOTHING, side.area_name != other.area_name),
        ("ปี", str(side.fiscal_year or NOTHING), side.fiscal_year != other.fiscal_year),
        ("วงเงิน", baht(side.amount_satang), side.amount_satang != other.amount_satang),
        ("ที่มา", str(side.source) or NOTHING, False),
    )
    return {"code": side.code, "name": name, "facts": facts}


def _handover(line: Any) -> dict[str, Any]:
    return {
        "line": line,
        "verdict": wording.capacity_name(line.verdict),
        "state": wording.handover_state_name(line.state),
        "amount": baht(line.amount_satang),
    }


def _findings(report: ProvinceReport) -> list[tuple[str, str, ReportFinding]]:
    order = wording.SEVERITY_ORDER
    ordered = sorted(report.findings, key=lambda finding: order.index(finding.severity))
    return [(f.severity, wording.SEVERITY_NAMES[f.severity], f) for f in ordered[:_MOST_FINDINGS]]


def _file(file: Any) -> dict[str, Any]:
    return {
        "file": file,
        "form": wording.form_name(file.form),
        "outcome": wording.OUTCOME_NAMES[file.outcome],
        "total": format_baht(file.total_satang, decimals=2),
        "short": file.sha256[:12],
    }


def _checks(report: ProvinceReport) -> list[dict[str, Any]]:
    def written(unit: str, value: int) -> str:
        return format_baht(value, decimals=2) if unit == "satang" else f"{value:,}"

    return [
        {
            "item": item,
            "whole": written(item.unit, item.whole),
            "parts": [(part.name_th, written(item.unit, part.value)) for part in item.parts],
            "difference": written(item.unit, item.difference) if item.difference else "",
        }
        for item in report.sums.reconciliations
    ]
