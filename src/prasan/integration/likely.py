"""What a line that is being written may be the same as: found by its sketch, scored and explained like any pair.

The weights are those in force in the province where the line lies, as in a run over all of its projects.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.integration.learnt import weights_in_force
from prasan.matching import Records
from prasan.matching.reading import Reading
from prasan.matching.sketching import sketched
from prasan.matching.table import judged, match_records
from prasan.projects.models import Project
from prasan.projects.queries import lines, nearby
from prasan.projects.services import ProjectDraft, counted_satang

SCORED = 12  # projects most alike in words that are compared in full


@dataclass(frozen=True, slots=True)
class Asked:
    """A line as it is written, by hand or in a file; what is not known yet is None.

    `project` is the standing project whose line it is, which is not found then.
    """

    name: str
    owner: Body | None = None
    area: Area | None = None
    moos: str = ""
    fiscal_year: int | None = None
    amount_satang: int | None = None
    project: Project | None = None

    @classmethod
    def of(cls, draft: ProjectDraft, project: Project | None = None) -> "Asked":
        """The line that a draft would be."""
        satang = counted_satang(draft)
        return cls(draft.name, draft.owner, draft.area, draft.moos, draft.fiscal_year, satang, project)


@dataclass(frozen=True, slots=True)
class Likely:
    """A standing project that may be the same work, with the engine's verdict and reasons ({"code", "th", "en"})."""

    project: int  # its id
    code: str
    name: str
    probability: float
    verdict: str
    reasons: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """Two standing projects (ids, the lower first) that may be the same, as a whole run would suggest them."""

    first: int
    second: int
    probability: float
    verdict: str
    reasons: tuple[dict[str, str], ...]
    engine: str


def likely_duplicates(asked: Asked, *, most: int = 5) -> list[Likely]:
    """Projects that the line may be the same as, the most probable first."""
    return likely_of_many([asked], most=most)[0]


def likely_of_many(asked: Sequence[Asked], *, most: int = 5) -> list[list[Likely]]:
    """The same for each line of a file, in its order."""
    search = _Search([_line(-place - 1, one) for place, one in enumerate(asked)])  # no project has an id below 1
    for place, one in enumerate(asked):
        own = one.project.pk if one.project is not None else None
        search.tables.know(owners=filter(None, [one.owner]), areas=filter(None, [one.area]))
        search.but[-place - 1] = own
    chosen: list[list[Likely]] = [[] for _ in asked]
    for pair in search.pairs():
        found = search.found[pair.second]
        likely = Likely(pair.second, found.code, found.line.name, pair.probability, pair.verdict, pair.reasons)
        chosen[-pair.first - 1].append(likely)
    return [likely[:most] for likely in chosen]


def suggestions(projects: Collection[int]) -> list[Suggested]:
    """What standing projects (ids) may be the same as, each pair once, the most probable first."""
    own = lines.lines_of(nearby.standing(projects))
    search = _Search(own)
    search.but |= {line.id: line.id for line in own}
    found: dict[tuple[int, int], Suggested] = {}
    for pair in search.pairs():
        found.setdefault((pair.first, pair.second), pair)
    return list(found.values())


def repeats_among(asked: Sequence[Asked]) -> list[Suggested]:
    """Which lines of one file may be the same as each other, as a whole run would suggest them.

    `first` and `second` are places in the file's order, counted from 0. The weights are those in force where the
    first line lies.
    """
    if len(asked) < 2:
        return []
    written, tables = [_line(place, one) for place, one in enumerate(asked)], lines.Tables()
    records = Records.read([Reading.of(tables.of(written))])
    in_force = weights_in_force(tables.province_of(written[0]))
    found = match_records(records, weights=in_force.weights)
    rows = [(row.pop("left"), row.pop("right"), row) for row in found.iter_rows(named=True)]
    return _in_order(
        Suggested(first, second, row["probability"], row["verdict"], tuple(row["reasons"]), in_force.engine())
        for first, second, row in rows
    )


def _in_order(pairs: Iterable[Suggested]) -> list[Suggested]:
    return sorted(pairs, key=lambda pair: (-pair.probability, pair.first, pair.second))


class _Search:
    """Lines, with the projects most alike to each; `but` are those not to be met, by the id of the line."""

    def __init__(self, written: Sequence[lines.Line]) -> None:
        self.written = {line.id: line for line in written}
        self.tables = lines.Tables()
        self.but: dict[int, int | None] = {}
        self.found: dict[int, lines.Standing] = {}

    def pairs(self) -> Iterator[Suggested]:
        """The pairs of which there is something to say, by their probability; a pair of two lines may come twice."""
        if not self.written:
            return
        met = self.meetings()
        others = {project for near in met.values() for project in near} - self.written.keys()
        self.found = {one.line.id: one for one in self.tables.standing(others)}
        every = [*self.written.values(), *(one.line for one in self.found.values())]
        table = self.tables.of(sorted(every, key=lambda line: line.id))
        yield from self._judged(Records.read([Reading.of(table)]), met)  # a table of our own needs no check

    def meetings(self) -> dict[int, list[int]]:
        """For each line (its id) that says something the projects it is compared with."""
        search, met = nearby.Nearby(), {}
        for one in sketched(self.tables.of([*self.written.values()])):
            line = self.written[one.id]
            if line.name.strip():
                place = (one.province, one.district, one.subdistrict)
                sketch = nearby.Sketch(*place, line.owner, line.satang, one.sketch)
                met[line.id] = search.of(sketch, SCORED, self.but.get(line.id))
        return met

    def _judged(self, records: Records, met: dict[int, list[int]]) -> Iterator[Suggested]:
        """The pairs met, scored province by province, the lower id on the left as in any run."""
        ids = records.ids.to_list()
        rows = {pk: row for row, pk in enumerate(ids)}
        by_province: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for line, near in met.items():
            pairs = {(min(line, one), max(line, one)) for one in near if one in rows}
            by_province[self.tables.province_of(self.written[line])] |= pairs
        found: list[Suggested] = []
        for province, pairs in by_province.items():
            in_force = weights_in_force(province)
            ordered = sorted(pairs)
            left, right = (np.array([rows[pair[side]] for pair in ordered], np.int64) for side in (0, 1))
            told = judged(records, left, right, weights=in_force.weights)
            found += [
                Suggested(ids[first], ids[second], probability, verdict, tuple(reasons), in_force.engine())
                for first, second, probability, verdict, reasons in told.rows()
            ]
        yield from _in_order(found)


def _line(number: int, asked: Asked) -> lines.Line:
    owner, area = asked.owner, asked.area
    place = area.pk if area is not None else owner.area_id if owner is not None else None
    owned_by = owner.pk if owner is not None else None
    return lines.Line(number, asked.name, owned_by, place, asked.fiscal_year, asked.amount_satang, asked.moos)
