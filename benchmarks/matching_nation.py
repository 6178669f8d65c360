"""A million records matched with themselves, end to end from the file, beside Splink's predict step on the same set.

usage: python benchmarks/matching_nation.py SET.parquet [--train-set TRAIN.parquet] [--limit 0.8]
The set has the columns of the generated sets (rid, name, agency, prov, amphoe, tambon, amount, year, ent). Each of the
two runs in a process of its own. Splink gets what is generous to it: columns already read and cleaned by our own
engine, letters in one byte each, its m and u counted from the labels of the training set's blocked pairs, the
threshold with the best F1 there; only its predict step is timed. Ours is timed from the file to the verdicts, once
without and once with the reasons in words. Needs the dependency group `peers` and, for Splink, a training set.
"""

import argparse
import itertools
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from matching_data import read_set
from prasan.matching import match_table
from prasan.matching.table import Records

Chances = dict[str, list[tuple[float, float]]]  # m and u of each level

LEVELS: dict[str, list[str]] = {
    "core": [f'jaro_winkler_similarity("core_l", "core_r") >= {least}' for least in (0.97, 0.94, 0.9, 0.85, 0.8)],
    **{name: [f'"{name}_l" = "{name}_r"'] for name in ("subdistrict", "moo", "road", "km", "village", "numbers")},
    **{name: [f'"{name}_l" = "{name}_r"'] for name in ("text_year", "year", "owner")},
    "amount": ['"amount_l" = "amount_r"', *(f'abs(ln("amount_l") - ln("amount_r")) < {gap}' for gap in (0.12, 0.5))],
}
SAME_PLACE = 'l."subdistrict" = r."subdistrict" AND l."province" = r."province"'
RULES = (
    f'{SAME_PLACE} AND substr(l."core", 1, 6) = substr(r."core", 1, 6)',
    f'{SAME_PLACE} AND substr(l."core", -8) = substr(r."core", -8)',
    f'{SAME_PLACE} AND l."amount" = r."amount"',
    'l."district" = r."district" AND l."province" = r."province" AND substr(l."core", 1, 12) = substr(r."core", 1, 12)',
    'l."province" = r."province" AND substr(l."core", 1, 20) = substr(r."core", 1, 20)',
    'l."province" = r."province" AND l."amount" = r."amount" AND substr(l."core", 1, 4) = substr(r."core", 1, 4)',
    'l."core" = r."core" AND l."amount" = r."amount"',
)


def true_pairs(truth: np.ndarray) -> int:
    """How many pairs of records describe one work."""
    sizes = np.unique(truth, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def f1_of(hit: int, said: int, true: int) -> dict[str, float]:
    return {"P": hit / max(said, 1), "R": hit / max(true, 1), "F1": 2 * hit / max(said + true, 1)}


def peak_gib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def run_prasan(path: Path, explain: bool) -> dict[str, float]:
    """File to verdicts; the compiled code is loaded before, as in a process that has matched something."""
    match_table(pl.DataFrame({"id": [1, 2], "name": ["ก่อสร้างถนน", "ก่อสร้างถนน คสล."]}))
    start = time.perf_counter()
    table, truth = read_set(path)
    found = match_table(table, explain=explain)
    seconds = time.perf_counter() - start
    entity = np.empty(int(table["id"].max()) + 1, np.int64)
    entity[table["id"].to_numpy()] = truth.to_numpy()
    said = found.filter(pl.col("verdict") == "duplicate")
    hit = int((entity[said["id_a"].to_numpy()] == entity[said["id_b"].to_numpy()]).sum())
    rates = f1_of(hit, said.height, true_pairs(truth.to_numpy()))
    return {"records": table.height, "seconds": seconds, "pairs": found.height, "GiB": peak_gib(), **rates}


def prepare(path: Path, out: Path) -> None:
    """Columns for Splink: what our engine reads from the lines, one byte a letter."""
    table, truth = read_set(path)
    records = Records.of(table, threads=2)
    letters, ends = records.arrays.core.codes, records.arrays.core.ends
    readable = bytes(33 + code % 90 for code in range(256))
    core = [bytes(letters[a:b]).translate(readable).decode() for a, b in itertools.pairwise(ends)]
    said = {name: pl.col(f"{name}_key").replace("", None) for name in ("subdistrict", "district", "province")}
    columns = pl.DataFrame({"id": records.ids, **records.said}).select(
        "amount",
        unique_id="id",
        moo=pl.when(pl.col("moo_mask") > 0).then("moo_mask"),
        text_year=pl.when(pl.col("text_years") > 0).then("text_years"),
        year="years",
        **said,
        **{name: pl.col(name).list.first() for name in ("road", "km", "village")},
        numbers=pl.when(pl.col("numbers").list.len() > 0).then(pl.col("numbers").list.join(" ")),
    )
    owner = pl.Series("owner", records.arrays.owner_number)
    columns.with_columns(owner, pl.Series("core", core), truth.alias("ent")).write_parquet(out)


def comparison(name: str, chances: list[tuple[float, float]] | None) -> dict[str, Any]:
    """One comparison of Splink's settings, with its m and u where they are known."""
    nothing = f'"{name}_l" IS NULL OR "{name}_r" IS NULL'
    levels: list[dict[str, Any]] = [{"sql_condition": nothing, "label_for_charts": "null", "is_null_level": True}]
    for number, condition in enumerate([*LEVELS[name], "ELSE"]):
        levels.append({"sql_condition": condition, "label_for_charts": condition[:40]})
        if chances:
            levels[-1]["m_probability"], levels[-1]["u_probability"] = chances[number]
    return {"output_column_name": name, "comparison_levels": levels}


def predict(
    path: Path, chances: dict[str, list[tuple[float, float]]], prior: float, keep: bool
) -> tuple[Any, str, float]:
    """Run Splink's predict on a prepared file: connection, name of the table of pairs, seconds."""
    import duckdb
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    connection = duckdb.connect()
    connection.execute(f"SET threads = {os.cpu_count()}")
    connection.execute(f"CREATE TABLE records AS SELECT * FROM read_parquet('{path}')")
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[comparison(name, chances.get(name)) for name in LEVELS],
        blocking_rules_to_generate_predictions=list(RULES),
        probability_two_random_records_match=prior,
        retain_matching_columns=keep,
        retain_intermediate_calculation_columns=keep,
        additional_columns_to_retain=["ent"],
    )
    linker = Linker(DuckDBAPI(connection=connection).register(connection.table("records")), settings, log_level=40)
    start = time.perf_counter()
    pairs = linker.inference.predict(**({} if keep or not chances else {"threshold_match_probability": 0.01}))
    connection.execute(f"SELECT count(*) FROM {pairs.physical_name}").fetchone()
    return connection, pairs.physical_name, time.perf_counter() - start


def learn(train: Path) -> tuple[Chances, float, float]:
    """Splink's m and u from the labels of blocked pairs, the share that is the same, and the best threshold."""
    even = {name: [(0.5, 0.5)] * (len(levels) + 1) for name, levels in LEVELS.items()}
    connection, name, _ = predict(train, even, 0.5, keep=True)
    pairs = pl.DataFrame(connection.execute(f"SELECT * FROM {name}").fetchnumpy())
    same = (pairs["ent_l"] == pairs["ent_r"]).to_numpy()
    chances = {}
    for column, levels in LEVELS.items():
        gamma, last = pairs[f"gamma_{column}"].to_numpy(), len(levels)
        known = [max(int(((gamma >= 0) & side).sum()), 1) for side in (same, ~same)]
        chances[column] = [
            (
                ((((gamma == value) & same).sum()) + 0.5) / known[0],
                ((((gamma == value) & ~same).sum()) + 0.5) / known[1],
            )
            for value in range(last, -1, -1)
        ]
    prior = float(same.mean())
    connection, name, _ = predict(train, chances, prior, keep=False)
    rows = f"SELECT match_probability p, ent_l = ent_r same FROM {name} ORDER BY p DESC"
    found = pl.DataFrame(connection.execute(rows).fetchnumpy())
    truth = pl.read_parquet(train)["ent"].to_numpy()
    hits = found["same"].to_numpy().cumsum()
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + true_pairs(truth))
    return chances, prior, float(found["p"][int(f1.argmax())])


def run_splink(path: Path, train: Path) -> dict[str, float]:
    """Splink's predict step, with what it learnt from the training set."""
    chances, prior, threshold = learn(train)
    connection, name, seconds = predict(path, chances, prior, keep=False)
    rows = f"SELECT count(*), sum((ent_l = ent_r)::INT) FROM {name} WHERE match_probability >= {threshold}"
    said, hit = connection.execute(rows).fetchone()
    truth = pl.read_parquet(path)["ent"].to_numpy()
    return {"records": len(truth), "seconds": seconds, "GiB": peak_gib(), **f1_of(hit, said, true_pairs(truth))}


def apart(*words: str) -> dict[str, float]:
    """One part of this benchmark in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    answer: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def told(name: str, figures: dict[str, float]) -> None:
    rates = "  ".join(f"{rate} {figures[rate]:.4f}" for rate in ("P", "R", "F1"))
    print(f"  {name:<44} {figures['seconds']:7.2f} s  {figures['GiB']:.2f} GiB  {rates}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--train-set", type=Path)
    parser.add_argument("--limit", type=float, default=0.8)
    parser.add_argument("--part", choices=("plain", "explained", "prepare", "splink"), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.part == "prepare":
        prepare(chosen.set, chosen.out)
        print("{}")
    elif chosen.part == "splink":
        print(json.dumps(run_splink(chosen.set, chosen.train_set)))
    elif chosen.part:
        print(json.dumps(run_prasan(chosen.set, explain=chosen.part == "explained")))
    else:
        compare(chosen)


def compare(chosen: argparse.Namespace) -> None:
    """Ours, Splink, ours with reasons, one after another, and the ratio."""
    print(
        f"Python {platform.python_version()}, polars {pl.__version__}, numba {version('numba')}, {os.cpu_count()} cores"
    )
    ours = apart(str(chosen.set), "--part", "plain")
    print(f"{ours['records']:,.0f} records, {ours['pairs']:,.0f} pairs found")
    told("prasan, file to verdicts", ours)
    told("prasan, file to verdicts and reasons", apart(str(chosen.set), "--part", "explained"))
    if not chosen.train_set:
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, path in (("set", chosen.set), ("train", chosen.train_set)):
            apart(str(path), "--part", "prepare", "--out", f"{folder}/{name}.parquet")
        splink = apart(f"{folder}/set.parquet", "--train-set", f"{folder}/train.parquet", "--part", "splink")
    told(f"Splink {version('splink')} on DuckDB {version('duckdb')}, predict only", splink)
    again = apart(str(chosen.set), "--part", "plain")
    told("prasan, file to verdicts, again", again)
    ratio = min(ours["seconds"], again["seconds"]) / splink["seconds"]
    print(f"ratio {ratio:.2f} of Splink's predict, limit {chosen.limit}; F1 higher by {ours['F1'] - splink['F1']:.3f}")
    if ratio > chosen.limit:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
