"""Letters: their numbers, whom they must reach, one number each, and who may write them."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, cast, moment

from prasan import rulebook
from prasan.accounts.models import Membership, Role, User
from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.common.errors import Refused
from prasan.common.text import to_thai_digits
from prasan.cycles import services as cycles
from prasan.cycles.models import Task
from prasan.journal.models import Entry
from prasan.letters import queries, rules
from prasan.letters import services as letters
from prasan.letters.models import Letter, LetterAddressee
from prasan.letters.services import Addressee, Content

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 10)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _draft(stage: Cast, *to: Addressee, **changes: object) -> Letter:
    said: dict[str, object] = {"subject": "ส่งรายละเอียดโครงการ", "body": "ด้วยจังหวัดขอส่ง…", "fiscal_year": 2569}
    said |= {key: changes.pop(key) for key in ("subject", "body", "fiscal_year", "catalogue", "form") if key in changes}
    wanted: dict[str, object] = {
        "sender": stage.province_office, "content": Content(**said), "actor": stage.prasit, "at": moment(230),
        "addressees": to or (Addressee(stage.highways),),
    }  # fmt: skip
    return letters.draft_letter(**(wanted | changes))


def _send(stage: Cast, letter: Letter, **changes: object) -> Letter:
    wanted: dict[str, object] = {"dated_on": DAY, "prefix": "พย 0017.2", "actor": stage.prasit, "at": moment(238)}
    return letters.dispatch_letter(letter=letter, **(wanted | changes))


def test_the_number_of_a_letter_is_taken_apart_and_keeps_its_zeros():
    """AC-17."""
    number = rules.parse_number("มท ๐๒๑๒.๑/ว ๐๓๔๒")
    assert number == rules.LetterNumber("มท", "0212.1", True, "0342")
    assert number.written() == "มท 0212.1/ว 0342"
    assert number.written(thai_digits=True) == "มท ๐๒๑๒.๑/ว ๐๓๔๒"
    with pytest.raises(rules.UnreadableNumber):
        rules.parse_number("ด่วนที่สุด")


@given(
    st.sampled_from(["มท", "กส", "นร"]),
    st.from_regex(r"[0-9]{4}(\.[0-9]{1,2})?", fullmatch=True),
    st.booleans(),
    st.from_regex(r"[0-9]{1,5}", fullmatch=True),
)
def test_every_number_is_read_as_it_is_written(letters_: str, code: str, circular: bool, running: str):
    number = rules.LetterNumber(letters_, code, circular, running)
    assert rules.parse_number(number.written()) == number
    assert rules.parse_number(to_thai_digits(number.written())) == number


def test_an_order_of_december_belongs_to_the_next_fiscal_year():
    """AC-24: order 1145/2558 of 21 December 2558."""
    assert rules.year_of_order(dt.date(2015, 12, 21)) == 2559
    assert rules.year_of_order(dt.date(2015, 9, 30)) == 2558


def test_an_order_that_is_sent_stands_in_the_fiscal_year_of_its_day(stage: Cast):
    """AC-24 on the running system: the order of 21 December 2558."""
    day = dt.date(2015, 12, 21)
    order = _send(stage, _draft(stage, catalogue="L17", form="ORDER", fiscal_year=2558), dated_on=day, number="1145")
    assert (order.fiscal_year, order.number_year) == (2559, 2558)
    letter = _send(stage, _draft(stage, fiscal_year=2558), dated_on=day)
    assert letter.fiscal_year == 2558
    assert order in queries.dispatched(fiscal_year=2559)


def test_the_catalogue_has_seventeen_letters_between_bodies_and_steps_that_exist():
    law = rulebook.load()
    assert [letter.code for letter in law.letters] == [f"L{n}" for n in range(1, 18)]
    for letter in law.letters:
        for key in (*letter.senders, *letter.receivers, *letter.copies):
            law.actor(key)
        for step in letter.steps:
            system, number = step.split("/", 1)
            law.planning_system(system).step(number)


def test_letters_are_numbered_in_turn_and_by_calendar_year(stage: Cast):
    numbers = [_send(stage, _draft(stage)).number for _ in range(2)]
    numbers.append(_send(stage, _draft(stage), circular=True).number)
    numbers.append(_send(stage, _draft(stage), number="40").number)
    numbers.append(_send(stage, _draft(stage)).number)
    numbers.append(_send(stage, _draft(stage), dated_on=dt.date(2026, 1, 5), at=moment(360)).number)
    assert numbers == [
        "พย 0017.2/1", "พย 0017.2/2", "พย 0017.2/ว 1", "พย 0017.2/40", "พย 0017.2/41", "พย 0017.2/1",
    ]  # fmt: skip
    assert set(LetterAddressee.objects.values_list("sent_on", flat=True)) == {DAY, dt.date(2026, 1, 5)}


@pytest.mark.parametrize(
    ("catalogue", "to", "on", "rule", "missing"),
    [
        ("L4", ("department",), DAY, "R14", ["กระทรวงมหาดไทย (สป.มท.)", "สำนักงานเลขาธิการ กนภ."]),
        ("L12", ("highways",), DAY, "R59", ["กระทรวงมหาดไทย (สป.มท.)"]),
        ("L12", ("sao",), DAY, "R59", ["ส่วนราชการเจ้าของเรื่อง", "กระทรวงมหาดไทย (สป.มท.)"]),
        ("L12", ("highways",), dt.date(2015, 10, 5), "R59", []),
        ("L3", ("highways",), DAY, "", []),
        ("L2", ("other_sao",), DAY, "R32", ["อบจ.", "อำเภอ"]),
        ("L2", ("pao", "district_office"), DAY, "R32", []),
        ("L2", ("district_office",), dt.date(2009, 6, 1), "R32", []),
    ],
)
def test_a_missing_addressee_is_named(
    stage: Cast, catalogue: str, to: tuple[str, ...], on: dt.date, rule: str, missing: list[str]
):
    letter = _draft(stage, *(Addressee(getattr(stage, one)) for one in to), catalogue=catalogue)
    found = queries.missing_of(letter, on=on)
    assert [words.th for words in found.names] == missing if found else missing == []
    if not missing:
        assert _send(stage, letter, dated_on=on).state == "DISPATCHED"
        return
    before = Entry.objects.count()
    with pytest.raises(letters.UnableToDispatchLetter, match="missing_addressees") as refusal:
        _send(stage, letter, dated_on=on)
    assert rule in refusal.value.message_th
    assert all(name in refusal.value.message_th for name in missing)
    assert (Letter.objects.get().state, Entry.objects.count()) == ("DRAFT", before)
    sent = _send(stage, letter, dated_on=on, addressees_reason="ส่งทางระบบแล้ว")
    assert sent.addressees_reason == "ส่งทางระบบแล้ว"


def test_the_request_reaches_all_three_and_goes(stage: Cast):
    to = (Addressee(stage.department), Addressee(None, "ปลัดกระทรวงมหาดไทย"), Addressee(None, "เลขาธิการ กนภ.", "COPY"))
    assert _send(stage, _draft(stage, *to, catalogue="L4")).number == "พย 0017.2/1"


def test_eight_of_nine_is_told_before_the_request_leaves(stage: Cast):
    """AC-10 on the letter: the ninth agency is named, and only a recorded reason lets it go."""
    names = [a.name.th.removesuffix("จังหวัดกาฬสินธุ์") for a in rulebook.load().actors if a.group == "labour_agency"]
    for n, name in enumerate(names):
        Body.objects.create(code=f"LAB-{n}", kind="PROVINCIAL_OFFICE", name_th=f"{name}จังหวัดพะเยา", area=stage.province)
    cycle = cycles.open_cycle(
        system="coordination_4_3", fiscal_year=2570, area=stage.province, actor=stage.system, at=moment(0)
    )
    for task in Task.objects.filter(cycle=cycle, step__number="4.3.2(2)").order_by("pk")[:8]:
        cycles.submit_task(task=task, actor=stage.system, at=moment(200))
    sending = Task.objects.filter(cycle=cycle, step__number="4.3.2(3)", body=stage.province_office).first()
    assert sending is not None
    to = (Addressee(stage.department), Addressee(None, "ปลัดกระทรวงมหาดไทย"), Addressee(None, "เลขาธิการ กนภ."))
    letter = _draft(stage, *to, catalogue="L4", task=sending)
    with pytest.raises(letters.UnableToDispatchLetter, match="not_all_in") as refusal:
        _send(stage, letter)
    assert "8/9" in refusal.value.message_th
    assert names[8] in refusal.value.message_th
    with pytest.raises(letters.UnableToDispatchLetter, match="not_all_in"):  # the other reason is not this one
        _send(stage, letter, addressees_reason="ครบกำหนด 15 กันยายน")
    assert _send(stage, letter, collection_reason="ครบกำหนด 15 กันยายน").state == "DISPATCHED"


def test_seventy_six_provinces_get_one_set_each(stage: Cast):
    """AC-23, R23."""
    provinces = [stage.province_office]
    for n in range(75):
        area = Area.objects.create(code=f"x{n}", level="PROVINCE", name_th=f"จังหวัดที่ {n}")
        provinces.append(Body.objects.create(code=f"PROV-{n}", kind="PROVINCE", name_th=f"จังหวัดที่ {n}", area=area))
    first = _draft(stage, *map(Addressee, provinces), sender=stage.department, actor=stage.system, catalogue="BILL")
    _send(stage, first, actor=stage.system)
    assert first.addressees.values("body").distinct().count() == 76
    again = _draft(stage, Addressee(provinces[7]), sender=stage.department, actor=stage.system, catalogue="BILL")
    with pytest.raises(letters.UnableToDispatchLetter, match="one_set_each"):
        _send(stage, again, actor=stage.system)
    other_year = _draft(
        stage, Addressee(provinces[7]), sender=stage.department, actor=stage.system, catalogue="BILL", fiscal_year=2570
    )
    assert _send(stage, other_year, actor=stage.system).state == "DISPATCHED"


def test_one_report_a_year_is_not_enough_and_two_are(stage: Cast):
    """AC-14, R46."""
    ended = dt.date(2025, 10, 1)
    assert queries.reports_of(stage.province, 2568, on=DAY) == (0, "PENDING")
    for count, state in ((1, "NON_COMPLIANT"), (2, "COMPLIANT")):
        report = _draft(stage, Addressee(None, "ก.น.จ."), catalogue="L15", actor=stage.system)
        _send(stage, report, actor=stage.system, dated_on=dt.date(2025, 3, count))
        assert queries.reports_of(stage.province, 2568, on=ended) == (count, state)
    assert queries.reports_of(stage.province, 2569, on=dt.date(2025, 12, 1)) == (0, "PENDING")


def test_a_letter_is_taken_in_once_by_whom_it_was_sent_to(stage: Cast):
    letter = _draft(stage)
    taken = {"letter": letter, "body": stage.highways, "actor": stage.system, "at": moment(240)}
    with pytest.raises(letters.UnableToReceiveLetter, match="not_addressed"):  # a draft has been sent to nobody
        letters.receive_letter(**taken)
    _send(stage, letter)
    letters.receive_letter(**taken, number="บร 118")
    to = letter.addressees.get()
    assert (to.received_at, to.received_by, to.received_number) == (moment(240), stage.system, "บร 118")
    before = Entry.objects.count()
    for changes, code in (
        ({"at": moment(241)}, "received_already"),
        ({"body": stage.pao}, "not_addressed"),
        ({"actor": stage.wichai}, "not_allowed"),
        ({"actor": stage.stranger}, "not_allowed"),
    ):
        with pytest.raises(letters.UnableToReceiveLetter) as refusal:
            letters.receive_letter(**(taken | changes))
        assert refusal.value.code == code
    to.refresh_from_db()
    assert (to.received_at, Entry.objects.count()) == (moment(240), before)


def test_a_committee_takes_its_numbers_from_the_register_of_its_office(stage: Cast):
    own = _send(stage, _draft(stage))
    committees = _send(stage, _draft(stage, sender=stage.provincial_committee))
    assert [own.number, committees.number] == ["พย 0017.2/1", "พย 0017.2/2"]
    assert {own.register, committees.register} == {stage.province_office}
    with pytest.raises(letters.UnableToDispatchLetter, match="number_taken"):
        _send(stage, _draft(stage, sender=stage.provincial_committee), number="1")


def test_a_number_given_by_hand_keeps_its_zeros_and_moves_the_register_on(stage: Cast):
    assert _send(stage, _draft(stage), number="๐๓๔๒", circular=True).number == "พย 0017.2/ว 0342"
    assert _send(stage, _draft(stage), circular=True).number == "พย 0017.2/ว 343"
    assert _send(stage, _draft(stage)).number == "พย 0017.2/1"  # a circular counts apart


def test_refusals_change_nothing(stage: Cast):
    letter, sent, empty = _draft(stage), _send(stage, _draft(stage)), _draft(stage)
    empty.addressees.update(role="COPY")
    before = list(Letter.objects.order_by("pk").values()), Entry.objects.count()
    for tried, changes, code in (
        (sent, {}, "not_a_draft"),
        (empty, {}, "no_addressee"),
        (letter, {"prefix": " "}, "no_prefix"),
        (letter, {"prefix": "ที่ทำการ อำเภอ"}, "unreadable_prefix"),
        (letter, {"number": "0"}, "no_number"),
        (letter, {"number": "-3"}, "no_number"),
        (letter, {"number": "สาม"}, "no_number"),
        (letter, {"number": "1234567"}, "no_number"),
        (letter, {"number": "1"}, "number_taken"),
        (letter, {"number": "๐๐๑"}, "number_taken"),
        (letter, {"number": "1", "dated_on": dt.date(2025, 12, 31)}, "number_taken"),
        (letter, {"number": "1", "prefix": "พย๐๐๑๗.๒"}, "number_taken"),
        (letter, {"seen_version": 7}, "changed_meanwhile"),
    ):
        with pytest.raises(letters.UnableToDispatchLetter) as refusal:
            _send(stage, tried, **changes)
        assert refusal.value.code == code
    for tried, seen, code in ((sent, None, "not_a_draft"), (letter, 7, "changed_meanwhile")):
        with pytest.raises(letters.UnableToCancelLetter) as stopped:
            letters.cancel_letter(letter=tried, reason="ผิด", actor=stage.prasit, at=moment(240), seen_version=seen)
        assert stopped.value.code == code
    for changes, code in (
        ({"subject": " "}, "no_subject"),
        ({"body": " "}, "no_text"),
        ({"form": "POSTCARD"}, "unknown_form"),
        ({"catalogue": "L99"}, "unknown_catalogue"),
        ({"addressees": (Addressee(None, " "),)}, "nobody"),
    ):
        with pytest.raises(letters.UnableToDraftLetter) as refused:
            _draft(stage, **changes)
        assert refused.value.code == code
    assert (list(Letter.objects.order_by("pk").values()), Entry.objects.count()) == before


Act = Callable[[Cast, User], object]
PEOPLE = ("stranger", "clerk_of_none", "wichai", "duangjai", "prasit", "committee", "system")
TABLE: list[tuple[str, tuple[bool, ...]]] = [
    ("draft", (False, False, False, False, True, True, True)),
    ("dispatch", (False, False, False, False, True, True, True)),
    ("cancel", (False, False, False, False, True, True, True)),
]


@pytest.mark.parametrize(
    ("act", "who", "allowed"), [(act, who, may) for act, row in TABLE for who, may in zip(PEOPLE, row, strict=True)]
)
def test_only_the_senders_people_write_and_send(stage: Cast, act: str, who: str, allowed: bool):
    committee = User.objects.create(username="committee")
    Membership.objects.create(user=committee, body=stage.provincial_committee, role=Role.SECRETARY)
    User.objects.create(username="clerk_of_none")
    person = stage.system if who == "system" else User.objects.get(username=who)
    letter = _draft(stage)
    before = list(Letter.objects.values()), Entry.objects.count()
    acts: dict[str, Callable[[], object]] = {
        "draft": lambda: _draft(stage, actor=person),
        "dispatch": lambda: _send(stage, letter, actor=person),
        "cancel": lambda: letters.cancel_letter(letter=letter, reason="ผิด", actor=person, at=moment(240)),
    }
    if allowed:
        acts[act]()
        assert Entry.objects.count() == before[1] + 1
        return
    with pytest.raises(Refused) as refusal:
        acts[act]()
    assert refusal.value.code == "not_allowed"
    assert (list(Letter.objects.values()), Entry.objects.count()) == before


def test_a_letter_is_read_by_its_sender_and_once_sent_by_its_addressees(stage: Cast):
    letter = _draft(stage, Addressee(stage.sao))
    on = moment(240).date()
    assert letter in queries.visible_to(stage.prasit, on=on)
    assert letter not in queries.visible_to(stage.wichai, on=on)
    _send(stage, letter)
    assert letter in queries.visible_to(stage.wichai, on=on)
    assert letter not in queries.visible_to(stage.stranger, on=on)
    assert letter not in queries.visible_to(stage.malee, on=on)
