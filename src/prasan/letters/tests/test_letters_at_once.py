"""Ten officers send letters at once: a number is given once, and no province gets its bill twice (R23)."""

import datetime as dt

import pytest
from django.db import connection
from tests.at_once import at_once
from tests.cast import Cast, cast, moment

from prasan.letters import services as letters
from prasan.letters.models import Letter, LetterAddressee, LetterSequence
from prasan.letters.services import Addressee, Content

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
DAY = dt.date(2025, 9, 10)


def _drafts(stage: Cast, count: int, **content: str) -> list[Letter]:
    said = Content(subject="ส่งเอกสาร", body="ด้วย…", fiscal_year=2569, **content)
    return [
        letters.draft_letter(
            sender=stage.department, content=said, addressees=[Addressee(stage.province_office)],
            actor=stage.system, at=moment(0),
        )
        for _ in range(count)
    ]  # fmt: skip


def _send(stage: Cast, letter: Letter, number: str = "") -> str:
    sent = letters.dispatch_letter(
        letter=letter, dated_on=DAY, prefix="คค 0703", number=number, actor=stage.system, at=moment(1)
    )
    return sent.number


def test_ten_letters_at_once_get_ten_numbers_in_turn():
    stage = cast()
    done, refused = at_once([lambda one=one: _send(stage, one) for one in _drafts(stage, 10)])
    assert refused == []
    assert sorted(done) == sorted(f"คค 0703/{n}" for n in range(1, 11))
    assert LetterSequence.objects.get().last == 10


def test_one_number_asked_for_by_six_at_once_is_given_to_one():
    stage = cast()
    done, refused = at_once([lambda one=one: _send(stage, one, "7") for one in _drafts(stage, 6)])
    assert done == ["คค 0703/7"]
    assert {one.code for one in refused} == {"number_taken"}
    assert Letter.objects.filter(state="DISPATCHED").count() == 1


def test_one_letter_sent_by_four_at_once_goes_once():
    stage = cast()
    (letter,) = _drafts(stage, 1)
    done, refused = at_once([lambda: _send(stage, Letter.objects.get(pk=letter.pk)) for _ in range(4)])
    assert len(done) == 1
    assert {one.code for one in refused} <= {"changed_meanwhile", "not_a_draft"}
    assert LetterSequence.objects.get().last == 1


def test_six_sets_of_the_bill_for_one_province_at_once_are_one():
    """R23, AC-23."""
    stage = cast()
    done, refused = at_once([lambda one=one: _send(stage, one) for one in _drafts(stage, 6, catalogue="BILL")])
    assert len(done) == 1
    assert {one.code for one in refused} == {"one_set_each"}
    assert LetterAddressee.objects.filter(bill_year=2569).count() == 1
