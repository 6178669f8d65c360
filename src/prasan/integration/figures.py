"""What a pair repeats of its two projects: open or not, the money at stake, places and owners."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from prasan.agencies.models import Body
from prasan.areas import queries as areas
from prasan.areas.models import Area
from prasan.common.chunks import chunks
from prasan.integration.models import Pair, PairDecision
from prasan.projects import queries as projects
from prasan.projects.models import Project

KEPT = (
    "is_open",
    "at_stake_satang",
    "first_place",
    "second_place",
    "first_owner_id",
    "second_owner_id",
    "owner_key",
    "name_keys",
)
"""The fields of a pair that are kept in step with its projects."""
OWNER_KEY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Side:
    """What the queue needs to know of one project."""

    name_key: str
    owner: int
    owner_key: str
    place: str
    satang: int | None
    withdrawn: bool
    stands_as: int


def sides_of(project_ids: Collection[int]) -> dict[int, Side]:
    """What the queue needs to know of each of these projects; one query per table and chunk."""
    amounts = projects.amounts_of(project_ids)
    standing = projects.canonical_ids(project_ids)
    rows: dict[int, tuple[int, int | None, bool, str]] = {}
    for ids in chunks(sorted(project_ids)):
        values = Project.objects.filter(pk__in=ids).values_list("pk", "owner_id", "area_id", "withdrawn_at", "name_key")
        rows |= {pk: (owner, area, gone is not None, key) for pk, owner, area, gone, key in values}
    owners = _owners({owner for owner, *_ in rows.values()})
    places = {pk: area or owners[owner][1] for pk, (owner, area, *_) in rows.items()}
    codes = _codes({area for area in places.values() if area is not None})
    return {
        pk: Side(
            name_key=name_key,
            owner=owner,
            owner_key=owners[owner][0],
            place=codes.get(places[pk] or 0, ""),
            satang=amounts.get(pk),
            withdrawn=withdrawn,
            stands_as=standing[pk],
        )
        for pk, (owner, _, withdrawn, name_key) in rows.items()
    }


def bring_up_to_date(pairs: Iterable[Pair]) -> list[Pair]:
    """Let each pair (not saved here) say what its projects say now; those that said something else before."""
    rows = list(pairs)
    sides = sides_of({pk for pair in rows for pk in (pair.first_id, pair.second_id)})
    return [pair for pair in rows if _differs(pair, sides[pair.first_id], sides[pair.second_id])]


def _differs(pair: Pair, first: Side, second: Side) -> bool:
    before = tuple(getattr(pair, name) for name in KEPT)
    withdrawn = first.withdrawn or second.withdrawn
    undecided = pair.decision == PairDecision.WAITING
    pair.is_open = undecided and not withdrawn and first.stands_as != second.stands_as
    known = first.satang is not None and second.satang is not None
    pair.at_stake_satang = min(first.satang or 0, second.satang or 0) if known else None
    pair.first_place, pair.second_place = first.place, second.place
    pair.first_owner_id, pair.second_owner_id = first.owner, second.owner
    pair.owner_key = first.owner_key[:OWNER_KEY_LENGTH]
    pair.name_keys = f"{first.name_key} {second.name_key}"
    return before != tuple(getattr(pair, name) for name in KEPT)


def _owners(ids: set[int]) -> dict[int, tuple[str, int | None]]:
    owners: dict[int, tuple[str, int | None]] = {}
    for chunk in chunks(sorted(ids)):
        rows = Body.objects.filter(pk__in=chunk).values_list("pk", "sort_key", "name_key", "area_id")
        owners |= {pk: (sort_key or name_key, area) for pk, sort_key, name_key, area in rows}
    return owners


def _codes(ids: set[int]) -> dict[int, str]:
    """The code of each place; of one with a code of our own (a territory of an อปท.) that of the place around it."""
    codes: dict[int, str] = {}
    for chunk in chunks(sorted(ids)):
        codes.update(Area.objects.filter(pk__in=chunk).values_list("pk", "code"))
    own = [pk for pk, code in codes.items() if not code.isdecimal()]
    return codes | areas.codes_around(own)
