"""A planning system is opened for a fiscal year."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from prasan import rulebook
from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.cycles import access
from prasan.cycles.models import Cycle, CycleStep
from prasan.journal import services as journal


class UnableToOpenCycle(Refused):
    """The cycle was not opened. Codes: not_allowed, unknown_system, implausible_year."""


@transaction.atomic
def open_cycle(*, system: str, fiscal_year: int, actor: User, at: dt.datetime) -> Cycle:
    """Open a planning system of the rulebook for a fiscal year (Buddhist Era), with every step dated.

    Opening it again gives the same cycle back, changes nothing and writes nothing to the journal.
    Refuses an actor without a planning role at the province or above, a system the rulebook does not
    have, and a year outside those the product plans for. Steps without a printed date get none.
    """
    if not access.can_open_cycle(actor, on=timezone.localtime(at).date()):
        raise UnableToOpenCycle(
            "not_allowed",
            "ผู้เปิดปฏิทินต้องมีหน้าที่ด้านแผนในระดับจังหวัดขึ้นไป",
            "Opening a calendar needs a planning role at the province or above.",
        )
    try:
        planning_system = rulebook.planning_system(system)
        dated = rulebook.instantiate(planning_system, fiscal_year)
    except Refused as refusal:
        raise UnableToOpenCycle(refusal.code, refusal.message_th, refusal.message_en) from refusal
    cycle, created = Cycle.objects.get_or_create(
        system=planning_system.key, fiscal_year=fiscal_year, defaults={"opened_at": at}
    )
    if created:
        CycleStep.objects.bulk_create(_row(cycle, item) for item in dated)
        journal.record(
            at=at,
            actor=actor,
            act="cycles.open_cycle",
            subject=cycle,
            subject_code=f"{cycle.system}/{cycle.fiscal_year}",
            data={"system": cycle.system, "fiscal_year": fiscal_year, "steps": len(dated)},
        )
    return cycle


def _row(cycle: Cycle, dated: rulebook.DatedStep) -> CycleStep:
    return CycleStep(
        cycle=cycle,
        number=dated.step.number,
        position=dated.position,
        level=dated.step.lane,
        name_th=dated.step.name.th,
        name_en=dated.step.name.en,
        starts_on=dated.starts_on,
        ends_before=dated.ends_before,
        certainty=dated.step.certainty,
    )
