"""The lists of strategies, and of the issues of all of them: what answers nothing above, what nobody answers below."""

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prasan.strategy import queries
from prasan.strategy.models import Objective, StrategyLevel, StrategyPlan
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter, text_filter
from prasan.web.wording import language, name_of, state_of

ALONE, UNANSWERED = "ALONE", "UNANSWERED"


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """One strategy in the list."""

    pk: int
    title: str
    level: str
    body: str
    first_year: int
    last_year: int
    number: int
    issues: int
    orphans: int
    state: str


def _title(plan: StrategyPlan) -> str:
    return plan.title_en or plan.title_th if language() == "en" else plan.title_th


def make_strategy(plan: Any) -> StrategyRow:
    """The row of one strategy."""
    return StrategyRow(
        plan.pk,
        _title(plan),
        str(StrategyLevel(plan.level).label),
        name_of(plan.body),
        plan.first_year,
        plan.last_year,
        plan.number,
        plan.issue_count,
        plan.orphan_count,
        "DRAFT" if plan.proclaimed_on is None else "PROCLAIMED",
    )


def strategy_rows(*, drafts_too: bool) -> QuerySet[StrategyPlan]:
    """Every strategy the reader may see."""
    found = queries.plans(drafts_too=drafts_too).annotate(body_sort=Coalesce(F("body__sort_key"), F("code")))
    return cast("QuerySet[StrategyPlan]", found)


def _called(rows: QuerySet[StrategyPlan], value: str) -> QuerySet[StrategyPlan]:
    return rows.filter(title_th__icontains=value.strip())


def _in_year(rows: QuerySet[StrategyPlan], value: str) -> QuerySet[StrategyPlan]:
    return rows.filter(first_year__lte=value, last_year__gte=value) if value.isdecimal() else rows


def _in_state(rows: QuerySet[StrategyPlan], value: str) -> QuerySet[StrategyPlan]:
    return rows.filter(proclaimed_on__isnull=value == "DRAFT")


def strategies_spec() -> ListSpec[StrategyPlan, StrategyRow]:
    """The list of strategies, the highest level first."""
    states = tuple((key, state_of("edition", key).word) for key in ("PROCLAIMED", "DRAFT"))
    return ListSpec(
        name="strategies",
        columns=(
            Column("title", _("แผน"), lambda r: r.title, order=by("title_th"), css="name"),
            Column("level", _("ระดับ"), lambda r: r.level, order=by("rank")),
            Column("body", _("หน่วยงาน"), lambda r: r.body, order=by("body_sort"), only="file"),
            Column("years", _("ช่วงปี"), lambda r: f"{r.first_year}–{r.last_year}", order=by("first_year")),
            Column("number", _("ฉบับที่"), lambda r: r.number, "number", by("number")),
            Column("issues", _("ประเด็น"), lambda r: r.issues, "number", by("issue_count")),
            Column("orphans", _("ยังไม่เชื่อมขึ้น"), lambda r: r.orphans, "number", by("orphan_count")),
            Column("state", _("สถานะ"), lambda r: state_of("edition", r.state).word),
        ),
        make=make_strategy,
        default_order="level",
        filters=(
            Filter("q", _("คำในชื่อ"), _called),
            Filter("level", _("ระดับ"), exact_filter("level"), tuple(StrategyLevel.choices)),
            Filter("year", _("ใช้ในปี พ.ศ."), _in_year),
            Filter("state", _("สถานะ"), _in_state, states),
        ),
    )


@dataclass(frozen=True, slots=True)
class IssueRow:
    """One issue of one strategy in the list."""

    pk: int
    plan_pk: int
    name: str
    plan: str
    level: str
    up: int
    down: int


def make_issue(issue: Any) -> IssueRow:
    """The row of one issue."""
    name = issue.name_en or issue.name_th if language() == "en" else issue.name_th
    level = str(StrategyLevel(issue.plan.level).label)
    return IssueRow(issue.pk, issue.plan_id, f"{issue.code} {name}", _title(issue.plan), level, issue.up, issue.down)


def _gap(rows: QuerySet[Objective], value: str) -> QuerySet[Objective]:
    if value == ALONE:
        return rows.filter(links_up=None).exclude(plan__level=StrategyLevel.NATIONAL)
    return rows.filter(links_down=None).exclude(plan__level=StrategyLevel.LAO)


def issues_spec() -> ListSpec[Objective, IssueRow]:
    """The list of issues, by plan."""
    gaps = ((ALONE, _("ยังไม่เชื่อมกับระดับบน")), (UNANSWERED, _("ยังไม่มีระดับล่างตอบ")))
    return ListSpec(
        name="issues",
        columns=(
            Column("issue", _("ประเด็นยุทธศาสตร์"), lambda r: r.name, order=by("name_key"), css="wide"),
            Column("plan", _("แผน"), lambda r: r.plan, order=by("plan__title_th"), css="name"),
            Column("level", _("ระดับ"), lambda r: r.level),
            Column("up", _("ตอบระดับบน"), lambda r: r.up, "number", by("up")),
            Column("down", _("ระดับล่างตอบ"), lambda r: r.down, "number", by("down")),
        ),
        make=make_issue,
        default_order="plan",
        filters=(
            Filter("q", _("คำในประเด็น"), text_filter("name_key")),
            Filter("gap", _("ช่องว่าง"), _gap, gaps),
            Filter("level", _("ระดับ"), exact_filter("plan__level"), tuple(StrategyLevel.choices)),
        ),
    )
