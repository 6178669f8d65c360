"""A meeting decides one matter: the resolution that records cite (R72)."""

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.meetings import access, queries, rules
from prasan.meetings.models import AgendaItem, Meeting, Resolution
from prasan.meetings.rules import Votes
from prasan.meetings.services.moving import ask_state, locked


class UnableToResolve(Refused):
    """The matter is undecided."""


@transaction.atomic
def resolve(
    *,
    item: AgendaItem,
    outcome: str,
    text: str,
    actor: User,
    at: dt.datetime,
    votes: tuple[int, int, int] | None = None,
    chair_decides: bool = False,
) -> Resolution:
    """Record what the meeting decided, once, with who was there and the quorum (R72). The kind is the item's own.

    Without votes it is by consensus; on a tie the chair decides, and that is said. Refused: `not_allowed`,
    `wrong_state`, `resolved_already`, `unknown_outcome`, `no_text`, `no_quorum`, `too_many_votes`,
    `vote_says_otherwise`, `tie`.
    """
    _ask_right(actor, item, at)
    meeting = locked(item.meeting)
    ask_state(UnableToResolve, "resolve", meeting)
    quorum = queries.quorum_of(meeting)
    _check(item, outcome, text, quorum)
    counted = None if votes is None else Votes(*votes)
    if counted is not None:
        _check_votes(counted, outcome, quorum.present, chair_decides)
    resolution = Resolution.objects.create(
        item=item,
        number=_number(meeting, item),
        decision_kind=item.decision_kind,
        outcome=outcome,
        text=text.strip(),
        by_consensus=counted is None,
        votes_for=counted.in_favour if counted else None,
        votes_against=counted.against if counted else None,
        votes_abstained=counted.abstained if counted else None,
        present=quorum.present,
        quorum=quorum.needed,
        resolved_at=at,
        recorded_by=actor,
    )
    journal.record(
        at=at,
        actor=actor,
        act="meetings.resolve",
        subject=resolution,
        subject_code=resolution.number,
        data={
            "kind": resolution.decision_kind,
            "outcome": outcome,
            "votes": list(votes) if votes else None,
            "chair_decides": chair_decides,
            "present": quorum.present,
            "quorum": quorum.needed,
        },
    )
    return resolution


def _number(meeting: Meeting, item: AgendaItem) -> str:
    return rules.number_of(
        code=meeting.committee.code,
        number=meeting.number,
        year=meeting.year,
        section=item.section,
        position=item.position,
    )


def _ask_right(actor: User, item: AgendaItem, at: dt.datetime) -> None:
    if not access.can_resolve(actor, committee=item.meeting.committee, on=localdate(at)):
        raise UnableToResolve(
            "not_allowed",
            f"ลงมติไม่ได้ เพราะท่านไม่ได้เป็นประธานหรือฝ่ายเลขานุการของ {item.meeting.committee} โปรดให้ผู้นั้นบันทึก",
            f"Nothing was resolved: you are neither chair nor secretariat of {item.meeting.committee}. Ask them.",
        )


def _check(item: AgendaItem, outcome: str, text: str, quorum: queries.Quorum) -> None:
    if Resolution.objects.filter(item=item).exists():
        raise UnableToResolve(
            "resolved_already",
            f"ลงมติ “{item.title}” ไม่ได้ เพราะมีมติแล้ว มติไม่แก้ไข โปรดเสนอเรื่องใหม่ในการประชุมครั้งต่อไป",
            f"“{item.title}” was not resolved: it is already, and a resolution is never changed. "
            "Bring it to a later meeting.",
        )
    if outcome not in rules.outcomes_of(item.decision_kind):
        raise UnableToResolve(
            "unknown_outcome",
            f"ลงมติ “{item.title}” ไม่ได้ เพราะผล {outcome} ใช้กับเรื่อง{item.get_decision_kind_display()}ไม่ได้ โปรดเลือกใหม่",
            f"“{item.title}” was not resolved: {outcome} cannot come of an item {item.decision_kind}. Choose again.",
        )
    if not text.strip():
        raise UnableToResolve(
            "no_text",
            f"ลงมติ “{item.title}” ไม่ได้ เพราะไม่มีข้อความมติ โปรดเขียนมติ",
            f"“{item.title}” was not resolved: the resolution has no text. Write it.",
        )
    if not quorum.stands:
        raise UnableToResolve(
            "no_quorum",
            f"ลงมติ “{item.title}” ไม่ได้ เพราะไม่ครบองค์ประชุม อยู่ {quorum.present} ต้องมี {quorum.needed} (R72) โปรดรอหรือเลื่อน",
            f"“{item.title}” was not resolved: {quorum.present} are here and {quorum.needed} are needed (R72). "
            "Wait, or defer it to a later meeting.",
        )


def _check_votes(votes: Votes, outcome: str, present: int, chair_decides: bool) -> None:
    if min(votes.in_favour, votes.against, votes.abstained) < 0 or votes.cast > present:
        raise UnableToResolve(
            "too_many_votes",
            f"ลงมติไม่ได้ เพราะนับได้ {votes.cast} เสียง แต่มาประชุม {present} โปรดนับใหม่",
            f"Nothing was resolved: {votes.cast} votes were counted and {present} are here. Count again.",
        )
    if not rules.vote_allows(votes, outcome):
        raise UnableToResolve(
            "vote_says_otherwise",
            f"ลงมติไม่ได้ เพราะเห็นชอบ {votes.in_favour} ไม่เห็นชอบ {votes.against} ไม่ตรงกับผลที่เลือก โปรดตรวจผล",
            f"Nothing was resolved: {votes.in_favour} for and {votes.against} against "
            "do not bear this outcome. Check it.",
        )
    if votes.tied and outcome != "DEFERRED" and not chair_decides:
        raise UnableToResolve(
            "tie",
            "ลงมติไม่ได้ เพราะคะแนนเท่ากัน ประธานต้องชี้ขาด โปรดระบุว่าประธานชี้ขาดตามผลนี้",
            "Nothing was resolved: the votes are equal and the chair decides. Say that the chair decides so.",
        )
