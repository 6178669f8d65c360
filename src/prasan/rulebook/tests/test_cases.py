"""Every YAML case of the rulebook, each a sentence that must hold."""

import pytest

from prasan import rulebook
from prasan.rulebook.loading import DATA
from prasan.rulebook.reading import Section, read_list
from prasan.rulebook.system_files import edge

SYSTEM_CASES = read_list(
    DATA / "cases" / "systems.yaml",
    ("name", "system", "fiscal_year", "step", "starts_on", "ends_before", "certainty"),
)
RULE_CASES = read_list(DATA / "cases" / "rules.yaml", ("name", "rule", "on", "state", "value", "certainty", "refused"))


def _named(cases: list[Section]) -> list[object]:
    return [pytest.param(case, id=case.text("name")) for case in cases]


@pytest.mark.parametrize("case", _named(SYSTEM_CASES))
def test_the_case_of_a_system_holds(case: Section) -> None:
    dated = {item.step.number: item for item in rulebook.instantiate(case.text("system"), case.integer("fiscal_year"))}
    found = dated[case.text("step")]
    assert (found.starts_on, found.ends_before) == (
        case.date_or_null("starts_on"),
        case.date_or_null("ends_before"),
    )
    assert found.step.certainty == case.text("certainty")


@pytest.mark.parametrize("case", _named(RULE_CASES))
def test_the_case_of_a_rule_holds(case: Section) -> None:
    rule = rulebook.load().rule(case.text("rule"))
    on = case.date_or_null("on")
    assert on is not None
    if case.holds("state"):
        assert rule.state_on(on) == case.text("state")
    elif case.holds("refused"):
        with pytest.raises(rulebook.UnableToFindValue) as refusal:
            rule.value_on(on)
        assert refusal.value.code == case.text("refused")
        assert rule.id in refusal.value.message_th
        assert rule.id in refusal.value.message_en
    else:
        expected = case.value("value")
        if isinstance(expected, dict):
            expected = edge(case.section("value", ("month", "k", "day")))
        assert rule.value_on(on).value == expected
        assert rule.value_on(on).certainty == case.text("certainty")


def test_every_rule_and_every_system_has_a_case() -> None:
    book = rulebook.load()
    assert {case.text("rule") for case in RULE_CASES} == {rule.id for rule in book.rules}
    asked = {book.planning_system(case.text("system")).key for case in SYSTEM_CASES}
    assert asked == {system.key for system in book.systems}


def test_every_case_has_its_own_sentence() -> None:
    names = [case.text("name") for case in SYSTEM_CASES + RULE_CASES]
    assert len(names) == len(set(names))
    assert all(" " in name and name[0].isupper() for name in names)
