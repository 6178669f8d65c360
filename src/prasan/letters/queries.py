"""Reads of letters: what was dispatched, whom a letter misses, how often a province was reported on."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from prasan import rulebook
from prasan.agencies.models import Body, BodyKind
from prasan.areas.models import Area
from prasan.common.dates import fiscal_year_bounds
from prasan.cycles import queries as cycles
from prasan.letters import rules
from prasan.letters.access import visible_to
from prasan.letters.models import Letter, LetterState

__all__ = ["Missing", "dispatched", "missing_of", "reports_of", "visible_to"]


@dataclass(frozen=True, slots=True)
class Missing:
    """Whom a letter does not reach though a rule asks for it."""

    rule: str
    names: tuple[rulebook.Words, ...]


def dispatched(
    *, catalogue: str | None = None, fiscal_year: int | None = None, sender: Body | None = None
) -> QuerySet[Letter]:
    """Letters that went out, the latest first."""
    found = Letter.objects.filter(state=LetterState.DISPATCHED).select_related("sender__area")
    if catalogue is not None:
        found = found.filter(catalogue=catalogue)
    if fiscal_year is not None:
        found = found.filter(fiscal_year=fiscal_year)
    if sender is not None:
        found = found.filter(sender=sender)
    return found.order_by("-dated_on", "-pk")


def missing_of(letter: Letter, *, on: dt.date) -> Missing | None:
    """The addressees a rule asks for and the letter lacks, by name; None when nobody is missing (`rules.DEMANDS`)."""
    reached: set[str] = set()
    for one in letter.addressees.select_related("body"):
        kind, name = (one.body.kind, one.body.name_th) if one.body is not None else ("", one.name)
        reached |= rules.group_of(kind, name)
    makes = cycles.printed_step(letter.task).makes if letter.task is not None else ()
    rule, missing = rules.missing_groups(letter.catalogue, reached, sender=letter.sender.kind, makes=makes, on=on)
    if not missing:
        return None
    return Missing(rule, tuple(rulebook.Words(*rules.NAMES[group]) for group in missing))


def reports_of(area: Area, fiscal_year: int, *, on: dt.date) -> tuple[int, str]:
    """How many reports on a province or cluster went to the national committee in a fiscal year, and whether that
    is enough: twice a year (R46, AC-14)."""
    reports = dispatched(catalogue="L15").filter(Q(sender__area=area) | Q(task__body__area=area))
    starts, ends = fiscal_year_bounds(fiscal_year)
    reports = reports.filter(dated_on__gte=starts, dated_on__lt=ends)
    to_the_centre = reports.filter(
        Q(addressees__body__kind=BodyKind.NATIONAL_COMMITTEE) | Q(addressees__name__contains="ก.น.จ.")
    )
    count = to_the_centre.order_by().distinct().count()
    wanted = rulebook.load().rule("R46").value_on(max(ends - dt.timedelta(days=1), dt.date(2009, 1, 1))).value
    return count, rules.reporting_state(count, year_ended=on >= ends, wanted=wanted if isinstance(wanted, int) else 2)
