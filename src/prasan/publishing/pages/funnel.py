"""The funnels of the page: bars with counts, shares and baht of where each request came to."""

from dataclasses import dataclass

from prasan.common.money import format_baht, percent
from prasan.publishing.funnels import CoordinationFunnel, NeedFunnel, Tally
from prasan.publishing.parts import ProvinceReport
from prasan.publishing.wording import NOTHING


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `share` and `money_share` are per cent of what was asked; `length` is that of its bar."""

    code: str
    words: str
    count: str
    share: str
    amount: str
    money_share: str
    length: str


@dataclass(frozen=True, slots=True)
class FunnelView:
    title: str
    counted: str
    bars: tuple[Bar, ...]


def funnels_of(report: ProvinceReport) -> list[FunnelView]:
    """Give the funnels that have something in them."""
    shown = (
        ("ความต้องการของชุมชน ไปถึงไหน", "เรื่อง", report.needs),
        ("คำขอประสานแผน (ผ.02/2) ไปถึงไหน", "โครงการ", report.coordination),
    )
    return [_view(title, counted, funnel) for title, counted, funnel in shown if funnel and funnel.asked.count]


def _view(title: str, counted: str, funnel: NeedFunnel | CoordinationFunnel) -> FunnelView:
    rows = [("asked", "ขอมา", funnel.asked)]
    rows += [(code, funnel.NAMES[code][0], tally) for code, tally in funnel.places]
    return FunnelView(title, counted, tuple(_bar(code, words, tally, funnel.asked) for code, words, tally in rows))


def _bar(code: str, words: str, tally: Tally, asked: Tally) -> Bar:
    share = percent(tally.count, asked.count)
    money = percent(tally.satang, asked.satang)
    return Bar(
        code,
        words,
        f"{tally.count:,}",
        NOTHING if share is None else f"{share}%",
        format_baht(tally.satang),
        NOTHING if money is None else f"{money}%",
        f"{share or 0}",
    )
