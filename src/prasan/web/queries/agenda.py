"""What waits for a committee: plans at its gate, hand-overs, tasks, put-off matters, replies and appeals."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from prasan import rulebook
from prasan.agencies.models import Body
from prasan.common.text import search_key
from prasan.cycles.models import Task
from prasan.integration import queries as integration
from prasan.integration.models import ChangeRecommendation, Handover, HandoverState, RecommendationState
from prasan.meetings.models import AgendaItem, MeetingState
from prasan.meetings.queries import deferred_items
from prasan.plans.models import ConformityFinding, EditionState, FindingDecision, FindingState, PlanEdition
from prasan.plans.queries import decides_on, stage_after
from prasan.web.queries.amounts import of_area
from prasan.web.wording import name_of

SHOWN = 100
"""How many waiting matters a page shows; words narrow them down."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One matter a committee may take onto its agenda."""

    kind: str  # model name of what it is about
    code: str  # its id
    title: str
    decision: str
    section: int
    why: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.code}"


@dataclass(frozen=True, slots=True)
class WaitingList:
    """The first of the matters that hold the words asked for, and how many there are."""

    shown: tuple[Waiting, ...]
    count: int
    words: str


def waiting_list(committee: Body, on: dt.date, *, words: str = "") -> WaitingList:
    """What waits for a committee, narrowed down by words of the title or of why it waits."""
    wanted = search_key(words)
    found = [
        one
        for one in waiting_for(committee, on)
        if not wanted or wanted in search_key(one.title) or wanted in search_key(one.why)
    ]
    return WaitingList(tuple(found[:SHOWN]), len(found), words)


def waiting_for(committee: Body, on: dt.date) -> tuple[Waiting, ...]:
    """Everything that waits for a committee and stands on no agenda of it that is still to be decided."""
    taken = set(
        AgendaItem.objects.filter(meeting__committee=committee, resolution__isnull=True)
        .exclude(meeting__state__in=(MeetingState.CANCELLED, MeetingState.CLOSED))
        .exclude(subject_kind="")
        .values_list("subject_kind", "subject_code")
    )
    found = (
        *_editions(committee, on),
        *_handovers(committee),
        *_tasks(committee),
        *_deferred(committee),
        *_recommendations(committee),
        *_appeals(committee),
        *_joints(committee),
    )
    return tuple(one for one in found if (one.kind, one.code) not in taken)


def _inside(committee: Body, field: str) -> Q:
    return Q() if committee.area_id is None else of_area(committee.area_id, field)


def _editions(committee: Body, on: dt.date) -> list[Waiting]:
    """Plans whose next stage is one this kind of committee decides; only those are read."""
    stages = _stages_before(committee)
    wanted = Q()
    for plan_type, state in stages:
        wanted |= Q(plan_type=plan_type, state=state)
    if not stages:
        return []
    rows = PlanEdition.objects.filter(wanted).filter(_inside(committee, "body__area")).select_related("body__area")
    found = []
    for edition in rows.order_by("plan_type", "pk"):
        stage = stage_after(edition, on=on)
        if stage is None or not decides_on(stage, committee, edition):
            continue
        title = f"{edition.get_plan_type_display()} {name_of(edition.body)} {edition.fiscal_year}"
        why = _("แผนเสนอแล้ว รอการพิจารณา")
        found.append(Waiting("PlanEdition", str(edition.pk), title, stage.gate.decision, 4, why))
    return found


def _stages_before(committee: Body) -> set[tuple[str, str]]:
    """Types of plans and the states from which they go to a committee of this kind, by every law they may go by."""
    law, found = rulebook.load(), set()
    for kind in law.plan_types:
        for path in kind.paths:
            before = EditionState.SUBMITTED.value
            for stage in path.stages:
                if committee.kind in law.actor(stage.gate.actor).kinds:
                    found.add((kind.key, before))
                before = stage.state
    return found


def _handovers(committee: Body) -> list[Waiting]:
    rows = Handover.objects.filter(to_body=committee, state=HandoverState.SENT).select_related("project", "from_body")
    return [
        Waiting("Handover", str(one.pk), one.project.name, "CONSIDER", 4, _("โครงการส่งต่อมา รอคำตอบ"))
        for one in rows.order_by("pk")
    ]


def _tasks(committee: Body) -> list[Waiting]:
    """Unfinished tasks of the committee's area whose step needs a decision of a body of its kind."""
    law = rulebook.load()
    actors = {actor.key for actor in law.actors if committee.kind in actor.kinds}
    needs = {
        (system.key, step.number): gate.decision
        for system in law.systems
        for step in system.steps
        for gate in step.gates
        if gate.actor in actors
    }
    if not needs:
        return []
    wanted = Q()
    for system, number in needs:
        wanted |= Q(cycle__system=system, step__number=number)
    rows = (
        Task.objects.filter(wanted, done_at__isnull=True, submitted_at__isnull=False)
        .filter(_inside(committee, "body__area"))
        .select_related("step", "cycle", "body")
        .order_by("pk")
    )
    return [
        Waiting(
            "Task",
            str(task.pk),
            f"{task.step.number} {name_of(task.step)} {name_of(task.body)}".strip(),
            needs[(task.cycle.system, task.step.number)],
            4,
            _("ขั้นตอนนี้ต้องมีมติของคณะกรรมการ"),
        )
        for task in rows
    ]


def _deferred(committee: Body) -> list[Waiting]:
    return [
        Waiting("AgendaItem", str(item.pk), item.title, item.decision_kind, item.section, _("เลื่อนมาจากการประชุมก่อน"))
        for item in deferred_items(committee)
    ]


def _recommendations(committee: Body) -> list[Waiting]:
    rows = ChangeRecommendation.objects.filter(
        resolution__item__meeting__committee=committee, state=RecommendationState.OPEN
    ).select_related("project")
    why = _("ข้อเสนอปรับพื้นที่หรือเวลา หน่วยงานยังไม่ตอบ")
    return [
        Waiting("ChangeRecommendation", str(one.pk), one.project.name, "FOR_INFORMATION", 3, why)
        for one in rows.order_by("pk")
    ]


def _joints(committee: Body) -> list[Waiting]:
    why = _("โครงการร่วม ทุกหน่วยงานตกลงแล้ว รอมติ")
    return [
        Waiting("JointProject", str(one.pk), one.project.name, "ENDORSE", 4, why)
        for one in integration.ready_for(committee)
    ]


def _appeals(committee: Body) -> list[Waiting]:
    rows = (
        ConformityFinding.objects.filter(state=FindingState.APPEALED, decision=FindingDecision.NONE)
        .filter(_inside(committee, "edition__body__area"))
        .order_by("pk")
    )
    why = _("ผู้จัดทำแผนโต้แย้งข้อสังเกต")
    return [
        Waiting("ConformityFinding", str(one.pk), f"{one.rule} {one.subject_code}".strip(), "CONSIDER", 4, why)
        for one in rows
    ]
