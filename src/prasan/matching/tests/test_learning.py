"""Learning from decisions: signs stay, order does not matter, the score follows, and nobody is made worse off."""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from prasan.matching import DecidedPairs, UnableToLearn, learn, load_weights, score_rows
from prasan.matching.decided_files import read_decided
from prasan.matching.files import UnableToReadTable
from prasan.matching.fitting import Pull, fit, sign_of
from prasan.matching.learning import FOLDS, connected, folds_of, quality
from prasan.matching.scoring import UnableToReadWeights, read_weights, weights_of
from prasan.matching.tests.made_decisions import decisions, lines

Decision = tuple[str, str, str]


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    return lines(60)


def learnt_from(table: pl.DataFrame, pairs: list[Decision]):
    return learn(DecidedPairs.of(table, pairs), label="46")


def test_the_likeliest_weights_are_found_and_a_bound_holds_what_would_turn_round():
    luck = np.random.default_rng(3)
    x, names = luck.normal(size=(400, 3)), ["core", "moo_different", "length"]
    same = luck.random(400) < 1 / (1 + np.exp(-(x @ [1.0, 1.5, -2.0])))
    pull = Pull(np.array([0.0, 0.5, -0.3, 0.0]), np.full(4, 2.0))
    at = fit(x, same, np.ones(400), names, pull)
    doubt = 1 / (1 + np.exp(np.column_stack([np.ones(400), x]) @ at * np.where(same, 1, -1)))
    slope = -np.column_stack([np.ones(400), x]).T @ (np.where(same, 1, -1) * doubt) + 2.0 * (at - pull.towards)
    assert at[2] == 0.0  # the pairs speak for it, its name may only speak against
    assert slope[2] < 0
    assert np.abs(slope[[0, 1, 3]]).max() < 1e-6


def test_every_weight_keeps_the_sign_of_its_name(table: pl.DataFrame):
    weights = learnt_from(table, decisions(table)).weights
    assert weights.weights.keys() == load_weights().weights.keys()
    assert [name for name, weight in weights.weights.items() if weight * sign_of(name) < 0] == []
    assert weights.ruled_out <= 0


def test_the_same_decisions_in_any_order_give_the_same_weights(table: pl.DataFrame):
    pairs = decisions(table)
    first = learnt_from(table, pairs)
    for seed in (1, 2):
        luck = random.Random(seed)
        mixed = [(b, a, answer) if luck.random() < 0.5 else (a, b, answer) for a, b, answer in pairs]
        luck.shuffle(mixed)
        assert learnt_from(table.sample(fraction=1, shuffle=True, seed=seed), mixed) == first


def test_the_score_moves_towards_what_was_decided_and_is_measured_on_decisions_held_out(table: pl.DataFrame):
    pairs = decisions(table)
    decided = DecidedPairs.of(table, pairs)
    learnt = learn(decided, label="46")
    before, after = (
        score_rows(decided.records, decided.left, decided.right, weights)["probability"].to_numpy()
        for weights in (load_weights(), learnt.weights)
    )
    different = ~decided.same()
    assert after[different].mean() < before[different].mean() - 0.2
    report = learnt.report
    assert report.helps
    assert report.after.log_loss < report.before.log_loss
    assert report.after.f1 > report.before.f1
    assert (report.pairs, report.answers["SAME"], report.answers["DIFFERENT"]) == (len(pairs), 60, 60)
    assert learnt.weights.version.startswith("matching-3-46-")
    assert learnt.weights.base == report.base == "matching-3"


def test_decisions_by_dice_do_not_help_and_the_report_says_so(table: pl.DataFrame):
    luck = random.Random(5)
    pairs = [(a, b, luck.choice(("SAME", "DIFFERENT"))) for a, b, _ in decisions(table)]
    fair = replace(load_weights(), intercept=0.0, weights=dict.fromkeys(load_weights().weights, 0.0))
    report = learn(DecidedPairs.of(table, pairs), label="46", base=fair).report
    assert report.helps is False
    assert report.after.log_loss >= report.before.log_loss


def test_connected_records_are_never_on_both_sides():
    sets = connected([("d", "c"), ("a", "b"), ("x", "y"), ("b", "c")])
    assert sets == ["a", "a", "x", "a"]
    sets = [f"set {number // 4:02}" for number in range(80)]
    folds = folds_of(sets, np.arange(80) % 8 == 0)
    assert all(len(set(folds[start : start + 4])) == 1 for start in range(0, 80, 4))
    assert np.bincount(folds).tolist() == [80 // FOLDS] * FOLDS


@pytest.mark.parametrize(("same", "other"), [(39, 0), (9, 60), (60, 9)])
def test_too_few_decisions_are_refused_with_what_is_missing(table: pl.DataFrame, same: int, other: int):
    pairs = decisions(table)
    chosen = [p for p in pairs if p[2] == "SAME"][:same] + [p for p in pairs if p[2] != "SAME"][:other]
    with pytest.raises(UnableToLearn) as refused:
        learnt_from(table, chosen)
    assert refused.value.code == "too_few"
    assert f"มี {same + other} คู่ (โครงการเดียวกัน {same} ไม่ใช่ {other})" in refused.value.message_th
    assert "At least 40 are needed" in refused.value.message_en


def test_an_answer_nobody_may_give_and_a_record_nobody_knows_are_refused(table: pl.DataFrame):
    a, b, _ = decisions(table)[0]
    for pair, code in (((a, b, "MAYBE"), "unknown_answer"), ((a, "nobody", "SAME"), "unknown_record")):
        with pytest.raises(UnableToLearn) as refused:
            DecidedPairs.of(table, [pair])
        assert refused.value.code == code


def test_quality_is_of_probabilities_and_of_the_verdict():
    same, said = np.array([True, True, False, False]), np.array([True, False, True, False])
    got = quality(same, np.array([1.0, 0.5, 0.5, 0.0]), said)
    assert (got.precision, got.recall, got.f1, got.brier) == (0.5, 0.5, 0.5, 0.125)
    assert got.log_loss == pytest.approx((2 * np.log(2) - 2 * np.log(0.999)) / 4, abs=1e-5)


def test_a_rule_against_a_pair_counts_in_its_probability(table: pl.DataFrame):
    apart = pl.DataFrame({
        "id": ["1", "2"], "name": [f"ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายหนองบัว ระยะที่ {phase}" for phase in (1, 2)],
        "owner": ["อบต.แม่ใส"] * 2, "subdistrict": ["แม่ใส"] * 2, "district": ["เมือง"] * 2, "province": ["พะเยา"] * 2,
        "amount_thb": [500_000] * 2, "fiscal_year": [2568] * 2,
    })  # fmt: skip
    decided = DecidedPairs.of(apart, [("1", "2", "OVERLAP")])
    strict, mild = (
        score_rows(decided.records, decided.left, decided.right, replace(load_weights(), ruled_out=off))
        for off in (-4.0, 0.0)
    )
    assert strict["verdict"].to_list() == mild["verdict"].to_list() == ["overlap"]
    assert strict["probability"][0] < mild["probability"][0] < 0.5


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    pl.DataFrame(rows).write_csv(path)
    return path


def test_decided_pairs_are_read_from_a_file_and_teach_the_same(table: pl.DataFrame, tmp_path: Path):
    by_id = {row["id"]: row for row in table.iter_rows(named=True)}
    heads = ("name", "owner", "province", "district", "subdistrict", "amount_thb", "fiscal_year")
    pairs = decisions(table)
    rows = [
        {"decision": answer.lower(), **{f"{s}_ref": one for s, one in (("a", a), ("b", b))},
         **{f"{s}_{head}": by_id[one][head] for s, one in (("a", a), ("b", b)) for head in heads}}
        for a, b, answer in pairs
    ]  # fmt: skip
    decided, undecided = read_decided(written(tmp_path / "decided.csv", [*rows, {**rows[0], "decision": "U"}]))
    assert (len(decided.answers), undecided) == (len(pairs), 1)
    assert sorted(set(decided.sets)) == sorted(set(DecidedPairs.of(table, pairs).sets))
    assert learn(decided, label="46") == learnt_from(table, pairs)


@pytest.mark.parametrize(
    ("name", "rows", "code"),
    [
        ("a.csv", [{"a_name": "ถนน", "b_name": "ถนน"}], "missing_column"),
        ("a.csv", [{"label": "1", "a_text": "ถนน"}], "missing_column"),
        ("a.csv", [{"label": "7", "a_text": "ถนน", "b_text": "ถนน"}], "unknown_answer"),
        ("a.txt", [{"label": "1"}], "unknown_format"),
    ],
)
def test_a_file_without_decided_pairs_is_refused(name: str, rows: list[dict[str, object]], code: str, tmp_path: Path):
    with pytest.raises((UnableToLearn, UnableToReadTable)) as refused:
        read_decided(written(tmp_path / name, rows))
    assert refused.value.code == code


def test_weights_are_read_back_as_they_were_written_and_foreign_ones_are_refused(table: pl.DataFrame, tmp_path: Path):
    weights = learnt_from(table, decisions(table)).weights
    assert weights_of(weights.content()) == weights
    for text, code in (("[]", "not_weights"), ("{", "not_weights")):
        (tmp_path / "w.json").write_text(text, encoding="utf-8")
        with pytest.raises(UnableToReadWeights) as refused:
            read_weights(tmp_path / "w.json")
        assert refused.value.code == code
    for other in (replace(weights, base="matching-1"), replace(weights, weights={"core": 1.0})):
        (tmp_path / "w.json").write_text(json.dumps(other.content()), encoding="utf-8")
        with pytest.raises(UnableToReadWeights) as refused:
            read_weights(tmp_path / "w.json")
        assert refused.value.code == "other_features"
