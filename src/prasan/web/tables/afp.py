"""The lists of a round of AFP: rounds, people, problems, candidates, integration groups and their agencies."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from prasan.afp import queries
from prasan.afp.models import (
    AfpProblem,
    AfpRound,
    AgencyAnswer,
    Candidate,
    Choice,
    GroupAgency,
    IntegrationGroup,
    ProblemOutcome,
    RoundState,
    TargetGroup,
)
from prasan.afp.queries.wording import FAMILIES, family_name, reason_name
from prasan.agencies.models import Body
from prasan.common.text import search_key
from prasan.projects.models import Origin, Project
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter, text_filter
from prasan.web.queries.afp import group_name, guidelines_of
from prasan.web.queries.amounts import none_last, project_amount
from prasan.web.tables.records import called
from prasan.web.wording import language, name_of, place_name

PAGE = 30
"""Rows of a page that is filled in: few enough to be read before one presses."""


def round_rows() -> QuerySet[AfpRound]:
    """Rounds with how many areas, problems and groups they have."""

    def counted(rows: QuerySet[Any], outer: str = "round") -> Coalesce:
        counts = rows.filter(**{outer: OuterRef("pk")}).order_by().values(outer).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counts), 0)

    return queries.rounds().annotate(
        area_count=Count("areas", filter=Q(areas__state=Choice.ACCEPTED)),
        problem_count=counted(AfpProblem.objects.all()),
        gap_count=counted(AfpProblem.objects.filter(outcome=ProblemOutcome.GAP)),
        group_count=counted(IntegrationGroup.objects.all()),
    )


def rounds_spec() -> ListSpec[AfpRound, AfpRound]:
    """The list of rounds, the latest year first."""
    years = AfpRound.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return ListSpec(
        name="afp-rounds",
        columns=(
            Column("code", _("รหัส"), lambda r: r.code, only="file"),
            Column("body", _("รอบของ"), lambda r: name_of(r.body), order=by("body__sort_key"), css="name"),
            Column("year", _("ปีงบประมาณ"), lambda r: r.fiscal_year, "number", by("fiscal_year")),
            Column("areas", _("พื้นที่เป้าหมาย"), lambda r: r.area_count, "number", by("area_count")),
            Column("problems", _("ปัญหา"), lambda r: r.problem_count, "number", by("problem_count"), "problem_count"),
            Column("gaps", _("ช่องว่าง"), lambda r: r.gap_count, "number", by("gap_count"), "gap_count"),
            Column("groups", _("กลุ่มบูรณาการ"), lambda r: r.group_count, "number", by("group_count"), "group_count"),
            Column("resolution", _("มติ"), lambda r: r.resolution.number if r.resolution else "", only="file"),
            Column("state", _("สถานะ"), lambda r: r.get_state_display(), order=by("state")),
        ),
        make=lambda row: row,
        default_order="-year",
        filters=(
            Filter("q", _("หน่วยงาน"), text_filter("body__name_key")),
            Filter("place", _("ชื่อพื้นที่"), called),
            Filter("year", _("ปีงบประมาณ"), exact_filter("fiscal_year"), tuple((str(y), str(y)) for y in years)),
            Filter("state", _("สถานะ"), exact_filter("state"), tuple(RoundState.choices)),
        ),
    )


def _areas(round: AfpRound) -> tuple[tuple[str, str], ...]:
    rows = round.areas.filter(state=Choice.ACCEPTED).select_related("area").order_by("rank")
    return tuple((str(one.pk), place_name(one.area)) for one in rows)


def people_rows(round: AfpRound) -> QuerySet[TargetGroup]:
    """Groups of people of the target areas."""
    rows = TargetGroup.objects.filter(target_area__round=round, target_area__state=Choice.ACCEPTED)
    return rows.select_related("target_area__area", "confirmed_by")


def people_spec(round: AfpRound) -> ListSpec[TargetGroup, TargetGroup]:
    """Step 2: groups of people by area, those that most needs name first."""
    weighed = _numbered(F("target_area__rank"), F("needs"))
    return ListSpec(
        name="afp-target-groups",
        columns=(
            Column("name", _("กลุ่มเป้าหมาย"), lambda r: r.name, order=by("name_key"), css="name"),
            Column("place", _("พื้นที่"), lambda r: place_name(r.target_area.area), order=weighed, css="place"),
            Column("needs", _("ความต้องการที่กล่าวถึง"), lambda r: r.needs, "number", by("needs"), "needs"),
            Column("keep", _("เป็นกลุ่มเป้าหมาย"), lambda r: r.get_state_display()),
            Column("people", _("จำนวนคน"), lambda r: r.people, "number", Coalesce(F("people"), Value(-1)), "people"),
            Column("source", _("ที่มาของจำนวน"), lambda r: r.source),
        ),
        make=lambda row: row,
        default_order="place",
        filters=(
            Filter("q", _("คำในชื่อ"), text_filter("name_key")),
            Filter("area", _("พื้นที่"), exact_filter("target_area"), _areas(round)),
            Filter("state", _("สถานะ"), exact_filter("state"), tuple(Choice.choices)),
        ),
        page_size=PAGE,
    )


def _numbered(place: Any, weight: Any) -> Any:
    """One number to sort by: the place in its order, and within it the greatest weight first."""
    big = BigIntegerField()
    return Cast(place, big) * Value(10**13, output_field=big) - Cast(weight, big)


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem in the lists of steps 3, 4 and 7 and among the gaps."""

    record: AfpProblem
    place: str
    matter: str  # name of the family
    needs: int
    weight: int
    accepted: int
    waiting: int
    guideline: str
    suggested: str  # guideline
    outcome: str  # code, as concluded
    suggested_outcome: str

    @property
    def pk(self) -> int:
        return self.record.pk

    @property
    def title(self) -> str:
        return self.record.title


def problem_rows(round: AfpRound) -> QuerySet[AfpProblem]:
    """Problems of a round with what stands behind them and what was accepted for them."""
    return queries.problems_of(round)


def gap_rows(round: AfpRound) -> QuerySet[AfpProblem]:
    """The problems that no project solves."""
    return problem_rows(round).filter(pk__in=[one.pk for one in queries.gaps_of(round)])


PROBLEM_COLUMNS: dict[str, tuple[str, ...]] = {
    "problems": ("title", "place", "severity", "people", "group", "weight", "state"),
    "guidelines": ("title", "place", "why", "guideline"),
    "outcomes": ("title", "place", "guideline", "accepted", "outcome", "reason"),
    "gaps": ("title", "place", "group", "severity", "people", "needs", "guideline", "outcome"),
}
"""Which columns each list of problems has."""


def problems_spec(round: AfpRound, kind: str) -> ListSpec[AfpProblem, ProblemRow]:
    """A list of problems by area, the weightiest first (severity × people)."""
    names = guidelines_of(round)

    def named(code: str) -> str:
        return f"{code} {names.get(code, '')}".strip()

    def make(one: AfpProblem) -> ProblemRow:
        needs = int(one.needs)  # type: ignore[attr-defined]
        return ProblemRow(
            record=one, place=place_name(one.target_area.area), matter=family_name(one.family, language()), needs=needs,
            weight=one.severity * (one.people if one.people is not None else needs),
            accepted=int(one.accepted), waiting=int(one.waiting),  # type: ignore[attr-defined]
            guideline=named(one.guideline), suggested=named(one.suggested_guideline), outcome=one.outcome,
            suggested_outcome=queries.suggested_outcome(one),
        )  # fmt: skip

    weight = F("severity") * Cast(Coalesce(F("people"), F("needs")), BigIntegerField())
    columns: dict[str, Column[ProblemRow]] = {
        "title": Column("title", _("ปัญหา"), lambda r: r.title, order=by("title"), css="name"),
        "place": Column(
            "place", _("พื้นที่"), lambda r: r.place, order=_numbered(F("target_area__rank"), weight), css="place"
        ),
        "group": Column(
            "group", _("กลุ่มเป้าหมาย"), lambda r: r.record.target_group.name if r.record.target_group else ""
        ),
        "severity": Column("severity", _("ความรุนแรง (1-5)"), lambda r: r.record.severity, "number", by("severity")),
        "people": Column(
            "people", _("จำนวนคน"), lambda r: r.record.people, "number", Coalesce(F("people"), Value(-1))
        ),
        "needs": Column("needs", _("ความต้องการ"), lambda r: r.needs, "number", by("needs"), "needs"),
        "weight": Column("weight", _("น้ำหนัก"), lambda r: r.weight, "number", weight),
        "state": Column("state", _("สถานะ"), lambda r: r.record.get_state_display(), order=by("state")),
        "why": Column(
            "why", _("ระบบเสนอ"),
            lambda r: f"{r.suggested} {r.record.confidence:.0%} {' '.join(r.record.guideline_words)}",
            order=by("confidence"), css="chips-cell",
        ),
        "guideline": Column("guideline", _("แนวทาง"), lambda r: r.guideline, order=by("guideline")),
        "accepted": Column("accepted", _("โครงการที่รับ"), lambda r: r.accepted, "number", by("accepted"), "accepted"),
        "outcome": Column(
            "outcome", _("ผลของปัญหา"), lambda r: r.record.get_outcome_display(), order=by("outcome")
        ),
        "reason": Column("reason", _("เหตุผล"), lambda r: r.record.outcome_reason),
    }  # fmt: skip
    return ListSpec(
        name=f"afp-{kind}",
        columns=tuple(columns[key] for key in PROBLEM_COLUMNS[kind]),
        make=make,
        default_order="place",
        filters=(
            Filter("q", _("คำในปัญหา"), lambda rows, value: rows.filter(title__icontains=value)),
            Filter("area", _("พื้นที่"), exact_filter("target_area"), _areas(round)),
            Filter("matter", _("เรื่อง"), exact_filter("family"), _families(round)),
            *_problem_filters(kind, names),
        ),
        page_size=PAGE,
    )


def _families(round: AfpRound) -> tuple[tuple[str, str], ...]:
    used = set(AfpProblem.objects.filter(round=round).values_list("family", flat=True))
    return tuple((key, family_name(key, language())) for key in FAMILIES if key in used)


def _problem_filters(kind: str, names: Mapping[str, str]) -> tuple[Filter[AfpProblem], ...]:
    codes = tuple((code, f"{code} {name}") for code, name in names.items())
    guideline: Filter[AfpProblem] = Filter(
        "guideline", _("แนวทาง"), lambda rows, value: rows.filter(guideline="" if value == "-" else value),
        (("-", _("ยังไม่กำหนด")), *codes),
    )  # fmt: skip
    if kind == "problems":
        states = tuple(one for one in Choice.choices if one[0] != Choice.REJECTED)
        return (Filter("state", _("สถานะ"), exact_filter("state"), states),)
    if kind == "outcomes":
        outcome: Filter[AfpProblem] = Filter(
            "outcome", _("ผลของปัญหา"), lambda rows, value: rows.filter(outcome="" if value == "-" else value),
            (("-", _("ยังไม่สรุป")), *ProblemOutcome.choices),
        )  # fmt: skip
        return (guideline, outcome)
    return (guideline,)


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One project that may solve a problem."""

    record: Candidate
    place: str
    owner: str
    amount: int | None
    reasons: tuple[str, ...]

    @property
    def pk(self) -> int:
        return self.record.pk

    @property
    def title(self) -> str:
        return self.record.project.code

    @property
    def percent(self) -> int:
        return round(100 * self.record.score)


def candidate_rows(round: AfpRound) -> QuerySet[Candidate]:
    """Candidates of a round with what each project asks."""
    return queries.candidates_of(round).annotate(amount=project_amount("project"))


def make_candidate(one: Candidate) -> CandidateRow:
    """The row of one candidate."""
    project = one.project
    return CandidateRow(
        record=one,
        place=place_name(project.area or project.owner.area),
        owner=name_of(project.owner),
        amount=one.amount,  # type: ignore[attr-defined]
        reasons=tuple(f"{reason_name(r['code'], language())} {r['points']:.2f}" for r in one.reasons),
    )


SCORES: tuple[tuple[str, Any], ...] = (("80", _("80 ขึ้นไป")), ("60", _("60 ขึ้นไป")), ("0", _("เพิ่มโดยเจ้าหน้าที่")))


def _scored(rows: QuerySet[Candidate], value: str) -> QuerySet[Candidate]:
    return rows.filter(rule="person") if value == "0" else rows.filter(score__gte=int(value) / 100)


def _called(rows: QuerySet[Candidate], value: str) -> QuerySet[Candidate]:
    return rows.filter(Q(project__name_key__contains=search_key(value)) | Q(problem__title__icontains=value))


def _owned(rows: QuerySet[Any], value: str, field: str = "project__owner") -> QuerySet[Any]:
    named = Body.objects.filter(Q(name_key__contains=search_key(value)) | Q(abbreviation__icontains=value)).values("pk")
    return rows.filter(**{f"{field}__in": named})


def candidates_spec(round: AfpRound) -> ListSpec[Candidate, CandidateRow]:
    """Step 5: candidates by problem, the best first."""
    together = Cast(F("problem"), FloatField()) * Value(1000.0) - F("score") * Value(100.0)
    return ListSpec(
        name="afp-candidates",
        columns=(
            Column("problem", _("ปัญหา"), lambda r: r.record.problem.title, order=together, only="file"),
            Column("code", _("รหัส"), lambda r: r.record.project.code, only="file"),
            Column("project", _("โครงการ"), lambda r: r.record.project.name, order=by("project__name_key"), css="name"),
            Column("for", _("แก้ปัญหา"), lambda r: "", order=together, css="wide", only="page"),
            Column("owner", _("หน่วยงาน"), lambda r: r.owner, order=by("project__owner__sort_key"), only="file"),
            Column("origin", _("ที่มา"), lambda r: r.record.project.get_origin_display(), only="file"),
            Column("amount", _("จำนวนเงิน"), lambda r: r.amount, "money", none_last("amount")),
            Column("score", _("คะแนน (ร้อยละ)"), lambda r: r.percent, "number", by("score")),
            Column("reasons", _("เหตุผลของคะแนน"), lambda r: ", ".join(r.reasons), only="file"),
            Column("decision", _("ผลพิจารณา"), lambda r: r.record.get_state_display(), order=by("state")),
            Column("reason", _("เหตุผล"), lambda r: r.record.decision_reason, only="file"),
            Column("by", _("ผู้พิจารณา"), lambda r: str(r.record.decided_by or ""), only="file"),
            Column("rule", _("กฎที่เสนอ"), lambda r: r.record.rule, only="file"),
        ),
        make=make_candidate,
        default_order="for",
        filters=(
            Filter("q", _("คำในโครงการหรือปัญหา"), _called),
            Filter("state", _("ผลพิจารณา"), exact_filter("state"), tuple(Choice.choices)),
            Filter("score", _("คะแนน"), _scored, SCORES),
            Filter("area", _("พื้นที่"), exact_filter("problem__target_area"), _areas(round)),
            Filter("owner", _("หน่วยงาน"), _owned),
            Filter("origin", _("ที่มา"), exact_filter("project__origin"), tuple(Origin.choices)),
        ),
        page_size=PAGE,
    )


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One integration group in the lists of steps 6 to 9; amounts in satang of the round's year."""

    record: IntegrationGroup
    name: str
    guideline: str
    problems: int
    projects: int
    amount: int
    lead: str
    agencies: int
    agreed: int
    objected: int
    duplicates: int

    @property
    def pk(self) -> int:
        return self.record.pk


def group_rows(round: AfpRound) -> QuerySet[IntegrationGroup]:
    """Integration groups with how many problems and agencies they have."""
    agencies = Count("agencies", distinct=True)
    said = {
        f"{key}_count": Count("agencies", filter=Q(agencies__answer=answer), distinct=True)
        for key, answer in (("agreed", AgencyAnswer.AGREED), ("objected", AgencyAnswer.OBJECTED))
    }
    return (
        IntegrationGroup.objects.filter(round=round)
        .select_related("target_area__area", "lead__area", "suggested_lead__area")
        .annotate(problem_count=Count("problems", distinct=True), agency_count=agencies, **said)
    )


GROUP_COLUMNS: dict[str, tuple[str, ...]] = {
    "grouping": ("name", "guideline", "problems", "projects", "amount", "suggested", "rule"),
    "plan": ("name", "guideline", "projects", "amount", "lead", "answers", "planned"),
    "expected": ("name", "guideline", "projects", "people", "saved", "days", "told"),
    "actual": ("name", "guideline", "people", "real_people", "saved", "real_saved", "days", "real_days", "learnt"),
}
"""Which columns the list of groups has in each step."""


def groups_spec(round: AfpRound, kind: str) -> ListSpec[IntegrationGroup, GroupRow]:
    """The integration groups as one of the steps 6 to 9 sees them."""
    names = guidelines_of(round)
    make = _group_maker(round, names)

    def figure(key: str, label: Any, field: str, kind: str = "number") -> Column[GroupRow]:
        return Column(key, label, lambda r: getattr(r.record, field), kind, Coalesce(F(field), Value(-1)), field)

    columns: dict[str, Column[GroupRow]] = {
        "name": Column(
            "name", _("กลุ่ม"), lambda r: r.name, order=_numbered(F("target_area__rank"), Value(0)), css="name"
        ),
        "guideline": Column("guideline", _("แนวทาง"), lambda r: r.guideline, order=by("guideline"), css="owner"),
        "problems": Column("problems", _("ปัญหา"), lambda r: r.problems, "number", by("problem_count"), "problem_count"),
        "projects": Column("projects", _("โครงการ"), lambda r: r.projects, "number"),
        "amount": Column("amount", _("วงเงินปีนี้"), lambda r: r.amount, "money"),
        "suggested": Column(
            "suggested", _("หน่วยงานหลักที่ระบบเสนอ"), lambda r: name_of(r.record.suggested_lead), css="owner"
        ),
        "rule": Column("rule", _("กฎที่เสนอ"), lambda r: r.record.rule, only="file"),
        "lead": Column("lead", _("หน่วยงานหลัก"), lambda r: r.lead, css="owner"),
        "answers": Column("answers", _("หน่วยงานตกลง"), lambda r: f"{r.agreed}/{r.agencies}", order=by("agreed_count")),
        "planned": Column("planned", _("แผน"), lambda r: _("มีแผนแล้ว") if r.record.planned_at else _("ยังไม่มีแผน")),
        "people": figure("people", _("คาด: คน"), "expected_people"),
        "saved": figure("saved", _("คาด: ประหยัด"), "expected_satang", "money"),
        "days": figure("days", _("คาด: วัน"), "expected_days"),
        "told": Column("told", _("ประเมิน"), lambda r: _("ประเมินแล้ว") if r.record.expected_at else _("ยังไม่ประเมิน")),
        "real_people": figure("real_people", _("จริง: คน"), "actual_people"),
        "real_saved": figure("real_saved", _("จริง: ประหยัด"), "actual_satang", "money"),
        "real_days": figure("real_days", _("จริง: วัน"), "actual_days"),
        "learnt": Column("learnt", _("บทเรียน"), lambda r: r.record.actual_note, css="chips-cell"),
    }
    return ListSpec(
        name=f"afp-groups-{kind}",
        columns=tuple(columns[key] for key in GROUP_COLUMNS[kind]),
        make=make,
        default_order="guideline",
        filters=(
            Filter(
                "guideline", _("แนวทาง"), exact_filter("guideline"), tuple((c, f"{c} {n}") for c, n in names.items())
            ),
            Filter("area", _("พื้นที่"), exact_filter("target_area"), _areas(round)),
            Filter("matter", _("เรื่อง"), exact_filter("family"), _families(round)),
            Filter("lead", _("หน่วยงานหลัก"), lambda rows, value: _owned(rows, value, "lead")),
            Filter("todo", _("งานค้าง"), _todo, TODO),
        ),
        page_size=PAGE,
    )


TODO: tuple[tuple[str, Any], ...] = (
    ("plan", _("ยังไม่มีแผน")), ("answer", _("มีหน่วยงานยังไม่ตอบ")), ("objection", _("มีหน่วยงานขอให้ปรับ")),
    ("expected", _("ยังไม่ประเมิน")), ("actual", _("ยังไม่บันทึกผลจริง")),
)  # fmt: skip


def _todo(rows: QuerySet[IntegrationGroup], value: str) -> QuerySet[IntegrationGroup]:
    wanted = {
        "plan": Q(planned_at=None),
        "answer": Q(agency_count__gt=F("agreed_count") + F("objected_count")),
        "objection": Q(objected_count__gt=0),
        "expected": Q(expected_at=None),
        "actual": Q(actual_at=None),
    }
    return rows.filter(wanted[value])


def _group_maker(round: AfpRound, names: Mapping[str, str]) -> Callable[[IntegrationGroup], GroupRow]:
    """Makes rows with projects and money counted once for all groups: each project in the group it counts in."""
    homes = queries.home_groups(round)
    standing = set(Project.objects.filter(pk__in=homes, withdrawn_at=None).values_list("pk", flat=True))
    amounts = queries.amounts_of(standing, round.fiscal_year)
    projects: Counter[int] = Counter(homes[pk].pk for pk in standing)
    money: Counter[int] = Counter()
    for pk in standing:
        money[homes[pk].pk] += amounts.get(pk, 0)
    doubted: Counter[int] = Counter()
    for pair in queries.undecided_duplicates(round):
        doubted.update({homes[pk].pk for pk in (pair.first_id, pair.second_id) if pk in homes})

    def make(one: IntegrationGroup) -> GroupRow:
        return GroupRow(
            record=one, name=group_name(one), guideline=f"{one.guideline} {names.get(one.guideline, '')}".strip(),
            problems=one.problem_count, projects=projects[one.pk], amount=money[one.pk],  # type: ignore[attr-defined]
            lead=name_of(one.lead), agencies=one.agency_count, agreed=one.agreed_count,  # type: ignore[attr-defined]
            objected=one.objected_count, duplicates=doubted[one.pk],  # type: ignore[attr-defined]
        )  # fmt: skip

    return make


def agency_rows(round: AfpRound) -> QuerySet[GroupAgency]:
    """Agencies in the groups of a round."""
    return GroupAgency.objects.filter(group__round=round).select_related(
        "group__target_area__area", "group__lead", "body__area", "answered_by"
    )


def agencies_spec(round: AfpRound) -> ListSpec[GroupAgency, GroupAgency]:
    """Lead agencies and partners with what they answered."""
    names = guidelines_of(round)

    def role(one: GroupAgency) -> str:
        return str(_("หน่วยงานหลัก") if one.body_id == one.group.lead_id else _("หน่วยงานร่วม"))

    return ListSpec(
        name="afp-agencies",
        columns=(
            Column("agency", _("หน่วยงาน"), lambda r: name_of(r.body), order=by("body__sort_key"), css="name"),
            Column("role", _("บทบาท"), role),
            Column("group", _("กลุ่ม"), lambda r: group_name(r.group), order=by("group")),
            Column(
                "guideline", _("แนวทาง"), lambda r: f"{r.group.guideline} {names.get(r.group.guideline, '')}",
                order=by("group__guideline"), css="owner",
            ),
            Column("answer", _("คำตอบ"), lambda r: r.get_answer_display(), order=by("answer")),
            Column("reply", _("ข้อความของหน่วยงาน"), lambda r: r.reply, css="chips-cell"),
        ),
        make=lambda row: row,
        default_order="agency",
        filters=(
            Filter("owner", _("หน่วยงาน"), lambda rows, value: _owned(rows, value, "body")),
            Filter("role", _("บทบาท"), _by_role, (("lead", _("หน่วยงานหลัก")), ("partner", _("หน่วยงานร่วม")))),
            Filter("answer", _("คำตอบ"), exact_filter("answer"), tuple(AgencyAnswer.choices)),
            Filter("area", _("พื้นที่"), exact_filter("group__target_area"), _areas(round)),
        ),
    )  # fmt: skip


def _by_role(rows: QuerySet[GroupAgency], value: str) -> QuerySet[GroupAgency]:
    lead = Q(body=F("group__lead"))
    return rows.filter(lead) if value == "lead" else rows.exclude(lead)
