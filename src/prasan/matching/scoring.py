"""The score: a logistic model whose weights are data, trained by `prasan.matching.train`."""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
CURRENT: Final = "weights-2.json"


@dataclass(frozen=True)
class Weights:
    """Logistic weights by feature name, with the probability from which a pair counts as the same work."""

    version: str
    intercept: float
    weights: dict[str, float]
    threshold: float

    def probability(self, features: dict[str, Floats]) -> Floats:
        """Probability (0-1, four decimals) that both lines of each pair are the same piece of work.

        Raises KeyError when a feature that was trained is missing: weights and code must belong together.
        """
        total = np.full(len(next(iter(features.values()))), self.intercept)
        for name, weight in self.weights.items():
            total += weight * features[name]
        probability: Floats = np.round(1 / (1 + np.exp(-np.clip(total, -30, 30))), 4)
        return probability


@lru_cache(maxsize=4)
def load_weights(name: str = CURRENT) -> Weights:
    """The weights file of this name in prasan/matching/data."""
    text = resources.files("prasan.matching").joinpath("data", name).read_text(encoding="utf-8")
    content = json.loads(text)
    return Weights(
        version=content["version"],
        intercept=content["intercept"],
        weights=content["weights"],
        threshold=content["threshold"],
    )
