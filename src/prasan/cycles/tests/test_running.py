"""A year runs: tasks for every body, submitted, returned, done behind their gates, excused with a reason."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import BANGKOK, Cast, cast, moment

from prasan import rulebook
from prasan.accounts.models import Membership, Role, User
from prasan.agencies.models import Body
from prasan.areas.models import Area, AreaLink, Tree
from prasan.common.errors import Refused
from prasan.cycles import queries, rules
from prasan.cycles import services as cycles
from prasan.cycles.models import Cycle, CycleStep, GateDecision, SystemVersion, Task
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
YEAR = 2570  # fiscal year: its calendar of 2559 runs in 2568
FEBRUARY = dt.datetime(2025, 2, 10, 9, tzinfo=BANGKOK)
MARCH = dt.datetime(2025, 3, 20, 9, tzinfo=BANGKOK)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _open(stage: Cast, system: str = "moi_2559", year: int = YEAR) -> Cycle:
    return cycles.open_cycle(system=system, fiscal_year=year, area=stage.province, actor=stage.prasit, at=moment(-20))


def _task(cycle: Cycle, number: str, body: Body, actor: str | None = None) -> Task:
    found = Task.objects.filter(cycle=cycle, step__number=number, body=body)
    return (found.filter(actor=actor) if actor else found).get()


def test_opening_a_year_gives_every_body_its_tasks(stage: Cast):
    cycle = _open(stage)
    assert Task.objects.filter(cycle=cycle, step__number="1", actor="village_committee").count() == 3
    assert set(Task.objects.filter(cycle=cycle, step__number="2b").values_list("body__code", flat=True)) == {
        "SAO", "OTHER_SAO",
    }  # fmt: skip
    village = _task(cycle, "1", stage.village_committee)
    assert (village.starts_on, village.due_before) == (dt.date(2025, 1, 1), dt.date(2025, 3, 1))
    assert cycle.definition is not None
    assert cycle.definition.number == 1
    assert Entry.objects.filter(act="cycles.open_cycle").count() == 1


def test_opening_again_changes_no_task_and_adds_those_of_new_bodies(stage: Cast):
    cycle = _open(stage)
    task = _task(cycle, "2b", stage.sao)
    cycles.submit_task(task=task, actor=stage.wichai, at=MARCH)
    before, entries = Task.objects.count(), Entry.objects.count()
    assert _open(stage) == cycle
    assert (Task.objects.count(), Entry.objects.count()) == (before, entries)
    new = Body.objects.create(code="NEW", kind="SAO", name_th="อบต.ใหม่", area=stage.other_tambon)
    _open(stage)
    assert _task(cycle, "2b", new).submitted_at is None
    assert _task(cycle, "2b", stage.sao).submitted_at == MARCH


def test_a_changed_rulebook_makes_a_new_version_and_leaves_the_running_year_alone(
    stage: Cast, monkeypatch: pytest.MonkeyPatch
):
    cycle = _open(stage)
    shipped = rulebook.planning_system("moi_2559")
    changed = dataclasses.replace(shipped, steps=shipped.steps[:-1])
    monkeypatch.setattr(rulebook, "planning_system", lambda key: changed)
    later = _open(stage, year=2571)
    assert later.definition is not None
    assert later.definition.number == 2
    assert later.steps.count() == cycle.steps.count() - 1
    assert [s.number for s in queries.system_running(cycle).steps] == [s.number for s in shipped.steps]


def test_only_the_own_province_may_be_opened(stage: Cast):
    other = Area.objects.create(code="57", level="PROVINCE", name_th="เชียงราย")
    before = Cycle.objects.count(), SystemVersion.objects.count(), Entry.objects.count()
    with pytest.raises(cycles.UnableToOpenCycle, match="not_allowed"):
        cycles.open_cycle(system="moi_2559", fiscal_year=YEAR, area=other, actor=stage.prasit, at=moment(0))
    with pytest.raises(cycles.UnableToOpenCycle, match="not_allowed"):
        cycles.open_cycle(system="moi_2559", fiscal_year=YEAR, area=stage.province, actor=stage.wichai, at=moment(0))
    assert (Cycle.objects.count(), SystemVersion.objects.count(), Entry.objects.count()) == before


def test_a_village_submits_the_district_returns_and_it_comes_again(stage: Cast):
    cycle = _open(stage)
    task = _task(cycle, "1", stage.village_committee)
    cycles.submit_task(task=task, actor=stage.somsri, at=FEBRUARY)
    assert queries.state_of_task(task, on=FEBRUARY.date()) == rules.SUBMITTED
    cycles.return_task(task=task, reason="ขาดลายมือชื่อ", actor=stage.duangjai, at=FEBRUARY)
    assert queries.state_of_task(task, on=FEBRUARY.date()) == rules.RETURNED
    assert queries.state_of_task(task, on=dt.date(2025, 3, 1)) == rules.LATE
    cycles.submit_task(task=task, actor=stage.somsri, at=FEBRUARY)
    cycles.finish_task(task=task, actor=stage.duangjai, at=FEBRUARY)
    assert queries.state_of_task(task, on=dt.date(2025, 3, 1)) == rules.DONE
    assert [e.act for e in Entry.objects.filter(subject_kind="Task").order_by("id")] == [
        "cycles.submit_task", "cycles.return_task", "cycles.submit_task", "cycles.finish_task",
    ]  # fmt: skip


def test_a_step_is_not_done_before_its_gate(stage: Cast):
    cycle = _open(stage)
    task = _task(cycle, "3a", stage.district_committee)
    cycles.submit_task(task=task, actor=stage.duangjai, at=moment(90))
    with pytest.raises(cycles.UnableToFinishTask, match="gate_waits") as refusal:
        cycles.finish_task(task=task, actor=stage.duangjai, at=moment(91))
    assert "คณะกรรมการบริหารงานอำเภอ" in refusal.value.message_th
    gate = queries.gates_waiting(task)[0]
    wrong = {"decision": "PROCLAIM", "body": stage.district_committee}
    other = {"decision": gate.decision, "body": stage.other_district_committee}
    for tried in (wrong, other, {"decision": gate.decision, "body": stage.district_local}):
        with pytest.raises(cycles.UnableToRecordGateDecision):
            cycles.record_gate_decision(
                task=task,
                code="กบอ. 1/2568",
                decided_on=dt.date(2025, 4, 16),
                actor=stage.system,
                at=moment(92),
                **tried,
            )
    assert not GateDecision.objects.exists()
    right = {"task": task, "body": stage.district_committee, "decision": gate.decision}
    cycles.record_gate_decision(
        code="กบอ. 1/2568", decided_on=dt.date(2025, 4, 16), actor=stage.duangjai, at=moment(92), **right
    )
    cycles.finish_task(task=task, actor=stage.duangjai, at=moment(93))
    assert task.done_at == moment(93)


def _nine(stage: Cast) -> tuple[Cycle, list[Body]]:
    names = [a.name.th.removesuffix("จังหวัดกาฬสินธุ์") for a in rulebook.load().actors if a.group == "labour_agency"]
    bodies = [
        Body.objects.create(code=f"LAB-{n}", kind="PROVINCIAL_OFFICE", name_th=f"{name}จังหวัดพะเยา", area=stage.province)
        for n, name in enumerate(names)
    ]
    return _open(stage, "coordination_4_3"), bodies


def test_eight_of_nine_agencies_are_in_and_the_ninth_is_named(stage: Cast):
    cycle, agencies = _nine(stage)
    collected = Task.objects.filter(cycle=cycle, step__number="4.3.2(2)").order_by("pk")
    assert {task.body for task in collected} == set(agencies)
    for task in collected[:8]:
        cycles.submit_task(task=task, actor=stage.system, at=moment(200))
    ninth = collected[8].body
    sending = Task.objects.filter(cycle=cycle, step__number="4.3.2(3)").order_by("pk").first()
    assert sending is not None
    before = Entry.objects.count()
    with pytest.raises(cycles.UnableToSubmitTask, match="not_all_in") as refusal:
        cycles.submit_task(task=sending, actor=stage.system, at=moment(201))
    assert ninth is not None
    assert "8/9" in refusal.value.message_th
    assert ninth.name_th in refusal.value.message_th
    assert Entry.objects.count() == before
    cycles.grant_exception(
        task=sending, kind="OVERRIDE", reason="ครบกำหนด 15 กันยายน", ends_before=moment(210).date(),
        actor=stage.system, at=moment(202),
    )  # fmt: skip
    with pytest.raises(cycles.UnableToSubmitTask, match="not_all_in"):
        cycles.submit_task(task=sending, actor=stage.system, at=moment(210))
    cycles.submit_task(task=sending, actor=stage.system, at=moment(203))
    assert sending.submitted_at == moment(203)


def test_thirty_days_after_the_budget_act_a_notice_is_late(stage: Cast):
    Body.objects.create(code="OFF", kind="PROVINCIAL_OFFICE", name_th="สำนักงาน", area=stage.province)
    cycle = _open(stage, "cabinet_2557", 2559)
    step = next(
        s
        for s in queries.system_running(cycle).steps
        if s.event_window and s.event_window.event == "BUDGET_ACT_IN_FORCE"
    )
    assert CycleStep.objects.get(cycle=cycle, number=step.number).starts_on is None
    act = dt.date(2015, 10, 1)
    cycles.record_event(cycle=cycle, event="BUDGET_ACT_IN_FORCE", happened_on=act, actor=stage.prasit, at=moment(0))
    tasks = Task.objects.filter(cycle=cycle, step__number=step.number, body__isnull=False)
    assert tasks.exists()
    for task in tasks:
        assert queries.state_of_task(task, on=dt.date(2015, 10, 31)) == rules.OPEN
        assert queries.state_of_task(task, on=dt.date(2015, 11, 1)) == rules.LATE
    with pytest.raises(cycles.UnableToRecordEvent, match="unknown_event"):
        cycles.record_event(cycle=cycle, event="COUP", happened_on=act, actor=stage.prasit, at=moment(0))


def test_an_event_told_anew_moves_the_open_tasks_and_the_calendars_that_subscribed(stage: Cast):
    office = Body.objects.create(code="OFF", kind="PROVINCIAL_OFFICE", name_th="สำนักงาน", area=stage.province)
    cycle = _open(stage, "cabinet_2557", 2560)
    said = {"cycle": cycle, "event": "BUDGET_ACT_IN_FORCE", "actor": stage.prasit}
    cycles.record_event(happened_on=dt.date(2016, 1, 30), at=moment(0), **said)  # 30 days over the 29th of February
    tasks = Task.objects.filter(cycle=cycle, body=office, due_before__isnull=False)
    first, done = tasks.order_by("pk")[0], list(queries.feed_tasks(office))
    assert (first.starts_on, first.due_before) == (dt.date(2016, 1, 30), dt.date(2016, 3, 1))
    extended = cycles.grant_exception(
        task=first, kind="EXTENSION", reason="เหตุ", ends_before=dt.date(2025, 6, 1), actor=stage.prasit, at=moment(1)
    )
    stale = Task.objects.get(pk=first.pk)
    cycles.record_event(happened_on=dt.date(2016, 10, 1), at=moment(2), **said)
    first.refresh_from_db()
    assert (first.starts_on, first.due_before) == (dt.date(2016, 10, 1), dt.date(2025, 6, 1))
    assert cycle.events.count() == 1
    with pytest.raises(cycles.UnableToSubmitTask, match="changed_meanwhile"):
        cycles.submit_task(task=stale, actor=stage.system, at=moment(3))
    after = {task.key: task for task in queries.feed_tasks(office)}
    assert all(after[one.key].revision > one.revision for one in done)
    assert all(after[one.key].changed_at == moment(2) for one in done)
    cycles.revoke_exception(exception=extended, reason="หมดเหตุ", actor=stage.prasit, at=moment(4))
    first.refresh_from_db()
    assert first.due_before == dt.date(2016, 11, 1)


def test_the_conflicts_of_a_running_year_are_those_of_its_real_days(stage: Cast):
    own = cycles.draft_system(
        based_on="cabinet_2557", key="phayao_cabinet", area=stage.province, reason="x", actor=stage.prasit, at=moment(0)
    )
    october = rulebook.Window(rulebook.Edge(10, -1), rulebook.Edge(10, -1))
    changes = {"after": ("i6",), "window": october, "certainty": "I"}
    cycles.change_step(definition=own, number="i10", changes=changes, actor=stage.prasit, at=moment(0))
    cycles.publish_system(definition=own, reason="ใช้", actor=stage.prasit, at=moment(0))
    cycle = cycles.open_cycle(
        system="phayao_cabinet", fiscal_year=2560, area=stage.province, definition=own, actor=stage.prasit, at=moment(0)
    )
    assert queries.calendar_of(cycle).conflicts == ()
    cycles.record_event(
        cycle=cycle, event="BUDGET_ACT_IN_FORCE", happened_on=dt.date(2016, 10, 15), actor=stage.prasit, at=moment(1)
    )
    found = [(one.rule, one.first, one.second) for one in queries.calendar_of(cycle).conflicts]
    assert found == [("R39", "i6", "i10")]


@pytest.mark.parametrize(
    ("utc", "kept"),
    [
        (dt.datetime(2025, 2, 28, 16, 59, 59, tzinfo=dt.UTC), (1, 0)),  # 23:59:59 in Bangkok, the last moment
        (dt.datetime(2025, 2, 28, 17, 0, 0, tzinfo=dt.UTC), (0, 1)),  # midnight in Bangkok, the first moment after
    ],
)
def test_a_day_ends_at_midnight_in_bangkok(stage: Cast, utc: dt.datetime, kept: tuple[int, int]):
    cycle = _open(stage)
    cycles.submit_task(task=_task(cycle, "1", stage.village_committee), actor=stage.somsri, at=utc)
    year = queries.on_time_by_year(stage.province, "moi_2559")[0]
    assert (year.on_time, year.after) == kept


@pytest.mark.parametrize(("linked", "allowed"), [(True, True), (False, False)])
def test_a_cluster_opens_the_years_of_its_own_provinces_only(stage: Cast, linked: bool, allowed: bool):
    place = Area.objects.create(code="CLUSTER-N2", level="CLUSTER", name_th="ภาคเหนือตอนบน 2")
    body = Body.objects.create(code="GBK-N2", kind="CLUSTER_COMMITTEE", name_th="ก.บ.ก.", area=place)
    chair = User.objects.create(username="chair")
    Membership.objects.create(user=chair, body=body, role=Role.CHAIR)
    if linked:
        AreaLink.objects.create(tree=Tree.CLUSTER, parent=place, child=stage.province)
    wanted = {"system": "moi_2559", "fiscal_year": YEAR, "area": stage.province, "actor": chair, "at": moment(0)}
    if allowed:
        assert cycles.open_cycle(**wanted).opened_by == chair
        return
    with pytest.raises(cycles.UnableToOpenCycle, match="not_allowed"):
        cycles.open_cycle(**wanted)


def test_who_is_missing_is_told_by_place_and_by_name(stage: Cast):
    cycle = _open(stage)
    step = cycle.steps.get(number="2b")
    cycles.submit_task(task=_task(cycle, "2b", stage.sao), actor=stage.wichai, at=MARCH)
    places = queries.missing_by_place(
        step,
        on=MARCH.date(),
        bodies=[stage.sao, stage.other_sao],
        place_of={stage.sao.pk: "5601", stage.other_sao.pk: "5601"},
    )
    assert [(p.code, p.received, p.total) for p in places] == [("5601", 1, 2)]
    assert [task.body for task in places[0].missing] == [stage.other_sao]
    late = queries.to_remind(cycle, on=dt.date(2025, 6, 1))
    assert stage.other_sao in {task.body for task in late}
    assert stage.sao not in {task.body for task in late.filter(step=step)}
    standing = {s.number: s for s in queries.overview(cycle, on=MARCH.date())}
    assert standing["2b"].counts == {"SUBMITTED": 1, "OPEN": 1}
    assert [(y.fiscal_year, y.on_time, y.not_in > 0) for y in queries.on_time_by_year(stage.province, "moi_2559")] == [
        (YEAR, 1, True)
    ]


def test_the_last_days_are_forecast_from_what_is_still_out(stage: Cast):
    step = _open(stage).steps.get(number="1")
    days, known = queries.load_forecast(step, on=dt.date(2025, 2, 20))
    assert known is False
    assert [d.day for d in days][-1] == dt.date(2025, 2, 28)
    assert days[0].day == dt.date(2025, 2, 20)
    assert queries.load_forecast(step, on=dt.date(2025, 3, 1)) == ([], False)


def test_a_dry_run_says_what_a_changed_calendar_would_do_and_writes_nothing(stage: Cast):
    cycle = _open(stage)
    shipped = rulebook.planning_system("moi_2559")
    sooner = rulebook.Window(rulebook.Edge(1, -2), rulebook.Edge(1, -2))
    steps = tuple(dataclasses.replace(s, window=sooner) if s.number == "1" else s for s in shipped.steps)
    before = list(Task.objects.values()), Entry.objects.count()
    found = queries.dry_run(cycle, dataclasses.replace(shipped, steps=steps), on=dt.date(2025, 2, 10))
    assert [(d.number, d.before, d.after) for d in found] == [
        ("1", (dt.date(2025, 1, 1), dt.date(2025, 3, 1)), (dt.date(2025, 1, 1), dt.date(2025, 2, 1)))
    ]
    assert found[0].would_be_late == Task.objects.filter(cycle=cycle, step__number="1").count()
    assert queries.dry_run(cycle, shipped, on=dt.date(2025, 2, 10)) == []
    assert (list(Task.objects.values()), Entry.objects.count()) == before


def test_a_plan_finds_the_task_it_is_made_in(stage: Cast):
    cycle = _open(stage)
    found = queries.task_making("LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR)
    assert found == _task(cycle, "2b", stage.sao)
    assert queries.task_making("LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR + 1) is None
    assert queries.task_making("CLUSTER_PLAN", body=stage.sao, fiscal_year=YEAR) is None


def test_the_second_of_two_officers_is_told(stage: Cast):
    task = _task(_open(stage), "2b", stage.sao)
    his = Task.objects.get(pk=task.pk)
    cycles.submit_task(task=task, actor=stage.wichai, at=MARCH)
    with pytest.raises(cycles.UnableToSubmitTask, match="changed_meanwhile"):
        cycles.submit_task(task=his, actor=stage.wichai, at=MARCH)


DAYS = st.one_of(st.none(), st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 20)))


@given(
    rows=st.lists(st.tuples(DAYS, DAYS, DAYS, *[st.booleans()] * 4), min_size=1, max_size=8),
    on=st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 21)),
)
def test_the_database_tells_the_state_of_a_task_as_the_rule_does(rows: list[tuple[object, ...]], on: dt.date):
    Cycle.objects.all().delete()
    cycle = Cycle.objects.create(system="moi_2559", fiscal_year=2580, opened_at=moment(0))
    for n, (starts, due, excused_until, extended, submitted, returned, done) in enumerate(rows):
        step = CycleStep.objects.create(cycle=cycle, number=str(n), position=n, level="VILLAGE", certainty="-")
        Task.objects.create(
            cycle=cycle, step=step, actor="lao", starts_on=starts, due_before=due, excused_until=excused_until,
            extended=extended, submitted_at=moment(0) if submitted else None,
            returned_at=moment(0) if returned else None,
            done_at=moment(0) if done else None,
        )  # fmt: skip
    stated: QuerySet[Task] = queries.with_state(Task.objects.filter(cycle=cycle), on=on)
    assert stated.count() == len(rows)
    for task in stated:
        assert task.state == queries.state_of_task(task, on=on)


Act = Callable[[Cast, User, Cycle], object]


def _submit(stage: Cast, who: User, cycle: Cycle) -> object:
    return cycles.submit_task(task=_task(cycle, "1", stage.village_committee), actor=who, at=FEBRUARY)


def _return(stage: Cast, who: User, cycle: Cycle) -> object:
    task = _task(cycle, "1", stage.other_committee)
    return cycles.return_task(task=task, reason="แก้", actor=who, at=FEBRUARY)


def _grant(stage: Cast, who: User, cycle: Cycle) -> object:
    return cycles.grant_exception(
        task=_task(cycle, "2b", stage.sao), kind="EXTENSION", reason="เหตุ", ends_before=dt.date(2025, 7, 1),
        actor=who, at=FEBRUARY,
    )  # fmt: skip


def _grant_to_province(stage: Cast, who: User, cycle: Cycle) -> object:
    return cycles.grant_exception(
        task=_task(cycle, "4", stage.province_office), kind="EXTENSION", reason="เหตุ",
        ends_before=dt.date(2025, 11, 1), actor=who, at=FEBRUARY,
    )  # fmt: skip


def _event(stage: Cast, who: User, cycle: Cycle) -> object:
    other = Cycle.objects.get(system="cabinet_2557")
    return cycles.record_event(
        cycle=other, event="BUDGET_ACT_IN_FORCE", happened_on=dt.date(2025, 10, 1), actor=who, at=FEBRUARY
    )


PEOPLE = ("stranger", "clerk", "somsri", "wichai", "duangjai", "prasit", "governor", "malee", "system")
TABLE: list[tuple[Act, tuple[bool, ...]]] = [
    (_submit, (False, False, True, False, True, False, False, False, True)),
    (_return, (False, False, False, False, True, True, True, False, True)),
    (_grant, (False, False, False, False, True, True, True, False, True)),
    (_grant_to_province, (False, False, False, False, False, False, True, False, True)),
    (_event, (False, False, False, False, False, True, True, False, True)),
]


@pytest.mark.parametrize(
    ("act", "who", "allowed"),
    [(act, who, may) for act, row in TABLE for who, may in zip(PEOPLE, row, strict=True)],
)
def test_only_who_may_does_and_a_refusal_leaves_no_trace(stage: Cast, act: Act, who: str, allowed: bool):
    governor = User.objects.create(username="governor")
    Membership.objects.create(user=governor, body=stage.provincial_committee, role=Role.CHAIR)
    cycle = _open(stage)
    _open(stage, "cabinet_2557")
    cycles.submit_task(task=_task(cycle, "1", stage.other_committee), actor=stage.system, at=FEBRUARY)
    person = stage.system if who == "system" else User.objects.get(username=who)
    before = list(Task.objects.order_by("pk").values()), Entry.objects.count()
    if allowed:
        act(stage, person, cycle)
        assert Entry.objects.count() == before[1] + 1
        return
    with pytest.raises(Refused) as refusal:
        act(stage, person, cycle)
    assert refusal.value.code == "not_allowed"
    assert (list(Task.objects.order_by("pk").values()), Entry.objects.count()) == before
