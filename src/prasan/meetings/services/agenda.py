"""The matters of a meeting: added to one of five sections, put in order, taken off before it is open."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.common.errors import Refused
from prasan.meetings.models import AgendaItem, AgendaSection, DecisionKind, Meeting
from prasan.meetings.services.moving import ask_right, ask_state, locked, note


class UnableToAddItem(Refused):
    """The agenda is as before."""


class UnableToMoveItem(Refused):
    """The item stands where it stood."""


class UnableToRemoveItem(Refused):
    """The item stays."""


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    section: int,
    title: str,
    decision_kind: str,
    actor: User,
    at: dt.datetime,
    detail: str = "",
    subject_kind: str = "",
    subject_code: str = "",
    proposer: Body | None = None,
) -> AgendaItem:
    """Put a matter last in a section, saying what the committee is asked to do with it (glossary 1.9).

    Refused: `not_allowed`, `wrong_state`, `unknown_section`, `unknown_kind`, `no_title`.
    """
    ask_right(UnableToAddItem, actor, meeting.committee, at)
    current = locked(meeting)
    ask_state(UnableToAddItem, "add_item", current)
    _check(section, title, decision_kind)
    last = current.items.filter(section=section).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=current,
        section=section,
        position=last + 1,
        title=title.strip(),
        detail=detail.strip(),
        decision_kind=decision_kind,
        subject_kind=subject_kind,
        subject_code=subject_code,
        proposer=proposer,
    )
    note("add_item", current, actor, at, item=f"{section}.{item.position}", title=item.title, kind=decision_kind)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, actor: User, at: dt.datetime) -> AgendaItem:
    """Let an item change places with its neighbour in the section.

    Refused: `not_allowed`, `wrong_state`, `no_neighbour`.
    """
    ask_right(UnableToMoveItem, actor, item.meeting.committee, at)
    meeting = locked(item.meeting)
    ask_state(UnableToMoveItem, "move_item", meeting)
    item = AgendaItem.objects.get(pk=item.pk)
    section = meeting.items.filter(section=item.section)
    if up:
        other = section.filter(position__lt=item.position).order_by("-position").first()
    else:
        other = section.filter(position__gt=item.position).order_by("position").first()
    if other is None:
        raise UnableToMoveItem(
            "no_neighbour",
            f"เลื่อน “{item.title}” ไม่ได้ เพราะอยู่ริมสุดของวาระแล้ว",
            f"“{item.title}” was not moved: it is at the end of its section already.",
        )
    before, after = item.position, other.position
    free = (section.aggregate(last=Max("position"))["last"] or 0) + 1
    AgendaItem.objects.filter(pk=item.pk).update(position=free)
    AgendaItem.objects.filter(pk=other.pk).update(position=before)
    AgendaItem.objects.filter(pk=item.pk).update(position=after)
    item.refresh_from_db()
    note("move_item", meeting, actor, at, title=item.title, before=before, after=after)
    return item


@transaction.atomic
def remove_item(*, item: AgendaItem, reason: str, actor: User, at: dt.datetime) -> None:
    """Take a matter off the agenda, saying why; those after it move up.

    Refused: `not_allowed`, `wrong_state`, `no_reason`.
    """
    ask_right(UnableToRemoveItem, actor, item.meeting.committee, at)
    meeting = locked(item.meeting)
    ask_state(UnableToRemoveItem, "remove_item", meeting)
    if not reason.strip():
        raise UnableToRemoveItem(
            "no_reason",
            f"ถอน “{item.title}” ไม่ได้ เพราะไม่มีเหตุผล โปรดระบุเหตุผล",
            f"“{item.title}” was not removed: no reason given. Say why.",
        )
    section, position, title = item.section, item.position, item.title
    AgendaItem.objects.filter(pk=item.pk).delete()
    for later in meeting.items.filter(section=section, position__gt=position).order_by("position"):
        AgendaItem.objects.filter(pk=later.pk).update(position=later.position - 1)
    note("remove_item", meeting, actor, at, title=title, reason=reason)


def _check(section: int, title: str, decision_kind: str) -> None:
    if section not in AgendaSection.values:
        raise UnableToAddItem(
            "unknown_section",
            f"เพิ่มเรื่องไม่ได้ เพราะไม่มีวาระที่ {section} โปรดเลือกวาระที่ 1 ถึง 5",
            f"No item was added: there is no section {section}. Choose section 1 to 5.",
        )
    if decision_kind not in DecisionKind.values:
        raise UnableToAddItem(
            "unknown_kind",
            f"เพิ่มเรื่องไม่ได้ เพราะไม่รู้จักการพิจารณา {decision_kind} โปรดเลือกจากรายการ",
            f"No item was added: {decision_kind} is no kind of decision. Choose one of the list.",
        )
    if not title.strip():
        raise UnableToAddItem(
            "no_title",
            "เพิ่มเรื่องไม่ได้ เพราะไม่มีชื่อเรื่อง โปรดระบุชื่อเรื่อง",
            "No item was added: no title given. Give it a title.",
        )
