"""The systems of the rulebook against the reference tables they were taken from, step by step."""

import json
import re

import pytest
from tests.shared import SHARED

from prasan import rulebook
from prasan.rulebook import Edge

TABLES = SHARED / "design" / "cycles.json"
REFERENCE = SHARED / "design" / "domain.md"
# R71 and R72 carry a mark instead of a kind: known from practice, inferred. Neither binds anybody.
KINDS = {
    "B": "BINDING", "P": "PROCEDURE", "R": "RECOMMENDATION", "[G]": "PROCEDURE", "[I]": "PROCEDURE",
}  # fmt: skip
ERAS = {
    "กนภ.": ["knp"], "2553": ["moi_2553"], "2557": ["cabinet_2557"], "F≥2559": ["fiscal_2559"], "2559": ["moi_2559"],
    "2558/59": ["moi_2558", "moi_2559"], "2553/2558/2559": ["moi_2553", "moi_2558", "moi_2559"], "": [],
    "≥2550": ["act_2550"], "decree": ["decree_2551"], "Kalasin": ["kalasin_2544"],
}  # fmt: skip
CYCLES = [
    "provincial_5y_2545", "annual_plan_2545", "annual_action_plan", "table_4_1", "table_4_2", "coordination_4_3",
    "method_2_7", "moi_2553", "moi_2558", "moi_2559",
]  # fmt: skip
pytestmark = pytest.mark.skipif(not TABLES.is_file(), reason="the reference tables are absent here")


def _edge(printed: dict[str, int | None]) -> tuple[Edge, int | None]:
    month, k, day = printed["month"], printed["k"], printed["day"]
    assert month is not None
    assert k is not None
    return Edge(month, k, day), printed["month_offset"]


@pytest.mark.parametrize("key", CYCLES)
def test_a_system_says_what_its_table_says_in_every_step(key: str) -> None:
    cycles = json.loads(TABLES.read_text(encoding="utf-8"))["cycles"]
    printed = next(cycle for cycle in cycles if cycle["key"] == key)["steps"]
    steps = rulebook.planning_system(key).steps
    assert [step.number for step in steps] == [row["no"] for row in printed]
    for step, row in zip(steps, printed, strict=True):
        assert step.name.th == row["name_th"]
        assert (step.detail or step.name.en) == row["name_en"]
        for mine, theirs in (
            (step.responsible, "responsible"),
            (step.input or "—", "input"),
            (step.output or "—", "output"),
            (step.gate or "—", "gate"),
            (step.next, "next"),
            (step.printed, "window_printed"),
            (step.certainty, "conf"),
            (step.source, "source"),
        ):
            assert mine == row[theirs], (step.number, theirs)
        if row["window"] is None:
            assert step.window is None
            continue
        assert step.window is not None
        for mine_edge, name in ((step.window.start, "start"), (step.window.end, "end")):
            assert (mine_edge, mine_edge.month_offset) == _edge(row["window"][name])


def test_every_table_of_the_reference_is_a_system() -> None:
    assert [cycle["key"] for cycle in json.loads(TABLES.read_text(encoding="utf-8"))["cycles"]] == CYCLES


@pytest.mark.parametrize("rule", rulebook.load().rules, ids=lambda rule: rule.id)
def test_a_rule_has_the_kind_the_era_and_the_citation_of_the_reference(rule: rulebook.Rule) -> None:
    row = re.search(rf"^\| {rule.id} \|.*$", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert row is not None
    cells = [cell.strip() for cell in row[0].strip("|").split("|")]
    kind, _, era = cells[1].partition(" ")
    assert rule.kind == KINDS[kind]
    assert [item.key for item in rule.eras] == ERAS[era]
    assert rule.source == cells[4]
    assert rule.certainty == (kind.strip("[]") if kind.startswith("[") else "S")
    # Advice never binds: it warns at most.
    assert kind != "R" or rule.consequence in ("WARNS", "INFORMS")


def test_every_rule_of_the_reference_stands_in_the_rulebook() -> None:
    printed = re.findall(r"^\| (R\d\d) \|", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [rule.id for rule in rulebook.load().rules] == printed
    assert len(printed) == 72
