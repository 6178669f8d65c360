"""How the queue of pairs is asked: what waits, places, owners, and the figures above it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Aggregate, Count, Q, QuerySet, Sum

from prasan.agencies.models import Body
from prasan.areas import queries
from prasan.areas.models import Area, AreaLevel
from prasan.common.text import search_key
from prasan.integration import queries as integration
from prasan.integration.models import Pair, PairDecision, Verdict
from prasan.web.queries import places
from prasan.web.queries.firsts import FEW, Part, among, any_of, begins, few_or_many, looked_up

MOST_NAMES = 1_000
SETTLED, DECIDED = "SETTLED", "DECIDED"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The pairs of one verdict that wait: how many, and the money that may be paid twice (satang)."""

    verdict: str
    pairs: int
    satang: int
    width: float = 0.0  # of the longest bar, in per cent


@dataclass(frozen=True, slots=True)
class Summary:
    """What stands above the queue: the open pairs of a place, or of the whole country (`area` None)."""

    area: Area | None
    pairs: int
    satang: int
    verdicts: list[Waiting]


def summary_of(area: Area | None) -> Summary | None:
    """Open pairs by verdict; None where there are too many to add up while somebody waits for the page."""
    rows = Pair.objects.filter(is_open=True).order_by()
    if area is not None:
        look_up, known = looked_up(*_sides([area]))
        if known > FEW:  # only the first of them are known
            return None
        rows = rows.filter(look_up)
    figures: dict[str, Aggregate] = {"most": Count("pk")}
    for verdict in Verdict.values:
        of_it = Q(verdict=verdict)
        figures[f"{verdict}_pairs"] = Count("pk", filter=of_it)
        figures[f"{verdict}_satang"] = Sum("stake_rank", filter=of_it & Q(stake_rank__gt=0), default=0)
    found = rows[: FEW + 1].aggregate(**figures)
    if found["most"] > FEW:
        return None
    waiting = {one: (found[f"{one}_pairs"], found[f"{one}_satang"]) for one in Verdict.values}
    most = max(satang for _, satang in waiting.values()) or 1
    return Summary(
        area=area,
        pairs=found["most"],
        satang=sum(satang for _, satang in waiting.values()),
        verdicts=[
            Waiting(verdict, pairs, satang, width=round(100 * satang / most, 1))
            for verdict, (pairs, satang) in waiting.items()
            if pairs
        ],
    )


def decided(rows: QuerySet[Pair], value: str) -> QuerySet[Pair]:
    """Pairs by what was decided. WAITING is what is left to decide; SETTLED needs no decision any more."""
    if value == PairDecision.WAITING:
        return rows.filter(is_open=True)
    if value == SETTLED:
        return rows.filter(decision=PairDecision.WAITING, is_open=False)
    if value == DECIDED:
        return rows.exclude(decision=PairDecision.WAITING)
    return rows.filter(decision=value)


def _sides(areas: Sequence[Area]) -> list[Part]:
    """Pairs of which one project lies in one of these places, a part for each of the two."""
    prefixes = queries.prefixes_of(areas)
    return [begins(Pair, side, prefixes) for side in ("first_place", "second_place")]


def in_place(rows: QuerySet[Pair], code: str) -> QuerySet[Pair]:
    """Pairs with a project in the place of the code or within it."""
    area = queries.area_by_code(code)
    return few_or_many(rows, any_of(Pair, *_sides([area]))) if area is not None else rows.none()


def in_place_called(rows: QuerySet[Pair], value: str) -> QuerySet[Pair]:
    """Pairs with a project in a place called so, or within one.

    A word in more than a thousand names ("บ้าน") says little: it is looked for in those of larger places than villages.
    """
    named = Area.objects.filter(name_th__contains=places.bare_name(value), valid_to=None).only("code", "level")
    found = list(named[: MOST_NAMES + 1])
    if len(found) > MOST_NAMES:
        found = list(named.exclude(level__in=(AreaLevel.VILLAGE, AreaLevel.COMMUNITY))[:MOST_NAMES])
    return few_or_many(rows, any_of(Pair, *_sides(found)))


def of_owner(rows: QuerySet[Pair], value: str) -> QuerySet[Pair]:
    """Pairs with a project of an office called so."""
    named = Body.objects.filter(Q(name_key__contains=search_key(value)) | Q(abbreviation__icontains=value))
    ids = list(named.values_list("pk", flat=True))
    return few_or_many(rows, any_of(Pair, among("first_owner", ids), among("second_owner", ids)))


def named(rows: QuerySet[Pair], value: str) -> QuerySet[Pair]:
    """Pairs with these words in one of the two names."""
    return integration.pairs_named(rows, search_key(value))


def after(pair: Pair) -> int | None:
    """The open pair that follows in the queue: the next with as much money at stake or less, else the first of all."""
    waiting = Pair.objects.filter(is_open=True).exclude(pk=pair.pk).order_by("-stake_rank", "-pk")
    rank = -1 if pair.at_stake_satang is None else pair.at_stake_satang
    following = waiting.filter(stake_rank__lte=rank).exclude(stake_rank=rank, pk__gt=pair.pk)
    return following.values_list("pk", flat=True).first() or waiting.values_list("pk", flat=True).first()
