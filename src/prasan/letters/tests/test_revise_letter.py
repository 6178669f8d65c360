"""A draft is changed, by one officer at a time; addressees stand once; a letter is tied to a task of its sender."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.agencies.models import Body
from prasan.cycles import services as cycles
from prasan.cycles.models import Task
from prasan.journal.models import Entry
from prasan.letters import queries, rules
from prasan.letters import services as letters
from prasan.letters.models import Letter
from prasan.letters.services import Addressee, Content

pytestmark = pytest.mark.django_db
SAID = Content(subject="ส่งแผน", body="ด้วย…", fiscal_year=2569)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _draft(stage: Cast, *to: Addressee, **changes: object) -> Letter:
    wanted: dict[str, object] = {
        "sender": stage.province_office, "content": SAID, "addressees": to or (Addressee(stage.highways),),
        "actor": stage.prasit, "at": moment(0),
    }  # fmt: skip
    return letters.draft_letter(**(wanted | changes))


def _lines(letter: Letter) -> list[tuple[str, str]]:
    return [(one.role, str(one)) for one in letter.addressees.order_by("position")]


def test_a_draft_is_changed_with_its_addressees(stage: Cast):
    letter = _draft(stage)
    changed = Content(subject="ส่งแผนที่แก้ไข", body="ด้วย…\n\nจึงเรียนมา", fiscal_year=2570, secrecy="CONFIDENTIAL")
    to = [Addressee(stage.sao), Addressee(None, "ปลัดกระทรวงมหาดไทย", "COPY")]
    letters.revise_letter(letter=letter, content=changed, addressees=to, actor=stage.prasit, at=moment(1))
    letter.refresh_from_db()
    assert (letter.subject, letter.fiscal_year, letter.secrecy, letter.version) == (
        "ส่งแผนที่แก้ไข", 2570, "CONFIDENTIAL", 2,
    )  # fmt: skip
    assert _lines(letter) == [("TO", stage.sao.name_th), ("COPY", "ปลัดกระทรวงมหาดไทย")]
    assert Entry.objects.filter(act="letters.revise_letter", subject_id=letter.pk).count() == 1


def test_the_second_officer_is_told_and_nothing_is_overwritten(stage: Cast):
    letter = _draft(stage)
    change = {"letter": letter, "addressees": [Addressee(stage.sao)], "at": moment(1), "seen_version": 1}
    letters.revise_letter(**change, content=SAID, actor=stage.prasit)
    before = Entry.objects.count(), list(Letter.objects.values()), _lines(letter)
    other = Content(subject="อีกคนหนึ่ง", body="ด้วย…", fiscal_year=2569)
    with pytest.raises(letters.UnableToReviseLetter, match="changed_meanwhile"):
        letters.revise_letter(**change, content=other, actor=stage.prasit)
    for who in (stage.stranger, stage.clerk, stage.wichai, stage.duangjai):
        with pytest.raises(letters.UnableToReviseLetter, match="not_allowed"):
            letters.revise_letter(**(change | {"seen_version": 2}), content=other, actor=who)
    assert (Entry.objects.count(), list(Letter.objects.values()), _lines(letter)) == before


def test_what_was_sent_is_not_changed(stage: Cast):
    letter = _draft(stage)
    letters.dispatch_letter(
        letter=letter, dated_on=moment(1).date(), prefix="พย 0017.2", actor=stage.prasit, at=moment(1)
    )
    with pytest.raises(letters.UnableToReviseLetter, match="changed_meanwhile"):
        letters.revise_letter(letter=letter, content=SAID, addressees=[], actor=stage.prasit, at=moment(2))
    assert _lines(letter) == [("TO", stage.highways.name_th)]


def test_who_is_named_twice_stands_once_and_gets_no_copy_beside_it(stage: Cast):
    twice = (
        Addressee(stage.highways, "", "COPY"), Addressee(stage.sao), Addressee(stage.sao), Addressee(stage.highways),
        Addressee(None, "ก.น.จ. "), Addressee(None, "ก.น.จ."),
    )  # fmt: skip
    assert _lines(_draft(stage, *twice)) == [
        ("TO", stage.sao.name_th), ("TO", stage.highways.name_th), ("TO", "ก.น.จ."),
    ]  # fmt: skip
    heads = (Addressee(stage.highways, "", "HEADS"), Addressee(stage.highways, "", "PLANNING_OFFICERS"))
    assert [role for role, _name in _lines(_draft(stage, *heads))] == ["HEADS", "PLANNING_OFFICERS"]


def test_a_letter_is_tied_to_a_task_of_its_sender_only(stage: Cast):
    cycle = cycles.open_cycle(
        system="moi_2559", fiscal_year=2570, area=stage.province, actor=stage.prasit, at=moment(0)
    )
    tasks = Task.objects.filter(cycle=cycle).select_related("body", "cycle")
    own, others = (tasks.filter(body=body).first() for body in (stage.province_office, stage.sao))
    assert own is not None
    assert others is not None
    assert _draft(stage, task=own).task == own
    before = Letter.objects.count(), Entry.objects.count()
    with pytest.raises(letters.UnableToDraftLetter, match="not_your_task"):
        _draft(stage, task=others)
    assert (Letter.objects.count(), Entry.objects.count()) == before


def test_a_tambon_centre_and_a_district_send_to_both_their_rules_name(stage: Cast):
    centre = Body.objects.create(
        code="CENTRE", kind="TAMBON_COMMUNITY_CENTRE", name_th="ศอช.ต. แม่ใส", area=stage.tambon
    )
    said = Content(subject="ส่งแผนชุมชน", body="ด้วย…", fiscal_year=2569, catalogue="L9")
    letter = _draft(stage, Addressee(stage.sao), sender=centre, content=said, actor=stage.system)
    found = queries.missing_of(letter, on=moment(0).date())
    assert found is not None
    assert (found.rule, [words.th for words in found.names]) == ("R53", ["อำเภอ"])
    asked = {"sender": "DISTRICT", "makes": ("DISTRICT_NEEDS_PLAN",), "on": moment(0).date()}
    assert rules.missing_groups("", {"PROVINCE"}, **asked) == ("R56", ("COMMITTEE",))
    assert rules.missing_groups("", {"PROVINCE", "COMMITTEE"}, **asked) == ("", ())
    assert rules.missing_groups("", set(), **(asked | {"makes": ()})) == ("", ())
