"""Reads of joint projects: what stands for a project, whether its shares add up, and who gets which answer."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from prasan.agencies.models import Body
from prasan.integration import joint_rules
from prasan.integration.joint_rules import YearGap as YearGap
from prasan.integration.models import Handover, JointPartner, JointProject, JointState, PartnerAnswer, PartnerRole
from prasan.needs import queries as needs_queries
from prasan.needs.models import Need
from prasan.projects import access as projects_access
from prasan.projects import queries as projects_queries
from prasan.projects.models import Project, ProjectYear, TakeUp

DEPTH = 50  # longer chains of merges do not occur; the walk ends even if the data were broken


@dataclass(frozen=True, slots=True)
class JointAnswer:
    """What became of one original in a joint project, for its owner and for those who asked for it."""

    joint: JointProject
    original: Project
    lead: Body
    at: dt.datetime
    for_bodies: tuple[Body, ...]

    @property
    def stands_itself(self) -> bool:
        """Whether the original is the one that stands for all."""
        return self.original.pk == self.joint.project_id


def joint_projects() -> QuerySet[JointProject]:
    """Joint projects with what a page shows of them, the latest first."""
    return (
        JointProject.objects.select_related(
            "project__owner__area",
            "project__area",
            "resolution__item__meeting__committee",
            "proposed_by",
            "agreed_by",
            "dissolved_by",
        )
        .prefetch_related("partners__body__area", "members__owner__area")
        .order_by("-proposed_at", "-pk")
    )


def joints_of(project: Project) -> list[JointProject]:
    """Every joint project that this one, or what it was merged into, stands for or was joined to; the latest first."""
    chain = [project.pk]
    following = project.merged_into
    while following is not None:
        chain.append(following.pk)
        following = following.merged_into
    # Most projects are in none: asked for first, so that a dozen joins are not planned to find nothing.
    found = list(JointProject.objects.filter(Exists(_touched_by(chain))).values_list("pk", flat=True))
    return list(joint_projects().filter(pk__in=found)) if found else []


def live_joint_of(project: Project) -> JointProject | None:
    """The joint project that is not dissolved and in which this project stands or is a member."""
    return next((joint for joint in joints_of(project) if joint.state != JointState.DISSOLVED), None)


def lead_of(joint: JointProject) -> Body:
    """The body that leads."""
    return next(partner.body for partner in joint.partners.all() if partner.role == PartnerRole.LEAD)


def originals_of(joint: JointProject) -> list[Project]:
    """Every project answered by it: the one that stands, those joined, and what was merged into any of them."""
    ids: set[int] = set()
    for one in (joint.project, *joint.members.all()):
        ids.update(projects_queries.merged_family(one))
    return list(Project.objects.filter(pk__in=ids).select_related("owner__area", "asks", "area").order_by("code"))


def members_that_left(joint: JointProject) -> list[Project]:
    """Members that stand for themselves again, or are merged elsewhere, while the joint project is not dissolved."""
    members = list(joint.members.all())
    standing = projects_queries.canonical_ids([joint.project_id, *(one.pk for one in members)])
    return [one for one in members if standing[one.pk] != standing[joint.project_id]]


def planned_by_year(project: Project) -> dict[int, int]:
    """What a project counts with in each fiscal year (planned, else budgeted), as the totals do; integer satang."""
    rows = list(ProjectYear.objects.filter(project=project).values_list("fiscal_year", "kind", "amount_satang"))
    counted = projects_queries.counted_kind(kind for _, kind, _ in rows)
    years: dict[int, int] = {}
    for year, kind, satang in rows:
        if kind == counted:
            years[year] = years.get(year, 0) + satang
    return years


def share_gaps(joint: JointProject) -> tuple[YearGap, ...]:
    """The years in which the shares are not what the standing project plans; none when they add up."""
    shares = joint.shares.values_list("fiscal_year", "amount_satang")
    return joint_rules.share_gaps(planned_by_year(joint.project), shares)


def ready_for(committee: Body) -> list[JointProject]:
    """Proposals every partner agreed to, whose shares add up, and over all of whose projects this committee is."""
    open_answers = JointPartner.objects.filter(joint=OuterRef("pk")).exclude(answer=PartnerAnswer.AGREED)
    found = joint_projects().filter(~Exists(open_answers), state=JointState.PROPOSED).order_by("pk")
    return [joint for joint in found if is_over(committee, joint) and not share_gaps(joint)]


def is_over(committee: Body, joint: JointProject) -> bool:
    """Whether a committee is over the place of every project of it; one without a place is over all."""
    together = (joint.project, *joint.members.all())
    return committee.area_id is None or all(projects_access.lies_over(committee, one) for one in together)


def waiting_partners(bodies: Sequence[Body]) -> QuerySet[JointPartner]:
    """Joint projects these bodies have to answer, the longest waiting first."""
    return (
        JointPartner.objects.filter(body__in=bodies, answer=PartnerAnswer.PENDING, joint__state=JointState.PROPOSED)
        .select_related("joint__project__owner__area", "body__area")
        .order_by("joint__proposed_at", "pk")
    )


def joint_answers_for(bodies: Sequence[Body], *, most: int) -> list[JointAnswer]:
    """What came back to these bodies for the projects they own or coordinate, or that answer what they asked."""
    if not bodies:
        return []
    mine = _projects_of(bodies)
    merged = mine.filter(merged_into__gt=0)  # asked so, SQLite reads only what is merged, not every project
    chained = _chain_ids(merged.values_list("pk", "merged_into"))
    found = _settled().filter(Exists(_touched_by(mine)) | Exists(_touched_by(chained)))
    ours = {body.pk for body in bodies}
    answers = [one for joint in found[:most] for one in answers_of(joint) if ours & {b.pk for b in one.for_bodies}]
    return answers[:most]


def joint_answers_to(need: Need) -> list[JointAnswer]:
    """What became of the projects that answer a need, in joint projects agreed or dissolved; the latest first."""
    taken = set(TakeUp.objects.filter(need=need).values_list("project_id", flat=True))
    chained = _chain_ids(
        Project.objects.filter(pk__in=taken, merged_into__isnull=False).values_list("pk", "merged_into")
    )
    found = _settled().filter(Exists(_touched_by([*taken, *chained])))
    return [one for joint in found for one in answers_of(joint) if one.original.pk in taken]


def answers_of(joint: JointProject) -> list[JointAnswer]:
    """The answer of each original of a joint project, by code, with the bodies it is for."""
    at = joint.dissolved_at or joint.agreed_at or joint.proposed_at
    originals = originals_of(joint)
    asked: dict[int, dict[int, Body]] = {one.pk: {one.owner_id: one.owner} for one in originals}
    for one in originals:
        if one.asks is not None:
            asked[one.pk][one.asks.pk] = one.asks
    for row in TakeUp.objects.filter(project__in=asked).select_related("need"):
        for need in Need.objects.filter(pk__in=needs_queries.merged_family(row.need)).select_related("body__area"):
            asked[row.project_id][need.body_id] = need.body
    hops = Handover.objects.filter(project__in=asked, coordinator__isnull=False).select_related("coordinator__area")
    for hop in hops:
        if hop.coordinator is not None:
            asked[hop.project_id][hop.coordinator.pk] = hop.coordinator
    lead = lead_of(joint)
    return [JointAnswer(joint, one, lead, at, tuple(asked[one.pk].values())) for one in originals]


def _settled() -> QuerySet[JointProject]:
    found = joint_projects().filter(state__in=(JointState.AGREED, JointState.DISSOLVED))
    return found.order_by(Coalesce("dissolved_at", "agreed_at").desc(), "-pk")


def _projects_of(bodies: Sequence[Body]) -> QuerySet[Project]:
    """Projects whose answer these bodies get: theirs, asked of them, answering their needs, coordinated by them."""
    theirs = Q(need__body__in=bodies) | Q(need__merged__body__in=bodies)
    asked = TakeUp.objects.filter(theirs, project=OuterRef("pk"))
    coordinated = Handover.objects.filter(project=OuterRef("pk"), coordinator__in=bodies)
    return Project.objects.filter(Q(owner__in=bodies) | Q(asks__in=bodies) | Exists(asked) | Exists(coordinated))


def _touched_by(projects: Iterable[int] | QuerySet[Project]) -> QuerySet[JointProject]:
    """For the joint project outside: itself, where one of these projects stands in it or is a member."""
    same = JointProject.objects.filter(pk=OuterRef("pk"))
    return same.filter(Q(project__in=projects) | Q(members__in=projects))


def _chain_ids(pointers: Iterable[tuple[int, int | None]]) -> list[int]:
    """What the merged ones were merged into, step by step."""
    found: set[int] = set()
    frontier = {to for _, to in pointers if to is not None}
    for _ in range(DEPTH):
        frontier -= found
        if not frontier:
            break
        found |= frontier
        following = Project.objects.filter(pk__in=frontier, merged_into__isnull=False)
        frontier = {to for to in following.values_list("merged_into", flat=True) if to is not None}
    return sorted(found)
