"""A joint project as its page shows it, and its answers as sentences a villager can read."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from prasan.agencies.models import Body
from prasan.integration import queries as integration
from prasan.integration.models import JointPartner, JointProject, JointState, JointTask, MoneySource, Pair
from prasan.meetings.models import DecisionKind, Outcome, Resolution
from prasan.needs.queries import ids_above
from prasan.projects.models import Project
from prasan.web.queries.amounts import project_amount, standing_projects
from prasan.web.wording import name_of

FOUND = 10
WIDTH = 100  # of the bars of time


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What one body brings out of one source: satang by year (as the head of the table), and together."""

    body: Body
    source: str
    years: tuple[int | None, ...]
    whole: int


@dataclass(frozen=True, slots=True)
class ShareTable:
    """Who pays how much in which year out of what; `planned` is what it must come to, `off` what is missing."""

    years: tuple[int, ...]
    rows: tuple[ShareRow, ...]
    shared: tuple[int, ...]
    planned: tuple[int, ...]
    off: tuple[int, ...]

    @property
    def reconciles(self) -> bool:
        return not any(self.off)

    @property
    def whole(self) -> int:
        return sum(self.shared)

    @property
    def whole_planned(self) -> int:
        return sum(self.planned)


@dataclass(frozen=True, slots=True)
class TaskBar:
    """A task with its bar on the common time line, both in hundredths of the whole time."""

    task: JointTask
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class JointPage:
    """A joint project with everything its page shows."""

    joint: JointProject
    lead: Body
    partners: tuple[JointPartner, ...]
    originals: tuple[Project, ...]  # each with what it asked, as `amount`
    left: frozenset[int]  # of them those that stand for themselves again
    shares: ShareTable
    tasks: tuple[TaskBar, ...]


def joint_page(joint: JointProject) -> JointPage:
    """Everything the page of a joint project shows, each kind of record read once."""
    members = [joint.project_id, *(one.pk for one in joint.members.all())]
    originals = (
        Project.objects.filter(pk__in=members)
        .select_related("owner__area", "area")
        .annotate(amount=project_amount())
        .order_by("code")
    )
    live = joint.state != JointState.DISSOLVED
    return JointPage(
        joint=joint,
        lead=integration.lead_of(joint),
        partners=tuple(joint.partners.select_related("body__area", "answered_by").order_by("role", "pk")),
        originals=tuple(sorted(originals, key=lambda one: (one.pk != joint.project_id, one.code))),
        left=frozenset(one.pk for one in integration.members_that_left(joint)) if live else frozenset(),
        shares=share_table(joint),
        tasks=task_bars(joint),
    )


def share_table(joint: JointProject) -> ShareTable:
    """The shares as a table of body and source by year, which reconciles with what is planned."""
    planned = integration.planned_by_year(joint.project)
    amounts: dict[tuple[int, str], dict[int, int]] = {}
    bodies: dict[int, Body] = {}
    for share in joint.shares.select_related("body__area"):
        bodies[share.body_id] = share.body
        amounts.setdefault((share.body_id, share.source), {})[share.fiscal_year] = share.amount_satang
    years = tuple(sorted({*planned, *(year for by_year in amounts.values() for year in by_year)}))
    order = {partner.body_id: n for n, partner in enumerate(joint.partners.order_by("role", "pk"))}
    rows = tuple(
        ShareRow(
            bodies[body], str(MoneySource(source).label), tuple(by_year.get(y) for y in years), sum(by_year.values())
        )
        for (body, source), by_year in sorted(amounts.items(), key=lambda one: (order.get(one[0][0], 99), one[0][1]))
    )
    shared = tuple(sum(by_year.get(year, 0) for by_year in amounts.values()) for year in years)
    wanted = tuple(planned.get(year, 0) for year in years)
    return ShareTable(years, rows, shared, wanted, tuple(w - s for w, s in zip(wanted, shared, strict=True)))


def task_bars(joint: JointProject) -> tuple[TaskBar, ...]:
    """The tasks in their order, drawn on one line of time."""
    tasks = list(joint.tasks.select_related("body__area", "after").order_by("ordinal"))
    if not tasks:
        return ()
    first, last = min(task.starts_on for task in tasks), max(task.ends_before for task in tasks)
    whole = (last - first).days
    return tuple(
        TaskBar(
            task,
            round(WIDTH * (task.starts_on - first).days / whole, 2),
            round(WIDTH * (task.ends_before - task.starts_on).days / whole, 2),
        )
        for task in tasks
    )


def sentence(joint: JointProject, original: Project, lead: Body, state: str) -> str:
    """What became of an original, in one sentence that names it, the joint project, the lead and the resolution."""
    stands_itself = original.pk == joint.project_id
    words = {
        "name": original.name,
        "code": original.code,
        "joint": joint.project.name,
        "joint_code": joint.project.code,
        "lead": name_of(lead),
        "resolution": joint.resolution.number if joint.resolution is not None else "",
        "why": joint.dissolved_reason,
    }
    if state == JointState.DISSOLVED:
        if stands_itself:
            return _("โครงการ “%(name)s” (%(code)s) ไม่เป็นโครงการร่วมแล้ว เพราะ%(why)s") % words
        return _(
            "โครงการ “%(name)s” (%(code)s) แยกจากโครงการร่วม “%(joint)s” (%(joint_code)s) เป็นโครงการเดิมแล้ว เพราะ%(why)s"
        ) % words  # fmt: skip
    if state == JointState.PROPOSED:
        return _("โครงการ “%(name)s” (%(code)s) เสนอรวมในโครงการร่วม “%(joint)s” (%(joint_code)s) นำโดย%(lead)s") % words
    if stands_itself:
        return _("โครงการ “%(name)s” (%(code)s) เป็นโครงการหลักของโครงการร่วม นำโดย%(lead)s มติ %(resolution)s") % words
    return _(
        "โครงการ “%(name)s” (%(code)s) รวมอยู่ในโครงการร่วม “%(joint)s” (%(joint_code)s) นำโดย%(lead)s มติ %(resolution)s"
    ) % words  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """An answer ready to be read: the sentence, its joint project and the day."""

    joint: JointProject
    original: Project
    says: str
    at: dt.datetime
    to: str  # the bodies it is for


def told(answers: Sequence[integration.JointAnswer]) -> list[Told]:
    """Answers as sentences."""
    return [
        Told(
            joint=one.joint,
            original=one.original,
            says=sentence(one.joint, one.original, one.lead, one.joint.state),
            at=one.at,
            to=" · ".join(name_of(body) for body in one.for_bodies),
        )
        for one in answers
    ]


def resolutions_for(joint: JointProject) -> QuerySet[Resolution]:
    """Adopted resolutions of committees over every project of it, the latest first; of those without a place too."""
    over: set[int] | None = None
    for one in (joint.project, *joint.members.select_related("owner")):
        place = one.area_id or one.owner.area_id
        above = {place, *ids_above(place).values_list("ancestor", flat=True)} if place is not None else set()
        over = above if over is None else over & above
    found = Resolution.objects.filter(
        Q(item__meeting__committee__area__in=over or ()) | Q(item__meeting__committee__area=None),
        outcome=Outcome.ADOPTED,
    )
    return (
        found.exclude(decision_kind=DecisionKind.FOR_INFORMATION)
        .select_related("item__meeting__committee__area")
        .order_by("-resolved_at", "-pk")
    )


def chosen(codes: Sequence[str]) -> list[Project]:
    """Standing projects by these codes, with what each asks, in the order chosen."""
    rows = standing_projects().filter(code__in=codes).select_related("owner__area", "area")
    found = {one.code: one for one in rows.annotate(amount=project_amount())}
    return [found[code] for code in dict.fromkeys(codes) if code in found]


def alike(projects: Sequence[Project]) -> Sequence[Project]:
    """Standing projects the engine found alike to any chosen one, the likeliest first."""
    ids = {one.pk for one in projects}
    pairs = Pair.objects.filter(Q(first__in=ids) | Q(second__in=ids)).order_by("-probability", "pk")
    others = [pk for pair in pairs[: FOUND * 3] for pk in (pair.first_id, pair.second_id) if pk not in ids]
    rows = (
        standing_projects()
        .filter(pk__in=others)
        .select_related("owner__area", "area")
        .annotate(amount=project_amount())
    )
    found = {one.pk: one for one in rows}
    return [found[pk] for pk in dict.fromkeys(others) if pk in found][:FOUND]
