"""A project as it is told, and the checks every draft passes before it is written."""

import datetime as dt
from dataclasses import dataclass

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.common import text
from prasan.projects import rules
from prasan.projects.models import AmountKind, Origin, Progress, Project, Span

TEXTS = (
    "external_code",
    "objective",
    "target",
    "kpi",
    "expected_result",
    "responsible",
    "strategy",
    "tactic",
    "programme",
    "section",
    "amendment",
    "place_text",
)
PLAIN = ("asks", "area", "origin", "fiscal_year", "ordinal", "moos", "progress", "notified_on")


@dataclass(frozen=True, slots=True)
class YearDraft:
    """Integer satang of one fiscal year (Buddhist Era)."""

    fiscal_year: int
    amount_satang: int
    kind: str = AmountKind.PLANNED
    span: str = Span.IN


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """A project as it is told, before it has a code. `source` says where it was read (file, sheet, row)."""

    owner: Body
    origin: str
    fiscal_year: int
    name: str
    years: tuple[YearDraft, ...] = ()
    asks: Body | None = None
    area: Area | None = None
    ordinal: int | None = None
    external_code: str = ""
    objective: str = ""
    target: str = ""
    kpi: str = ""
    expected_result: str = ""
    responsible: str = ""
    strategy: str = ""
    tactic: str = ""
    programme: str = ""
    section: str = ""
    amendment: str = ""
    place_text: str = ""
    moos: str = ""
    progress: str = Progress.UNKNOWN
    notified_on: dt.date | None = None
    work: tuple[dt.date, dt.date] | None = None  # first day and, half-open, the day it is planned to be over
    source: str = ""


def fields_of(draft: ProjectDraft) -> dict[str, object]:
    """What the draft says for each field of the table, cleaned; owner, code and amounts stand apart."""
    name = text.clean(draft.name)
    values: dict[str, object] = {f: text.clean(getattr(draft, f)) for f in TEXTS}
    values |= {f: getattr(draft, f) for f in PLAIN}
    values |= {"name": name, "name_key": text.search_key(name)[: rules.KEY_LENGTH]}
    values["progress"] = draft.progress or Progress.UNKNOWN
    values["work_starts_on"], values["work_ends_before"] = draft.work or (None, None)
    return values


def counted_satang(draft: ProjectDraft) -> int | None:
    """What the draft asks over all years, as `queries.amounts_of` will say of the project; None where it names none."""
    amounts = [(year.kind, year.amount_satang) for year in draft.years if year.span == Span.IN]
    kind = rules.counted_kind(kind for kind, _ in amounts)
    return None if kind is None else sum(satang for one, satang in amounts if one == kind)


Problem = tuple[str, str, str]
"""Code, Thai and English of what is wrong with a draft, to be put after "not recorded, because"."""


def problem_of(draft: ProjectDraft) -> Problem | None:
    """The first thing that forbids writing a draft down, or None."""
    if not text.clean(draft.name):
        return "no_name", "ไม่มีชื่อโครงการ โปรดระบุชื่อ (R10)", "it has no name. Give one (R10)."
    if draft.origin not in Origin.values:
        return (
            "unknown_origin",
            f"ไม่รู้จักที่มา {draft.origin} โปรดเลือกแบบที่โครงการมาจาก",
            f"origin {draft.origin} is unknown. Choose the list it comes from.",
        )
    if draft.progress and draft.progress not in Progress.values:
        return (
            "unknown_progress",
            f"ไม่รู้จักสถานะ {draft.progress} โปรดเลือกสถานะในรายการ",
            f"progress {draft.progress} is unknown. Choose one of the list.",
        )
    if draft.work is not None and draft.work[0] >= draft.work[1]:
        return (
            "ends_before_it_begins",
            "วันแล้วเสร็จอยู่ก่อนวันเริ่มงาน โปรดแก้วัน",
            "the work ends before it begins. Correct the days.",
        )
    return _year_problem(draft.fiscal_year) or _limit_problem(draft) or _money_problem(draft.years)


def _year_problem(year: int) -> Problem | None:
    if rules.year_is_plausible(year):
        return None
    return (
        "implausible_year",
        f"{year} ไม่ใช่ปีงบประมาณ พ.ศ. โปรดแก้ปี",
        f"{year} is no Buddhist-era fiscal year. Correct it.",
    )


def _limit_problem(draft: ProjectDraft) -> Problem | None:
    for field in (*TEXTS, "moos"):
        limit = getattr(Project._meta.get_field(field), "max_length", None)
        if limit is not None and len(text.clean(getattr(draft, field))) > limit:
            return (
                "too_long",
                f"ข้อความใน {field} ยาวเกิน {limit} ตัวอักษร โปรดย่อ",
                f"{field} is longer than {limit} characters. Shorten it.",
            )
    return None


def _money_problem(years: tuple[YearDraft, ...]) -> Problem | None:
    seen = set()
    for year in years:
        if problem := _year_problem(year.fiscal_year):
            return problem
        if year.amount_satang < 0:
            return "negative_amount", "จำนวนเงินติดลบ โปรดแก้เป็นศูนย์หรือมากกว่า", "an amount is negative. Give zero or more."
        if year.kind not in AmountKind.values or year.span not in Span.values:
            return (
                "unknown_amount_kind",
                f"ไม่รู้จักชนิดเงิน {year.kind}/{year.span} โปรดเลือกชนิดในรายการ",
                f"amount kind {year.kind}/{year.span} is unknown. Choose one of the list.",
            )
        key = (year.fiscal_year, year.kind, year.span)
        if key in seen:
            return (
                "year_twice",
                f"ปี {year.fiscal_year} มีจำนวนเงินชนิดเดียวกันสองครั้ง โปรดรวมเป็นจำนวนเดียว",
                f"year {year.fiscal_year} has two amounts of one kind. Give one.",
            )
        seen.add(key)
    return None
