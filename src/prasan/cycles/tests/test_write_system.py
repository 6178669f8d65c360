"""A province's own planning system: drafted, changed step by step, published for good."""

import datetime as dt
from collections.abc import Callable

import pytest

from prasan import rulebook
from prasan.accounts.models import Membership, Role, User
from prasan.agencies.models import Body, BodyKind
from prasan.areas.models import Area, AreaLevel
from prasan.cycles import services
from prasan.cycles.models import SystemVersion
from prasan.cycles.services.systems import system_of
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 1, 9, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
MAY = rulebook.Window(rulebook.Edge(5, -2), rulebook.Edge(5, -2, 20))


def _area(code: str) -> Area:
    return Area.objects.create(code=code, level=AreaLevel.PROVINCE, name_th=f"จังหวัด {code}", sort_key=code)


def _officer(name: str, kind: str, role: str, area: Area) -> User:
    user = User.objects.create(username=name)
    body, _ = Body.objects.get_or_create(
        code=f"{kind}-{area.code}", defaults={"kind": kind, "name_th": kind, "area": area}
    )
    Membership.objects.create(user=user, body=body, role=role)
    return user


@pytest.fixture
def kalasin() -> Area:
    return _area("46")


@pytest.fixture
def analyst(kalasin: Area) -> User:
    return _officer("analyst", BodyKind.PROVINCE, Role.PLAN_ANALYST, kalasin)


@pytest.fixture
def draft(kalasin: Area, analyst: User) -> SystemVersion:
    return services.draft_system(
        based_on="moi_2559", key="kalasin_plan", area=kalasin, reason="มติ ก.บ.จ.", actor=analyst, at=AT
    )


def test_a_draft_is_the_shipped_system_under_the_province_s_key(draft: SystemVersion, analyst: User) -> None:
    assert (draft.key, draft.number, draft.published_at, draft.author) == ("kalasin_plan", 1, None, analyst)
    assert system_of(draft).steps == rulebook.planning_system("moi_2559").steps
    entry = Entry.objects.get()
    assert (entry.act, entry.subject_code) == ("cycles.draft_system", "kalasin_plan v1")
    assert entry.data == {"based_on": "moi_2559", "reason": "มติ ก.บ.จ."}


def test_a_changed_window_is_kept_and_the_rest_of_the_system_too(draft: SystemVersion, analyst: User) -> None:
    before, digest = system_of(draft), draft.digest
    services.change_step(definition=draft, number="4", changes={"window": MAY}, actor=analyst, at=AT)
    after = system_of(draft)
    assert after.step("4").window == MAY
    assert [s for s in after.steps if s.number != "4"] == [s for s in before.steps if s.number != "4"]
    assert draft.digest != digest
    assert draft.version == 2


def test_a_step_is_added_behind_another_and_taken_out_again(draft: SystemVersion, analyst: User) -> None:
    step = rulebook.Step(
        number="4a", lane="PROVINCE", name=rulebook.Words("ทบทวน", "Review"), detail="", responsible="จังหวัด",
        input="", output="", gate="", next="5", printed="พ.ค.", window=MAY, certainty="I", source="มติจังหวัด",
    )  # fmt: skip
    services.add_step(definition=draft, step=step, behind="4", actor=analyst, at=AT)
    assert [s.number for s in system_of(draft).steps] == ["1", "2a", "2b", "3a", "3b", "4", "4a", "5"]
    services.remove_step(definition=draft, number="4a", actor=analyst, at=AT)
    assert [s.number for s in system_of(draft).steps] == ["1", "2a", "2b", "3a", "3b", "4", "5"]
    acts = list(Entry.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["cycles.draft_system", "cycles.add_step", "cycles.remove_step"]


def test_what_is_published_never_changes_and_the_next_version_has_the_next_number(
    draft: SystemVersion, kalasin: Area, analyst: User
) -> None:
    services.publish_system(definition=draft, reason="ใช้ปี 2570", actor=analyst, at=AT)
    assert (draft.published_at, draft.reason) == (AT, "ใช้ปี 2570")
    entries = Entry.objects.count()
    with pytest.raises(services.UnableToWriteSystem) as refusal:
        services.change_step(definition=draft, number="4", changes={"window": MAY}, actor=analyst, at=AT)
    assert refusal.value.code == "published_already"
    assert Entry.objects.count() == entries
    following = services.draft_system(
        based_on=draft, key="kalasin_plan", area=kalasin, reason="ปรับ", actor=analyst, at=AT
    )
    assert (following.number, following.based_on, following.digest) == (2, draft, draft.digest)


@pytest.mark.parametrize(
    ("number", "changes", "code", "field"),
    [
        ("9", {}, "unknown_step", ""),
        ("4", {"colour": "red"}, "unknown_field", "colour"),
        ("4", {"name": rulebook.Words("", "x")}, "wrong_value", "name"),
        ("4", {"responsible": " "}, "wrong_value", "responsible"),
        ("4", {"window": None}, "wrong_value", "certainty"),
        ("4", {"window": rulebook.Window(rulebook.Edge(5, -2), rulebook.Edge(4, -2))}, "wrong_value", "window"),
        ("4", {"window": rulebook.Window(rulebook.Edge(2, -2, 30), rulebook.Edge(4, -2))}, "wrong_value", "window"),
        ("4", {"window": rulebook.Window(rulebook.Edge(5, -9), rulebook.Edge(5, -2))}, "wrong_value", "window"),
        ("4", {"after": ("7",)}, "wrong_value", "after"),
        ("4", {"after": ("4",)}, "wrong_value", "after"),
        ("4", {"after": ("5",)}, "wrong_value", "after"),
        ("4", {"certainty": "-"}, "wrong_value", "certainty"),
        ("4", {"certainty": "?"}, "wrong_value", "certainty"),
        ("4", {"window": rulebook.Window(rulebook.Edge(2, -3, 29), rulebook.Edge(4, -2))}, "wrong_value", "window"),
        ("4", {"window": rulebook.Window(rulebook.Edge(1, -3), rulebook.Edge(2, -3, 29))}, "wrong_value", "window"),
        ("4", {"event_window": rulebook.EventWindow("COUP", 30)}, "wrong_value", "event_window"),
        ("4", {"event_window": rulebook.EventWindow("CABINET_RESOLUTION", 0)}, "wrong_value", "event_window"),
        ("4", {"makes": ("POEM",)}, "wrong_value", "makes"),
        ("4", {"uses": ("POEM",)}, "wrong_value", "uses"),
        ("4", {"actors": ("nobody",)}, "wrong_value", "actors"),
        ("4", {"gates": (rulebook.GateNeed("nobody", "APPROVE"),)}, "wrong_value", "gates"),
        ("4", {"lane": "MOON"}, "wrong_value", "lane"),
    ],
)
def test_an_unfit_change_names_step_and_field_and_leaves_nothing(
    draft: SystemVersion, analyst: User, number: str, changes: dict[str, object], code: str, field: str
) -> None:
    before, entries = draft.definition, Entry.objects.count()
    with pytest.raises(services.UnableToChangeStep) as refusal:
        services.change_step(definition=draft, number=number, changes=changes, actor=analyst, at=AT)
    assert (refusal.value.code, refusal.value.number, refusal.value.field) == (code, number, field)
    draft.refresh_from_db()
    assert (draft.definition, draft.version, Entry.objects.count()) == (before, 1, entries)


def test_a_step_others_build_on_stays(draft: SystemVersion, analyst: User) -> None:
    services.change_step(definition=draft, number="5", changes={"after": ("4",)}, actor=analyst, at=AT)
    with pytest.raises(services.UnableToChangeStep) as refusal:
        services.remove_step(definition=draft, number="4", actor=analyst, at=AT)
    assert refusal.value.code == "still_needed"
    assert "4" in [step.number for step in system_of(draft).steps]


def test_the_second_officer_is_told(draft: SystemVersion, analyst: User) -> None:
    services.change_step(definition=draft, number="4", changes={"window": MAY}, actor=analyst, at=AT, seen_version=1)
    with pytest.raises(services.UnableToWriteSystem) as refusal:
        services.change_step(
            definition=draft, number="5", changes={"window": MAY}, actor=analyst, at=AT, seen_version=1
        )
    assert refusal.value.code == "changed_meanwhile"
    draft.refresh_from_db()
    assert system_of(draft).step("5").window != MAY


@pytest.mark.parametrize(
    ("based_on", "key", "reason", "code"),
    [
        ("moi_2559", "Kalasin", "x", "bad_key"),
        ("moi_2559", "moi_2558", "x", "taken_key"),
        ("moi_2559", "annual_2545", "x", "taken_key"),
        ("moi_2559", "kalasin_plan", " ", "no_reason"),
        ("moi_9999", "kalasin_plan", "x", "unknown_system"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(
    kalasin: Area, analyst: User, based_on: str, key: str, reason: str, code: str
) -> None:
    with pytest.raises(services.UnableToWriteSystem) as refusal:
        services.draft_system(based_on=based_on, key=key, area=kalasin, reason=reason, actor=analyst, at=AT)
    assert refusal.value.code == code
    assert (SystemVersion.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_key_has_one_draft_and_one_province(draft: SystemVersion, kalasin: Area, analyst: User) -> None:
    operator = User.objects.create(username="operator", is_superuser=True)
    for area, actor, code in ((kalasin, analyst, "draft_exists"), (_area("56"), operator, "taken_key")):
        with pytest.raises(services.UnableToWriteSystem) as refusal:
            services.draft_system(based_on="moi_2558", key="kalasin_plan", area=area, reason="x", actor=actor, at=AT)
        assert refusal.value.code == code
    assert SystemVersion.objects.count() == 1


def test_a_file_is_read_as_a_draft(kalasin: Area, analyst: User) -> None:
    data = {**rulebook.to_data(rulebook.planning_system("moi_2559")), "key": "kalasin_plan", "aliases": []}
    system = rulebook.from_data(data)
    found = services.import_system(
        text=rulebook.to_yaml(system), file="kalasin_plan.yaml", area=kalasin, reason="นำเข้า", actor=analyst, at=AT
    )
    assert system_of(found) == system
    assert Entry.objects.get().act == "cycles.import_system"


@pytest.mark.parametrize("key", [system.key for system in rulebook.load().systems])
def test_every_shipped_system_can_be_copied_and_each_of_its_steps_changed(
    kalasin: Area, analyst: User, key: str
) -> None:
    shipped = rulebook.planning_system(key)
    text = rulebook.to_yaml(rulebook.from_data({**rulebook.to_data(shipped), "key": "own", "aliases": []}))
    read = services.import_system(text=text, file="own.yaml", area=kalasin, reason="นำเข้า", actor=analyst, at=AT)
    for step in shipped.steps:
        services.change_step(definition=read, number=step.number, changes={"detail": "แก้"}, actor=analyst, at=AT)
    assert {step.detail for step in system_of(read).steps} == {"แก้"}
    assert [step.window for step in system_of(read).steps] == [step.window for step in shipped.steps]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [("lane: VILLAGE", "lane: MOON", "wrong_kind"), ("unit: month", "unit: month\ncolour: red", "unknown_key")],
)
def test_an_unfit_file_names_its_line_and_nothing_is_half_saved(
    kalasin: Area, analyst: User, old: str, new: str, code: str
) -> None:
    data = {**rulebook.to_data(rulebook.planning_system("moi_2559")), "key": "kalasin_plan", "aliases": []}
    text = rulebook.to_yaml(rulebook.from_data(data)).replace(old, new, 1)
    with pytest.raises(services.UnableToWriteSystem) as refusal:
        services.import_system(text=text, file="kalasin_plan.yaml", area=kalasin, reason="x", actor=analyst, at=AT)
    assert refusal.value.code == code
    assert "kalasin_plan.yaml" in refusal.value.message_en
    assert (SystemVersion.objects.count(), Entry.objects.count()) == (0, 0)


WHO: dict[str, tuple[Callable[[Area], User], bool]] = {
    "stranger": (lambda area: User.objects.create(username="stranger"), False),
    "same body without the role": (lambda area: _officer("a", BodyKind.PROVINCE, Role.INSPECTOR, area), False),
    "analyst of the province": (lambda area: _officer("b", BodyKind.PROVINCE, Role.PLAN_ANALYST, area), True),
    "secretary of the committee": (
        lambda area: _officer("c", BodyKind.PROVINCIAL_COMMITTEE, Role.SECRETARY, area),
        True,
    ),
    "chair": (lambda area: _officer("d", BodyKind.PROVINCIAL_COMMITTEE, Role.CHAIR, area), True),
    "analyst of another province": (
        lambda area: _officer("e", BodyKind.PROVINCE, Role.PLAN_ANALYST, _area("56")),
        False,
    ),
    "analyst of a district": (lambda area: _officer("f", BodyKind.DISTRICT, Role.PLAN_ANALYST, area), False),
    "operator": (lambda area: User.objects.create(username="operator", is_superuser=True), True),
}


@pytest.mark.parametrize("who", WHO)
def test_who_may_write_the_system_of_a_province(draft: SystemVersion, kalasin: Area, who: str) -> None:
    make, may = WHO[who]
    actor, entries = make(kalasin), Entry.objects.count()
    if may:
        services.publish_system(definition=draft, reason="ใช้", actor=actor, at=AT)
        assert draft.author == actor
        return
    with pytest.raises(services.UnableToWriteSystem) as refusal:
        services.publish_system(definition=draft, reason="ใช้", actor=actor, at=AT)
    assert refusal.value.code == "not_allowed"
    draft.refresh_from_db()
    assert (draft.published_at, Entry.objects.count()) == (None, entries)
