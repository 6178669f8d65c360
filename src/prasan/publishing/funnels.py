"""What became of what was asked: needs of communities, and requests to others (ผ.02/2); each ends in one place."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from prasan.common.money import format_baht, percent

if TYPE_CHECKING:
    from prasan.publishing.parts import ProvinceReport


@dataclass(frozen=True, slots=True)
class Tally:
    """So many records, and the satang they name."""

    count: int = 0
    satang: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.count + other.count, self.satang + other.satang)


@dataclass(frozen=True, slots=True)
class _Funnel:
    """All that was asked, counted by itself, and below it the places it can have come to."""

    asked: Tally = Tally()

    NAMES: ClassVar[dict[str, tuple[str, str]]] = {}

    @property
    def places(self) -> tuple[tuple[str, Tally], ...]:
        """Code and tally of each place, in order; together they are what was asked."""
        return tuple((code, getattr(self, code)) for code in self.NAMES)

    @classmethod
    def of(cls, records: Iterable[tuple[str, int | None]], **asked: Any) -> Self:
        """Count records by the place each came to: (code of the place, its satang or None).

        `asked` may give the whole as counted elsewhere, so that a record lost on the way shows as a difference.
        """
        tallies = dict.fromkeys(cls.NAMES, Tally())
        for code, satang in records:
            tallies[code] += Tally(1, satang or 0)
        whole = asked.get("asked", sum(tallies.values(), Tally()))
        return cls(asked=whole, **tallies)


@dataclass(frozen=True, slots=True)
class NeedFunnel(_Funnel):
    """Needs of communities: done by themselves, taken into an อปท.'s plan, handed on, or still waiting (R33, R36)."""

    self_help: Tally = Tally()
    taken: Tally = Tally()
    handed_over: Tally = Tally()
    waiting: Tally = Tally()

    NAMES: ClassVar[dict[str, tuple[str, str]]] = {
        "self_help": ("ชุมชนทำเอง", "done by the community"),
        "taken": ("ท้องถิ่นรับเข้าแผน", "taken into a local plan"),
        "handed_over": ("ส่งต่อ", "handed over"),
        "waiting": ("รอคำตอบ", "waiting"),
    }


@dataclass(frozen=True, slots=True)
class CoordinationFunnel(_Funnel):
    """Requests of ผ.02/2: accepted by another body, sent and awaiting its answer, returned, or not yet sent (R37)."""

    accepted: Tally = Tally()
    awaiting: Tally = Tally()
    returned: Tally = Tally()
    not_sent: Tally = Tally()

    NAMES: ClassVar[dict[str, tuple[str, str]]] = {
        "accepted": ("หน่วยงานรับไว้แล้ว", "accepted"),
        "awaiting": ("ส่งแล้ว รอตอบ", "awaiting an answer"),
        "returned": ("ส่งคืน", "returned"),
        "not_sent": ("ยังไม่ได้ส่ง", "not yet sent"),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One place as it is shown: its tally and its share of what was asked, in per cent to two decimals."""

    code: str
    words: str
    tally: Tally
    share: Decimal | None
    money_share: Decimal | None

    @property
    def texts(self) -> tuple[str, str, str, str, str]:
        """Words, count, its share, baht, their share; a dash where there is no whole."""
        shares = tuple("–" if share is None else f"{share}%" for share in (self.share, self.money_share))
        return self.words, f"{self.tally.count:,}", shares[0], format_baht(self.tally.satang), shares[1]


@dataclass(frozen=True, slots=True)
class Shown:
    """A funnel as it is shown: what was asked, then the places it came to."""

    title: str
    counted: str
    lines: tuple[Line, ...]


def shown_funnels(report: "ProvinceReport") -> list[Shown]:
    """Give the funnels that have something in them."""
    known = (
        ("ความต้องการของชุมชน ไปถึงไหน", "เรื่อง", report.needs),
        ("คำขอประสานแผน (ผ.02/2) ไปถึงไหน", "โครงการ", report.coordination),
    )
    return [Shown(title, counted, _lines(funnel)) for title, counted, funnel in known if funnel and funnel.asked.count]


def _lines(funnel: NeedFunnel | CoordinationFunnel) -> tuple[Line, ...]:
    asked = funnel.asked
    rows = [("asked", "ขอมา", asked)]
    rows += [(code, funnel.NAMES[code][0], tally) for code, tally in funnel.places]
    return tuple(
        Line(code, words, tally, percent(tally.count, asked.count), percent(tally.satang, asked.satang))
        for code, words, tally in rows
    )
