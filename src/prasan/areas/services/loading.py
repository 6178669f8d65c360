"""Loading register files into the areas: what is new is added, what differs is changed, what does not fit is told."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import transaction

from prasan.areas import access, queries
from prasan.areas.access import Person
from prasan.areas.models import Area
from prasan.areas.rules.files import COLUMNS, ORDER, Finding, Parsed, kind_of_table, parse
from prasan.areas.services.applying import Applied, apply
from prasan.areas.services.register import UnableToLoadRegister
from prasan.common.tables import Table, UnreadableTable, read_table
from prasan.journal import services as journal

Progress = Callable[[int, int], None]
_GEOJSON = {".geojson", ".json"}
_LARGEST_GEOJSON = 300 * 1024 * 1024


@dataclass(slots=True)
class LoadedFile:
    """What became of a register file: every row is created, updated, unchanged or refused."""

    file: str
    kind: str
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """Rows that changed the register."""
        return self.created + self.updated

    def as_record(self) -> dict[str, object]:
        """The result for machines."""
        return asdict(self)


def load_areas(
    *,
    paths: Sequence[Path],
    actor: Person,
    at: dt.datetime,
    progress: Callable[[Path], Progress] | None = None,
) -> list[LoadedFile]:
    """Load register files of places, each recognised by its header and in the order they build on each other.

    Known are areas, villages, clusters, LAO territories and their coverage (CSV, CSV.GZ, XLSX) and boundaries
    (GeoJSON, property `code`). Good rows are loaded, every other row is a finding; a second run changes nothing.
    Each file is one transaction and one journal entry. Refuses anybody but the operator.
    """
    if not access.can_change_register(actor):
        raise UnableToLoadRegister(
            "not_the_operator",
            "เฉพาะผู้ดูแลระบบเท่านั้นที่โหลดทะเบียนพื้นที่ได้",
            "Only the operator may load the register.",
        )
    results: dict[Path, LoadedFile] = {}
    known: list[tuple[str, Path, Table | None]] = []
    for path in paths:
        try:
            known.append(_opened(path))
        except UnreadableTable as problem:
            finding = Finding(None, "", problem.code, problem.message_th, problem.message_en)
            results[path] = LoadedFile(path.name, "", refused=1, findings=[finding])
    for kind, path, table in sorted(known, key=lambda file: ORDER.index(file[0])):
        tell = progress(path) if progress else _silent
        results[path] = _load(kind, path, table, actor=actor, at=at, progress=tell)
    queries.forget_gazetteer()
    return [results[path] for path in paths]


def _opened(path: Path) -> tuple[str, Path, Table | None]:
    if path.suffix.lower() in _GEOJSON and path.is_file():
        return "boundaries", path, None
    table = read_table(path, COLUMNS)
    kind = kind_of_table(table)
    if not kind:
        raise UnreadableTable(
            "unknown_columns",
            f"ไฟล์ {path.name} ไม่ใช่ทะเบียนพื้นที่ที่รู้จัก (คอลัมน์ {', '.join(table.columns)})",
            f"{path.name} is no register of places known here (columns {', '.join(table.columns)}).",
        )
    return kind, path, table


@transaction.atomic
def _load(
    kind: str, path: Path, table: Table | None, *, actor: Person, at: dt.datetime, progress: Progress
) -> LoadedFile:
    if table is None:
        loaded = _load_boundaries(path)
    else:
        progress(0, 3)
        parsed = parse(table, dict(Area.objects.values_list("code", "level")))
        progress(1, 3)
        loaded = _counted(path, parsed, apply(parsed))
    progress(3, 3)
    if loaded.changes:
        counts = {"created": loaded.created, "updated": loaded.updated, "refused": loaded.refused}
        journal.record(
            at=at, actor=actor, act="areas.load_areas", subject_code=kind, data={"file": path.name, **counts}
        )
    return loaded


def _counted(path: Path, parsed: Parsed, applied: Applied) -> LoadedFile:
    findings = sorted([*parsed.findings, *applied.findings], key=lambda finding: finding.row or 0)
    refused = sum(finding.refused for finding in findings)
    changed = len(applied.created) + len(applied.updated)
    return LoadedFile(
        file=path.name,
        kind=parsed.kind,
        rows=parsed.rows,
        created=len(applied.created),
        updated=len(applied.updated),
        unchanged=parsed.rows - changed - refused,
        refused=refused,
        findings=findings,
    )


def _load_boundaries(path: Path) -> LoadedFile:
    """Set the boundaries of areas from a GeoJSON file; geometries are kept as they are printed."""
    loaded = LoadedFile(path.name, "boundaries")
    try:
        if path.stat().st_size > _LARGEST_GEOJSON:
            raise ValueError("too large")
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
    except (ValueError, KeyError, TypeError):
        loaded.refused = 1
        loaded.findings.append(
            Finding(None, "", "unreadable_file", f"ไฟล์ {path.name} ไม่ใช่ GeoJSON", f"{path.name} is no GeoJSON.")
        )
        return loaded
    loaded.rows = len(features)
    standing = {area.code: area for area in Area.objects.filter(code__in=_codes(features))}
    changed = []
    for number, feature in enumerate(features, start=1):
        finding = _misfit(number, feature, standing)
        if finding:
            loaded.findings.append(finding)
            continue
        area = standing[str(feature["properties"]["code"])]
        if area.boundary != feature["geometry"]:
            area.boundary = feature["geometry"]
            changed.append(area)
    Area.objects.bulk_update(changed, ["boundary"], batch_size=100)
    loaded.refused, loaded.updated = len(loaded.findings), len(changed)
    loaded.unchanged = loaded.rows - loaded.refused - loaded.updated
    return loaded


def _codes(features: Iterable[object]) -> list[str]:
    properties = (f.get("properties") for f in features if isinstance(f, dict))
    return [str(p["code"]) for p in properties if isinstance(p, dict) and "code" in p]


def _misfit(number: int, feature: object, standing: dict[str, Area]) -> Finding | None:
    code = (_codes([feature]) or [""])[0]
    if code not in standing:
        return Finding(
            number,
            "code",
            "unknown_area",
            f"ไม่พบพื้นที่รหัส “{code}” ในทะเบียน",
            f"The register has no area “{code}”.",
        )
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        return Finding(number, "geometry", "no_boundary", f"พื้นที่ {code} ไม่มีรูปปิด", f"{code} has no polygon.")
    return None


def _silent(done: int, total: int) -> None:
    """Nobody watches."""
