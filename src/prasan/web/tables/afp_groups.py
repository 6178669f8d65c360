"""The lists of integration groups of a round of AFP and of their agencies."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prasan.afp import queries
from prasan.afp.models import (
    AfpRound,
    AgencyAnswer,
    GroupAgency,
    IntegrationGroup,
)
from prasan.projects.models import Project
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter
from prasan.web.queries.afp import group_name, guidelines_of
from prasan.web.tables.afp import PAGE, areas_of, by_number, families_of, owned_by
from prasan.web.wording import name_of


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


class GroupCounts(TypedDict):
    """Problems of a group, agencies asked, and how many of these agreed and objected."""

    problem_count: int
    agency_count: int
    agreed_count: int
    objected_count: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    CountedGroup = WithAnnotations[IntegrationGroup, GroupCounts]
else:
    CountedGroup = IntegrationGroup


def group_rows(round: AfpRound) -> QuerySet[CountedGroup]:
    """Integration groups with how many problems and agencies they have."""

    def answering(answer: str) -> Count:
        return Count("agencies", filter=Q(agencies__answer=answer), distinct=True)

    return (
        IntegrationGroup.objects.filter(round=round)
        .select_related("target_area__area", "lead__area", "suggested_lead__area")
        .annotate(
            problem_count=Count("problems", distinct=True),
            agency_count=Count("agencies", distinct=True),
            agreed_count=answering(AgencyAnswer.AGREED),
            objected_count=answering(AgencyAnswer.OBJECTED),
        )
    )


GROUP_COLUMNS: dict[str, tuple[str, ...]] = {
    "grouping": ("name", "guideline", "problems", "projects", "amount", "suggested", "rule"),
    "plan": ("name", "guideline", "projects", "amount", "lead", "answers", "planned"),
    "expected": ("name", "guideline", "projects", "people", "saved", "days", "told"),
    "actual": ("name", "guideline", "people", "real_people", "saved", "real_saved", "days", "real_days", "learnt"),
}
"""Which columns the list of groups has in each step."""


def groups_spec(round: AfpRound, kind: str) -> ListSpec[CountedGroup, GroupRow]:
    """The integration groups as one of the steps 6 to 9 sees them."""
    names = guidelines_of(round)
    make = _group_maker(round, names)

    def figure(key: str, label: Any, field: str, kind: str = "number") -> Column[GroupRow]:
        return Column(key, label, lambda r: getattr(r.record, field), kind, Coalesce(F(field), Value(-1)), field)

    columns: dict[str, Column[GroupRow]] = {
        "name": Column(
            "name", _("กลุ่ม"), lambda r: r.name, order=by_number(F("target_area__rank"), Value(0)), css="name"
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
            Filter("area", _("พื้นที่"), exact_filter("target_area"), areas_of(round)),
            Filter("matter", _("เรื่อง"), exact_filter("family"), families_of(round)),
            Filter("lead", _("หน่วยงานหลัก"), lambda rows, value: owned_by(rows, value, "lead")),
            Filter("todo", _("งานค้าง"), _todo, LEFT_TO_DO),
        ),
        page_size=PAGE,
    )


LEFT_TO_DO: tuple[tuple[str, Any], ...] = (
    ("plan", _("ยังไม่มีแผน")), ("answer", _("มีหน่วยงานยังไม่ตอบ")), ("objection", _("มีหน่วยงานขอให้ปรับ")),
    ("expected", _("ยังไม่ประเมิน")), ("actual", _("ยังไม่บันทึกผลจริง")),
)  # fmt: skip


def _todo(rows: QuerySet[CountedGroup], value: str) -> QuerySet[CountedGroup]:
    wanted = {
        "plan": Q(planned_at=None),
        "answer": Q(agency_count__gt=F("agreed_count") + F("objected_count")),
        "objection": Q(objected_count__gt=0),
        "expected": Q(expected_at=None),
        "actual": Q(actual_at=None),
    }
    return rows.filter(wanted[value])


def _group_maker(round: AfpRound, names: Mapping[str, str]) -> Callable[[CountedGroup], GroupRow]:
    """Makes rows with projects and money counted once for all groups: each project in the group it counts in."""
    homes = queries.home_groups(round)
    standing = set(Project.objects.filter(pk__in=homes, withdrawn_at=None).values_list("pk", flat=True))
    amounts = queries.amounts_of(standing, round.fiscal_year)
    projects: Counter[int] = Counter(homes[pk].pk for pk in standing)
    money: Counter[int] = Counter()
    for pk in standing:
        money[homes[pk].pk] += amounts.get(pk, 0)
    doubted = queries.doubted_by_group(round)

    def make(one: CountedGroup) -> GroupRow:
        return GroupRow(
            record=one, name=group_name(one), guideline=f"{one.guideline} {names.get(one.guideline, '')}".strip(),
            problems=one.problem_count, projects=projects[one.pk], amount=money[one.pk],
            lead=name_of(one.lead), agencies=one.agency_count, agreed=one.agreed_count,
            objected=one.objected_count, duplicates=doubted[one.pk],
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
            Filter("owner", _("หน่วยงาน"), lambda rows, value: owned_by(rows, value, "body")),
            Filter("role", _("บทบาท"), _by_role, (("lead", _("หน่วยงานหลัก")), ("partner", _("หน่วยงานร่วม")))),
            Filter("answer", _("คำตอบ"), exact_filter("answer"), tuple(AgencyAnswer.choices)),
            Filter("area", _("พื้นที่"), exact_filter("group__target_area"), areas_of(round)),
        ),
    )  # fmt: skip


def _by_role(rows: QuerySet[GroupAgency], value: str) -> QuerySet[GroupAgency]:
    lead = Q(body=F("group__lead"))
    return rows.filter(lead) if value == "lead" else rows.exclude(lead)
