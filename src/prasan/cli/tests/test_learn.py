"""`prasan learn` as an officer types it: of a province from integrate to integrate, of a file, and back."""

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from prasan import matching
from prasan.accounts.services import system_actor
from prasan.cli import integrate, learn, match
from prasan.cli.main import Doors
from prasan.exchange.templates import write_workbook
from prasan.exchange.testing import AT, operator, plan_sheet
from prasan.integration.models import LearntWeights, Pair
from prasan.integration.services import decide_pair
from prasan.journal import services as journal
from prasan.matching.tests.made_decisions import decisions, lines

HEADS = ("name", "owner", "province", "district", "subdistrict", "amount_thb", "fiscal_year")
DECIDED, WAITING = 22, 3


def run(command: object, *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


@pytest.fixture
def decided_file(tmp_path: Path) -> Path:
    table = lines(30)
    rows = {row["id"]: row for row in table.iter_rows(named=True)}
    pairs = [
        {"decision": answer}
        | {f"{side}_{head}": rows[one][head] for side, one in (("a", a), ("b", b)) for head in HEADS}
        for a, b, answer in decisions(table)
    ]
    path = tmp_path / "decided.csv"
    pl.DataFrame(pairs).write_csv(path)
    return path


def test_a_file_of_decided_pairs_gives_weights_that_match_takes(decided_file: Path, tmp_path: Path):
    weights = tmp_path / "mine.json"
    done = run(learn.command, decided_file, "-o", weights)
    assert done.exit_code == 0, done.output
    assert "เรียนรู้จากผลพิจารณา 60 คู่" in done.output
    assert "โครงการเดียวกัน 30 (same)" in done.output
    version = matching.read_weights(weights).version
    assert f"เขียน {version} แล้ว" in done.output
    table = tmp_path / "table.csv"
    lines(3).write_csv(table)
    usual = run(match.command, table, "-o", tmp_path / "usual.csv", "--json")
    own = run(match.command, table, "-o", tmp_path / "own.csv", "--weights", weights, "--json")
    assert json.loads(usual.output)["engine"] == "matching-3"
    assert json.loads(own.output)["engine"] == version
    assert json.loads(own.output)["verdicts"]["duplicate"] < json.loads(usual.output)["verdicts"]["duplicate"]


def test_a_dry_run_of_a_file_writes_nothing_and_speaks_to_programs(decided_file: Path, tmp_path: Path):
    done = run(learn.command, decided_file, "--dry-run", "--json")
    told = json.loads(done.output)
    assert (done.exit_code, told["helps"], told["output"], told["pairs"]) == (0, True, None, 60)
    assert told["after"]["log_loss"] < told["before"]["log_loss"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["decided.csv"]


def test_weights_that_do_not_help_are_not_written_unless_asked(
    decided_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(matching.Quality, "not_worse_than", lambda self, other: False)
    weights = tmp_path / "mine.json"
    refused = run(learn.command, decided_file, "-o", weights)
    assert (refused.exit_code, weights.exists()) == (1, False)
    assert "no better than matching-3" in refused.output
    assert run(learn.command, decided_file, "-o", weights, "--anyway").exit_code == 0
    assert matching.read_weights(weights).base == "matching-3"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "give a file, --province or --all"),
        (("{file}", "--province", "46", "-o", "{out}"), 2, "give a file, --province or --all"),
        (("{file}",), 2, "-o belongs to a file of pairs"),
        (("{file}", "-o", "{out}", "--shipped"), 2, "-o belongs to a file of pairs"),
        (("--all", "-o", "{out}"), 2, "-o belongs to a file of pairs"),
        (("nobody.csv", "-o", "{out}"), 2, "there is no file"),
        (("{few}", "-o", "{out}"), 1, "Too few decisions to learn from: 4 pairs"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(
    decided_file: Path, tmp_path: Path, words: tuple[str, ...], code: int, said: str
):
    few = tmp_path / "few.csv"
    pl.read_csv(decided_file, infer_schema_length=0).head(4).write_csv(few)
    out = tmp_path / "out.json"
    done = run(learn.command, *(word.format(file=decided_file, few=few, out=out) for word in words))
    assert (done.exit_code, out.exists()) == (code, False)
    assert said in done.output


def test_learning_from_a_file_needs_no_database():
    assert "learn" in Doors.pure


@pytest.fixture
def plan(tmp_path: Path, settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan whose roads are listed three times: twice as one work in other words, once to be mended."""
    settings.MEDIA_ROOT = tmp_path / "kept"
    monkeypatch.setattr("prasan.env.HOME", tmp_path)
    monkeypatch.setattr("prasan.cli.database.prepare", lambda: None)
    operator("46", "56")
    path = tmp_path / "แผน.xlsx"
    ways = ("ก่อสร้างถนนคอนกรีตเสริมเหล็ก สาย{}", "โครงการก่อสร้างถนน คสล. สาย{}", "ปรับปรุงถนนคอนกรีตเสริมเหล็ก สาย{}")
    roads = [f"{_name(moo)} หมู่ที่ {moo}" for moo in range(1, DECIDED + WAITING + 1)]
    write_workbook(path, [plan_sheet(*(way.format(road) for road in roads for way in ways))])
    return path


def _name(moo: int) -> str:
    return ("หนอง", "ห้วย", "ทุ่ง", "ดอน", "โคก")[moo % 5] + ("บัว", "ขาม", "ยาง", "ไผ่", "ทอง", "ใหญ่")[moo // 5]


def moo_of(name: str) -> int:
    return int(name.rpartition(" ")[2])


def scores() -> dict[tuple[int, int], tuple[str, float]]:
    """What waits, with the engine that found it and its probability."""
    return {(p.first_id, p.second_id): (p.engine, p.probability) for p in Pair.objects.filter(decision="WAITING")}


def integrated(plan: Path, out: Path) -> None:
    words = ("--province", "56", "--fiscal-year", "2569", "--out", out, "--json")
    done = run(integrate.command, plan, *words)
    assert done.exit_code == 0, done.output


@pytest.mark.django_db
def test_what_a_province_decided_changes_the_next_run_and_going_back_undoes_it(plan: Path, tmp_path: Path):
    integrated(plan, tmp_path / "out")
    assert {engine for engine, _ in scores().values()} == {"prasan.matching matching-3"}
    for pair in Pair.objects.select_related("first", "second").order_by("pk"):
        names = pair.first.name, pair.second.name
        if any(moo_of(name) > DECIDED for name in names):
            continue
        same = moo_of(names[0]) == moo_of(names[1]) and not any("ปรับปรุง" in name for name in names)
        answer = {"decision": "SAME", "kept": pair.first} if same else {"decision": "DIFFERENT"}
        decide_pair(pair=pair, reason="ดูแล้ว", actor=system_actor(), at=AT, **answer)
    # The run looks only at projects that stand, so what it says after the decisions is what to compare with.
    integrated(plan, tmp_path / "out")
    shipped = scores()
    assert len(shipped) >= WAITING

    dry = run(learn.command, "--province", "56", "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "nothing was changed" in dry.output
    assert not LearntWeights.objects.exists()

    done = run(learn.command, "--province", "56")
    assert done.exit_code == 0, done.output
    version = LearntWeights.objects.get().version
    assert f"the next prasan integrate uses {version}" in done.output
    assert "is in use already" in run(learn.command, "--province", "56").output
    assert scores() == shipped

    integrated(plan, tmp_path / "out")
    learnt = scores()
    assert {engine for engine, _ in learnt.values()} == {f"prasan.matching {version}"}
    moved = [pair for pair in shipped.keys() & learnt.keys() if learnt[pair][1] != shipped[pair][1]]
    assert len(moved) >= WAITING

    back = run(learn.command, "--province", "56", "--shipped", "--reason", "ลองดู")
    assert back.exit_code == 0, back.output
    assert "the next run uses matching-3 again" in back.output
    assert run(learn.command, "--province", "56", "--shipped").exit_code == 1
    integrated(plan, tmp_path / "out")
    assert scores() == shipped
    assert journal.verify_chain() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--province", "56"), 1, "Too few decisions to learn from: 0 pairs"),
        (("--all", "--json"), 1, "Too few decisions to learn from: 0 pairs"),
        (("--province", "5601"), 2, "5601 is no province"),
        (("--province", "56", "--shipped", "--reason", " "), 2, "Say why."),
        (("--all", "--shipped"), 1, "are in use already"),
    ],
)
def test_a_province_is_told_why_nothing_was_learnt(plan: Path, words: tuple[str, ...], code: int, said: str):
    done = run(learn.command, *words)
    assert (done.exit_code, LearntWeights.objects.count()) == (code, 0)
    assert said in done.output
