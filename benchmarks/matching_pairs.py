"""Precision, recall, F1 and AUC of the matching engine on labelled pairs and on made sets, beside plain similarity.

usage: python benchmarks/matching_pairs.py [--pairs dup_pairs_dev.csv] [--set made.parquet …] [--made 4000]
Labelled pairs: cross-validation in which connected records never stand on both sides; and each source left out
whole. The OCR source is reported apart. Plain similarity gets the best threshold that exists for it, so it is not
treated unfairly. Without files only a small set made here is measured.
"""

import argparse
import platform
import resource
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from rapidfuzz import fuzz, process
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from calibration_curve import Bin, drawn
from made_projects import made_projects, village_lists
from matching_data import OCR, LabelledPairs, features_of, read_labelled, read_set
from prasan.matching import match_table, score_rows
from train_matching import made_pairs, matrix, sample_weights, taken_off, trained, truth_of

FOLDS, DEALS = 5, 8
BOUNDS = (0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.01)


def rates(truth: np.ndarray, said: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    hit = float((truth & said).sum())
    precision, recall = hit / max(said.sum(), 1), hit / max(truth.sum(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def line(name: str, truth: np.ndarray, score: np.ndarray, said: np.ndarray) -> None:
    """One line of figures; `said` is the decision, `score` what it was ranked by."""
    auc = f"{roc_auc_score(truth, score):.3f}" if 0 < truth.sum() < len(truth) else "  -  "
    precision, recall, f1 = rates(truth, said)
    wrong = f"missed {(truth & ~said).sum():>3}  wrongly {(~truth & said).sum():>3}"
    figures = f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  AUC {auc}" if truth.any() else ""
    print(f"  {name:<34} n={len(truth):>5} same={truth.sum():>4}  {wrong}  {figures}")


def best_threshold(truth: np.ndarray, score: np.ndarray) -> float:
    """The threshold with the best F1 on these very pairs (a gift to the peer)."""
    return max(np.unique(np.round(score, 2)), key=lambda at: rates(truth, score >= at)[2])


def held_out(
    real: LabelledPairs, groups: np.ndarray, folds: int, made: list[LabelledPairs], *, dice: int | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Probability and "duplicate" of each real pair, by weights that never saw its group (made pairs always seen).

    With `dice` the groups are dealt out by chance, and the probability lacks what a rule takes off: verdicts do not
    depend on it.
    """
    features, sources = features_of(real), real.frame["source"].to_numpy()
    x, y = matrix(features), truth_of(real)
    extra = np.vstack([matrix(features_of(pairs)) for pairs in made])
    extra_truth = np.concatenate([truth_of(pairs) for pairs in made])
    probability, said = np.zeros(len(y)), np.zeros(len(y), bool)
    for train, test in GroupKFold(folds, shuffle=dice is not None, random_state=dice).split(x, y, groups):
        weight = sample_weights(sources[train], made)
        both, truth = np.vstack([x[train], extra]), np.concatenate([y[train], extra_truth])
        weights = trained(both, truth, weight, sorted(features))
        if dice is None:
            weights = replace(weights, ruled_out=taken_off(real, train, made))
        scored = score_rows(real.records, real.left[test], real.right[test], weights)
        probability[test] = scored["probability"].to_numpy()
        said[test] = (scored["verdict"] == "duplicate").fill_null(False).to_numpy()
    return probability, said


def by_source(title: str, real: LabelledPairs, score: np.ndarray, said: np.ndarray) -> None:
    """Figures for each source, all without OCR, and OCR."""
    print(f"\n{title}")
    truth, sources = truth_of(real), real.frame["source"].to_numpy()
    for source in sorted(set(sources)):
        line(source, truth[sources == source], score[sources == source], said[sources == source])
    line("ALL WITHOUT OCR", truth[sources != OCR], score[sources != OCR], said[sources != OCR])


def calibration(title: str, truth: np.ndarray, score: np.ndarray) -> list[Bin]:
    """Said probability beside the share that was the same: by bin, with the mean distance (ECE) and the Brier score."""
    bins = [
        Bin(float(score[inside].mean()), float(truth[inside].mean()), int(inside.sum()))
        for low, high in pairwise(BOUNDS)
        if (inside := (score >= low) & (score < high)).any()
    ]
    distance = sum(abs(one.said - one.was) * one.pairs for one in bins) / len(truth)
    print(f"\ncalibration {title}: ECE {distance:.4f}  Brier {np.mean((score - truth) ** 2):.4f}")
    for one in bins:
        low, high = one.likely()
        print(f"  said {one.said:.2f}  was {one.was:.2f}  ({one.pairs} pairs, likely {low:.2f}-{high:.2f})")
    return bins


def labelled(path: Path, made: list[LabelledPairs], curve: Path | None) -> None:
    """All figures on the labelled pairs."""
    real = read_labelled(path)
    whole = real.records.arrays.whole
    texts = [bytes(whole.codes[start:end]) for start, end in zip(whole.ends[:-1], whole.ends[1:], strict=True)]
    sides = [[texts[row] for row in rows] for rows in (real.left, real.right)]
    ratio = np.asarray(process.cpdist(*sides, scorer=fuzz.ratio))
    sim = real.frame["sim"].cast(pl.Float64).to_numpy()
    truth, keep = truth_of(real), (real.frame["source"] != OCR).to_numpy()
    groups, sources = real.frame["group"].to_numpy(), real.frame["source"].to_numpy()
    for name, plain in (("plain: column sim", sim), ("plain: rapidfuzz ratio of skeletons", ratio)):
        at = best_threshold(truth[keep], plain[keep])
        by_source(f"{name}, best threshold for it ({at:.0f})", real, plain, plain >= at)
    score, said = held_out(real, groups, FOLDS, made)
    by_source(f"prasan, {FOLDS}-fold cross-validation grouped by connected records", real, score, said)
    dealt = [rates(truth[keep], held_out(real, groups, FOLDS, made, dice=dice)[1][keep])[2] for dice in range(DEALS)]
    spread = f"F1 without OCR mean {np.mean(dealt):.3f}, {min(dealt):.3f} to {max(dealt):.3f}"
    print(f"  the same with the groups dealt to the folds by chance, {DEALS} times: {spread}")
    bins = calibration("of real pairs without OCR", truth[keep], score[keep])
    calibration("of all real pairs", truth, score)
    if curve:
        curve.write_text(drawn(bins), encoding="utf-8")
    apart = held_out(real, np.unique(sources, return_inverse=True)[1], len(set(sources)), made)
    by_source("prasan, each source left out whole", real, *apart)


def made_set(name: str, table: pl.DataFrame, truth: pl.Series) -> None:
    """Figures of match_table end to end on a set with known truth."""
    start = time.perf_counter()
    found = match_table(table)
    seconds = time.perf_counter() - start
    ordered = table.with_columns(truth.alias("truth")).sort("id")
    entity = dict(zip(ordered["id"].to_list(), ordered["truth"].to_list(), strict=True))
    same = np.array([entity[a] == entity[b] for a, b in found.select("id_a", "id_b").iter_rows()], dtype=bool)
    true_pairs = sum(n * (n - 1) // 2 for n in truth.value_counts()["count"].to_list())
    said = (found["verdict"] == "duplicate").to_numpy()
    precision, recall = (same & said).sum() / max(said.sum(), 1), (same & said).sum() / max(true_pairs, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmade set {name}: {table.height} records, {true_pairs} true pairs, {seconds:.1f} s, peak {peak:.0f} MiB")
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"  verdict duplicate: P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    counts = found.group_by("verdict").len().sort("verdict").rows()
    print(f"  verdicts: {', '.join(f'{verdict} {count}' for verdict, count in counts)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--set", type=Path, action="append", default=[], dest="sets")
    parser.add_argument("--train-set", type=Path, help="made set whose pairs join the training folds")
    parser.add_argument("--curve", type=Path, help="SVG file for the curve of calibration without OCR")
    parser.add_argument("--made", type=int, default=4000)
    chosen = parser.parse_args()
    print(f"Python {platform.python_version()}, polars {pl.__version__}, {platform.machine()}")
    if chosen.pairs:
        labelled(chosen.pairs, made_pairs(chosen.train_set), chosen.curve)
    made_set("made here", *made_projects(chosen.made, seed=2))
    made_set("village lists made here", *village_lists(chosen.made, seed=2))
    for path in chosen.sets:
        made_set(path.name, *read_set(path))


if __name__ == "__main__":
    main()
