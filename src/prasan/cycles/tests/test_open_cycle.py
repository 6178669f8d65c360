"""Opening a planning system for a fiscal year."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from prasan import rulebook
from prasan.accounts.models import Membership, Role, User
from prasan.agencies.models import Body, BodyKind
from prasan.cycles import access, queries, services
from prasan.cycles.models import Cycle, CycleStep
from prasan.journal.models import Entry
from prasan.journal.services import verify_chain

pytestmark = pytest.mark.django_db
AT = dt.datetime(2023, 1, 9, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
ON = AT.date()


@pytest.fixture
def operator() -> User:
    return User.objects.create(username="operator", is_superuser=True)


def _officer(name: str, kind: str, role: str, starts_on: dt.date | None = None, ends_on: dt.date | None = None) -> User:
    user = User.objects.create(username=name)
    body = Body.objects.create(code=name, kind=kind, name_th=name)
    Membership.objects.create(user=user, body=body, role=role, starts_on=starts_on, ends_on=ends_on)
    return user


def test_opening_a_system_dates_every_step_of_it(operator: User) -> None:
    cycle = services.open_cycle(system="moi_2559", fiscal_year=2568, actor=operator, at=AT)
    assert (cycle.system, cycle.fiscal_year, cycle.opened_at) == ("moi_2559", 2568, AT)
    rows = list(cycle.steps.values_list("number", "level", "starts_on", "ends_before", "certainty"))
    assert rows == [
        ("1", "VILLAGE", dt.date(2023, 1, 1), dt.date(2023, 3, 1), "I"),
        ("2a", "TAMBON", dt.date(2023, 3, 1), dt.date(2023, 6, 1), "I"),
        ("2b", "LAO", dt.date(2023, 3, 1), dt.date(2023, 6, 1), "I"),
        ("3a", "DISTRICT", dt.date(2023, 4, 1), dt.date(2023, 6, 1), "I"),
        ("3b", "DISTRICT", dt.date(2023, 4, 1), dt.date(2023, 6, 1), "I"),
        ("4", "PROVINCE", dt.date(2023, 7, 1), dt.date(2023, 10, 1), "I"),
        ("5", "PROVINCE", dt.date(2023, 10, 1), dt.date(2023, 11, 1), "I"),
    ]


def test_opening_writes_one_entry_in_the_journal(operator: User) -> None:
    cycle = services.open_cycle(system="moi_2559", fiscal_year=2568, actor=operator, at=AT)
    entry = Entry.objects.get()
    assert (entry.act, entry.subject_kind, entry.subject_id) == ("cycles.open_cycle", "Cycle", cycle.pk)
    assert entry.subject_code == "moi_2559/2568"
    assert entry.data == {"system": "moi_2559", "fiscal_year": 2568, "steps": 7, "version": 1, "area": ""}
    assert verify_chain() is None


def test_opening_again_changes_and_journals_nothing(operator: User) -> None:
    first = services.open_cycle(system="annual_2545", fiscal_year=2545, actor=operator, at=AT)
    again = services.open_cycle(
        system="annual_plan_2545", fiscal_year=2545, actor=operator, at=AT + dt.timedelta(days=1)
    )
    assert again == first
    assert again.opened_at == AT
    assert (Cycle.objects.count(), CycleStep.objects.count(), Entry.objects.count()) == (1, 29, 1)


def test_two_fiscal_years_of_one_system_are_two_cycles(operator: User) -> None:
    for fiscal_year in (2568, 2569):
        services.open_cycle(system="moi_2559", fiscal_year=fiscal_year, actor=operator, at=AT)
    assert CycleStep.objects.count() == 14


@pytest.mark.parametrize(
    ("system", "fiscal_year", "code"),
    [("moi_9999", 2568, "unknown_system"), ("moi_2559", 2025, "implausible_year"), ("", 2568, "unknown_system")],
)
def test_what_the_rulebook_cannot_date_is_refused_and_leaves_nothing(
    operator: User, system: str, fiscal_year: int, code: str
) -> None:
    with pytest.raises(services.UnableToOpenCycle) as refusal:
        services.open_cycle(system=system, fiscal_year=fiscal_year, actor=operator, at=AT)
    assert refusal.value.code == code
    assert refusal.value.message_th
    assert refusal.value.message_en
    assert (Cycle.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("stranger", False),
        ("village secretary", False),
        ("local plan analyst", False),
        ("district analyst", False),
        ("inspector of the province", False),
        ("provincial analyst", True),
        ("secretary of the provincial committee", True),
        ("chair of the cluster committee", True),
        ("analyst of the Ministry of Interior", True),
        ("analyst of another ministry", False),
        ("former provincial analyst", False),
        ("provincial analyst from today", True),
        ("provincial analyst until today", False),
        ("operator", True),
        ("dismissed operator", False),
    ],
)
def test_who_may_open_a_cycle(who: str, allowed: bool) -> None:
    analyst = Role.PLAN_ANALYST
    actors = {
        "stranger": lambda: User.objects.create(username="s"),
        "village secretary": lambda: _officer("v", BodyKind.VILLAGE_COMMITTEE, Role.VILLAGE_SECRETARY),
        "local plan analyst": lambda: _officer("l", BodyKind.SAO, analyst),
        "district analyst": lambda: _officer("d", BodyKind.DISTRICT, analyst),
        "inspector of the province": lambda: _officer("i", BodyKind.PROVINCE, Role.INSPECTOR),
        "provincial analyst": lambda: _officer("p", BodyKind.PROVINCE, analyst),
        "secretary of the provincial committee": lambda: _officer("c", BodyKind.PROVINCIAL_COMMITTEE, Role.SECRETARY),
        "chair of the cluster committee": lambda: _officer("k", BodyKind.CLUSTER_COMMITTEE, Role.CHAIR),
        "analyst of the Ministry of Interior": lambda: _officer("กระทรวงมหาดไทย", BodyKind.MINISTRY, analyst),
        "analyst of another ministry": lambda: _officer("กระทรวงวัฒนธรรม", BodyKind.MINISTRY, analyst),
        "former provincial analyst": lambda: _officer("f", BodyKind.PROVINCE, analyst, ends_on=dt.date(2022, 10, 1)),
        "provincial analyst from today": lambda: _officer("n", BodyKind.PROVINCE, analyst, starts_on=ON),
        "provincial analyst until today": lambda: _officer("u", BodyKind.PROVINCE, analyst, ends_on=ON),
        "operator": lambda: User.objects.create(username="o", is_superuser=True),
        "dismissed operator": lambda: User.objects.create(username="x", is_superuser=True, is_active=False),
    }
    actor = actors[who]()
    assert access.can_open_cycle(actor, on=ON) is allowed
    if allowed:
        services.open_cycle(system="moi_2559", fiscal_year=2568, actor=actor, at=AT)
        assert Cycle.objects.count() == 1
        return
    with pytest.raises(services.UnableToOpenCycle) as refusal:
        services.open_cycle(system="moi_2559", fiscal_year=2568, actor=actor, at=AT)
    assert refusal.value.code == "not_allowed"
    assert (Cycle.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_role_counts_by_the_day_in_bangkok() -> None:
    actor = _officer("p", BodyKind.PROVINCE, Role.PLAN_ANALYST, starts_on=dt.date(2023, 1, 9))
    late_evening_in_london = dt.datetime(2023, 1, 8, 18, 0, tzinfo=dt.UTC)
    services.open_cycle(system="moi_2559", fiscal_year=2568, actor=actor, at=late_evening_in_london)
    assert Cycle.objects.count() == 1


def test_the_steps_of_a_cycle_come_back_in_printed_order_with_their_sources(operator: User) -> None:
    cycle = services.open_cycle(system="annual_2545", fiscal_year=2545, actor=operator, at=AT)
    assert queries.steps_of(cycle) == queries.calendar_steps("annual_2545", 2545)
    assert queries.calendar_of(cycle) == queries.calendar_for("annual_plan_2545", 2545)
    assert [step.number for step in queries.steps_of(cycle)] == [
        step.number for step in rulebook.planning_system("annual_2545").steps
    ]


def test_the_steps_open_on_a_day_are_those_whose_window_holds_it(operator: User) -> None:
    cycle = services.open_cycle(system="moi_2559", fiscal_year=2568, actor=operator, at=AT)

    def numbers(day: dt.date) -> list[str]:
        return [step.number for step in queries.open_steps(cycle, on=day)]

    assert numbers(dt.date(2022, 12, 31)) == []
    assert numbers(dt.date(2023, 1, 1)) == ["1"]
    assert numbers(dt.date(2023, 2, 28)) == ["1"]
    assert numbers(dt.date(2023, 3, 1)) == ["2a", "2b"]
    assert numbers(dt.date(2023, 5, 31)) == ["2a", "2b", "3a", "3b"]
    assert numbers(dt.date(2023, 6, 1)) == []
    assert numbers(dt.date(2023, 10, 31)) == ["5"]


def test_a_cycle_is_found_by_key_or_alias(operator: User) -> None:
    cycle = services.open_cycle(system="annual_2545", fiscal_year=2545, actor=operator, at=AT)
    assert queries.cycle_for(system="annual_plan_2545", fiscal_year=2545) == cycle
    assert queries.cycle_for(system="annual_2545", fiscal_year=2546) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_before"),
    [
        (dt.date(2023, 1, 2), dt.date(2023, 1, 2)),
        (dt.date(2023, 1, 2), dt.date(2023, 1, 1)),
        (dt.date(2023, 1, 2), None),
        (None, dt.date(2023, 1, 2)),
    ],
)
def test_the_database_refuses_a_window_that_does_not_run_forward(
    operator: User, starts_on: dt.date | None, ends_before: dt.date | None
) -> None:
    cycle = services.open_cycle(system="moi_2559", fiscal_year=2568, actor=operator, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        cycle.steps.filter(number="1").update(starts_on=starts_on, ends_before=ends_before)
