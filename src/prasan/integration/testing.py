"""Hand-overs and pairs for tests, made by the operator through the services."""

import datetime as dt

from prasan.accounts.services import system_actor
from prasan.agencies.models import Body
from prasan.integration.models import CapacityVerdict, Handover, Pair
from prasan.integration.services import PairDraft, accept_handover, hand_over, record_pairs
from prasan.projects.models import Project

AT = dt.datetime(2025, 5, 1, 2, tzinfo=dt.UTC)


def make_handover(*, project: Project, to: Body, accepted: bool = False, at: dt.datetime = AT) -> Handover:
    """A project handed on for lack of money; taken at once where `accepted`."""
    handover = hand_over(
        project=project, to=to, verdict=CapacityVerdict.MONEY, reason="งบไม่พอ", actor=system_actor(), at=at
    )
    return accept_handover(handover=handover, actor=system_actor(), at=at) if accepted else handover


def make_pair(first: Project, second: Project, *, probability: float = 0.9, verdict: str = "duplicate") -> Pair:
    """A suggestion of the engine about two projects."""
    drafts = [PairDraft(first.pk, second.pk, probability, verdict)]
    record_pairs(pairs=drafts, engine="test 1", actor=system_actor(), at=AT, among=[first.pk, second.pk])
    return Pair.objects.get(first=min(first.pk, second.pk), second=max(first.pk, second.pk))
