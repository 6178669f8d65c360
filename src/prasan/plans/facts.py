"""What the checks of the rulebook are told of an edition: plain values, in a fixed number of reads."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from prasan.cycles.models import CycleEvent
from prasan.integration.models import CapacityVerdict, Handover, Pair
from prasan.integration.queries import skips_a_level
from prasan.letters.models import LetterAddressee, LetterState
from prasan.needs.models import Need, ResponseKind
from prasan.needs.queries import ids_above
from prasan.plans.conformity import open_duplicates
from prasan.plans.models import EditionDispatch, EditionKind, Gate, PlanEdition, PlanItem
from prasan.projects.access import AGENCY_KINDS
from prasan.projects.models import AmountKind, Origin, Project, ProjectObjective, ProjectYear, Span, TakeUp
from prasan.projects.queries import notice_due_on, taken_up
from prasan.rulebook.checks import (
    AmendmentFacts,
    DecisionFacts,
    DispatchFacts,
    ItemFacts,
    PlanFacts,
    StrategyFacts,
)
from prasan.strategy.models import ObjectiveKind, StrategyLevel, StrategyPlan

ACT_IN_FORCE = "budget_act"
"""How the keys of events begin that say the Budget Act is in force."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is read once for all items."""

    linked: frozenset[int]
    amounts: Mapping[tuple[int, str], int]
    hops: Mapping[int, list[Handover]]
    answered_needs: frozenset[int]
    forwarded_needs: frozenset[int]
    notice_due_on: dt.date | None


def gather(edition: PlanEdition, *, on: dt.date) -> PlanFacts:
    """One edition as it stands, told for one day."""
    frame = plan_in_force(edition, on=on)
    known = _known(edition, frame, on)
    items = PlanItem.objects.filter(edition=edition).select_related("project__owner", "need").order_by("priority")
    submitted = edition.submitted_at
    return PlanFacts(
        plan_type=edition.plan_type,
        fiscal_year=edition.fiscal_year,
        on=on,
        system=_system(edition),
        finished_on=localdate(submitted) if submitted else None,
        ranked_by_hand=edition.ordered_by_hand,
        plan_in_force=frame.title_th if frame else "",
        strategy=_strategy(edition),
        amendment=_amendment(edition),
        items=tuple(_item(item, known) for item in items),
        dispatches=_dispatches(edition),
        decisions=_decisions(edition),
        duplicates=_duplicates(edition),
    )


def plan_in_force(edition: PlanEdition, *, on: dt.date) -> StrategyPlan | None:
    """The provincial plan proclaimed by that day over the edition's place and year (R01); the latest one."""
    area = edition.body.area_id
    if area is None:
        return None
    plans = StrategyPlan.objects.filter(
        Q(body__area=area) | Q(body__area__in=ids_above(area)),
        level=StrategyLevel.PROVINCE,
        proclaimed_on__lte=on,
        first_year__lte=edition.fiscal_year,
        last_year__gte=edition.fiscal_year,
    )
    return plans.order_by("-proclaimed_on", "-number").first()


def _known(edition: PlanEdition, frame: StrategyPlan | None, on: dt.date) -> _Known:
    listed = PlanItem.objects.filter(edition=edition)
    projects, needs = listed.values("project"), listed.values("need")
    hops = defaultdict(list)
    for hop in Handover.objects.filter(project__in=projects).select_related("from_body", "to_body"):
        hops[hop.project_id].append(hop)
    answered = Need.objects.filter(taken_up(), pk__in=needs).values_list("pk", flat=True)
    forwarded = TakeUp.objects.filter(need__in=needs, project__handovers__isnull=False)
    return _Known(
        linked=_linked(projects, frame),
        amounts=_amounts(edition, projects),
        hops=hops,
        answered_needs=frozenset(answered),
        forwarded_needs=frozenset(forwarded.values_list("need_id", flat=True)),
        notice_due_on=_notice_due_on(edition),
    )


def _linked(projects: QuerySet[PlanItem, Any], frame: StrategyPlan | None) -> frozenset[int]:
    """Projects that answer an objective of the frame, directly or through one that answers it."""
    if frame is None:
        return frozenset()
    links = ProjectObjective.objects.filter(project__in=projects).filter(
        Q(objective__plan=frame) | Q(objective__links_up__above__plan=frame)
    )
    return frozenset(links.values_list("project_id", flat=True))


def _amounts(edition: PlanEdition, projects: QuerySet[PlanItem, Any]) -> dict[tuple[int, str], int]:
    years = ProjectYear.objects.filter(project__in=projects, fiscal_year=edition.fiscal_year, span=Span.IN)
    rows = years.values_list("project_id", "kind", "amount_satang")
    return {(project, kind): satang for project, kind, satang in rows}


def _notice_due_on(edition: PlanEdition) -> dt.date | None:
    """The last day of notices for the year: from the Budget Act's own day, else from the year's first (R50)."""
    told = CycleEvent.objects.filter(cycle__fiscal_year=edition.fiscal_year, event__startswith=ACT_IN_FORCE)
    in_force = told.order_by("happened_on").values_list("happened_on", flat=True).first()
    return notice_due_on(edition.fiscal_year, effective_on=in_force)


def _item(item: PlanItem, known: _Known) -> ItemFacts:
    if item.project is not None:
        return _project_item(item, item.project, known)
    need = item.need
    assert need is not None, "an item is a project or a need"
    return ItemFacts(
        code=need.code,
        is_need=True,
        area_known=True,
        target=need.target_group,
        planned_satang=need.amount_satang,
        classified=need.response_kind != ResponseKind.UNCLASSIFIED,
        asks_support=need.response_kind in (ResponseKind.NEEDS_SUPPORT, ResponseKind.JOINT),
        answered=need.pk in known.answered_needs,
        forwarded=need.pk in known.forwarded_needs,
        beyond_capacity=item.handover_id is not None or need.pk in known.forwarded_needs,
    )


def _project_item(item: PlanItem, project: Project, known: _Known) -> ItemFacts:
    hops = known.hops.get(project.pk, [])
    agency = project.owner.kind in AGENCY_KINDS and project.origin == Origin.AGENCY
    return ItemFacts(
        code=project.code,
        area_known=project.area_id is not None,
        target=project.target.strip(),
        programme=project.programme.strip() or project.strategy.strip(),
        responsible=project.responsible.strip() or project.owner.name_th,
        owner_is_agency=agency,
        asks_another=project.asks_id is not None,
        planned_satang=known.amounts.get((project.pk, AmountKind.PLANNED)),
        budgeted_satang=known.amounts.get((project.pk, AmountKind.BUDGETED)),
        notified_on=project.notified_on,
        notice_due_on=known.notice_due_on,
        linked=project.pk in known.linked,
        confirms=item.confirms_id is not None,
        confirms_reason=item.confirms_reason,
        forwarded=bool(hops),
        asks_coordination=project.origin == Origin.LOCAL_PLAN_COORDINATION,
        beyond_capacity=item.handover_id is not None or bool(hops),
        not_taken_without_coordinator=any(
            hop.verdict == CapacityVerdict.NOT_TAKEN and hop.coordinator_id is None for hop in hops
        ),
        skipped_level=any(skips_a_level(hop) for hop in hops),
    )


def _system(edition: PlanEdition) -> str:
    return edition.task.cycle.system if edition.task is not None else ""


def _amendment(edition: PlanEdition) -> AmendmentFacts | None:
    if edition.kind == EditionKind.ORIGINAL:
        return None
    return AmendmentFacts(edition.kind, edition.amendment_number, edition.amendment_year, edition.amendment_reason)


def _strategy(edition: PlanEdition) -> StrategyFacts | None:
    frame = edition.strategy
    if frame is None:
        return None
    kinds = dict(frame.objectives.order_by().values_list("kind").annotate(counted=Count("pk")))
    indicators = frame.objectives.order_by().aggregate(
        every=Count("indicators", distinct=True),
        aimed=Count("indicators", filter=Q(indicators__targets__isnull=False), distinct=True),
    )
    return StrategyFacts(
        vision=bool(frame.vision.strip()),
        issues=kinds.get(ObjectiveKind.ISSUE, 0),
        goals=kinds.get(ObjectiveKind.GOAL, 0),
        strategies=kinds.get(ObjectiveKind.STRATEGY, 0),
        indicators=indicators["every"],
        indicators_without_target=indicators["every"] - indicators["aimed"],
    )


def _dispatches(edition: PlanEdition) -> tuple[DispatchFacts, ...]:
    sent = EditionDispatch.objects.filter(edition=edition, letter__state=LetterState.DISPATCHED)
    days = dict(sent.values_list("letter_id", "letter__dated_on"))
    to: dict[int, set[str]] = defaultdict(set)
    names: dict[int, list[str]] = defaultdict(list)
    for one in LetterAddressee.objects.filter(letter__in=sent.values("letter")).select_related("body"):
        if one.body is not None:
            to[one.letter_id].add(one.body.kind)
        names[one.letter_id].append(str(one))
    return tuple(
        DispatchFacts(day, frozenset(to[letter]), tuple(names[letter]))
        for letter, day in days.items()
        if day is not None
    )


def _decisions(edition: PlanEdition) -> tuple[DecisionFacts, ...]:
    gates = Gate.objects.filter(edition=edition).select_related("body", "resolution__item__meeting").order_by("pk")
    return tuple(
        DecisionFacts(
            label=gate.resolution.number,
            decided_on=localdate(gate.resolution.resolved_at),
            kind=gate.decision_kind,
            body=gate.body.name_th,
            meeting=f"{gate.resolution.item.meeting.number}/{gate.resolution.item.meeting.year}",
            number=gate.resolution.number,
            present=gate.resolution.present,
            quorum=gate.resolution.quorum,
        )
        for gate in gates
    )


def _duplicates(edition: PlanEdition) -> tuple[tuple[str, str], ...]:
    """Each undecided likely pair under the item of this edition it touches."""
    listed = set(
        PlanItem.objects.filter(edition=edition, project__isnull=False).values_list("project__code", flat=True)
    )
    pairs: QuerySet[Pair] = open_duplicates(edition)
    found = []
    for pair in pairs:
        first, second = pair.first.code, pair.second.code
        found.append((first, second) if first in listed else (second, first))
    return tuple(found)
