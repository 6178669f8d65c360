"""Every finding is worded in both languages and says what to do."""

import string

import pytest

from prasan.exchange.reading.catalogue import CATALOGUE
from prasan.exchange.reading.findings import Findings

kinds = pytest.mark.parametrize("kind", sorted(CATALOGUE))


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@kinds
def test_both_languages_say_the_same_facts(kind: str) -> None:
    entry = CATALOGUE[kind]
    assert names(entry.th) == names(entry.en)
    assert len(kind) <= 40


@kinds
def test_thai_is_thai_and_english_is_english(kind: str) -> None:
    entry = CATALOGUE[kind]
    assert any("\u0e01" <= letter <= "\u0e2e" for letter in entry.th)
    fixed = "".join(literal for literal, _, _, _ in string.Formatter().parse(entry.en))
    assert kind == "christian_year_in_heading" or not any(
        "\u0e01" <= letter <= "\u0e2e" for letter in fixed.replace("15 กันยายน 2568", "").replace("2568 (บาท)", "")
    )


@kinds
def test_a_message_can_be_made_of_every_kind(kind: str) -> None:
    entry = CATALOGUE[kind]
    findings = Findings("แผน.xlsx")
    facts = dict.fromkeys(names(entry.th) - {"value", "suggestion"}, "ค่า")
    findings.add(kind, sheet="ผ.02", row=7, cell="E7", value="42", suggestion="43", facts=facts)
    (finding,) = findings.finish()
    assert finding.message_th.startswith("ไฟล์ “แผน.xlsx” แผ่นงาน “ผ.02” แถว 7 ช่อง E7: ")
    assert finding.message_en.startswith("File “แผน.xlsx”, sheet “ผ.02”, row 7, cell E7: ")
    assert "43" in finding.message_th
    assert finding.severity in ("info", "warning", "error")
