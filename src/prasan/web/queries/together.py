"""Two or more records looked at together: the comparison, the map, the ways they came, and the pairs among them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from prasan.integration import queries as integration
from prasan.integration.models import Pair
from prasan.projects.models import Project
from prasan.web.queries.amounts import asked_of
from prasan.web.queries.comparing import CompareRow, compare
from prasan.web.queries.journey import Station, ways
from prasan.web.queries.record_map import Where, where
from prasan.web.tables.pairs import percent_of, reasons_of

LAST_STATIONS = 3


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the comparison, numbered as on the map; its last stations, and how many came before them."""

    number: int
    project: Project
    satang: int | None
    stations: list[Station]
    earlier: int


@dataclass(frozen=True, slots=True)
class PairBetween:
    """One suggestion about two of the records."""

    pair: Pair
    first: int
    second: int
    percent: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Everything that is seen on one page about records that may be the same."""

    records: list[Record]
    rows: list[CompareRow]
    where: Where
    pairs: list[PairBetween]

    @property
    def open(self) -> list[Pair]:
        """The pairs that wait for a decision."""
        return [one.pair for one in self.pairs if one.pair.is_open]

    @property
    def unpaired(self) -> list[Record]:
        """Records the engine suggested with none of the others."""
        paired = {number for one in self.pairs for number in (one.first, one.second)}
        return [record for record in self.records if record.number not in paired]

    @property
    def satang(self) -> int:
        """What all the records ask together."""
        return sum(record.satang or 0 for record in self.records)


def records_to_compare() -> QuerySet[Project]:
    """Projects with all that a comparison shows of them."""
    return Project.objects.select_related("owner__area", "area", "merged_into").prefetch_related("years")


def look_at(projects: Sequence[Project], *, on: dt.date, base: int = 0) -> Together:
    """The records side by side as they are on a day, each held against the one at `base`."""
    records, found = [], ways(projects, on=on)
    for number, project in enumerate(projects, 1):
        way = found[project.pk]
        shown = way[-LAST_STATIONS:]
        records.append(Record(number, project, asked_of(project), shown, len(way) - len(shown)))
    return Together(records, compare(projects, base), where(projects), _pairs_between(records))


def _pairs_between(records: Sequence[Record]) -> list[PairBetween]:
    by_id = {record.project.pk: record for record in records}
    found = []
    for pair in integration.pairs_among(by_id):
        first, second = by_id[pair.first_id], by_id[pair.second_id]
        pair.first, pair.second = first.project, second.project
        found.append(PairBetween(pair, first.number, second.number, percent_of(pair), reasons_of(pair)))
    return found
