"""Upkeep of the closure table: set-based, the same SQL on SQLite and PostgreSQL."""

from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from prasan.areas.models import Area, AreaClosure, AreaLink
from prasan.areas.rules.register import RANKS

_FEW = 400  # ids in one statement; more than that and whole levels are rebuilt instead

_ITSELF = """
INSERT INTO areas_areaclosure (tree, ancestor_id, descendant_id, depth, valid_from, valid_to)
SELECT %s, a.id, a.id, 0, %s, %s FROM areas_area a
WHERE a.id IN (SELECT l.child_id FROM areas_arealink l WHERE l.tree = %s
         UNION SELECT l.parent_id FROM areas_arealink l WHERE l.tree = %s)
  AND NOT EXISTS (SELECT 1 FROM areas_areaclosure c
                  WHERE c.tree = %s AND c.ancestor_id = a.id AND c.descendant_id = a.id)
  {only}
"""

# A pair holds while every link of the path holds. Where two paths begin together, they are one row.
_ABOVE = """
INSERT INTO areas_areaclosure (tree, ancestor_id, descendant_id, depth, valid_from, valid_to)
SELECT %s, p.ancestor_id, p.child_id, MIN(p.depth), p.begins, MAX(p.ends) FROM (
    SELECT c.ancestor_id, l.child_id, c.depth + 1 AS depth,
           CASE WHEN COALESCE(l.valid_from, %s) > c.valid_from
                THEN COALESCE(l.valid_from, %s) ELSE c.valid_from END AS begins,
           CASE WHEN COALESCE(l.valid_to, %s) < c.valid_to
                THEN COALESCE(l.valid_to, %s) ELSE c.valid_to END AS ends
    FROM areas_arealink l
    JOIN areas_area a ON a.id = l.child_id
    JOIN areas_areaclosure c ON c.descendant_id = l.parent_id AND c.tree = l.tree
    WHERE l.tree = %s AND a.level = %s {only}
) p WHERE p.begins < p.ends
GROUP BY p.ancestor_id, p.child_id, p.begins
"""


def rebuild(tree: str, changed: Iterable[int]) -> None:
    """Make the closure of a tree right again after the links above the `changed` areas (ids) have changed."""
    ids = _with_everything_below(tree, set(changed))
    if not ids:
        return
    if len(ids) <= _FEW:
        parents = AreaLink.objects.filter(tree=tree, child_id__in=ids).values_list("parent_id", flat=True)
        levels = set(Area.objects.filter(pk__in=ids).values_list("level", flat=True))
        _remove(tree, descendant_id__in=ids)
        _insert(tree, levels, sorted(ids), sorted(ids | set(parents)))
    else:
        rebuild_levels(tree, _levels_from(tree, ids))


def rebuild_levels(tree: str, levels: Iterable[str]) -> None:
    """The same for every area of some levels at once: all of Thailand's villages in seconds."""
    chosen = set(levels)
    _remove(tree, descendant__level__in=chosen)
    _insert(tree, chosen, (), ())


def _remove(tree: str, **below: Collection[object]) -> None:
    AreaClosure.objects.filter(tree=tree, **below).delete()


def _insert(tree: str, levels: set[str], ids: Sequence[int], with_parents: Sequence[int]) -> None:
    always = connection.ops.adapt_datefield_value(AreaClosure.ALWAYS)
    forever = connection.ops.adapt_datefield_value(AreaClosure.FOREVER)
    with connection.cursor() as cursor:
        cursor.execute(
            _ITSELF.format(only=_only("a.id", with_parents)),
            [tree, always, forever, tree, tree, tree, *with_parents],
        )
        for level in sorted(levels, key=RANKS.__getitem__):
            cursor.execute(
                _ABOVE.format(only=_only("l.child_id", ids)),
                [tree, always, always, forever, forever, tree, level, *ids],
            )


def _only(column: str, ids: Sequence[int]) -> str:
    return f"AND {column} IN ({', '.join(['%s'] * len(ids))})" if ids else ""


def _with_everything_below(tree: str, ids: set[int]) -> set[int]:
    """The areas and all below them by the links, however many steps down."""
    found, newest = set(ids), set(ids)
    while newest and len(found) <= _FEW:
        below = AreaLink.objects.filter(tree=tree, parent_id__in=newest).values_list("child_id", flat=True)
        newest = set(below) - found
        found |= newest
    return found


def _levels_from(tree: str, ids: set[int]) -> list[str]:
    """The highest level among the areas, and every level below it."""
    present = set(Area.objects.filter(parent_links__tree=tree).values_list("level", flat=True).distinct())
    some = list(ids)
    highest = min(
        RANKS[level]
        for start in range(0, len(some), _FEW)
        for level in Area.objects.filter(pk__in=some[start : start + _FEW]).values_list("level", flat=True).distinct()
    )
    return [level for level in present if RANKS[level] >= highest]
