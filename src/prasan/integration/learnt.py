"""Reads of learning: what was decided in a province, and with which weights it is matched."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from prasan import matching
from prasan.integration.models import LearntWeights, Pair, PairDecision
from prasan.projects.queries import lines
from prasan.projects.queries.statements import answers

_IN_FORCE = f"SELECT id FROM {LearntWeights._meta.db_table} WHERE province IN (%s, %s) AND ended_at IS NULL"  # noqa: S608


@dataclass(frozen=True, slots=True)
class InForce:
    """The weights that pairs of a province are found with; `outdated` names learnt ones of an earlier engine."""

    weights: matching.Weights
    learnt: LearntWeights | None
    outdated: str = ""

    def engine(self) -> str:
        """What a pair stores of who found it."""
        return f"prasan.matching {self.weights.version}"


def weights_in_force(province: str) -> InForce:
    """The province's own learnt weights, else those learnt of the whole country, else the shipped ones."""
    ids = [pk for (pk,) in answers(_IN_FORCE, ["", province])]  # most often none
    rows = {one.province: one for one in LearntWeights.objects.filter(pk__in=ids)} if ids else {}
    outdated = ""
    for code in dict.fromkeys((province, "")):
        if (row := rows.get(code)) is None:
            continue
        weights = matching.weights_of(row.content)
        if matching.fits(weights):
            return InForce(weights, row)
        outdated = outdated or row.version
    return InForce(matching.load_weights(), None, outdated)


def decided(province: str) -> QuerySet[Pair]:
    """The decided pairs with a project in the province (two digits), or all for ""."""
    found = Pair.objects.exclude(decision=PairDecision.WAITING)
    if province:
        found = found.filter(Q(first_place__startswith=province) | Q(second_place__startswith=province))
    return found.order_by("pk")


def decided_pairs(province: str) -> matching.DecidedPairs:
    """The same with the lines of their projects as they stand today, for the engine to learn from."""
    pairs = list(decided(province).values_list("first_id", "second_id", "decision"))
    projects = {pk for first, second, _ in pairs for pk in (first, second)}
    return matching.DecidedPairs.of(lines.table_of(lines.lines_of(projects)), pairs)
