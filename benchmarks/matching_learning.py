"""What learning from decisions is worth: weights that never saw a kind of list, before and after its own decisions.

usage: python benchmarks/matching_learning.py PAIRS.csv TRAIN_SET.parquet
Weights are trained without some sources of the labelled pairs; then `prasan.matching.learning` learns from the
decisions of these sources and is measured on those it did not see, connected records together. Beside it, how it goes
with a firmer and a looser belief in the weights it began from (REACH); the one in use was chosen here.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from matching_data import features_of, read_labelled
from prasan.matching import DecidedPairs, Weights, learning
from train_matching import made_pairs, matrix, sample_weights, taken_off, trained, truth_of

KINDS = {
    "a local plan": ("lao_plan_nakhonsawan",),
    "budget books": (
        "integrated_same_name_other_agency", "integrated_vs_ministry_volume", "cross_year_programme_2565_2568",
        "cross_year_obligated",
    ),
    "a local plan, and programmes of one name": (
        "lao_plan_nakhonsawan", "integrated_same_name_other_agency", "cross_year_programme_2565_2568",
        "cross_year_obligated",
    ),
}  # fmt: skip
REACHES = (0.1, 0.25, 0.5, 1.0)


def measured_reach(decided: DecidedPairs, base: Weights, reach: float) -> learning.LearningReport:
    """The report of learning with this reach."""
    used, learning.REACH = learning.REACH, reach
    try:
        return learning.learn(decided, label="bench", base=base).report
    finally:
        learning.REACH = used


def line(name: str, quality: learning.Quality) -> None:
    """One line of figures."""
    print(
        f"  {name:<28} log-loss {quality.log_loss:.3f}  Brier {quality.brier:.4f}  "
        f"P {quality.precision:.3f}  R {quality.recall:.3f}  F1 {quality.f1:.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("train_set", type=Path)
    chosen = parser.parse_args()
    real, made = read_labelled(chosen.pairs), made_pairs(chosen.train_set)
    x, truth, names = matrix(features_of(real)), truth_of(real), sorted(features_of(real))
    extra = np.vstack([matrix(features_of(pairs)) for pairs in made])
    extra_truth = np.concatenate([truth_of(pairs) for pairs in made])
    sources = real.frame["source"].to_numpy()
    for title, kinds in KINDS.items():
        theirs = real.frame["source"].is_in(kinds)
        rest = np.flatnonzero(~theirs.to_numpy())
        weight = sample_weights(sources[rest], made)
        base = trained(np.vstack([x[rest], extra]), np.concatenate([truth[rest], extra_truth]), weight, names)
        base = replace(base, ruled_out=taken_off(real, rest, made))
        rows = np.flatnonzero(theirs.to_numpy())
        frame = real.frame.filter(theirs)
        answers = tuple("SAME" if one else "DIFFERENT" for one in truth[rows])
        decided = DecidedPairs(
            real.records, real.left[rows], real.right[rows], answers, tuple(frame["group"].cast(pl.String))
        )
        reports = {reach: measured_reach(decided, base, reach) for reach in REACHES}
        print(f"\n{title}: {len(rows)} decided pairs, {sum(truth[rows])} the same, {len(set(decided.sets))} sets")
        line("never seen", reports[learning.REACH].before)
        for reach, report in reports.items():
            line(f"learnt, reach {reach}{' (in use)' if reach == learning.REACH else ''}", report.after)


if __name__ == "__main__":
    main()
