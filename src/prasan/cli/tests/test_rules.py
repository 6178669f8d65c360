"""`prasan rules` as an officer types it."""

import json

import pytest
from click.testing import CliRunner, Result

from prasan.cli.rules import command


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def _ids(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return [rule["id"] for rule in json.loads(result.output)["rules"]]


def test_the_whole_rulebook_is_shown_with_citations_and_the_systems_to_ask_for() -> None:
    result = _run()
    assert result.exit_code == 0
    assert "moi_2559" in result.output
    assert "R37  โครงการเกินขีดความสามารถส่งต่อทีละระดับ" in result.output
    assert "[001 st.4; 003]" in result.output
    assert "ตั้งแต่ 1 ตุลาคม 2558: 30 วัน" in result.output
    assert "เอกสารไม่ได้พิมพ์กำหนดไว้" in result.output


def test_a_day_leaves_out_what_has_not_begun_and_marks_what_prints_no_day() -> None:
    ids = _ids(_run("--on", "2015-01-18", "--json"))
    assert "R48" in ids
    assert "R52" not in ids
    assert "R50" not in ids
    record = json.loads(_run("--on", "18 ม.ค. 2558", "--json").output)
    assert record["on"] == "2015-01-18"
    assert {rule["id"]: rule["state"] for rule in record["rules"]}["R31"] == "UNDATED"


def test_the_value_shown_is_the_one_of_the_day() -> None:
    early = _run("--on", "2016-04-25").output
    late = _run("--on", "2016-04-26").output
    assert "ภายในสิ้นเดือน ก.พ. (พ.ศ. = ปีงบประมาณ − 2)" in early
    assert "ภายในสิ้นเดือน ก.พ." not in late
    assert "ภายในวันที่ 31 มี.ค. (พ.ศ. = ปีงบประมาณ − 2)" in late


def test_the_english_rulebook_speaks_english() -> None:
    output = _run("--language", "en", "--on", "2016-01-01").output
    assert "Rules on 1 January 2016" in output
    assert "(binding · in force · warns)" in output
    assert "30 days" in output
    assert "by 31 Mar (calendar year = fiscal year − 2)" in output


def test_json_keeps_values_and_their_first_days() -> None:
    rules = {rule["id"]: rule for rule in json.loads(_run("--json").output)["rules"]}
    assert len(rules) == 72
    assert rules["R50"]["values"] == [{"from": "2015-10-01", "value": 30, "certainty": "S", "source": "003 §1.2.1"}]
    assert rules["R34"]["values"][0]["value"] == {"month": 3, "k": -2, "day": 31}
    assert rules["R52"]["values"][1]["value"] is None
    assert rules["R60"]["values"] == []
    assert rules["R60"]["unit"] is None


@pytest.mark.parametrize(
    ("text", "thai", "english"),
    [("30 ก.พ. 2559", "ในปฏิทิน", "no day"), ("วันหน้า", "เป็นวันที่ไม่ได้", "cannot be read")],
)
def test_an_unreadable_day_is_refused_in_both_languages(text: str, thai: str, english: str) -> None:
    result = _run("--on", text)
    assert result.exit_code == 2
    assert thai in result.output
    assert english in result.output


def test_rules_are_chosen_by_topic_kind_and_whether_they_are_computed() -> None:
    assert _ids(_run("--topic", "REPORTING", "--json")) == ["R46", "R61", "R69"]
    assert _ids(_run("--kind", "RECOMMENDATION", "--computable", "--json")) == ["R62"]
    assert _run("--topic", "POETRY").exit_code == 2


def test_each_rule_tells_what_follows_how_it_is_kept_and_values_in_their_own_unit() -> None:
    output = _run("--language", "en").output
    assert "100,000,000 baht" in output
    assert "10 per cent" in output
    assert "(binding · blocks)" in output
    assert "guarded by an act: Approving central fund (budgeting)" in output
    assert "general knowledge, not verified" in output
    record = {rule["id"]: rule for rule in json.loads(_run("--json").output)["rules"]}["R31"]
    assert (record["topic"], record["consequence"], record["how"]) == ("INTEGRATION", "BLOCKS", "COMPUTED")
