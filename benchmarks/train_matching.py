"""Train the weights of the matching engine from labelled pairs and a generated set with known truth.

usage: python benchmarks/train_matching.py PAIRS.csv TRAIN_SET.parquet -o src/prasan/matching/data/weights-3.json
The OCR source, which can only say "same", and the made pairs are weighed down by the shares below.
"""

import argparse
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from scipy.optimize import minimize_scalar
from sklearn.model_selection import GroupKFold

from made_projects import made_projects, village_lists
from matching_data import OCR, LabelledPairs, features_of, free_of, pairs_of_set, read_labelled, read_set
from prasan.matching import Weights
from prasan.matching.fitting import Pull, fit
from prasan.matching.learning import RULED_OUT

VERSION = "matching-3"
THRESHOLD = 0.5
OCR_SHARE = 0.5
PLAN_WEIGHT = 3.0  # pairs of a real local plan: the kind of list that officers bring, and the fewest
# Works all over the country, lists of whole villages. More than half of the made pairs are the same work, as their
# maker wills; of real lists one in ten. Made pairs that weigh as much as real ones make the engine say too much.
MADE_SHARES = (0.7, 0.3)
STRENGTH = 1.0  # inverse of the penalty


def matrix(features: dict[str, np.ndarray]) -> np.ndarray:
    """Features as columns, in the order of their names."""
    return np.column_stack([features[name] for name in sorted(features)])


def with_wider_amounts(table: pl.DataFrame, truth: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
    """Half of the amounts changed by up to a few times: real partners ask for other sums than made ones do."""
    luck = np.random.default_rng(1)
    factor = np.where(luck.random(table.height) < 0.5, np.exp(luck.normal(0, 0.4, table.height)), 1.0)
    return table.with_columns((pl.col("amount_thb") * pl.Series(factor)).round(0)), truth


def trained(x: np.ndarray, y: np.ndarray, weight: np.ndarray, names: list[str]) -> Weights:
    """Fitted weights in the form that the engine takes; what a rule takes off is not in them yet."""
    mean = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weight))
    spread[spread < 1e-9] = 1.0
    pull = Pull(np.zeros(len(names) + 1), np.concatenate([[0.0], spread**2 / STRENGTH]))
    intercept, *fitted = fit(x, y, weight, names, pull).tolist()
    spreads = dict(zip(names, spread.tolist(), strict=True)) | {RULED_OUT: 0.5}
    return Weights(VERSION, intercept, dict(zip(names, fitted, strict=True)), THRESHOLD, spreads=spreads)


def taken_off(real: LabelledPairs, rows: np.ndarray, made: list[LabelledPairs], folds: int = 5) -> float:
    """What a rule against a pair takes off its log-odds, learnt on real pairs that the weights did not see."""
    x, truth, features = matrix(features_of(real)), truth_of(real), features_of(real)
    extra = np.vstack([matrix(features_of(pairs)) for pairs in made])
    extra_truth = np.concatenate([truth_of(pairs) for pairs in made])
    sources, groups = real.frame["source"].to_numpy(), real.frame["group"].to_numpy()
    odds = np.zeros(len(rows))
    for seen, held in GroupKFold(folds).split(rows, groups=groups[rows]):
        some = rows[seen]
        weights = trained(
            np.vstack([x[some], extra]), np.concatenate([truth[some], extra_truth]),
            sample_weights(sources[some], made), sorted(features),
        )  # fmt: skip
        odds[held] = weights.intercept + x[rows[held]] @ np.array([weights.weights[name] for name in sorted(features)])
    against = ~free_of(real)[rows]
    side, weight = np.where(truth[rows], 1.0, -1.0)[against], sample_weights(sources[rows][against], [])

    def loss(off: float) -> float:
        return float((weight * np.logaddexp(0, -side * (odds[against] + off))).sum() + off**2 / (2 * STRENGTH))

    return float(minimize_scalar(loss, bounds=(-20, 0), method="bounded").x)


def truth_of(pairs: LabelledPairs) -> np.ndarray:
    """Which pairs are the same work."""
    return (pairs.frame["label"] == "1").to_numpy()


def sample_weights(sources: np.ndarray, made: list[LabelledPairs]) -> np.ndarray:
    """Real pairs 1 each (OCR OCR_SHARE, local plans PLAN_WEIGHT); a made set as a whole its share of all real pairs."""
    plans = np.char.startswith(sources.astype(str), "lao_plan")
    real = np.where(sources == OCR, OCR_SHARE, np.where(plans, PLAN_WEIGHT, 1.0))
    shares = zip(made, MADE_SHARES, strict=False)
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
    y = np.concatenate([truth_of(pairs) for pairs in (real, *made)])
    weights = trained(x, y, sample_weights(real.frame["source"].to_numpy(), made), names)
    weights = replace(weights, ruled_out=taken_off(real, np.arange(len(real.left)), made))
    inputs = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in (chosen.pairs, chosen.train_set)
    }
    count = sum(len(pairs.left) for pairs in made)
    content = weights.content() | {"trained_on": {"real_pairs": len(real.left), "made_pairs": count, "inputs": inputs}}
    chosen.output.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{chosen.output}: {len(names)} weights from {len(real.left)} real and {count} made pairs")


if __name__ == "__main__":
    main()
