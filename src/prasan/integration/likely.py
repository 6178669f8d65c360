"""What a line that is being written may be the same as: found by its sketch, scored and explained like any pair.

The weights are those in force in the province where the line lies, as in a run over all of its projects.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.integration.learnt import weights_in_force
from prasan.matching import Records
from prasan.matching.letters import Ints
from prasan.matching.sketching import sketched
from prasan.matching.table import judged
from prasan.projects.models import Project
from prasan.projects.queries import lines, nearby

SCORED = 12  # projects most alike in words that are compared in full


@dataclass(frozen=True, slots=True)
class Asked:
    """A line as it is written, by hand or in a file; what is not known yet is None."""

    name: str
    owner: Body | None = None
    area: Area | None = None
    moos: str = ""
    fiscal_year: int | None = None
    amount_satang: int | None = None


@dataclass(frozen=True, slots=True)
class Likely:
    """A standing project that may be the same work, with the engine's verdict and reasons ({"code", "th", "en"})."""

    project: Project
    probability: float
    verdict: str
    reasons: tuple[dict[str, str], ...]


def likely_duplicates(asked: Asked, *, most: int = 5, but: Collection[int] = ()) -> list[Likely]:
    """Projects that the line may be the same as, the most probable first; `but` are ids not to be named."""
    return likely_of_many([asked], most=most, but=but)[0]


def likely_of_many(asked: Sequence[Asked], *, most: int = 5, but: Collection[int] = ()) -> list[list[Likely]]:
    """The same for each line of a file, in its order."""
    written = [_line(-place - 1, one) for place, one in enumerate(asked)]  # no project has an id below 1
    tables = lines.Tables()
    _tell(tables, [one.owner for one in asked], [one.area for one in asked])
    read = Records.of(tables.of(written))
    meetings = _meetings(written, read, but)
    projects = _projects({project for _, near in meetings for project in near})
    if not projects:
        return [[] for _ in asked]
    _tell(tables, [one.owner for one in projects.values()], [one.area for one in projects.values()])
    others = Records.of(tables.of([lines.line_found(one) for one in projects.values()]))
    records = Records.joined([read, others])
    rows = {pk: row for row, pk in enumerate(records.table["id"].to_list())}
    provinces = {line.id: tables.province_of(line) for line in written}
    found = pl.concat(
        judged(records, *_pairs(meetings, rows, province, provinces), weights=weights_in_force(province).weights)
        for province in sorted({provinces[line] for line, _ in meetings})
    ).sort("probability", "right", descending=[True, False])
    ids = records.table["id"].to_list()
    chosen: list[list[dict[str, Any]]] = [[] for _ in asked]
    for pair in found.iter_rows(named=True):
        chosen[-ids[pair["left"]] - 1].append(pair)
    named = [[(ids[pair["right"]], pair) for pair in pairs[:most]] for pairs in chosen]
    return [[_answer(projects[pk], pair) for pk, pair in pairs] for pairs in named]


def _projects(ids: Collection[int]) -> dict[int, Project]:
    """Those of the found projects that still stand, with all that is read and shown of them."""
    found = Project.objects.filter(sketch__isnull=False).select_related("owner", "area", "sketch")
    return found.in_bulk(ids)


def _tell(tables: lines.Tables, owners: Iterable[Body | None], areas: Iterable[Area | None]) -> None:
    """What was read already need not be looked up again."""
    tables.know(owners=filter(None, owners), areas=filter(None, areas))


def _answer(project: Project, pair: dict[str, Any]) -> Likely:
    return Likely(project, pair["probability"], pair["verdict"], tuple(pair["reasons"]))


def _pairs(
    meetings: Sequence[tuple[int, list[int]]], rows: dict[int, int], province: str, provinces: dict[int, str]
) -> tuple[Ints, Ints]:
    """The rows of every line of the province and of the projects it is compared with."""
    met = [
        (rows[line], rows[one]) for line, near in meetings if provinces[line] == province for one in near if one in rows
    ]
    return np.array([line for line, _ in met], np.int64), np.array([one for _, one in met], np.int64)


def _line(number: int, asked: Asked) -> lines.Line:
    owner, area = asked.owner, asked.area
    place = area.pk if area is not None else owner.area_id if owner is not None else None
    owned_by = owner.pk if owner is not None else None
    return lines.Line(number, asked.name, owned_by, place, asked.fiscal_year, asked.amount_satang, asked.moos)


def _meetings(written: Sequence[lines.Line], read: Records, but: Collection[int]) -> list[tuple[int, list[int]]]:
    """Each written line (its id) that says something, with the projects it is compared with."""
    by_id = {line.id: line for line in written if line.name.strip()}
    search, meetings = nearby.Nearby(but), []
    for row in sketched(read).iter_rows(named=True):
        line = by_id.get(row.pop("id"))
        if line is None:
            continue
        near = search.of(nearby.Sketch(owner=line.owner, satang=line.satang, **row), SCORED)
        if near:
            meetings.append((line.id, near))
    return meetings
