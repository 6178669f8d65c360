"""Follows what was asked to where it came: needs of communities, and requests of ผ.02/2."""

from collections.abc import Sequence

from django.db.models import Count, Sum

from prasan.cli.job.deciding import amounts_of
from prasan.integration.models import Handover, HandoverState
from prasan.needs.models import Need, ResponseKind
from prasan.projects.models import Origin, Project, TakeUp
from prasan.publishing.report import CoordinationFunnel, NeedFunnel, Tally

_ANSWERS = {
    HandoverState.ACCEPTED.value: "accepted",
    HandoverState.SENT.value: "awaiting",
    HandoverState.RETURNED.value: "returned",
}


def need_funnel(needs: Sequence[Need]) -> NeedFunnel:
    """Where each need came to: its own village, an อปท.'s plan, another body, or nowhere yet (R33, R36).

    What is asked is counted in the database apart from the places, so that a need lost on the way would show.
    """
    ids = [need.pk for need in needs]
    answers = TakeUp.objects.filter(need__in=ids, project__withdrawn_at=None)
    taken = set(answers.exclude(project__origin=Origin.COMMUNITY).values_list("need", flat=True))
    live = Handover.objects.filter(project__take_ups__need__in=ids, project__origin=Origin.COMMUNITY)
    live = live.filter(project__withdrawn_at=None).exclude(state=HandoverState.RETURNED)
    handed = set(live.values_list("project__take_ups__need", flat=True))
    found = Need.objects.filter(pk__in=ids).aggregate(count=Count("pk"), satang=Sum("amount_satang"))
    return NeedFunnel.of(
        ((_came_to(need, taken, handed), need.amount_satang) for need in needs),
        asked=Tally(found["count"], found["satang"] or 0),
    )


def _came_to(need: Need, taken: set[int], handed: set[int]) -> str:
    if need.response_kind == ResponseKind.SELF_HELP:
        return "self_help"
    if need.pk in taken:
        return "taken"
    return "handed_over" if need.pk in handed else "waiting"


def coordination_funnel(projects: Sequence[Project]) -> CoordinationFunnel:
    """What other bodies answered to the requests of ผ.02/2 (R37): the last hop of each tells."""
    asked = [project for project in projects if project.origin == Origin.LOCAL_PLAN_COORDINATION]
    hops = Handover.objects.filter(project__in=[project.pk for project in asked]).order_by("project", "hop")
    last = dict(hops.values_list("project", "state"))
    return CoordinationFunnel.of(
        (_ANSWERS.get(last.get(project.pk, ""), "not_sent"), sum(amounts_of(project).values())) for project in asked
    )
