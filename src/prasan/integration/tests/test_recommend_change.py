"""AC-19, R49: what ก.บ.จ. recommends changes nothing until the agency answers."""

import datetime as dt
from collections.abc import Callable

import pytest
from tests.cast import Cast, cast, moment

from prasan.accounts.models import Membership, Role, User
from prasan.common.errors import Refused
from prasan.integration import queries
from prasan.integration import services as integrate
from prasan.integration.models import ChangeRecommendation
from prasan.journal.models import Entry
from prasan.meetings.models import AgendaItem, Meeting, Resolution
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
OCTOBER = (dt.date(2025, 10, 1), dt.date(2025, 11, 1))
JANUARY = (dt.date(2026, 1, 1), dt.date(2026, 2, 1))


@pytest.fixture(name="stage")
def _stage() -> Cast:
    stage = cast()
    noi = User.objects.create(username="noi", display_name="แขวงทางหลวง")
    Membership.objects.create(user=noi, body=stage.highways, role=Role.AGENCY_FOCAL_POINT)
    return stage


def _noi() -> User:
    return User.objects.get(username="noi")


def _resolution(stage: Cast, **changes: object) -> Resolution:
    meeting = Meeting.objects.create(
        committee=changes.pop("committee", stage.provincial_committee),
        number=Meeting.objects.count() + 1,
        year=2568,
        starts_at=moment(80),
        place="ศาลากลาง",
        state="CLOSED",
    )
    item = AgendaItem.objects.create(meeting=meeting, section=4, position=1, title="ปรับเวลา", decision_kind="CONSIDER")
    wanted: dict[str, object] = {
        "item": item, "number": f"GBJ-56 {meeting.number}/2568-4.1", "decision_kind": "CONSIDER", "outcome": "ADOPTED",
        "text": "ให้เลื่อน", "present": 9, "quorum": 8, "resolved_at": moment(80), "recorded_by": stage.prasit,
    }  # fmt: skip
    return Resolution.objects.create(**(wanted | changes))


def _road(stage: Cast) -> Project:
    road = make_project(owner=stage.highways, name="ถนน", area=stage.district)
    Project.objects.filter(pk=road.pk).update(work_starts_on=OCTOBER[0], work_ends_before=OCTOBER[1])
    road.refresh_from_db()
    return road


def _recommend(stage: Cast, road: Project) -> ChangeRecommendation:
    return integrate.recommend_change(
        project=road, resolution=_resolution(stage), work=JANUARY, reason="วางท่อก่อน", actor=stage.prasit, at=moment(81)
    )


def test_a_move_from_october_to_january_waits_for_the_agency(stage: Cast):
    road = _road(stage)
    made = _recommend(stage, road)
    road.refresh_from_db()
    assert (road.work_starts_on, road.work_ends_before) == OCTOBER
    assert made.state == "OPEN"
    assert list(queries.recommendations(waiting_for=[stage.highways])) == [made]
    integrate.answer_recommendation(recommendation=made, accept=True, reply="", actor=_noi(), at=moment(90))
    road.refresh_from_db()
    assert (road.work_starts_on, road.work_ends_before) == JANUARY
    assert made.state == "ACCEPTED"
    assert not queries.recommendations(waiting_for=[stage.highways]).exists()
    assert [e.act for e in Entry.objects.filter(subject_kind="Project", subject_id=road.pk).order_by("id")][-3:] == [
        "integration.recommend_change",
        "projects.move_project",
        "integration.answer_recommendation",
    ]


def test_the_agency_may_keep_it_and_says_why(stage: Cast):
    road = _road(stage)
    made = _recommend(stage, road)
    with pytest.raises(integrate.UnableToAnswerRecommendation, match="no_reply"):
        integrate.answer_recommendation(recommendation=made, accept=False, reply=" ", actor=_noi(), at=moment(90))
    integrate.answer_recommendation(recommendation=made, accept=False, reply="ผูกพันสัญญาแล้ว", actor=_noi(), at=moment(90))
    road.refresh_from_db()
    assert (road.work_starts_on, road.work_ends_before) == OCTOBER
    assert (made.state, made.reply) == ("DECLINED", "ผูกพันสัญญาแล้ว")


def test_another_area_is_recommended_the_same_way(stage: Cast):
    road = _road(stage)
    made = integrate.recommend_change(
        project=road, resolution=_resolution(stage), area=stage.other_district, reason="แล้งกว่า",
        actor=stage.prasit, at=moment(81),
    )  # fmt: skip
    assert Project.objects.get(pk=road.pk).area == stage.district
    integrate.answer_recommendation(recommendation=made, accept=True, reply="", actor=_noi(), at=moment(82))
    assert Project.objects.get(pk=road.pk).area == stage.other_district


def test_the_province_may_take_it_back_before_the_answer(stage: Cast):
    made = _recommend(stage, _road(stage))
    integrate.withdraw_recommendation(recommendation=made, reason="มติใหม่", actor=stage.prasit, at=moment(82))
    with pytest.raises(integrate.UnableToAnswerRecommendation, match="answered_already"):
        integrate.answer_recommendation(recommendation=made, accept=True, reply="", actor=_noi(), at=moment(83))


def test_refusals_say_why_and_change_nothing(stage: Cast):
    road, own = _road(stage), make_project(owner=stage.sao, area=stage.tambon)
    gone = make_project(owner=stage.highways, area=stage.district)
    Project.objects.filter(pk=gone.pk).update(withdrawn_at=moment(70))
    gone.refresh_from_db()
    good = _resolution(stage)
    rejected, told = _resolution(stage, outcome="REJECTED"), _resolution(stage, decision_kind="FOR_INFORMATION")
    open_already = _road(stage)
    _recommend(stage, open_already)
    before = list(ChangeRecommendation.objects.values()), Entry.objects.count()
    for project, resolution, given, reason, code in (
        (road, rejected, {"work": JANUARY}, "เหตุ", "not_resolved"),
        (road, told, {"work": JANUARY}, "เหตุ", "not_resolved"),
        (own, good, {"work": JANUARY}, "เหตุ", "not_an_agency"),
        (gone, good, {"work": JANUARY}, "เหตุ", "not_standing"),
        (road, good, {"work": JANUARY}, " ", "no_reason"),
        (road, good, {}, "เหตุ", "one_change_at_a_time"),
        (road, good, {"work": JANUARY, "area": stage.district}, "เหตุ", "one_change_at_a_time"),
        (road, good, {"work": (JANUARY[1], JANUARY[0])}, "เหตุ", "ends_before_it_begins"),
        (open_already, good, {"work": JANUARY}, "เหตุ", "open_already"),
    ):
        with pytest.raises(integrate.UnableToRecommendChange) as refusal:
            integrate.recommend_change(
                project=project, resolution=resolution, reason=reason, actor=stage.prasit, at=moment(82), **given
            )
        assert refusal.value.code == code
    assert (list(ChangeRecommendation.objects.values()), Entry.objects.count()) == before


def test_the_second_of_two_is_told(stage: Cast):
    made = _recommend(stage, _road(stage))
    his = ChangeRecommendation.objects.get(pk=made.pk)
    integrate.answer_recommendation(recommendation=made, accept=True, reply="", actor=_noi(), at=moment(82))
    with pytest.raises(integrate.UnableToWithdrawRecommendation, match="changed_meanwhile"):
        integrate.withdraw_recommendation(recommendation=his, reason="มติใหม่", actor=stage.prasit, at=moment(83))
    assert ChangeRecommendation.objects.get().state == "ACCEPTED"


Act = Callable[[Cast, User, ChangeRecommendation, Project, Resolution], object]


def _make(stage: Cast, who: User, made: ChangeRecommendation, road: Project, resolution: Resolution) -> object:
    return integrate.recommend_change(
        project=road, resolution=resolution, work=JANUARY, reason="เหตุ", actor=who, at=moment(84)
    )


def _answer(stage: Cast, who: User, made: ChangeRecommendation, road: Project, resolution: Resolution) -> object:
    return integrate.answer_recommendation(recommendation=made, accept=True, reply="", actor=who, at=moment(84))


def _withdraw(stage: Cast, who: User, made: ChangeRecommendation, road: Project, resolution: Resolution) -> object:
    return integrate.withdraw_recommendation(recommendation=made, reason="มติใหม่", actor=who, at=moment(84))


PEOPLE = ("stranger", "clerk", "wichai", "duangjai", "prasit", "noi", "system")
TABLE: list[tuple[Act, tuple[bool, ...]]] = [
    (_make, (False, False, False, False, True, False, True)),
    (_answer, (False, False, False, False, False, True, True)),
    (_withdraw, (False, False, False, False, True, False, True)),
]


@pytest.mark.parametrize(
    ("act", "who", "allowed"),
    [(act, who, may) for act, row in TABLE for who, may in zip(PEOPLE, row, strict=True)],
)
def test_the_committee_asks_and_the_agency_decides(stage: Cast, act: Act, who: str, allowed: bool):
    made, road, resolution = _recommend(stage, _road(stage)), _road(stage), _resolution(stage)
    before = list(ChangeRecommendation.objects.order_by("pk").values()), Entry.objects.count()
    person = User.objects.get(username=who)
    if allowed:
        act(stage, person, made, road, resolution)
        assert Entry.objects.count() > before[1]
        return
    with pytest.raises(Refused) as refusal:
        act(stage, person, made, road, resolution)
    assert refusal.value.code == "not_allowed"
    assert (list(ChangeRecommendation.objects.order_by("pk").values()), Entry.objects.count()) == before
