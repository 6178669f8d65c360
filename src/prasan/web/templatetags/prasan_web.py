"""Tags of the page templates: money, dates, names, states, icons."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from prasan.afp.models import IntegrationGroup
from prasan.areas.models import Area
from prasan.common.money import format_baht, format_million
from prasan.cycles import queries as cycles
from prasan.rulebook import GateNeed, Words, load
from prasan.strategy.models import Objective
from prasan.web import wording
from prasan.web.lists import MILLION
from prasan.web.queries.afp import group_name

register = template.Library()


class Titled(Protocol):
    """Whatever has a Thai title and perhaps an English one."""

    title_th: str
    title_en: str


ICONS = {
    "desk": "M3 12 12 4l9 8M6 10v10h12V10",
    "plan": "M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h7",
    "project": "M4 20V9l8-5 8 5v11M9 20v-6h6v6",
    "need": "M4 5h16v11H9l-5 4zM8 9h8M8 12h5",
    "pair": "M4 4h10v10H4zM10 10h10v10H10z",
    "import": "M12 4v11M7 10l5 5 5-5M4 20h16",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    "area": "M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.8 7 11 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    "search": "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 3",
    "check": "M5 13l4 4L19 7",
    "back": "M9 7 4 12l5 5M4 12h11a5 5 0 0 1 5 5v1",
    "forward": "M15 7l5 5-5 5M20 12H4",
    "cross": "M6 6l12 12M18 6 6 18",
    "alert": "M12 3 2 20h20zM12 10v4M12 17v.5",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8v.5",
    "minus": "M6 12h12",
    "meeting": (
        "M7 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM17 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"
        "M2 19c0-4 2.5-6 5-6s5 2 5 6M12 19c0-4 2.5-6 5-6s5 2 5 6"
    ),
    "rule": "M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 4-6 8-6s8 2 8 6",
}


UNBROKEN = re.compile(
    r"(?:(?<=\s)|^)((?:ตำบล|อำเภอ|จังหวัด|บ้าน|ต\.|อ\.|จ\.)\S{1,24}(?=\s|$)"
    r"|หมู่(?:ที่)? ?\d+|[\d,.]+ (?:เมตร|ไร่|แห่ง|บ่อ|คน)(?=\s|$))"
)
"""Names of places and measures: browsers cut the names into the words they are made of (กมลา|ไสย)."""


@register.filter
def unbroken(text: str) -> SafeString:
    """A name whose places and measures stay on one line each."""
    pieces = UNBROKEN.split(text)
    held = ((format_html('<span class="held">{}</span>', p) if n % 2 else p,) for n, p in enumerate(pieces) if p)
    return format_html_join("", "{}", held)


@register.filter
def last_day(ends_before: dt.date | None) -> dt.date | None:
    """The last day of a half-open period, as people say it."""
    return ends_before - dt.timedelta(days=1) if ends_before is not None else None


@register.filter
def say(words: Words) -> str:
    """Words of the rulebook in the reader's language."""
    return words.say(wording.language())


@register.filter
def certainty(code: str) -> str:
    """Where a date comes from, in words; nothing where the source prints it."""
    return str(wording.CERTAINTIES.get(code, ""))


@register.filter
def title(thing: Titled) -> str:
    """A title in the reader's language; Thai where no English one is known."""
    return thing.title_en or thing.title_th if wording.language() == "en" else thing.title_th


@register.filter
def objective(thing: Objective) -> str:
    """The words of an objective in the reader's language; Thai where no English ones are known."""
    return thing.name_en or thing.name_th if wording.language() == "en" else thing.name_th


@register.filter
def percent(share: float) -> str:
    """A share of one as a percentage without places."""
    return f"{share:.0%}"


@register.filter
def number(value: Decimal | None) -> str:
    """A figure with the places it needs and separators, "–" for none."""
    return "–" if value is None else f"{value.normalize():,f}"


@register.filter
def gate_text(gate: GateNeed) -> str:
    """Who decides what, before a step is done."""
    return cycles.gate_text(gate, wording.language())


@register.filter
def actor_name(key: str) -> str:
    """A body of the sources by its key."""
    return load().actor(key).name.say(wording.language())


@register.filter
def event_name(key: str) -> str:
    """What happened, from which windows are counted."""
    return str(wording.EVENTS.get(key, key))


@register.filter
def act_name(act: str) -> str:
    """An act of the journal in words."""
    return str(wording.ACTS.get(act, act))


@register.simple_tag
def progress(part: int, whole: int) -> SafeString:
    """A bar and its share; the figure stands beside it, so the bar is hidden from readers."""
    share = round(100 * part / whole) if whole else 0
    return format_html(
        '<span class="progress"><svg class="money-bar" viewBox="0 0 100 3" preserveAspectRatio="none" height="10" '
        'aria-hidden="true"><rect class="track" width="100" height="3"/><rect class="agreed" width="{}" height="3"/>'
        "</svg> {}%</span>",
        share,
        share,
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon; a word always stands beside it, so it is hidden from readers."""
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name])


@register.filter
def baht(satang: int | None) -> str:
    """Satang as baht, "–" for none."""
    return "–" if satang is None else format_baht(satang)


@register.filter
def thousands(number: int | None) -> str:
    """A count with separators of thousands, "–" for none."""
    return "–" if number is None else f"{number:,}"


@register.filter
def million(satang: int | None) -> str:
    """Satang as million baht to two decimals, for figures that only give the size."""
    return "–" if satang is None else format_million(satang, decimals=2)


@register.filter
def round_million(satang: int) -> str:
    """Satang as million baht with the places it needs and no more, for the round limits of a scale."""
    return format_million(satang)


@register.filter
def below(y: float, by: float) -> float:
    """A height on a drawing so much further down."""
    return round(y + by, 1)


@register.simple_tag
def money(satang: int | None, unit: str) -> SafeString:
    """Satang in the unit the reader switched to; in millions exactly, with the places it needs."""
    if satang is None:
        return mark_safe("–")
    return format_html("{}", format_million(satang) if unit == MILLION else format_baht(satang))


@register.filter
def day(value: dt.date | dt.datetime | None, style: str = "abbr") -> str:
    """A date in the reader's language."""
    return wording.day(value, style)


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A date with its time."""
    return wording.moment(value)


@register.filter
def name(thing: wording.Named | None) -> str:
    """A body's or area's name in the reader's language."""
    return wording.name_of(thing)


@register.filter
def place(area: Area | None) -> str:
    """A place with its level: ตำบลแม่ใส."""
    return wording.place_name(area)


@register.filter
def level(code: str) -> str:
    """The name of a level."""
    return wording.level_name(code)


@register.simple_tag
def state(kind: str, code: str) -> SafeString:
    """A state as colour, icon and word together."""
    return _state(kind, code, wording.language())


@lru_cache(maxsize=1_000)
def _state(kind: str, code: str, _language: str) -> SafeString:
    """The same few states stand in every row of a list."""
    look = wording.state_of(kind, code)
    return format_html('<span class="state state--{}">{}{}</span>', look.css, icon(look.icon), look.word)


@register.filter
def get(mapping: dict[str, object] | str, key: str) -> object:
    """The value under a key, None where there is none; a template gives "" for a mapping that is not there."""
    return mapping.get(key) if isinstance(mapping, dict) else None


@register.filter
def percent_of(part: int, whole: int) -> float:
    """A share of 0 to 100 for the width of a bar."""
    return round(100 * part / whole, 2) if whole else 0.0


@register.filter
def at(items: Sequence[object], place: int) -> object:
    """The item at a place, counted from nought."""
    return items[place]


@register.filter
def afp_group(group: IntegrationGroup) -> str:
    """An integration group as it is called: the matter and the place."""
    return group_name(group)
