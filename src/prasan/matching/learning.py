"""Learning from decided pairs: the shipped weights, moved by what the people of a province decided.

Pure: pairs and answers in, weights and a report out. Bayes in the plainest form: a Gaussian belief around the shipped
weights, the likelihood of the decisions, the signs kept; few decisions move little. Whether it helps is measured on
decisions that were held out, connected records always together, before anybody is given the weights.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import polars as pl

from prasan.common.errors import Refused
from prasan.matching.features import Compared, feature_columns, some_of
from prasan.matching.fitting import Pull, fit
from prasan.matching.letters import Ints
from prasan.matching.scoring import DIGITS, Flags, Floats, Weights, load_weights
from prasan.matching.table import Records, compared, weighed
from prasan.matching.verdicts import DUPLICATE

SAME: Final = "SAME"
ANSWERS: Final = (SAME, "OVERLAP", "CONTINUATION", "DIFFERENT")
"""What people may have decided of a pair; all but SAME say that it is not one work."""
LEAST_PAIRS, LEAST_OF_EACH, FOLDS = 40, 10, 5
RULED_OUT: Final = "ruled_out"
# By how much the log-odds of a usual pair may move through one feature, or the intercept, before it costs half a nat.
REACH, REACH_OF_INTERCEPT = 0.25, 1.0  # chosen by benchmarks/matching_learning.py
_SUREST: Final = 0.001  # no answer counts as surer than this: one slip of an officer must not decide a comparison
_SHOWN: Final = 8


class UnableToLearn(Refused):
    """Nothing was learnt: too_few, unknown_answer, unknown_record."""


@dataclass(frozen=True)
class DecidedPairs:
    """Pairs as row numbers of `records`, what was decided of each, and the connected set of records it belongs to."""

    records: Records
    left: Ints
    right: Ints
    answers: tuple[str, ...]
    sets: tuple[str, ...]

    @classmethod
    def of(
        cls, frame: pl.DataFrame, pairs: Collection[tuple[Any, Any, str]], names: Mapping[Any, str] | None = None
    ) -> "DecidedPairs":
        """`frame` as `match_table` takes it; `pairs` are (id, id, answer); `names` tell which ids are one record.

        Raises UnableToLearn (unknown_answer, unknown_record) and what `Records.of` raises.
        """
        records = Records.of(frame)
        rows = {one: row for row, one in enumerate(records.ids.to_list())}
        for a, b, answer in pairs:
            _check_pair(a, b, answer, rows)
        called = names or {one: str(one) for one in rows}
        left, right = (np.array([rows[pair[side]] for pair in pairs], np.int64) for side in (0, 1))
        sets = connected([(called[a], called[b]) for a, b, _ in pairs])
        return cls(records, left, right, tuple(answer for *_, answer in pairs), tuple(sets))

    def same(self) -> Flags:
        """Which pairs are one work."""
        return np.array([answer == SAME for answer in self.answers], bool)


@dataclass(frozen=True, slots=True)
class Quality:
    """How well probabilities and the verdict `duplicate` agree with decisions; small losses and a high F1 are good."""

    log_loss: float
    brier: float
    precision: float
    recall: float
    f1: float

    def not_worse_than(self, other: "Quality") -> bool:
        return self.log_loss < other.log_loss and self.brier <= other.brier and self.f1 >= other.f1


@dataclass(frozen=True, slots=True)
class LearningReport:
    """What was learnt from, and how the decisions held out are met before and after."""

    version: str
    base: str
    pairs: int
    answers: dict[str, int]
    sets: int
    folds: int
    before: Quality
    after: Quality
    helps: bool
    moved: list[tuple[str, float, float]]  # the weights that moved most: name, shipped, learnt

    def content(self) -> dict[str, Any]:
        """The report as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Learnt:
    """The learnt weights and their report; whoever asked decides whether weights that do not help are used."""

    weights: Weights
    report: LearningReport


def learn(decided: DecidedPairs, *, label: str, base: Weights | None = None) -> Learnt:
    """Weights learnt from decided pairs, and the measured difference. `label` names who decided, in the version.

    The same decisions in any order give the same weights and the same version. Raises UnableToLearn (too_few).
    """
    base = base or load_weights()
    _check_enough(decided)
    pairs = compared(decided.records, decided.left, decided.right)
    same, folds = decided.same(), folds_of(decided.sets, decided.same())
    names = sorted(base.weights)
    x = design(pairs, names)
    probability, said = np.zeros(len(same)), np.zeros(len(same), bool)
    for fold in range(FOLDS):
        held = folds == fold
        weights = _moved(base, x[~held], same[~held], names)
        probability[held], said[held] = _said(some_of(pairs, held), weights)
    before, after = quality(same, *_said(pairs, base)), quality(same, probability, said)
    weights = _moved(base, x, same, names)
    digest = hashlib.sha256(json.dumps(weights.content(), sort_keys=True).encode()).hexdigest()
    weights = replace(weights, version=f"{base.version}-{label}-{digest[:6]}", base=base.version)
    report = LearningReport(
        version=weights.version,
        base=base.version,
        pairs=len(same),
        answers={answer: Counter(decided.answers)[answer] for answer in ANSWERS},
        sets=len(set(decided.sets)),
        folds=FOLDS,
        before=before,
        after=after,
        helps=after.not_worse_than(before),
        moved=_most_moved(base, weights),
    )
    return Learnt(weights, report)


def design(pairs: Compared, names: Sequence[str]) -> Floats:
    """Features in the order of `names`, and last whether a rule speaks against the pair; one row a pair."""
    features = feature_columns(pairs)
    return np.column_stack([*(features[name] for name in names), ~pairs["free"]])


def quality(same: Flags, probability: Floats, said: Flags) -> Quality:
    """How probabilities and the verdict `duplicate` agree with what people decided."""
    sure = np.clip(probability, _SUREST, 1 - _SUREST)
    hits = int((same & said).sum())
    precision, recall = hits / max(int(said.sum()), 1), hits / max(int(same.sum()), 1)
    return Quality(
        log_loss=round(float(-np.log(np.where(same, sure, 1 - sure)).mean()), DIGITS),
        brier=round(float(((probability - same) ** 2).mean()), DIGITS),
        precision=round(precision, DIGITS),
        recall=round(recall, DIGITS),
        f1=round(2 * precision * recall / max(precision + recall, 1e-9), DIGITS),
    )


def connected(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The set of connected records that each pair belongs to, named by its first record in the alphabet."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for a, b in pairs:
        one, other = sorted((root(a), root(b)))
        parent[other] = one
    return [root(a) for a, _ in pairs]


def folds_of(sets: Sequence[str], same: Flags) -> Ints:
    """A fold for each pair: whole sets, those with most SAME first into the fold that has fewest of it."""
    sizes: Counter[str] = Counter(sets)
    ones: Counter[str] = Counter(name for name, is_same in zip(sets, same, strict=True) if is_same)
    filled = [(0, 0)] * FOLDS
    placed: dict[str, int] = {}
    for name in sorted(sizes, key=lambda name: (-ones[name], -sizes[name], name)):
        placed[name] = filled.index(min(filled))
        had = filled[placed[name]]
        filled[placed[name]] = had[0] + ones[name], had[1] + sizes[name]
    return np.array([placed[name] for name in sets], np.int64)


def _moved(base: Weights, x: Floats, same: Flags, names: list[str]) -> Weights:
    """The base, pulled by these decisions."""
    spreads = np.array([base.spreads[name] for name in (*names, RULED_OUT)])
    firmness = np.concatenate([[1 / REACH_OF_INTERCEPT**2], (spreads / REACH) ** 2])
    towards = np.array([base.intercept, *(base.weights[name] for name in names), base.ruled_out])
    found = fit(x, same, np.ones(len(x)), [*names, RULED_OUT], Pull(towards, firmness))
    intercept, *weights, ruled_out = (round(float(one), DIGITS) for one in found)
    return replace(base, intercept=intercept, weights=dict(zip(names, weights, strict=True)), ruled_out=ruled_out)


def _said(pairs: Compared, weights: Weights) -> tuple[Floats, Flags]:
    """Probability, and whether the pair is called a duplicate."""
    probability, words = weighed(pairs, weights)
    return probability, words == DUPLICATE


def _most_moved(base: Weights, learnt: Weights) -> list[tuple[str, float, float]]:
    """By how much they change the score of a usual pair: the difference times the spread of the feature."""
    both = {name: (before, learnt.weights[name], base.spreads[name]) for name, before in base.weights.items()} | {
        RULED_OUT: (base.ruled_out, learnt.ruled_out, base.spreads[RULED_OUT])
    }
    both["intercept"] = (base.intercept, learnt.intercept, 1.0)
    by_far = sorted(both, key=lambda name: (-abs(both[name][1] - both[name][0]) * both[name][2], name))
    return [(name, both[name][0], both[name][1]) for name in by_far[:_SHOWN] if both[name][0] != both[name][1]]


def _check_pair(a: Any, b: Any, answer: str, rows: Mapping[Any, int]) -> None:
    if answer not in ANSWERS:
        raise UnableToLearn(
            "unknown_answer",
            f"ไม่รู้จักผลพิจารณา “{answer}” ของคู่ {a} / {b} (ใช้ได้: {', '.join(ANSWERS)})",
            f"“{answer}” of {a} / {b} is no decision; use one of {', '.join(ANSWERS)}",
        )
    if missing := [one for one in (a, b) if one not in rows]:
        raise UnableToLearn("unknown_record", f"ไม่มีรายการ {missing[0]}", f"there is no record {missing[0]}")


def _check_enough(decided: DecidedPairs) -> None:
    """Whether each fold can be held out with both kinds of answers left to learn from."""
    pairs, same = len(decided.answers), int(decided.same().sum())
    sets = len(set(decided.sets))
    if pairs >= LEAST_PAIRS and min(same, pairs - same) >= LEAST_OF_EACH and sets >= 2 * FOLDS:
        return
    raise UnableToLearn(
        "too_few",
        f"ผลพิจารณายังน้อยเกินกว่าจะเรียนรู้ได้: มี {pairs} คู่ (โครงการเดียวกัน {same} ไม่ใช่ {pairs - same}) "
        f"จากกลุ่มรายการที่ไม่เกี่ยวกัน {sets} กลุ่ม ต้องมีอย่างน้อย {LEAST_PAIRS} คู่ เป็นโครงการเดียวกัน {LEAST_OF_EACH} "
        f"ไม่ใช่ {LEAST_OF_EACH} และ {2 * FOLDS} กลุ่ม เพื่อกันส่วนหนึ่งไว้ตรวจว่าดีขึ้นจริง โปรดพิจารณาคู่เพิ่มก่อน",
        f"Too few decisions to learn from: {pairs} pairs ({same} the same, {pairs - same} not) in {sets} sets of "
        f"connected records. At least {LEAST_PAIRS} are needed, {LEAST_OF_EACH} the same, {LEAST_OF_EACH} not, in "
        f"{2 * FOLDS} sets, so that some can be held out to see whether it helps. Decide more pairs first.",
    )
