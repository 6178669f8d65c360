"""Who may run a round of AFP, endorse it, and answer for an agency in it."""

import datetime as dt

from prasan.accounts.access import holds
from prasan.accounts.models import Role, User
from prasan.afp.models import AfpRound, GroupAgency
from prasan.agencies.models import Body, BodyKind
from prasan.meetings.models import Resolution
from prasan.projects import access as projects_access

ROUND_KINDS = (
    BodyKind.PROVINCE,
    BodyKind.PROVINCIAL_COMMITTEE,
    BodyKind.DISTRICT,
    BodyKind.DISTRICT_COMMITTEE,
)
"""Bodies that run a round: of a province or of a district."""

ENDORSERS = (BodyKind.PROVINCIAL_COMMITTEE, BodyKind.DISTRICT_COMMITTEE, BodyKind.PROVINCIAL_BOARD)


def can_run_round(actor: User, *, body: Body, on: dt.date) -> bool:
    """Planning officers of the province or district, of its committee, or of the office that writes for it."""
    if body.kind not in ROUND_KINDS or body.area_id is None:
        return False
    return projects_access.acts_for(actor, body=body, on=on) or holds(actor, body=body, roles=(Role.CHAIR,), on=on)


def can_work_on(actor: User, *, round: AfpRound, on: dt.date) -> bool:
    """Whoever may run a round of its body."""
    return can_run_round(actor, body=round.body, on=on)


def can_answer_for_agency(actor: User, *, agency: GroupAgency, on: dt.date) -> bool:
    """Only the agency itself says whether it takes part: the province does not answer for it."""
    return projects_access.acts_for(actor, body=agency.body, on=on)


def decides_for(resolution: Resolution, round: AfpRound) -> bool:
    """Whether a resolution is of a committee that decides for the round's area: its own body or one of that area."""
    committee = resolution.item.meeting.committee
    return committee.pk == round.body_id or (committee.kind in ENDORSERS and committee.area_id == round.area_id)
