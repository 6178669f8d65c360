"""A rulebook that is not complete and unambiguous does not load, and says where."""

import shutil
from pathlib import Path

import pytest

from prasan.rulebook import UnableToLoadRulebook
from prasan.rulebook.loading import DATA, load, load_from
from prasan.rulebook.rules import KINDS

SYSTEM, RULES, ERAS = "systems/moi_2559.yaml", "rules/community_2553.yaml", "eras.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped rulebook that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (SYSTEM, "unit: month\n", "unit: month\ncolour: red\n", "unknown_key"),
        (SYSTEM, "unit: month\n", "unit: month\nunit: month\n", "duplicate_key"),
        (SYSTEM, "unit: month\n", "unit: fortnight\n", "wrong_kind"),
        (SYSTEM, "unit: month\n", "", "missing_key"),
        (SYSTEM, "reference: ", "# reference: ", "missing_key"),
        (SYSTEM, "description:\n  th: ", "description:\n  thai: ", "unknown_key"),
        (SYSTEM, "key: moi_2559", "key: moi_2600", "wrong_name"),
        (SYSTEM, "example_fiscal_year: 2561", "example_fiscal_year: soon", "wrong_kind"),
        (SYSTEM, "issued_on: 2016-04-26", "issued_on: April", "wrong_kind"),
        (SYSTEM, 'number: "2a"', 'number: "1"', "repeated_name"),
        (SYSTEM, "lane: VILLAGE", "lane: MOON", "wrong_kind"),
        (SYSTEM, "{start: {month: 1, k: -2}", "{start: {month: 13, k: -2}", "wrong_kind"),
        (SYSTEM, "{start: {month: 1, k: -2}", "{start: {month: 1, month: 1, k: -2}", "duplicate_key"),
        (SYSTEM, "{start: {month: 1, k: -2}", "{start: {month: 4, k: -2}", "wrong_kind"),
        (SYSTEM, "{start: {month: 1, k: -2}, end: {month: 2, k: -2}}", "null", "cannot_run"),
        (SYSTEM, "{start: {month: 1, k: -2}, end: {month: 2, k: -2}}", "{start: {month: 1}}", "missing_key"),
        (SYSTEM, "aliases: []", "aliases: {a: b}", "wrong_kind"),
        (SYSTEM, "steps:\n", "steps: none\nother:\n", "unknown_key"),
        (RULES, "  unit: deadline\n", "", "missing_key"),
        (RULES, "  reference: &article_2553", "  # &article_2553", "not_yaml"),
        (RULES, "- id: R34", "- id: R33", "repeated_name"),
        (RULES, "- id: R34", "- id: R50", "repeated_name"),
        (RULES, "eras: [moi_2553]", "eras: [moi_1900]", "wrong_kind"),
        (RULES, "kind: BINDING", "kind: POLITE", "wrong_kind"),
        (RULES, "from: 2010-02-18", "from: null", "wrong_kind"),
        (RULES, "value: {month: 3, k: -2, day: 31}", "value: {month: 2, k: -2, day: 30}", "wrong_kind"),
        (RULES, "  topic: COMMUNITY\n", "", "missing_key"),
        (RULES, "  consequence: WARNS\n", "", "missing_key"),
        (RULES, "  consequence: WARNS\n", "  consequence: SHOUTS\n", "wrong_kind"),
        (ERAS, "- key: knp", "- key: [knp", "not_yaml"),
    ],
)
def test_a_spoilt_rulebook_does_not_load(folder: Path, file: str, old: str, new: str, code: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UnableToLoadRulebook) as refusal:
        load_from(folder)
    assert refusal.value.code == code
    assert refusal.value.line >= 1
    for message in (refusal.value.message_th, refusal.value.message_en):
        assert refusal.value.file in message
        assert str(refusal.value.line) in message


def test_a_duplicate_key_is_found_on_its_own_line(folder: Path) -> None:
    path = folder / SYSTEM
    lines = path.read_text(encoding="utf-8").splitlines()
    lines.insert(2, "key: moi_2559")  # the key stands on line 2 already
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(UnableToLoadRulebook) as refusal:
        load_from(folder)
    assert (refusal.value.code, refusal.value.file, refusal.value.line) == ("duplicate_key", "moi_2559.yaml", 3)


def test_values_out_of_order_do_not_load(folder: Path) -> None:
    path = folder / "rules" / "area_plans_2559.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("from: 2016-04-26", "from: 2015-01-19", 1), encoding="utf-8")
    with pytest.raises(UnableToLoadRulebook, match="rising order"):
        load_from(folder)


def test_an_empty_file_does_not_load(folder: Path) -> None:
    (folder / ERAS).write_text("", encoding="utf-8")
    with pytest.raises(UnableToLoadRulebook, match="empty"):
        load_from(folder)


def test_the_shipped_rulebook_holds_the_rules_of_the_reference_each_with_its_citation() -> None:
    book = load()
    assert [rule.id for rule in book.rules] == [f"R{n:02}" for n in range(1, 73)]
    for rule in book.rules:
        assert rule.kind in KINDS
        assert rule.source.startswith(("000 ", "001", "002", "003", "004 ", "W: ", "engineering"))
        assert rule.reference
        assert rule.test


def test_the_rulebook_is_read_once_and_the_same_for_everybody() -> None:
    assert load() is load()
    assert load() == load_from(DATA)
