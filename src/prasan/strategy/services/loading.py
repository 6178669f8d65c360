"""The national frames of the rulebook become plans that every level can link up to."""

import datetime as dt

from django.db import transaction

from prasan import rulebook
from prasan.accounts.models import User
from prasan.common.text import search_key
from prasan.strategy.models import Objective, ObjectiveKind, StrategyLevel, StrategyPlan
from prasan.strategy.services.keeping import ask_right, note


@transaction.atomic
def load_references(*, actor: User, at: dt.datetime) -> list[StrategyPlan]:
    """Keep each national frame of the rulebook that is not kept yet, proclaimed on its day; gives the new ones.

    Running it again changes nothing: what is proclaimed never changes. They are frames of issues without indicators,
    so R40 is not asked of them. Refused: `not_allowed` (the operator's act).
    """
    ask_right(actor, None, at)
    known = set(StrategyPlan.objects.filter(level=StrategyLevel.NATIONAL).values_list("code", flat=True))
    made = []
    for frame in rulebook.load().references:
        if frame.key in known or frame.from_year is None or frame.until_year is None:
            continue
        plan = StrategyPlan.objects.create(
            code=frame.key, level=StrategyLevel.NATIONAL, title_th=frame.title.th, title_en=frame.title.en,
            first_year=frame.from_year, last_year=frame.until_year, proclaimed_on=frame.issued_on,
            proclaimed_by=frame.reference, reference=frame.reference, certainty=frame.certainty,
        )  # fmt: skip
        Objective.objects.bulk_create(
            Objective(
                plan=plan, kind=ObjectiveKind.ISSUE, code=one.code, position=position, name_th=one.name.th,
                name_en=one.name.en, name_key=search_key(one.name.th)[:500],
            )
            for position, one in enumerate(frame.guidelines, start=1)
        )  # fmt: skip
        note(plan, "load_references", actor, at, objectives=len(frame.guidelines))
        made.append(plan)
    return made
