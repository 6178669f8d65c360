"""The score: a logistic model whose weights are data, shipped or learnt from a province's decisions (`learning`)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from prasan.common.errors import Refused

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
CURRENT: Final = "weights-3.json"
DIGITS: Final = 5  # of a weight, so that the last bit of a sum decides nothing


class UnableToReadWeights(Refused):
    """These are no weights for this engine: not_weights, other_features."""


@dataclass(frozen=True)
class Weights:
    """Logistic weights by feature name, with the probability from which a pair counts as the same work.

    `ruled_out` (log-odds, at most 0) is added where a rule speaks against one work. `spreads` are the standard
    deviations of the features where the weights were trained: the yardstick for learning. `base` names the shipped
    weights that learnt ones began from; "" for shipped ones.
    """

    version: str
    intercept: float
    weights: dict[str, float]
    threshold: float
    ruled_out: float = 0.0
    spreads: dict[str, float] = field(default_factory=dict)
    base: str = ""

    def probability(self, features: Mapping[str, Floats], ruled_out: Flags | None = None) -> Floats:
        """Probability (0-1, four decimals) that both lines of each pair are the same piece of work.

        Raises KeyError when a feature that was trained is missing: weights and code must belong together.
        """
        total = np.full(len(next(iter(features.values()))), self.intercept)
        for name, weight in self.weights.items():
            total += weight * features[name]
        if ruled_out is not None:
            total += self.ruled_out * ruled_out
        probability: Floats = np.round(1 / (1 + np.exp(-np.clip(total, -30, 30))), 4)
        return probability

    def content(self) -> dict[str, Any]:
        """The weights as JSON values, as `weights_of` reads them back."""
        told: dict[str, Any] = {"version": self.version, "threshold": self.threshold}
        told |= {"base": self.base} if self.base else {}
        return told | {
            "intercept": round(self.intercept, DIGITS),
            "ruled_out": round(self.ruled_out, DIGITS),
            "weights": {name: round(weight, DIGITS) for name, weight in self.weights.items()},
            "spreads": {name: round(spread, DIGITS) for name, spread in self.spreads.items()},
        }


def weights_of(content: Mapping[str, Any]) -> Weights:
    """Weights from JSON values; raises UnableToReadWeights (not_weights)."""
    try:
        return Weights(
            version=str(content["version"]),
            intercept=float(content["intercept"]),
            weights={str(name): float(weight) for name, weight in content["weights"].items()},
            threshold=float(content["threshold"]),
            ruled_out=float(content["ruled_out"]),
            spreads={str(name): float(spread) for name, spread in content["spreads"].items()},
            base=str(content.get("base", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UnableToReadWeights(
            "not_weights",
            "ไม่ใช่ไฟล์น้ำหนักคะแนนที่ prasan learn เขียน โปรดเรียนรู้ใหม่",
            "these are no weights that prasan learn wrote; learn again",
        ) from None


def fits(weights: Weights) -> bool:
    """Whether weights speak of the very features of the shipped ones and began from them (or are they)."""
    shipped = load_weights()
    return weights.base in ("", shipped.version) and weights.weights.keys() == shipped.weights.keys()


def read_weights(path: Path) -> Weights:
    """Weights from a file that `prasan learn` wrote; raises UnableToReadWeights."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = {}
    weights = weights_of(content)
    if not fits(weights):
        raise UnableToReadWeights(
            "other_features",
            f"น้ำหนัก {weights.version} เรียนจากระบบรุ่นอื่น ใช้กับ {load_weights().version} ไม่ได้ โปรดเรียนรู้ใหม่",
            f"{weights.version} was learnt from other weights than {load_weights().version}; learn again",
        )
    return weights


@lru_cache(maxsize=4)
def load_weights(name: str = CURRENT) -> Weights:
    """The weights file of this name in prasan/matching/data."""
    text = resources.files("prasan.matching").joinpath("data", name).read_text(encoding="utf-8")
    return weights_of(json.loads(text))
