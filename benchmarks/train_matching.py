"""Train the weights of the matching engine from labelled pairs and a generated set with known truth.

usage: python benchmarks/train_matching.py PAIRS.csv TRAIN_SET.parquet -o src/prasan/matching/data/weights-1.json
Real labels and made pairs weigh the same in all; the OCR source, which can only say "same", weighs a tenth.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import polars as pl
from benchmarks.matching_data import OCR, features_of, pairs_of_set, read_labelled, read_set
from sklearn.linear_model import LogisticRegression

from prasan.matching import Weights

THRESHOLD = 0.5
STRENGTH = 1.0  # inverse of the penalty


def matrix(features: dict[str, np.ndarray]) -> np.ndarray:
    """Features as columns, in the order of their names."""
    return np.column_stack([features[name] for name in sorted(features)])


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> tuple[float, np.ndarray]:
    """Intercept and weights on the plain features (the scaling is folded in)."""
    mean = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weight))
    spread[spread < 1e-9] = 1.0
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((x - mean) / spread, y, sample_weight=weight)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - (weights * mean).sum()), weights


def with_wider_amounts(table: pl.DataFrame, truth: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
    """Half of the amounts changed by up to a few times: real partners ask for other sums than made ones do."""
    luck = np.random.default_rng(1)
    factor = np.where(luck.random(table.height) < 0.5, np.exp(luck.normal(0, 0.4, table.height)), 1.0)
    return table.with_columns((pl.col("amount_thb") * pl.Series(factor)).round(0)), truth


def weights_of(x: np.ndarray, y: np.ndarray, weight: np.ndarray, names: list[str]) -> Weights:
    """Fitted weights in the form that the engine takes."""
    intercept, fitted = fit(x, y, weight)
    return Weights("trained", intercept, dict(zip(names, fitted.tolist(), strict=True)), THRESHOLD)


def sample_weights(sources: np.ndarray, of_set: int) -> np.ndarray:
    """Real pairs 1 each (OCR a tenth); all made pairs together as much as all real pairs."""
    real = np.where(sources == OCR, 0.1, 1.0)
    return np.concatenate([real, np.full(of_set, real.sum() / max(of_set, 1))])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("train_set", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args()
    real, made = read_labelled(chosen.pairs), pairs_of_set(*with_wider_amounts(*read_set(chosen.train_set)))
    features = features_of(real)
    x = np.vstack([matrix(features), matrix(features_of(made))])
    y = np.concatenate([(pairs.frame["label"] == "1").to_numpy() for pairs in (real, made)])
    intercept, weights = fit(x, y, sample_weights(real.frame["source"].to_numpy(), len(made.left)))
    inputs = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in (chosen.pairs, chosen.train_set)
    }
    content = {
        "version": "matching-1",
        "threshold": THRESHOLD,
        "intercept": round(intercept, 5),
        "weights": {name: round(float(weight), 5) for name, weight in zip(sorted(features), weights, strict=True)},
        "trained_on": {"real_pairs": len(real.left), "made_pairs": len(made.left), "inputs": inputs},
    }
    chosen.output.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{chosen.output}: {len(weights)} weights from {len(real.left)} real and {len(made.left)} made pairs")


if __name__ == "__main__":
    main()
