"""Projects as the lines that the matching engine reads: their names, whose they are, where and for how much."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from prasan.agencies.models import Body
from prasan.areas import queries as areas
from prasan.areas.models import Area, AreaLevel
from prasan.common.chunks import chunks
from prasan.common.money import to_baht
from prasan.projects import queries
from prasan.projects.models import Project, ProjectSketch
from prasan.projects.queries.statements import answers, placeholders

DIGITS = {"province": 2, "district": 4, "subdistrict": 6}  # of a code of the register of places
SCHEMA = {
    "id": pl.Int64,
    "name": pl.String,
    "owner": pl.String,
    **dict.fromkeys(DIGITS, pl.String),
    "moo": pl.String,
    "amount_thb": pl.Float64,
    "fiscal_year": pl.Int64,
}


_NAMES = f"SELECT code, name_th FROM {Area._meta.db_table} WHERE code IN"  # noqa: S608 - names of our own tables
_STANDING = f"""
    SELECT project.id, project.code, project.name, project.fiscal_year, project.moos, sketch.satang,
        owner.id, owner.name_th, area.id, area.code, area.level, area.moo
    FROM {Project._meta.db_table} project
    JOIN {ProjectSketch._meta.db_table} sketch ON sketch.project_id = project.id
    JOIN {Body._meta.db_table} owner ON owner.id = project.owner_id
    LEFT JOIN {Area._meta.db_table} area ON area.id = COALESCE(project.area_id, owner.area_id)
    WHERE project.id IN"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Line:
    """One line, by ids of the register; `satang` over all years, None where no money is named."""

    id: int
    name: str
    owner: int | None  # None where a line names none; a project always has one
    area: int | None
    fiscal_year: int | None
    satang: int | None
    moos: str = ""  # as written; the village of the area says it better


@dataclass(frozen=True, slots=True)
class Standing:
    """A project that stands, with its line."""

    code: str
    line: Line


def lines_of(project_ids: Collection[int]) -> list[Line]:
    """Lines of these projects, whether they stand or not, by id; a project without a place lies in its owner's."""
    amounts = queries.amounts_of(project_ids)
    found: list[Line] = []
    for ids in chunks(sorted(project_ids)):
        rows = Project.objects.filter(pk__in=ids).order_by("pk")
        found += [
            Line(pk, name, owner, area or owners_area, year, amounts.get(pk), moos)
            for pk, name, owner, area, owners_area, year, moos in rows.values_list(
                "pk", "name", "owner_id", "area_id", "owner__area_id", "fiscal_year", "moos"
            )
        ]
    return found


def table_of(lines: Sequence[Line]) -> pl.DataFrame:
    """The table that the engine reads (columns of SCHEMA), in the order given."""
    return pl.DataFrame(Tables().of(lines), schema=SCHEMA)


class Tables:
    """Makes tables of lines, one after another; what was looked up for one is known for the next."""

    def __init__(self) -> None:
        self._owners: dict[int, str] = {}
        self._codes: dict[int, str] = {}  # of the smallest place of the register that holds an area
        self._moos: dict[int, int | None] = {}
        self._places: dict[str, str] = {}

    def know(self, *, owners: Iterable[Body], areas: Iterable[Area]) -> None:
        """What was read elsewhere and need not be looked up."""
        self._owners |= {body.pk: body.name_th for body in owners}
        self._keep([(area.pk, area.code, area.level, area.moo) for area in areas])

    def of(self, lines: Sequence[Line]) -> dict[str, list[Any]]:
        """The columns of the table of these lines, in the order given."""
        self._look_up_owners({line.owner for line in lines if line.owner is not None})
        self._look_up_areas({line.area for line in lines if line.area is not None})
        columns = zip(*map(self._row, lines), strict=True) if lines else ([] for _ in SCHEMA)
        return {name: [*column] for name, column in zip(SCHEMA, columns, strict=True)}

    def standing(self, project_ids: Collection[int]) -> list[Standing]:
        """Those of these projects that stand, by id, in one question; their owners and places are known then."""
        found: list[Standing] = []
        for ids in chunks(sorted(project_ids)):
            for pk, code, name, year, moos, satang, owner, owned_by, *area in answers(
                f"{_STANDING} {placeholders(ids)} ORDER BY project.id", ids
            ):
                self._owners[owner] = owned_by
                if area[0] is not None:
                    self._keep([area])
                found.append(Standing(code, Line(pk, name, owner, area[0], year, satang or None, moos)))
        return found

    def province_of(self, line: Line) -> str:
        """The code of the province that a line of an earlier table lies in; empty where none is known."""
        return self._codes.get(line.area or 0, "")[:2]

    def _row(self, line: Line) -> tuple[object, ...]:
        code = self._codes.get(line.area or 0, "")
        return (
            line.id,
            line.name,
            self._owners.get(line.owner or 0, ""),
            *(self._places.get(code[:digits], "") if len(code) >= digits else "" for digits in DIGITS.values()),
            str(self._moos.get(line.area or 0) or line.moos),
            None if line.satang is None else float(to_baht(line.satang)),
            line.fiscal_year,
        )

    def _keep(self, found: Iterable[Sequence[Any]]) -> None:
        """Of areas their id, code, level and moo."""
        for pk, code, level, moo in found:
            self._moos[pk] = moo
            if code.isdecimal() and level != AreaLevel.COUNTRY:
                self._codes[pk] = code

    def _look_up_owners(self, ids: set[int]) -> None:
        for some in chunks(sorted(ids - self._owners.keys())):
            self._owners.update(Body.objects.filter(pk__in=some).values_list("pk", "name_th"))

    def _look_up_areas(self, ids: set[int]) -> None:
        for some in chunks(sorted(ids - self._moos.keys())):
            self._keep(Area.objects.filter(pk__in=some).values_list("pk", "code", "level", "moo"))
        own = ids - self._codes.keys()
        self._codes |= areas.codes_around(own) if own else {}
        within = {code[:digits] for code in self._codes.values() for digits in DIGITS.values()}
        for codes in chunks(sorted(within - self._places.keys())):
            self._places.update(answers(f"{_NAMES} {placeholders(codes)}", codes))
