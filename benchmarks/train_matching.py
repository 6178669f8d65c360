"""Train the weights of the matching engine from labelled pairs and a generated set with known truth.

usage: python benchmarks/train_matching.py PAIRS.csv TRAIN_SET.parquet -o src/prasan/matching/data/weights-2.json
The OCR source, which can only say "same", and the made pairs are weighed down by the shares below.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import minimize

from made_projects import made_projects, village_lists
from matching_data import OCR, LabelledPairs, features_of, pairs_of_set, read_labelled, read_set
from prasan.matching import Weights

THRESHOLD = 0.5
OCR_SHARE = 0.5
PLAN_WEIGHT = 3.0  # pairs of a real local plan: the kind of list that officers bring, and the fewest
MADE_SHARES = (1.0, 0.3)  # works all over the country, lists of whole villages
STRENGTH = 1.0  # inverse of the penalty


def matrix(features: dict[str, np.ndarray]) -> np.ndarray:
    """Features as columns, in the order of their names."""
    return np.column_stack([features[name] for name in sorted(features)])


def sign_of(name: str) -> int:
    """What a feature may say: +1 only for, -1 only against, 0 either; no accident of a sample turns it round."""
    if name in ("length", "physical", "amount_known", "unplaced"):
        return 0
    against = ("_different", "_clash", "_one_sided", "_gap", "_other_owner", "_without_moo")
    return -1 if name in ("replaced", "lone", "side_work") or name.endswith(against) else 1


def fit(x: np.ndarray, y: np.ndarray, weight: np.ndarray, names: list[str]) -> tuple[float, np.ndarray]:
    """Intercept and weights of a penalised logistic model whose weights keep their sign."""
    mean = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weight))
    spread[spread < 1e-9] = 1.0
    scaled, side = (x - mean) / spread, np.where(y, 1.0, -1.0)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        margin = side * (parameters[0] + scaled @ parameters[1:])
        pull = -side * weight / (1 + np.exp(np.clip(margin, -40, 40)))
        value = (weight * np.logaddexp(0, -margin)).sum() + (parameters[1:] ** 2).sum() / (2 * STRENGTH)
        return value, np.concatenate([[pull.sum()], scaled.T @ pull + parameters[1:] / STRENGTH])

    bounds = [(None, None), *({1: (0, None), -1: (None, 0), 0: (None, None)}[sign_of(name)] for name in names)]
    found = minimize(
        loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 3000}
    )
    weights = found.x[1:] / spread
    return float(found.x[0] - (weights * mean).sum()), weights


def with_wider_amounts(table: pl.DataFrame, truth: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
    """Half of the amounts changed by up to a few times: real partners ask for other sums than made ones do."""
    luck = np.random.default_rng(1)
    factor = np.where(luck.random(table.height) < 0.5, np.exp(luck.normal(0, 0.4, table.height)), 1.0)
    return table.with_columns((pl.col("amount_thb") * pl.Series(factor)).round(0)), truth


def weights_of(x: np.ndarray, y: np.ndarray, weight: np.ndarray, names: list[str]) -> Weights:
    """Fitted weights in the form that the engine takes."""
    intercept, fitted = fit(x, y, weight, names)
    return Weights("trained", intercept, dict(zip(names, fitted.tolist(), strict=True)), THRESHOLD)


def sample_weights(sources: np.ndarray, made: list[LabelledPairs]) -> np.ndarray:
    """Real pairs 1 each (OCR OCR_SHARE, local plans PLAN_WEIGHT); a made set as a whole its share of all real pairs."""
    plans = np.char.startswith(sources.astype(str), "lao_plan")
    real = np.where(sources == OCR, OCR_SHARE, np.where(plans, PLAN_WEIGHT, 1.0))
    shares = zip(made, MADE_SHARES, strict=True)
    return np.concatenate(
        [real, *(np.full(len(one.left), share * real.sum() / max(len(one.left), 1)) for one, share in shares)]
    )


def made_pairs(train_set: Path | None, *, seed: int = 1) -> list[LabelledPairs]:
    """Pairs of made sets: works all over the country (a file, or made here), and the lists of whole villages."""
    wide = read_set(train_set) if train_set else made_projects(4000, seed=seed)
    return [pairs_of_set(*with_wider_amounts(*wide)), pairs_of_set(*village_lists(3000, seed=seed))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("train_set", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args()
    real, made = read_labelled(chosen.pairs), made_pairs(chosen.train_set)
    names = sorted(features_of(real))
    x = np.vstack([matrix(features_of(pairs)) for pairs in (real, *made)])
    y = np.concatenate([(pairs.frame["label"] == "1").to_numpy() for pairs in (real, *made)])
    weights = weights_of(x, y, sample_weights(real.frame["source"].to_numpy(), made), names)
    inputs = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in (chosen.pairs, chosen.train_set)
    }
    count = sum(len(pairs.left) for pairs in made)
    content = {
        "version": "matching-2",
        "threshold": THRESHOLD,
        "intercept": round(weights.intercept, 5),
        "weights": {name: round(weight, 5) for name, weight in weights.weights.items()},
        "trained_on": {"real_pairs": len(real.left), "made_pairs": count, "inputs": inputs},
    }
    chosen.output.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{chosen.output}: {len(names)} weights from {len(real.left)} real and {count} made pairs")


if __name__ == "__main__":
    main()
