"""The calendars a person chooses from, and what of a calendar is theirs."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from prasan import rulebook
from prasan.agencies.models import Body
from prasan.cycles import queries as cycles
from prasan.cycles.models import Cycle, SystemVersion
from prasan.web.wording import language

MOST = 60  # choices in the list; the rest is found by its province


@dataclass(frozen=True, slots=True)
class MonthWindows:
    """A month of a year and the steps whose window holds it, for a narrow screen."""

    month: str
    steps: tuple[cycles.CalendarStep, ...]


def cycles_for(bodies: Iterable[Body], province: str) -> list[Cycle]:
    """National cycles and those of the person's provinces, or of the province asked for; the latest first."""
    codes = {body.area.code[:2] for body in bodies if body.area} | ({province} if province else set())
    rows = Cycle.objects.filter(Q(area=None) | Q(area__code__in=codes)).select_related("area", "definition")
    return list(rows.order_by("-fiscal_year", "system", "pk")[:MOST])


def label_of(cycle: Cycle) -> str:
    """Its year, its system and its province."""
    title = cycles.system_running(cycle).title.say(language())
    return " · ".join([str(cycle.fiscal_year), title, *([cycle.area.name_th] if cycle.area else [])])


def by_month(steps: Iterable[cycles.CalendarStep]) -> list[MonthWindows]:
    """The windows month by month, from the first to the last."""
    months: dict[tuple[int, int], list[cycles.CalendarStep]] = {}
    for step in steps:
        if step.starts_on is None or step.ends_before is None:
            continue
        day = step.starts_on.replace(day=1)
        while day < step.ends_before:
            months.setdefault((day.year, day.month), []).append(step)
            day = (day + dt.timedelta(days=32)).replace(day=1)
    return [
        MonthWindows(cycles.window_text(first, _next(first), language()), tuple(found))
        for first, found in sorted((dt.date(*key, 1), found) for key, found in months.items())
    ]


def _next(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=32)).replace(day=1)


def system_called(key: str) -> rulebook.PlanningSystem | None:
    """A shipped system by its key, or the latest published version of a province's own."""
    version = SystemVersion.objects.filter(key=key, published_at__isnull=False).order_by("-number").first()
    if version is not None:
        return rulebook.from_data(version.definition)
    try:
        return rulebook.planning_system(key)
    except rulebook.UnableToFindInRulebook:
        return None


def system_choices() -> list[tuple[str, str]]:
    """Every shipped system and every published one, by title."""
    shipped = [(system.key, system.title.say(language())) for system in rulebook.load().systems]
    own = SystemVersion.objects.filter(published_at__isnull=False).order_by("key", "number")
    titles = {one.key: str(one.definition["title"][language()]) for one in own}
    return shipped + [(key, f"{title} ({key})") for key, title in titles.items() if key not in dict(shipped)]
