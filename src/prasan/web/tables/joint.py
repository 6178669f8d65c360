"""The list of joint projects."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import BigIntegerField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.common.text import search_key
from prasan.integration.models import JointPartner, JointProject, JointState, PartnerAnswer, PartnerRole
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter, text_filter
from prasan.web.queries.amounts import none_last, project_amount
from prasan.web.tables.records import called
from prasan.web.wording import name_of, state_of


@dataclass(frozen=True, slots=True)
class JointRow:
    """One joint project in the list."""

    pk: int
    code: str
    name: str
    lead: str
    partners: str
    members: int  # the one that stands included
    agreed: int
    answers: int
    amount: int | None
    resolution: str
    proposed_at: dt.datetime
    state: str


class JointCounts(TypedDict):
    """Original projects with the one that stands, partners asked and agreed, and money where it counts."""

    member_count: int
    answer_count: int
    agreed_count: int
    amount: int | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    CountedJoint = WithAnnotations[JointProject, JointCounts]
else:
    CountedJoint = JointProject


def joint_rows() -> QuerySet[CountedJoint]:
    """Joint projects with what the list sorts and adds up by; what was dissolved or merged on adds nothing."""
    lead = JointPartner.objects.filter(joint=OuterRef("pk"), role=PartnerRole.LEAD)
    counts = Q(project__merged_into=None) & ~Q(state=JointState.DISSOLVED)
    return (
        JointProject.objects.select_related("project", "resolution")
        .prefetch_related("partners__body__area")
        .annotate(
            member_count=Count("members", distinct=True) + 1,
            answer_count=Count("partners", distinct=True),
            agreed_count=Count("partners", filter=Q(partners__answer=PartnerAnswer.AGREED), distinct=True),
            lead_sort=Subquery(lead.values("body__sort_key")[:1]),
            amount=Case(When(counts, then=project_amount("project")), output_field=BigIntegerField()),
        )
    )


def make_joint(joint: CountedJoint) -> JointRow:
    """The row of one joint project."""
    partners = list(joint.partners.all())
    return JointRow(
        pk=joint.pk,
        code=joint.project.code,
        name=joint.project.name,
        lead=", ".join(name_of(one.body) for one in partners if one.role == PartnerRole.LEAD),
        partners=", ".join(name_of(one.body) for one in partners if one.role != PartnerRole.LEAD),
        members=joint.member_count,
        agreed=joint.agreed_count,
        answers=joint.answer_count,
        amount=joint.amount,
        resolution=joint.resolution.number if joint.resolution is not None else "",
        proposed_at=joint.proposed_at,
        state=joint.state,
    )


def _of_body(rows: QuerySet[CountedJoint], value: str) -> QuerySet[CountedJoint]:
    named = Body.objects.filter(Q(name_key__contains=search_key(value)) | Q(abbreviation__icontains=value)).values("pk")
    return rows.filter(Exists(JointPartner.objects.filter(joint=OuterRef("pk"), body__in=named)))


def _in_place(rows: QuerySet[CountedJoint], value: str) -> QuerySet[CountedJoint]:
    there = called(JointProject.objects.order_by(), value, "project__area", "members__area")
    return rows.filter(pk__in=there.values("pk"))


def _years() -> tuple[tuple[str, str], ...]:
    years = JointProject.objects.order_by("-project__fiscal_year").values_list("project__fiscal_year", flat=True)
    return tuple((str(year), str(year)) for year in years.distinct())


def joint_spec() -> ListSpec[CountedJoint, JointRow]:
    """The list of joint projects, the latest first."""
    return ListSpec(
        name="joint-projects",
        columns=(
            Column("code", _("รหัส"), lambda r: r.code, only="file"),
            Column("name", _("โครงการร่วม"), lambda r: r.name, order=by("project__code"), css="name"),
            Column("bodies", _("หน่วยงาน"), lambda r: "", order=by("lead_sort"), only="page"),
            Column("lead", _("หน่วยงานหลัก"), lambda r: r.lead, only="file"),
            Column("partners", _("หน่วยงานร่วม"), lambda r: r.partners, only="file"),
            Column("members", _("โครงการเดิม"), lambda r: r.members, "number", by("member_count")),
            Column("agreed", _("ตกลงแล้ว"), lambda r: f"{r.agreed}/{r.answers}", order=by("agreed_count")),
            Column("amount", _("จำนวนเงิน"), lambda r: r.amount, "money", none_last("amount"), "amount"),
            Column("resolution", _("มติ"), lambda r: r.resolution, only="file"),
            Column("proposed", _("เสนอเมื่อ"), lambda r: r.proposed_at.date(), "date", F("proposed_at")),
            Column("state", _("สถานะ"), lambda r: state_of("joint", r.state).word, order=by("state")),
        ),
        make=make_joint,
        default_order="-proposed",
        filters=(
            Filter("q", _("คำในชื่อ"), text_filter("project__name_key")),
            Filter("place", _("ชื่อพื้นที่"), _in_place),
            Filter("body", _("หน่วยงาน"), _of_body),
            Filter("state", _("สถานะ"), exact_filter("state"), tuple(JointState.choices)),
            Filter("year", _("ปีงบประมาณ"), exact_filter("project__fiscal_year"), _years()),
        ),
    )
