"""What was just recorded is held against the projects that stand, without a run over all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.chunks import chunks
from prasan.common.errors import Refused
from prasan.integration import access, likely
from prasan.integration.models import Pair
from prasan.integration.services.pairing import PairDraft, PairsRecorded, keep_pairs
from prasan.projects.models import Project

LINES_AT_ONCE = 200


class UnableToSuggestPairs(Refused):
    """Nothing was compared and no suggestion kept."""


@transaction.atomic
def suggest_pairs(*, projects: Collection[int], actor: User, at: dt.datetime) -> PairsRecorded:
    """Queue what these projects (ids) may be the same as, with score, reasons and the engine's version (R31).

    Pairs are found and kept as a whole run would, each project with the dozen most alike to it. Decided pairs stay
    as decided, and a pair that is not found again stays until the next run. Again, it changes nothing.
    Refused: `not_allowed`.
    """
    rows = Project.objects.select_related("owner")
    owned = [one for ids in chunks(sorted(projects)) for one in rows.filter(pk__in=ids)]
    if not access.can_suggest_pairs(actor, projects=owned, on=localdate(at)):
        raise UnableToSuggestPairs(
            "not_allowed",
            "เทียบโครงการไม่ได้ เพราะมีโครงการที่ท่านไม่มีหน้าที่บันทึก โปรดให้เจ้าหน้าที่แผนของหน่วยงานเจ้าของทำ",
            "Nothing was compared: some of these projects are not yours to write. Ask an officer of their owner.",
        )
    whole = PairsRecorded(0, 0, 0, 0, 0)
    for ids in chunks(sorted(projects), LINES_AT_ONCE):
        by_engine: dict[str, list[likely.Suggested]] = defaultdict(list)
        for pair in likely.suggestions(ids):
            by_engine[pair.engine].append(pair)
        for engine, found in sorted(by_engine.items()):
            listed = [PairDraft(one.first, one.second, one.probability, one.verdict, one.reasons) for one in found]
            drafts = {draft.key(): draft for draft in listed}
            whole += keep_pairs(drafts, partial(_known, drafts), engine=engine, actor=actor, at=at)
    return whole


def _known(keys: Collection[tuple[int, int]]) -> list[Pair]:
    """The pairs among these that stand already."""
    wanted, found = set(keys), []
    for some in chunks(sorted({first for first, _ in wanted})):
        rows = Pair.objects.select_for_update(no_key=True).filter(first__in=some).order_by("pk")
        found += [pair for pair in rows if (pair.first_id, pair.second_id) in wanted]
    return found
