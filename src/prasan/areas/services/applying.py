"""Making the register as the parsed rows say, in bulk, with the closure of each tree touched."""

from dataclasses import dataclass, field

from prasan.areas.models import Area, AreaLink
from prasan.areas.rules.files import AreaRow, Finding, LinkRow, Parsed
from prasan.areas.services.closure import rebuild
from prasan.common.text import sort_key

_FIELDS = ("level", "name_th", "name_en", "moo", "latitude", "longitude", "valid_from", "valid_to")
_BATCH = 2000


@dataclass(slots=True)
class Applied:
    """Rows (by number) that added something, that changed something, and what was refused on the way."""

    created: set[int] = field(default_factory=set)
    updated: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class _Links:
    """The links of one tree as they stand: by (parent, child), and the open one of each child."""

    pairs: dict[tuple[int, int], AreaLink]
    open_of: dict[int, AreaLink]


def apply(parsed: Parsed) -> Applied:
    """Add and change areas and links; a row whose parent differs without a date is refused whole."""
    applied = Applied()
    ids = dict(Area.objects.values_list("code", "pk"))
    standing = {tree: _standing(tree) for tree in {link.tree for link in parsed.links}}
    refused = _other_parents(parsed, ids, standing, applied)
    _apply_areas([row for row in parsed.areas if row.number not in refused], applied, ids)
    links = [link for link in parsed.links if link.number not in refused]
    for tree, links_of_tree in standing.items():
        _apply_links(tree, [link for link in links if link.tree == tree], links_of_tree, ids, applied)
    applied.updated -= applied.created
    return applied


def _standing(tree: str) -> _Links:
    # The latest link of a pair counts: a place may have come back to where it was.
    links = list(AreaLink.objects.filter(tree=tree).order_by("valid_from", "pk"))
    return _Links(
        pairs={(link.parent_id, link.child_id): link for link in links},
        open_of={link.child_id: link for link in links if link.valid_to is None},
    )


def _other_parents(parsed: Parsed, ids: dict[str, int], standing: dict[str, _Links], applied: Applied) -> set[int]:
    refused = set()
    for row in parsed.links:
        child, parent = ids.get(row.child_code), ids.get(row.parent_code)
        now = standing[row.tree].open_of.get(child or 0)
        if not row.only or now is None or now.parent_id == parent or _moves(row, now):
            continue
        refused.add(row.number)
        applied.findings.append(
            Finding(
                row.number,
                "parent_code",
                "parent_changed",
                f"{row.child_code} อยู่ในพื้นที่อื่นในทะเบียนแล้ว ถ้าย้ายต้องมีวันที่มีผล",
                f"{row.child_code} lies elsewhere in the register; a move needs the day it begins (valid_from).",
            )
        )
    return refused


def _moves(row: LinkRow, now: AreaLink) -> bool:
    return row.valid_from is not None and (now.valid_from is None or row.valid_from > now.valid_from)


def _apply_areas(rows: list[AreaRow], applied: Applied, ids: dict[str, int]) -> None:
    levels = {row.level for row in rows} | {"VILLAGE", "COMMUNITY"} if rows else set()
    values = {code: rest for code, *rest in Area.objects.filter(level__in=levels).values_list("code", *_FIELDS)}
    new, changed = [], []
    for row in rows:
        before = values.get(row.code)
        after = _merged(row, before)
        if before is None:
            new.append(_area(row.code, after))
            applied.created.add(row.number)
        elif after != before:
            changed.append(_area(row.code, after))
            applied.updated.add(row.number)
    made = Area.objects.bulk_create(new, batch_size=_BATCH)
    ids |= {area.code: area.pk for area in made}
    Area.objects.bulk_create(
        changed,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*_FIELDS, "sort_key"],
    )


def _merged(row: AreaRow, before: list[object] | None) -> list[object]:
    """The values after the row: what it says, and where it says nothing what stands."""
    said = [getattr(row, name) for name in _FIELDS]
    if before is None:
        return said
    return [was if value is None or value == "" else value for value, was in zip(said, before, strict=True)]


def _area(code: str, values: list[object]) -> Area:
    fields = dict(zip(_FIELDS, values, strict=True))
    return Area(code=code, sort_key=sort_key(str(fields["name_th"])), **fields)


def _apply_links(tree: str, rows: list[LinkRow], standing: _Links, ids: dict[str, int], applied: Applied) -> None:
    new: dict[tuple[int, int], AreaLink] = {}
    changed: dict[int, AreaLink] = {}
    for row in rows:
        pair = ids[row.parent_code], ids[row.child_code]
        link = standing.pairs.get(pair)
        now = standing.open_of.get(pair[1])
        if link is not None and (link.valid_to is None or not _returns(row, link)):
            if _differs(row, link):
                changed[link.pk] = _as_said(link, row)
                applied.updated.add(row.number)
            continue
        if pair in new:
            continue
        if row.only and now is not None:
            now.valid_to = row.valid_from
            changed[now.pk] = now
        new[pair] = AreaLink(
            tree=tree,
            parent_id=pair[0],
            child_id=pair[1],
            whole=row.whole,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        (applied.updated if row.only and now is not None else applied.created).add(row.number)
    AreaLink.objects.bulk_update(changed.values(), ["whole", "valid_from", "valid_to"], batch_size=200)
    AreaLink.objects.bulk_create(new.values(), batch_size=_BATCH)
    touched = {link.child_id for link in (*new.values(), *changed.values())}
    if touched:
        rebuild(tree, touched)


def _returns(row: LinkRow, link: AreaLink) -> bool:
    """Whether the row brings a child back to a parent it had left."""
    return row.valid_from is not None and link.valid_to is not None and row.valid_from >= link.valid_to


def _differs(row: LinkRow, link: AreaLink) -> bool:
    return row.whole != link.whole or any(
        said is not None and said != was
        for said, was in ((row.valid_from, link.valid_from), (row.valid_to, link.valid_to))
    )


def _as_said(link: AreaLink, row: LinkRow) -> AreaLink:
    link.whole = row.whole
    link.valid_from = row.valid_from or link.valid_from
    link.valid_to = row.valid_to or link.valid_to
    return link
