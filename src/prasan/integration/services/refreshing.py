"""What the queue repeats of a project follows the project, whoever changed it."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from prasan.accounts.models import User
from prasan.common.chunks import chunks
from prasan.integration.figures import KEPT, bring_up_to_date
from prasan.integration.models import Pair
from prasan.journal import services as journal
from prasan.projects.models import Project

BATCH = 500
KEPT_FIELDS = [name.removesuffix("_id") for name in KEPT]


@transaction.atomic
def refresh_pairs(*, projects: Collection[int], actor: User, at: dt.datetime) -> int:
    """Let the queue say what these projects (their ids) say now: money, place, owner, and whether they still stand.

    Called by whoever revised, moved, merged, parted or withdrew them. Projects merged with them are looked at too,
    because a merge closes and opens pairs of the whole family. Nothing is refused, and no decision changes; the
    answer counts the pairs that said something else before.
    """
    changed = keep_in_step(set(projects))
    if changed:
        journal.record(at=at, actor=actor, act="integration.refresh_pairs", data={"pairs": [p.pk for p in changed]})
    return len(changed)


def keep_in_step(projects: set[int]) -> list[Pair]:
    """The same within an act of this room, whose own line in the journal tells of it."""
    touched = _families(projects)
    found: dict[int, Pair] = {}
    for ids in chunks(sorted(touched)):
        pairs = Pair.objects.select_for_update(no_key=True).filter(Q(first__in=ids) | Q(second__in=ids))
        found |= {pair.pk: pair for pair in pairs.order_by("pk")}
    changed = bring_up_to_date(found.values())
    Pair.objects.bulk_update(changed, KEPT_FIELDS, batch_size=BATCH)
    return changed


def _families(ids: set[int]) -> set[int]:
    """These projects, those they are merged into, and those merged into any of them."""
    family, frontier = set(ids), set(ids)
    while frontier:
        reached: set[int] = set()
        for chunk in chunks(sorted(frontier)):
            merged = Project.objects.filter(merged_into__in=chunk).values_list("pk", flat=True)
            into = Project.objects.filter(pk__in=chunk, merged_into__isnull=False).values_list("merged_into", flat=True)
            reached |= {pk for pk in (*merged, *into) if pk is not None}
        frontier = reached - family
        family |= frontier
    return family
