"""Loading register files of bodies: local governments with their territories, ministries, any other bodies."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from prasan.agencies import access, rules
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.agencies.rules import files
from prasan.agencies.services.bodies import UnableToRegisterBody, found_or_made
from prasan.areas import queries as areas_now
from prasan.areas import services as areas
from prasan.areas.access import Person
from prasan.areas.models import Area
from prasan.areas.services import Finding, LoadedFile
from prasan.common.errors import Refused
from prasan.common.tables import Row, Table, UnreadableTable, read_table
from prasan.common.text import sort_key
from prasan.journal import services as journal

Progress = Callable[[Path], Callable[[int, int], None]]
_FIELDS = ("kind", "name_th", "name_en", "abbreviation", "superior_id", "area_id", "valid_from", "valid_to")
_BATCH = 1000


class UnableToLoadBodies(Refused):
    """No body was changed."""


def load_bodies(
    *, paths: Sequence[Path], actor: Person, at: dt.datetime, progress: Progress | None = None
) -> list[LoadedFile]:
    """Load register files of bodies, each recognised by its header and in the order they build on each other.

    Known are local governments (with their territories), which subdistricts they cover, ministries and budgetary
    units, and any bodies by kind and name. Good rows are loaded, every other row is a finding; a second run
    changes nothing. Each file is one transaction and one journal entry. Refuses anybody but the operator.
    """
    if not access.can_load_bodies(actor):
        raise UnableToLoadBodies(
            "not_the_operator",
            "เฉพาะผู้ดูแลระบบเท่านั้นที่โหลดทะเบียนหน่วยงานได้",
            "Only the operator may load bodies.",
        )
    results: dict[Path, LoadedFile] = {}
    known: list[tuple[str, Path, Table]] = []
    for path in paths:
        try:
            known.append(_opened(path))
        except UnreadableTable as problem:
            finding = Finding(None, "", problem.code, problem.message_th, problem.message_en)
            results[path] = LoadedFile(path.name, "", refused=1, findings=[finding])
    for kind, path, table in sorted(known, key=lambda file: files.ORDER.index(file[0])):
        if kind == "coverage":
            results[path] = areas.load_areas(paths=[path], actor=actor, at=at, progress=progress)[0]
        else:
            results[path] = _load(kind, path, table, actor=actor, at=at, progress=progress)
    return [results[path] for path in paths]


def _opened(path: Path) -> tuple[str, Path, Table]:
    table = read_table(path, files.COLUMNS)
    kind = files.kind_of_table(table)
    if not kind:
        raise UnreadableTable(
            "unknown_columns",
            f"ไฟล์ {path.name} ไม่ใช่ทะเบียนหน่วยงานที่รู้จัก (คอลัมน์ {', '.join(table.columns)})",
            f"{path.name} is no register of bodies known here (columns {', '.join(table.columns)}).",
        )
    return kind, path, table


@transaction.atomic
def _load(
    kind: str, path: Path, table: Table, *, actor: Person, at: dt.datetime, progress: Progress | None
) -> LoadedFile:
    loaded = LoadedFile(path.name, kind, rows=len(table.rows))
    if kind == "laos":
        territories = areas.load_areas(paths=[path], actor=actor, at=at, progress=progress)[0]
        loaded.findings += [finding for finding in territories.findings if not finding.refused]
    rows = _parsed(kind, table, loaded)
    if kind == "agencies":
        rows = _ministries(rows, table) + rows
        _find_or_register_others(table, loaded, actor=actor, at=at)
    _apply(rows, loaded)
    loaded.findings.sort(key=lambda finding: finding.row or 0)
    loaded.refused = sum(finding.refused for finding in loaded.findings)
    loaded.unchanged = loaded.rows - loaded.created - loaded.updated - loaded.refused
    if loaded.changes:
        counts = {"created": loaded.created, "updated": loaded.updated, "refused": loaded.refused}
        journal.record(
            at=at, actor=actor, act="agencies.load_bodies", subject_code=kind, data={"file": path.name, **counts}
        )
    return loaded


def _parsed(kind: str, table: Table, loaded: LoadedFile) -> list[files.BodyRow]:
    rows: dict[str, files.BodyRow] = {}
    for row in table.rows:
        if kind == "agencies" and _is_local(row):
            continue
        try:
            body = files.READERS[kind](row, BodyKind.values)
            if body.code in rows:
                first = rows[body.code].number
                raise files.Misfit(
                    "code", "duplicate_row", f"“{body.code}” ซ้ำกับแถวที่ {first}", f"“{body.code}” stands in row {first}."
                )
            rows[body.code] = body
        except files.Misfit as misfit:
            loaded.findings.append(
                Finding(row.number, misfit.column, misfit.code, misfit.message_th, misfit.message_en)
            )
    return list(rows.values())


def _is_local(row: Row) -> bool:
    return row.text("unit_level") in {"province", "cluster", "lao"}


def _ministries(rows: list[files.BodyRow], table: Table) -> list[files.BodyRow]:
    """The ministries named beside the units; they are no rows of the file, so their number is 0."""
    names = {row.text("ministry") for row in table.rows if not _is_local(row)} - {row.name_th for row in rows} - {""}
    return [files.BodyRow(0, files.ministry_code(name), files.ministry_kind(name), name) for name in sorted(names)]


def _find_or_register_others(table: Table, loaded: LoadedFile, *, actor: Person, at: dt.datetime) -> None:
    """Provinces, clusters and local governments of a budget book: found by name, registered where they lack."""
    gazetteer = areas_now.gazetteer()
    for row in table.rows:
        if not _is_local(row):
            continue
        name = row.text("budgetary_unit")
        province = "20" if name == "เมืองพัทยา" else gazetteer.resolve(name).code[:2]
        try:
            _, made = found_or_made(name=name, province_code=province, actor=actor, at=at)
        except UnableToRegisterBody as refusal:
            loaded.findings.append(
                Finding(row.number, "budgetary_unit", refusal.code, refusal.message_th, refusal.message_en)
            )
            continue
        loaded.created += made


def _apply(rows: list[files.BodyRow], loaded: LoadedFile) -> None:
    """Superiors first, then the rest, each level of superiors in one go."""
    waiting, codes = rows, {row.code for row in rows}
    while waiting:
        ready = [row for row in waiting if row.superior_code not in codes]
        ready = ready or waiting  # a circle of superiors: what is unknown is told below
        _apply_level(ready, loaded)
        codes -= {row.code for row in ready}
        done = {row.code for row in ready}
        waiting = [row for row in waiting if row.code not in done]


def _apply_level(rows: list[files.BodyRow], loaded: LoadedFile) -> None:
    area_ids = dict(Area.objects.filter(level__in=_LEVELS_OF_BODIES).values_list("code", "pk"))
    bodies = {code: [pk, *rest] for pk, code, *rest in Body.objects.values_list("pk", "code", *_FIELDS)}
    adopted = _Adoptable(rows)
    new, changed = [], []
    for row in rows:
        missing = _missing(row, area_ids, bodies)
        if missing:
            loaded.findings.append(missing)
            continue
        said = [
            row.kind,
            row.name_th,
            row.name_en,
            row.abbreviation,
            bodies[row.superior_code][0] if row.superior_code else None,
            area_ids[row.area_code] if row.area_code else None,
            row.valid_from,
            row.valid_to,
        ]
        before = bodies.get(row.code) or adopted.take(row)
        if before is None:
            new.append(_body(row.code, None, said))
            loaded.created += bool(row.number)
            continue
        pk, *was = before
        after = [old if value in (None, "") else value for value, old in zip(said, was, strict=True)]
        if after != was or row.code not in bodies:
            changed.append(_body(row.code, pk, after))
            loaded.updated += bool(row.number)
    Body.objects.bulk_create(new, batch_size=_BATCH)
    names = [field.removesuffix("_id") for field in _FIELDS]
    Body.objects.bulk_update(changed, ["code", "name_key", "sort_key", *names], batch_size=100)


_LEVELS_OF_BODIES = ("COUNTRY", "CLUSTER", "PROVINCE", "DISTRICT", "LAO_TERRITORY", "SUBDISTRICT")


class _Adoptable:
    """Local governments registered by name before their register came: they take the register's code and place."""

    def __init__(self, rows: list[files.BodyRow]) -> None:
        codes = {row.code for row in rows}
        self._by_name: dict[tuple[str, str], list[Body]] = {}
        for body in Body.objects.filter(kind__in=LAO_KINDS).select_related("area").order_by("code"):
            if body.code not in codes and body.area and body.area.level != "LAO_TERRITORY":
                self._by_name.setdefault((body.kind, body.name_key), []).append(body)

    def take(self, row: files.BodyRow) -> list[object] | None:
        """The standing body of this kind and name in the same district or province, if there is just one."""
        same = [
            body
            for body in self._by_name.get((row.kind, rules.name_key(row.name_th)), [])
            if body.area and _same_place(body.area, row)
        ]
        if len(same) != 1:
            return None
        return [same[0].pk, *(getattr(same[0], name) for name in _FIELDS)]


def _same_place(area: Area, row: files.BodyRow) -> bool:
    digits = "".join(letter for letter in row.code if letter.isdigit())
    return area.code[:2] == digits[:2]


def _missing(row: files.BodyRow, area_ids: dict[str, int], bodies: dict[str, list[object]]) -> Finding | None:
    if row.area_code and row.area_code not in area_ids:
        code = row.area_code
        return Finding(
            row.number,
            "area_code",
            "unknown_area",
            f"ไม่พบพื้นที่รหัส “{code}” ในทะเบียน",
            f"The register has no area “{code}”.",
        )
    if row.superior_code and row.superior_code not in bodies:
        code = row.superior_code
        return Finding(
            row.number,
            "superior_code",
            "unknown_superior",
            f"ไม่พบหน่วยงานต้นสังกัดรหัส “{code}”",
            f"There is no superior body “{code}”.",
        )
    return None


def _body(code: str, pk: Any, values: list[object]) -> Body:
    fields = dict(zip(_FIELDS, values, strict=True))
    name = str(fields["name_th"])
    return Body(pk=pk, code=code, name_key=rules.name_key(name), sort_key=sort_key(name), **fields)
