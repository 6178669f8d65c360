"""The way of one project as dated stations a villager can read: who, what, why, and what is awaited now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan.agencies.models import Body, BodyKind
from prasan.exchange.models import SubmissionRow
from prasan.integration import queries as integration
from prasan.integration.models import CapacityVerdict, Handover, HandoverState, JointState, Pair, PairDecision
from prasan.needs.models import Forum, Need
from prasan.plans.models import EditionState, PlanItem, PlanType
from prasan.projects.models import Project, TakeUp
from prasan.web.queries.joint import sentence
from prasan.web.wording import day, name_of, place_name

Text = str | Promise
R = TypeVar("R", TakeUp, SubmissionRow, PlanItem, Handover)
"""Rows of a project."""
FLOORS: dict[str, Text] = {
    BodyKind.VILLAGE_COMMITTEE: gettext_lazy("หมู่บ้าน/ชุมชน"),
    BodyKind.SAO: gettext_lazy("อปท."),
    BodyKind.MUNICIPALITY: gettext_lazy("อปท."),
    BodyKind.SPECIAL_LAO: gettext_lazy("อปท."),
    BodyKind.PAO: gettext_lazy("อบจ."),
    BodyKind.DISTRICT: gettext_lazy("อำเภอ"),
    BodyKind.DISTRICT_COMMITTEE: gettext_lazy("อำเภอ"),
    BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE: gettext_lazy("อำเภอ"),
    BodyKind.PROVINCE: gettext_lazy("จังหวัด"),
    BodyKind.PROVINCIAL_COMMITTEE: gettext_lazy("จังหวัด"),
    BodyKind.PROVINCIAL_LOCAL_PLAN_COMMITTEE: gettext_lazy("จังหวัด"),
    BodyKind.CLUSTER_COMMITTEE: gettext_lazy("กลุ่มจังหวัด"),
    BodyKind.PROVINCIAL_OFFICE: gettext_lazy("ส่วนราชการ"),
    BodyKind.DEPARTMENT: gettext_lazy("ส่วนราชการ"),
    BodyKind.MINISTRY: gettext_lazy("กระทรวง"),
}


SENT, LISTED, ANSWERED, STEP, LAST = 10, 12, 15, 10, 10_000
"""The order within a day, when everything bears one date: each hop sent, listed by the receiver's plan, answered."""


@dataclass(frozen=True, slots=True)
class Station:
    """One stop: the day, the floor it happened on, a sentence, and why. `person` is for officers' eyes only."""

    on: dt.date | None
    when: str  # as printed, where no exact day is known
    floor: Text
    says: str
    why: str = ""
    person: str = ""
    link: tuple[str, str] | None = None  # (route, argument)
    now: bool = False
    order: int = field(default=0)


def stations(project: Project, *, on: dt.date, drafts_too: bool = True) -> list[Station]:
    """Every station of a project up to a day, the awaited one last; drafts of plans for officers only."""
    return ways([project], on=on, drafts_too=drafts_too)[project.pk]


def ways(projects: Sequence[Project], *, on: dt.date, drafts_too: bool = True) -> dict[int, list[Station]]:
    """The stations of several projects, by their id: each kind of station is looked up once for all."""
    ids = [project.pk for project in projects]
    needs, sources, plans, pairs = _needs(ids), _sources(ids), _plans(ids, drafts_too), _pairs(ids)
    handed = _by_project(
        Handover.objects.filter(project__in=ids)
        .select_related("from_body", "to_body", "coordinator", "sent_by", "answered_by")
        .order_by("hop")
    )
    found = {}
    for project in projects:
        key, handovers = project.pk, handed[project.pk]
        way = [
            *(forum_station(taken.need) for taken in needs[key]),
            *(_source(row, project.owner) for row in sources[key]),
            *(_plan(item) for item in plans[key]),
            *(_pair(pair, project) for pair in pairs[key]),
            *_handovers(handovers),
            *_joints(project),
        ]
        way.sort(key=lambda station: (station.on or dt.date.min, station.order))
        found[key] = [*way, _now(project, handovers, on)]
    return found


def _by_project(rows: QuerySet[R]) -> dict[int, list[R]]:
    """Rows that belong to a project each, in their order, by its id."""
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        if row.project_id is not None:
            found[row.project_id].append(row)
    return found


def floor_of(body: Body) -> Text:
    """The floor of the building a body works on."""
    return FLOORS.get(body.kind, gettext_lazy("หน่วยงาน"))


def forum_station(need: Need) -> Station:
    """Where a community asked for something."""
    forum = need.forum
    asked = _("%(place)s ขอในเวทีประชาคม: “%(title)s”") % {"place": place_name(need.area), "title": need.title}
    return Station(
        on=forum.held_on if forum else None,
        when=_when(forum, need.fiscal_year),
        floor=floor_of(need.body),
        says=asked,
        why=need.problem,
        link=("need", need.code),
    )


def _when(forum: Forum | None, fiscal_year: int) -> str:
    if forum is not None and forum.held_on is not None:
        return day(forum.held_on)
    if forum is not None and forum.held_text:
        return forum.held_text
    return _("ปีงบประมาณ %(year)s") % {"year": fiscal_year}


def _needs(ids: Collection[int]) -> dict[int, list[TakeUp]]:
    taken = TakeUp.objects.filter(project__in=ids).select_related("need__area", "need__body", "need__forum")
    return _by_project(taken.order_by("need__code"))


def _sources(ids: Collection[int]) -> dict[int, list[SubmissionRow]]:
    rows = SubmissionRow.objects.filter(project__in=ids).select_related("submission")
    return _by_project(rows.order_by("submission", "pk"))


def _source(row: SubmissionRow, owner: Body) -> Station:
    return Station(
        on=timezone.localtime(row.submission.received_at).date(),
        when=day(row.submission.received_at),
        floor=floor_of(owner),
        says=_("ขึ้นทะเบียนเป็นโครงการของ%(owner)s จากไฟล์ %(file)s แผ่นงาน “%(sheet)s” แถว %(row)s")
        % {
            "owner": name_of(owner),
            "file": row.submission.name,
            "sheet": row.sheet,
            "row": row.row,
        },
        order=1,
    )


def _plans(ids: Collection[int], drafts_too: bool) -> dict[int, list[PlanItem]]:
    items = (
        PlanItem.objects.filter(project__in=ids)
        .select_related("edition__body", "handover")
        .order_by("edition", "priority")
    )
    return _by_project(items if drafts_too else items.exclude(edition__state=EditionState.DRAFT))


def _plan(item: PlanItem) -> Station:
    return Station(
        on=timezone.localtime(item.edition.compiled_at).date(),
        when=day(item.edition.compiled_at),
        floor=floor_of(item.edition.body),
        says=_("อยู่ใน%(plan)s ปี %(year)s ของ%(body)s ลำดับที่ %(priority)s")
        % {
            "plan": item.edition.get_plan_type_display(),
            "year": item.edition.fiscal_year,
            "body": name_of(item.edition.body),
            "priority": item.priority,
        },
        link=("plan", str(item.edition_id)),
        order=_place_of(item),
    )


def _place_of(item: PlanItem) -> int:
    """Where a plan stands within its day: the district's after the hand-over it lists, the province's at the end."""
    if item.edition.plan_type == PlanType.PROVINCIAL_ANNUAL_ACTION_PLAN:
        return LAST
    return LISTED + STEP * item.handover.hop if item.handover is not None else 2


def _pairs(ids: Collection[int]) -> dict[int, list[Pair]]:
    """Decided pairs, under both of their projects."""
    decided = (
        Pair.objects.filter(Q(first__in=ids) | Q(second__in=ids))
        .exclude(decision=PairDecision.WAITING)
        .select_related("first", "second", "decided_by")
        .order_by("decided_at", "pk")
    )
    found: dict[int, list[Pair]] = defaultdict(list)
    for pair in decided:
        found[pair.first_id].append(pair)
        found[pair.second_id].append(pair)
    return found


def _pair(pair: Pair, project: Project) -> Station:
    other = pair.second if pair.first_id == project.pk else pair.first
    return Station(
        on=timezone.localtime(pair.decided_at).date() if pair.decided_at else None,
        when=day(pair.decided_at),
        floor=gettext_lazy("บูรณาการ"),
        says=_("เทียบกับโครงการ %(code)s “%(name)s” แล้วเห็นว่า: %(decision)s")
        % {"code": other.code, "name": other.name, "decision": pair.get_decision_display()},
        why=pair.decision_reason,
        person=str(pair.decided_by or ""),
        link=("project", other.code),
        order=3,
    )


def _joints(project: Project) -> list[Station]:
    """That it was proposed as part of a joint project, agreed, and undone: what its owner is answered, by name."""
    stations = []
    for joint in integration.joints_of(project):
        lead = integration.lead_of(joint)
        proposed = _("%(lead)s นำโครงการร่วม “%(name)s” ซึ่งรวมโครงการนี้กับอีก %(n)s โครงการ รอทุกหน่วยงานตอบ") % {
            "lead": name_of(lead),
            "name": joint.project.name,
            "n": len(joint.members.all()),
        }
        steps = [(joint.proposed_at, proposed, joint.reason, str(joint.proposed_by))]
        if joint.agreed_at is not None:
            agreed = sentence(joint, project, lead, JointState.AGREED)
            steps.append((joint.agreed_at, agreed, "", str(joint.agreed_by)))
        if joint.dissolved_at is not None:
            undone = sentence(joint, project, lead, JointState.DISSOLVED)
            steps.append((joint.dissolved_at, undone, "", str(joint.dissolved_by)))
        stations += [
            Station(
                on=timezone.localtime(at).date(),
                when=day(at),
                floor=gettext_lazy("บูรณาการ"),
                says=says,
                why=why,
                person=person,
                link=("joint_project", str(joint.pk)),
                order=4 + n,
            )
            for n, (at, says, why, person) in enumerate(steps)
        ]
    return stations


def _handovers(handovers: list[Handover]) -> list[Station]:
    stations = []
    for one in handovers:
        stations.append(
            Station(
                on=timezone.localtime(one.sent_at).date(),
                when=day(one.sent_at),
                floor=floor_of(one.from_body),
                says=_("%(from)s ส่งต่อให้%(to)s เพราะ%(reason)s")
                % {
                    "from": name_of(one.from_body),
                    "to": name_of(one.to_body),
                    "reason": CapacityVerdict(one.verdict).label,
                },
                why=one.reason,
                person=str(one.sent_by),
                order=SENT + STEP * one.hop,
            )
        )
        if one.answered_at is not None:
            stations.append(_answer(one, one.answered_at))
    return stations


def _answer(handover: Handover, answered_at: dt.datetime) -> Station:
    accepted = handover.state == HandoverState.ACCEPTED
    sentence = _("%(to)s รับไว้ดำเนินการ") if accepted else _("%(to)s ส่งคืนให้%(from)s")
    return Station(
        on=timezone.localtime(answered_at).date(),
        when=day(answered_at),
        floor=floor_of(handover.to_body),
        says=sentence % {"to": name_of(handover.to_body), "from": name_of(handover.from_body)},
        why=handover.answer_reason,
        person=str(handover.answered_by or ""),
        order=ANSWERED + STEP * handover.hop,
    )


def _now(project: Project, handovers: list[Handover], on: dt.date) -> Station:
    """What is awaited: an answer, or the work of whoever holds the project."""
    holder, sentence, link = project.owner, "", None
    if project.withdrawn_at is not None:
        sentence = _("ถอนโครงการแล้วเมื่อ %(day)s") % {"day": day(project.withdrawn_at)}
    elif project.merged_into is not None:
        kept = project.canonical()
        sentence = _("รวมเข้ากับโครงการ %(code)s “%(name)s” แล้ว ติดตามต่อที่โครงการนั้น") % {
            "code": kept.code,
            "name": kept.name,
        }
        link = ("project", kept.code)
    elif handovers and handovers[-1].state == HandoverState.SENT:
        holder = handovers[-1].to_body
        days = (on - timezone.localtime(handovers[-1].sent_at).date()).days
        pattern = _("รอ%(body)s ตอบ มาแล้ว %(days)s วัน") if days else _("รอ%(body)s ตอบ ส่งถึงวันนี้")
        sentence = pattern % {"body": name_of(holder), "days": days}
    else:
        accepted = [one for one in handovers if one.state == HandoverState.ACCEPTED]
        holder = accepted[-1].to_body if accepted else project.owner
        sentence = _("ตอนนี้เรื่องอยู่ที่%(body)s") % {"body": name_of(holder)}
    return Station(on=on, when=_("ตอนนี้"), floor=floor_of(holder), says=sentence, link=link, now=True)
