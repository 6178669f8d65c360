"""Many pairs are decided in one act: as foreseen and confirmed, or none at all."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.integration import rules
from prasan.integration.models import Pair, PairDecision
from prasan.integration.sameness import families, order_of_merging
from prasan.integration.services.deciding import UnableToDecidePair, decide_pair, problem_of
from prasan.projects import queries as projects_queries
from prasan.projects.models import Project

MOST = 200
"""How many pairs one act decides at most: what somebody can still read through before confirming it."""

Problem = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class PairChoice:
    """One pair of many, as it was seen, and for SAME the id of the project that is kept."""

    pair: int
    seen_version: int
    kept: int | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """What deciding one pair would do: the project merged into the kept one, or why it would be refused.

    `merges` is False where the two are one already when it is this pair's turn.
    """

    pair: Pair
    choice: PairChoice
    kept: Project | None
    merged: Project | None
    merges: bool
    problem: Problem | None


class UnableToDecidePairs(Refused):
    """None of the pairs was decided."""


@transaction.atomic
def decide_pairs(
    *, choices: Sequence[PairChoice], decision: str, reason: str, actor: User, at: dt.datetime
) -> tuple[Pair, ...]:
    """Decide all these pairs the same way with one reason, each as `decide_pair` does, or none of them (R31).

    They are decided in the order given, which `choices_for` makes so that families come together. Refused: `nothing`,
    `too_many`, `no_longer_exists`, and for any single pair what `decide_pair` refuses: somebody who decided one of
    them since it was seen is never overruled, and whoever asked is told which pair it was.
    """
    _check_number(choices)
    pairs = _pairs_of(choice.pair for choice in choices)
    if missing := [choice.pair for choice in choices if choice.pair not in pairs]:
        raise UnableToDecidePairs(
            "no_longer_exists",
            f"ไม่ได้บันทึกคู่ใด เพราะระบบไม่เสนอคู่ {len(missing)} คู่แล้ว โปรดเปิดรายการใหม่",
            f"No pair was decided: {len(missing)} of them are no longer suggested. Open the list again.",
        )
    decided = []
    for choice in choices:
        pair = pairs[choice.pair]
        try:
            done = decide_pair(
                pair=pair,
                decision=decision,
                reason=reason,
                kept=_kept(pair, choice),
                seen_version=choice.seen_version,
                actor=actor,
                at=at,
            )
        except UnableToDecidePair as refusal:
            raise UnableToDecidePairs(
                refusal.code,
                f"ไม่ได้บันทึกคู่ใดเลยจาก {len(choices)} คู่ {refusal.message_th}",
                f"None of {len(choices)} pairs was decided. {refusal.message_en}",
            ) from refusal
        decided.append(done)
    return tuple(decided)


def foresee(
    *, choices: Sequence[PairChoice], decision: str, reason: str, actor: User, on: dt.date
) -> tuple[Forecast, ...]:
    """What `decide_pairs` would do on a day, pair by pair, without doing it."""
    pairs = _pairs_of(choice.pair for choice in choices)
    asked = [(pairs[choice.pair], choice) for choice in choices if choice.pair in pairs]
    ids = {pk for pair, _ in asked for pk in (pair.first_id, pair.second_id)}
    stands_as = projects_queries.canonical_ids(ids)
    forecasts = []
    for pair, choice in asked:
        kept = _kept(pair, choice)
        problem = problem_of(pair=pair, decision=decision, reason=reason, kept=kept, actor=actor, on=on)
        if problem is None and pair.version != choice.seen_version:
            problem = _CHANGED
        same = decision == PairDecision.SAME and kept is not None
        merged = (pair.second if kept.pk == pair.first_id else pair.first) if kept is not None and same else None
        merges = False
        if problem is None and kept is not None and merged is not None:
            merges = stands_as[merged.pk] != stands_as[kept.pk]
            problem = _problem_of_merge(merged, kept, stands_as) if merges else None
            if merges and problem is None:
                stands_as |= {pk: stands_as[kept.pk] for pk, at in stands_as.items() if at == merged.pk}
        forecasts.append(Forecast(pair, choice, kept if same else None, merged, merges, problem))
    return tuple(forecasts)


def choices_for(*, pairs: Sequence[Pair], decision: str, keep: str, kept: int | None = None) -> tuple[PairChoice, ...]:
    """The choices for these pairs in the order to decide them; for SAME one project of each family is kept.

    `kept` names it, and refuses (`not_connected`) what no pair connects with it; else `keep` says how it is found
    (`rules.KEEP_RULES`): the project with the most money, or the one that was registered first.
    """
    versions = {(pair.first_id, pair.second_id): (pair.pk, pair.version) for pair in pairs}
    if decision != PairDecision.SAME:
        return tuple(PairChoice(pk, version) for pk, version in versions.values())
    ids = {pk for edge in versions for pk in edge}
    stands_as = projects_queries.canonical_ids({*ids, *([kept] if kept else [])})
    amounts = projects_queries.amounts_of(ids)
    withdrawn = set(Project.objects.filter(pk__in=ids, withdrawn_at__isnull=False).values_list("pk", flat=True))
    choices = []
    for family in families(versions):
        if kept is None:
            head = rules.project_to_keep(family - withdrawn or family, amounts, keep)
        else:
            head = _head(family, kept, stands_as)
        edges = [edge for edge in versions if edge[0] in family]
        choices += [PairChoice(*versions[edge], kept=near) for edge, near in order_of_merging(edges, head)]
    return tuple(choices)


def _head(family: set[int], kept: int, stands_as: dict[int, int]) -> int:
    """The project of a family through which the kept one, or what stands with it already, takes the others."""
    if kept in family:
        return kept
    standing = sorted(pk for pk in family if stands_as[pk] == stands_as[kept])
    if not standing:
        raise UnableToDecidePairs(
            "not_connected",
            "ไม่ได้บันทึกคู่ใด เพราะบางโครงการไม่มีคู่ที่เชื่อมกับโครงการที่จะคงไว้ โปรดพิจารณาทีละคู่",
            "No pair was decided: some of the projects have no pair that connects them with the one to be kept. "
            "Decide pair by pair.",
        )
    return standing[0]


_CHANGED = ("changed_meanwhile", "มีผู้พิจารณาหรือเปลี่ยนคู่นี้หลังจากที่ท่านเปิดดู", "Somebody changed this pair after you opened it.")


def _problem_of_merge(merged: Project, kept: Project, stands_as: dict[int, int]) -> Problem | None:
    if merged.withdrawn_at is not None or kept.withdrawn_at is not None:
        return "withdrawn", "มีโครงการที่ถอนแล้ว", "One of the two is withdrawn."
    if stands_as[merged.pk] != merged.pk:
        return (
            "merged",
            f"{merged.code} รวมกับโครงการอื่นอยู่แล้ว โปรดแยกออกก่อน",
            f"{merged.code} is merged into another project already. Take it apart first.",
        )
    return None


def _pairs_of(ids: Iterable[int]) -> dict[int, Pair]:
    rows = Pair.objects.filter(pk__in=list(ids))
    return {pair.pk: pair for pair in rows.select_related("first__owner__area", "second__owner__area")}


def _kept(pair: Pair, choice: PairChoice) -> Project | None:
    return {pair.first_id: pair.first, pair.second_id: pair.second}.get(choice.kept or 0)


def _check_number(choices: Sequence[PairChoice]) -> None:
    if not choices:
        raise UnableToDecidePairs(
            "nothing", "ไม่ได้เลือกคู่ใด โปรดเลือกอย่างน้อยหนึ่งคู่", "No pair was chosen. Choose at least one."
        )
    if len(choices) > MOST:
        raise UnableToDecidePairs(
            "too_many",
            f"พิจารณาได้ครั้งละไม่เกิน {MOST} คู่ แต่เลือกมา {len(choices)} คู่ โปรดแบ่งเป็นหลายครั้ง",
            f"At most {MOST} pairs are decided at once, and {len(choices)} were chosen. Do it in parts.",
        )
