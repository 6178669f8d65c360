"""A round of AFP as its pages tell it: nine steps with what is done and what stops them, areas, one group, outputs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan import rulebook
from prasan.afp import access, queries
from prasan.afp.models import (
    AfpProblem,
    AfpRound,
    AgencyAnswer,
    Candidate,
    Choice,
    GroupAgency,
    IntegrationGroup,
    ProblemNeed,
    ProblemOutcome,
    RoundState,
    TargetArea,
)
from prasan.afp.queries.wording import family_name, indicator_name
from prasan.agencies.models import Body
from prasan.common.money import format_million
from prasan.common.text import clean, search_key
from prasan.integration.models import Pair
from prasan.meetings.models import DecisionKind, Outcome, Resolution
from prasan.needs.models import Need
from prasan.projects.models import Project
from prasan.web.wording import Text, language, place_name

FOUND = 10

NAMES: dict[str, Text] = {
    "areas": gettext_lazy("กำหนดพื้นที่เป้าหมาย"),
    "groups": gettext_lazy("กำหนดกลุ่มเป้าหมาย"),
    "problems": gettext_lazy("พิจารณาปัญหาและความต้องการ"),
    "guidelines": gettext_lazy("กำหนดแนวทางแก้ไข"),
    "candidates": gettext_lazy("พิจารณาโครงการที่แก้ปัญหา"),
    "grouping": gettext_lazy("จัดกลุ่มโครงการรายแนวทาง"),
    "plan": gettext_lazy("กำหนดการบูรณาการ"),
    "expected": gettext_lazy("ผลที่คาดว่าจะได้รับ"),
    "actual": gettext_lazy("ผลที่ได้จากการบูรณาการ"),
}
"""The nine steps of the source (000 §3.2), in their order; the keys are those of the addresses."""

SHORT: dict[str, Text] = {
    "areas": gettext_lazy("พื้นที่"),
    "groups": gettext_lazy("กลุ่ม"),
    "problems": gettext_lazy("ปัญหา"),
    "guidelines": gettext_lazy("แนวทาง"),
    "candidates": gettext_lazy("โครงการ"),
    "grouping": gettext_lazy("จัดกลุ่ม"),
    "plan": gettext_lazy("แผน"),
    "expected": gettext_lazy("ผลที่คาด"),
    "actual": gettext_lazy("ผลจริง"),
}

WHAT: dict[str, Text] = {
    "areas": gettext_lazy("ระบบจัดลำดับพื้นที่ตามความจำเป็น คณะกรรมการเลือกและบอกเหตุผล"),
    "groups": gettext_lazy("รวบรวมกลุ่มคนที่ความต้องการในพื้นที่กล่าวถึง ยืนยันจำนวนคนและที่มาของตัวเลข"),
    "problems": gettext_lazy("รวมความต้องการที่พูดถึงเรื่องเดียวกันเป็นปัญหา จัดลำดับด้วยความรุนแรง × จำนวนคน"),
    "guidelines": gettext_lazy("ระบบเสนอแนวทางจากคำในปัญหา เจ้าหน้าที่ยืนยันทุกปัญหา"),
    "candidates": gettext_lazy("หาโครงการของทุกหน่วยงานในพื้นที่ที่แก้ปัญหาได้ รับหรือไม่รับพร้อมเหตุผล"),
    "grouping": gettext_lazy("จัดปัญหาและโครงการเป็นกลุ่มตามแนวทาง × พื้นที่ × เรื่อง และเสนอหน่วยงานหลัก"),
    "plan": gettext_lazy("แต่ละกลุ่มกำหนดหน่วยงาน งาน เวลา และเงิน หน่วยงานตอบเอง ทุกปัญหาสรุปผล"),
    "expected": gettext_lazy("ประเมินคนที่ได้ประโยชน์ เงินและเวลาที่ประหยัด แล้วคณะกรรมการเห็นชอบด้วยมติ"),
    "actual": gettext_lazy("สิ้นปีบันทึกผลจริงเทียบกับที่คาด และบทเรียนสำหรับรอบถัดไป"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a round; `stops` says what is missing, and is empty where the step is done."""

    number: int
    key: str
    state: str  # DONE, NOW, LATER
    done: int
    whole: int
    stops: str
    url: str

    @property
    def name(self) -> Text:
        return NAMES[self.key]

    @property
    def short(self) -> Text:
        return SHORT[self.key]

    @property
    def what(self) -> Text:
        return WHAT[self.key]


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A place in the ranking of step 1; each part is what an indicator is called, its value, and what it adds."""

    area: TargetArea
    place: str
    parts: tuple[tuple[str, str, str], ...]

    @property
    def percent(self) -> int:
        return round(100 * self.area.score)


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One integration group with everything its page shows; amounts in satang of the round's year."""

    group: IntegrationGroup
    name: str
    guideline: str
    problems: list[AfpProblem]
    projects: list[tuple[Project, int | None]]
    elsewhere: list[Project]  # accepted here too, counted in another group
    budget: queries.BudgetBySource
    agencies: list[GroupAgency]
    duplicates: list[Pair]
    order: list[tuple[Project, Project]]


def steps_of(round: AfpRound) -> list[Step]:
    """The nine steps in words, with what stops those that are not done."""
    counts = queries.counts_of(round)
    ranked = round.areas.exists()
    doubted = queries.undecided_duplicates(round).count() if round.state == RoundState.OPEN else 0
    wants: dict[str, list[tuple[str, int]]] = {
        "areas": [(_("ยังไม่ได้จัดลำดับพื้นที่") if not ranked else _("ยังไม่ได้เลือกพื้นที่"), -1)],
        "groups": [(_("รอยืนยัน %d กลุ่ม"), counts.groups_open), (_("ยังไม่ได้รวบรวมกลุ่ม"), -(not counts.groups))],
        "problems": [
            (_("รอยืนยัน %d ปัญหา"), counts.problems_open), (_("ยังไม่ได้รวมความต้องการเป็นปัญหา"), -(not counts.problems)),
        ],
        "guidelines": [(_("ยังไม่กำหนดแนวทาง %d ปัญหา"), counts.without_guideline)],
        "candidates": [
            (_("รอพิจารณา %d รายการ"), counts.candidates_open), (_("ยังไม่ได้หาโครงการ"), -(not counts.searched)),
        ],
        "grouping": [(_("ยังไม่จัดกลุ่ม %d ปัญหา"), counts.ungrouped)],
        "plan": [
            (_("ยังไม่มีแผน %d กลุ่ม"), counts.unplanned), (_("ยังไม่สรุปผล %d ปัญหา"), counts.without_outcome),
        ],
        "expected": [
            (_("ยังไม่ประเมิน %d กลุ่ม"), counts.unexpected),
            (_("คู่ที่อาจซ้ำยังไม่พิจารณา %d คู่ (R31)"), doubted),
            (_("รอมติเห็นชอบ"), -(not counts.unexpected and not doubted)),
        ],
        "actual": [
            (_("ยังไม่บันทึกผลจริง %d กลุ่ม"), counts.unreviewed if counts.endorsed else 0),
            (_("บันทึกได้หลังคณะกรรมการเห็นชอบ"), -(not counts.endorsed)),
        ],
    }  # fmt: skip
    return [
        Step(
            number=one.number,
            key=one.name,
            state=one.state,
            done=one.done,
            whole=one.whole,
            stops="" if one.state == "DONE" else " · ".join(_said(words, n) for words, n in wants[one.name] if n),
            url=reverse(f"afp_{one.name}", args=[round.pk]),
        )
        for one in queries.steps_of(round, counts)
    ]


def _said(words: str, n: int) -> str:
    """Words with their number; a condition without one is given as -1."""
    return words % n if n > 0 else words


def ranking_of(round: AfpRound) -> list[AreaLine]:
    """The places of step 1 in order of need, as they were when ranked."""
    rows = round.areas.select_related("area", "chosen_by").order_by("rank")
    return [AreaLine(one, place_name(one.area), tuple(_part(part) for part in one.indicators)) for one in rows]


def _part(part: dict[str, Any]) -> tuple[str, str, str]:
    """One indicator in words: what is asked in million baht, a share in per cent, the rest as counted."""
    key, value = part["key"], part["value"]
    said = {"ASKED": lambda: format_million(int(value), decimals=2), "UNANSWERED": lambda: f"{value:.0%}"}
    shown = said[key]() if key in said else f"{value:,.2f}".rstrip("0").rstrip(".")
    return indicator_name(key, language()), shown, f"{100 * part['points']:.1f}"


def weights_of(round: AfpRound) -> list[tuple[str, str, int]]:
    """The need indicators with their names and weights."""
    return [(key, indicator_name(key, language()), weight) for key, weight in round.weights.items()]


def guidelines_of(round: AfpRound) -> dict[str, str]:
    """The guidelines of the round's set in the reader's language, by code."""
    return queries.guideline_names(round, language())


def guideline_sets() -> list[tuple[str, str]]:
    """The sets of guidelines a round may be opened with."""
    return [(one.key, one.title.say(language())) for one in rulebook.load().guideline_sets]


def set_of(round: AfpRound) -> "rulebook.GuidelineSet":
    """The set of guidelines of a round."""
    return rulebook.load().guideline_set(round.guideline_set)


def bodies_to_open(bodies: Sequence[Body], *, everywhere: bool) -> QuerySet[Body]:
    """Bodies in whose name a round may be opened by who acts for these; the act has the last word."""
    found = Body.objects.filter(kind__in=access.ROUND_KINDS, area__isnull=False).select_related("area")
    if not everywhere:
        found = found.filter(area__in=[body.area_id for body in bodies if body.kind in access.ROUND_KINDS])
    return found.order_by("sort_key", "pk")


def group_name(group: IntegrationGroup) -> str:
    """A group as it is called: the matter and the place."""
    return f"{family_name(group.family, language())} · {place_name(group.target_area.area)}"


def group_page(group: IntegrationGroup) -> GroupPage:
    """Everything the page of a group shows."""
    round = group.round
    projects = list(queries.home_projects(round, group))
    amounts = queries.amounts_of([one.pk for one in projects], round.fiscal_year)
    own = {one.pk for one in projects}
    everywhere = queries.accepted_ids(round, group=group)
    around = own | everywhere
    codes = guidelines_of(round)
    return GroupPage(
        group=group,
        name=group_name(group),
        guideline=f"{group.guideline} {codes.get(group.guideline, '')}".strip(),
        problems=list(queries.problems_of(round).filter(integration_group=group)),
        projects=[(one, amounts.get(one.pk)) for one in projects],
        elsewhere=list(
            Project.objects.filter(pk__in=everywhere - own, withdrawn_at=None)
            .select_related("owner__area")
            .order_by("code")
        ),
        budget=queries.budget_of(round, projects),
        agencies=sorted(
            group.agencies.select_related("body__area", "answered_by"),
            key=lambda one: (one.body_id != group.lead_id, one.pk),
        ),
        duplicates=list(queries.undecided_duplicates(round, group=group)),
        order=[pair for pair in queries.order_of(round) if {pair[0].pk, pair[1].pk} & around],
    )


def agencies_offered(page: GroupPage) -> list[Body]:
    """Who may take part: the owners of the group's projects, who is in it already, and bodies of the area."""
    area = page.group.target_area.area
    round_area = page.group.round.area_id
    owners = {one.owner_id for one, _ in page.projects} | {one.owner_id for one in page.elsewhere}
    told = {one.body_id for one in page.agencies}
    suggested = {page.group.suggested_lead_id, page.group.lead_id} - {None}
    named = Body.objects.filter(pk__in=owners | told | suggested)
    around = Body.objects.filter(Q(area=area) | Q(area=round_area))
    return list((named | around).select_related("area").distinct().order_by("sort_key", "pk"))


def projects_called(round: AfpRound, problem: AfpProblem, text: str) -> list[Project]:
    """Projects of the round's register by code or words of their name that this problem does not have yet."""
    key = search_key(clean(text))
    if not key:
        return []
    taken = Candidate.objects.filter(problem=problem, state=Choice.ACCEPTED).values("project")
    found = queries.register_of(round).filter(Q(code__iexact=text.strip()) | Q(name_key__contains=key))
    return list(found.exclude(pk__in=taken).select_related("owner__area", "area").order_by("code")[:FOUND])


def resolutions_for(round: AfpRound) -> QuerySet[Resolution]:
    """Adopted resolutions that may endorse a round, the latest first."""
    committees = Q(item__meeting__committee=round.body_id) | Q(
        item__meeting__committee__area=round.area_id, item__meeting__committee__kind__in=access.ENDORSERS
    )
    return (
        Resolution.objects.filter(committees, outcome=Outcome.ADOPTED)
        .filter(decision_kind__in=(DecisionKind.ENDORSE, DecisionKind.APPROVE))
        .select_related("item__meeting__committee__area")
        .order_by("-resolved_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Endings:
    """How many problems of a round end how; `open` are not concluded."""

    covered: int
    gap: int
    self_help: int
    deferred: int
    open: int


def endings_of(round: AfpRound) -> Endings:
    """Every problem of a round by how it ends."""
    counted = Counter(AfpProblem.objects.filter(round=round).values_list("outcome", flat=True))
    kinds = (ProblemOutcome.COVERED, ProblemOutcome.GAP, ProblemOutcome.SELF_HELP, ProblemOutcome.DEFERRED, "")
    return Endings(*(counted[str(kind)] for kind in kinds))


def waiting_agencies(round: AfpRound) -> int:
    """Agencies that were told of a plan and have not answered."""
    return GroupAgency.objects.filter(group__round=round, answer=AgencyAnswer.NOTIFIED).count()


_PROBLEM = ("problem__round__area", "problem__target_area__area", "problem__integration_group")


def places_in(project: Project) -> list[Candidate]:
    """In which problems of which rounds a project was accepted, the latest round first."""
    return list(
        Candidate.objects.filter(project=project, state=Choice.ACCEPTED)
        .select_related(*_PROBLEM)
        .order_by("-problem__round__fiscal_year", "pk")
    )


def evidence_in(need: Need) -> list[ProblemNeed]:
    """Which problem of which rounds a need stands behind, the latest round first."""
    return list(
        ProblemNeed.objects.filter(need=need).select_related(*_PROBLEM).order_by("-problem__round__fiscal_year", "pk")
    )


def rounds_stopped_by(pair: Pair) -> list[AfpRound]:
    """Open rounds in which a project of an undecided pair was accepted (R31)."""
    return list(
        AfpRound.objects.filter(
            state=RoundState.OPEN,
            problems__candidates__state=Choice.ACCEPTED,
            problems__candidates__project__in=(pair.first_id, pair.second_id),
        )
        .select_related("area", "body")
        .distinct()
        .order_by("pk")
    )
