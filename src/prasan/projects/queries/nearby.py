"""Standing projects that may be the same as a line somebody writes: looked up by place, then by a first look at words.

The rules are those by which a whole table is matched (matching.blocking): who shares a subdistrict meets, who shares a
district meets where one of the two names no subdistrict; without a common place only those of one owner or of near
amounts. At a million projects a line with a district is answered by some thousand sketches, any by a few thousand.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Q
from django.db.models.functions import Coalesce

from prasan.common.chunks import chunks
from prasan.matching.sketching import NEAR_AMOUNT, NOWHERE, SKETCH_VERSION, nearest, sketched
from prasan.projects.models import Project, ProjectSketch
from prasan.projects.queries.lines import DIGITS, Line, table_of
from prasan.projects.queries.statements import answers

MOST_SEEN = 3_000  # sketches of one kind that are looked at: the nearest amounts, else the newest projects

STANDING = Q(merged_into=None, withdrawn_at=None)
# A condition with its values between, and which rows are taken where there are too many.
_Question = tuple[str, tuple[int, ...], str]
_NEWEST = "project_id DESC"
_TABLE = ProjectSketch._meta.db_table


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is looked for: numbers of places (0 unknown), owner, money over all years, and the sketch of the words."""

    province: int
    district: int
    subdistrict: int
    owner: int | None
    satang: int | None
    sketch: bytes


@dataclass
class Nearby:
    """Looks up one line after another; what lies in one place is read once for all of them."""

    _places: dict[tuple[int, int, int], dict[int, bytes]] = field(default_factory=dict)

    def of(self, asked: Sketch, most: int, but: int | None = None) -> list[int]:
        """Ids of the projects most alike in words, at most `most`, the most alike first; never that of `but`."""
        place = (asked.province, asked.district, asked.subdistrict)
        inside = [] if place in self._places else list(_same_place(*place))
        read = _read([*inside, *_elsewhere(asked)])
        self._places.setdefault(place, _joined(read[: len(inside)]))
        found = _joined([self._places[place], *read[len(inside) :]])
        found.pop(but or 0, None)
        return nearest(asked.sketch, found, most)


def _same_place(province: int, district: int, subdistrict: int) -> Iterator[_Question]:
    if province and subdistrict:
        yield "province = %s AND subdistrict = %s", (province, subdistrict), _NEWEST
    if province and district and subdistrict:
        yield "province = %s AND district = %s AND subdistrict = %s", (province, district, NOWHERE), _NEWEST
    elif province and district:
        yield "province = %s AND district = %s", (province, district), _NEWEST


def _elsewhere(asked: Sketch) -> Iterator[_Question]:
    """Of one owner or of near amounts, where one of the two names no province, or within it no district."""
    where, around = "", tuple[int, ...]()
    if asked.province:
        where, around = "province IN (%s, %s) AND ", (NOWHERE, asked.province)
    if asked.district:
        where, around = f"{where}district = %s AND ", (*around, NOWHERE)
    if asked.owner is not None:
        yield f"{where}owner_id = %s", (*around, asked.owner), _NEWEST
    if asked.satang:
        least, most = int(asked.satang / NEAR_AMOUNT), int(asked.satang * NEAR_AMOUNT)
        if asked.district:  # few: those of the province that name no district
            nearest_first = f"ABS(satang - {asked.satang:d}), project_id"
            yield f"{where}satang BETWEEN %s AND %s", (*around, least, most), nearest_first
            return
        yield f"{where}satang BETWEEN %s AND %s", (*around, asked.satang, most), "satang, project_id"
        yield f"{where}satang BETWEEN %s AND %s", (*around, least, asked.satang - 1), "satang DESC, project_id DESC"


def _read(questions: Sequence[_Question]) -> list[dict[int, bytes]]:
    """The sketches that answer each question, by project, at most MOST_SEEN.

    Asked all at once, for each time costs what some rows do; and without an order, which costs as much as the rows
    themselves: only those with too many answers are asked again, which to take.
    """
    found = _asked([f"{where} LIMIT {MOST_SEEN + 1}" for where, _, _ in questions], [one[1] for one in questions])
    for number, (where, values, first) in enumerate(questions):
        if len(found[number]) > MOST_SEEN:
            (found[number],) = _asked([f"{where} ORDER BY {first} LIMIT {MOST_SEEN}"], [values])
    return found


def _asked(conditions: Sequence[str], values: Iterable[Iterable[int]]) -> list[dict[int, bytes]]:
    """The sketches by project that answer each condition."""
    found: list[dict[int, bytes]] = [{} for _ in conditions]
    parts = [
        f"SELECT {number}, part.* FROM (SELECT project_id, sketch FROM {_TABLE} WHERE {condition}) part"  # noqa: S608
        for number, condition in enumerate(conditions)
    ]
    if parts:
        for number, project, sketch in answers(" UNION ALL ".join(parts), [*chain.from_iterable(values)]):
            found[number][project] = sketch
    return found


def _joined(parts: Iterable[dict[int, bytes]]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for part in parts:
        found |= part
    return found


def standing(project_ids: Collection[int]) -> list[int]:
    """Those of these projects that stand, in the order of their ids."""
    found: list[int] = []
    for ids in chunks(sorted(project_ids)):
        found += Project.objects.filter(STANDING, pk__in=ids).order_by("pk").values_list("pk", flat=True)
    return found


def unsketched() -> list[int]:
    """Standing projects that cannot be found yet: recorded before sketches were kept, or read by an earlier engine.

    The newest first, so that the oldest is sketched last: `all_sketched` looks at it alone.
    """
    missing = Q(sketch=None) | ~Q(sketch__reading=SKETCH_VERSION)
    return list(Project.objects.filter(STANDING, missing).order_by("-pk").values_list("pk", flat=True))


def all_sketched() -> bool:
    """Whether sketching came to its end, as far as one question tells, however many projects there are."""
    oldest = Project.objects.filter(STANDING).order_by("pk").values_list("sketch__reading", flat=True).first()
    return oldest == SKETCH_VERSION or not Project.objects.filter(STANDING).exists()


def misplaced() -> list[int]:
    """Projects kept under another place than the registers now name, the newest first: `refresh_sketches` looks again.

    Register files rename places and give bodies and their territories others. Where they name no place a line may
    name one by its words; such a project is among these whenever it does.
    """
    kept = ProjectSketch.objects.annotate(place=Coalesce("project__area", "project__owner__area", 0))
    named = _named_by_registers(kept.order_by().values_list("place", flat=True).distinct())
    rows = kept.order_by("-project").values_list("project_id", "place", *DIGITS)
    return [project for project, place, *numbers in rows.iterator() if numbers != named[place]]


def _named_by_registers(areas: Iterable[int]) -> dict[int, list[int]]:
    """For areas (their ids; 0 for none) the numbers of province, district and subdistrict."""
    table = table_of([Line(area, "", None, area or None, None, None) for area in areas])
    return {one.id: [getattr(one, level) for level in DIGITS] for one in sketched(table)}
