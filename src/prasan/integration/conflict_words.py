"""How a conflict speaks: reasons with a code and words in both languages, periods, and what would solve it."""

import datetime as dt
from collections.abc import Mapping
from typing import TypedDict

from prasan.common.dates import format_date
from prasan.rulebook import Words


class Reason(TypedDict):
    """A stable code for programs, words for people."""

    code: str
    th: str
    en: str


def reason(code: str, th: str, en: str) -> Reason:
    return {"code": code, "th": th, "en": en}


def when(span: tuple[dt.date, dt.date]) -> Words:
    """A half-open period as people say it: its first and last day."""
    last = span[1] - dt.timedelta(days=1)
    th, en = (
        f"{format_date(span[0], 'abbr', language=x)} – {format_date(last, 'abbr', language=x)}" for x in ("th", "en")
    )
    if span[0] == last:
        th, en = (format_date(last, "abbr", language=x) for x in ("th", "en"))
    return Words(th, en)


def option(
    code: str, project: int | None = None, starts_on: dt.date | None = None, ends_before: dt.date | None = None
) -> Mapping[str, object]:
    """One way out: which project would move and, where the days are known, to when (half-open, ISO 8601)."""
    return {
        "code": code,
        "project": project,
        "starts_on": starts_on.isoformat() if starts_on else None,
        "ends_before": ends_before.isoformat() if ends_before else None,
    }
