"""The demonstration's running years: one whose plan is made, one that is under way, one that lies ahead."""

import datetime as dt
from random import Random

from django.utils.timezone import get_current_timezone

from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.common.dates import BE_MINUS_CE, fiscal_year_of
from prasan.cycles import queries, services
from prasan.cycles.models import Cycle, Task
from prasan.demonstration import facts

UNDER_WAY = "moi_2553"  # its first steps fall in October and November, when the others rest
SHARE_IN = 0.93


def open_years(*, people: dict[str, User], at: dt.datetime) -> Cycle:
    """Open three years in the province; what fell due before the day of the demonstration is mostly in.

    Told once: opening again changes nothing. Returns the year whose plan is being made now.
    """
    province = Area.objects.get(code=facts.PROVINCE)
    today = at.astimezone(get_current_timezone()).date()
    year = fiscal_year_of(today) + 1
    operator = people["operator"]
    made = services.open_cycle(system=facts.SYSTEM, fiscal_year=year, area=province, actor=operator, at=at)
    services.open_cycle(system=facts.SYSTEM, fiscal_year=year + 1, area=province, actor=operator, at=at)
    ahead = today.year + BE_MINUS_CE + 3 if today.month >= 10 else today.year + BE_MINUS_CE + 2
    services.open_cycle(system=UNDER_WAY, fiscal_year=ahead, area=province, actor=operator, at=at)
    if not Task.objects.filter(cycle=made, submitted_at__isnull=False).exists():
        _send_in(made, today, operator)
    return made


def _send_in(cycle: Cycle, today: dt.date, operator: User) -> None:
    """Most bodies were in time, a few late, some not at all: always the same ones."""
    random = Random(cycle.fiscal_year)  # noqa: S311 - a reproducible picture, not a secret
    tasks = Task.objects.filter(cycle=cycle, due_before__lte=today, body__isnull=False)
    for task in tasks.select_related("step", "cycle__definition", "body").order_by("step__position", "body__code"):
        before, after = min(40, int(random.expovariate(0.18))) + 1, random.choice((0, 0, 0, 9))
        if random.random() > SHARE_IN or task.due_before is None:
            continue
        if not queries.task_is_ready(task, actor=operator, on=today):
            continue
        day = task.due_before - dt.timedelta(days=before - after)
        moment = dt.datetime.combine(min(day, today), dt.time(10), tzinfo=get_current_timezone())
        services.submit_task(task=task, actor=operator, at=moment)
