"""Fitting the score: a penalised logistic model in which every weight keeps the sign that its name promises."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from prasan.matching.scoring import Flags, Floats

_EITHER: Final = frozenset({"length", "physical", "amount_known", "unplaced"})
_AGAINST: Final = frozenset({"replaced", "lone", "side_work", "ruled_out"})
_AGAINST_ENDINGS: Final = ("_different", "_clash", "_one_sided", "_gap", "_other_owner", "_without_moo")
_STEPS, _CLOSE_ENOUGH = 500, 1e-9


def sign_of(name: str) -> int:
    """What a feature may say: +1 only for, -1 only against, 0 either; no accident of a sample turns it round."""
    if name in _EITHER:
        return 0
    return -1 if name in _AGAINST or name.endswith(_AGAINST_ENDINGS) else 1


@dataclass(frozen=True)
class Pull:
    """Where the penalty pulls the parameters (the intercept first), and how much a unit away costs (half its square).

    A Gaussian belief: `firmness` is one over its variance; 0 lets a parameter go where the pairs want it.
    """

    towards: Floats
    firmness: Floats


def fit(x: Floats, same: Flags, weight: Floats, names: list[str], pull: Pull) -> Floats:
    """Intercept and weights, in one array, of the likeliest model under the pull and the signs of `names`.

    x: one row a pair, one column a name. The same pairs give the same answer in any order.
    """
    order = np.lexsort((*x.T, same, weight))  # sums of floats depend on the order
    design = np.column_stack([np.ones(len(x)), x])[order]
    side, weight = np.where(same, 1.0, -1.0)[order], weight[order]
    signs = np.array([0, *(sign_of(name) for name in names)])
    low, high = np.where(signs > 0, 0.0, -np.inf), np.where(signs < 0, 0.0, np.inf)

    def loss(at: Floats) -> float:
        misfit = (weight * np.logaddexp(0, -side * (design @ at))).sum()
        return float(misfit + (pull.firmness * (at - pull.towards) ** 2).sum() / 2)

    at = np.clip(pull.towards, low, high)
    value = loss(at)
    for _ in range(_STEPS):  # Newton's steps on the parameters that no bound holds (Bertsekas 1982)
        doubt = 1 / (1 + np.exp(np.clip(side * (design @ at), -40, 40)))
        slope = -design.T @ (side * weight * doubt) + pull.firmness * (at - pull.towards)
        free = ~((at <= low) & (slope > 0) | (at >= high) & (slope < 0))
        if not free.any() or np.abs(slope[free]).max() < _CLOSE_ENOUGH:
            break
        part = design[:, free]
        bend = (part.T * (weight * doubt * (1 - doubt))) @ part + np.diag(pull.firmness[free] + 1e-10)
        step = np.zeros_like(at)
        step[free] = np.linalg.solve(bend, slope[free])
        share = 1.0
        while share > 1e-12:
            new = np.clip(at - share * step, low, high)
            if (lower := loss(new)) <= value - 1e-4 * float(slope @ (at - new)):
                break
            share /= 2
        else:
            break
        at, value = new, lower
    return at
