"""Officers who open the same year, or act on the same task, at once: one wins, the others are told, nothing is lost."""

import datetime as dt
import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from tests.cast import BANGKOK, Cast, cast, moment

from prasan.common.errors import Refused
from prasan.cycles import queries
from prasan.cycles import services as cycles
from prasan.cycles.models import Cycle, GateDecision, StepException, SystemVersion, Task
from prasan.journal.models import Entry
from prasan.journal.services import verify_chain

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
YEAR = 2570
AT = dt.datetime(2025, 2, 10, 9, tzinfo=BANGKOK)
OFFICERS = 6


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _at_once(*acts: Callable[[], object]) -> Counter[str]:
    """Run the acts in turn on six connections together; how often each went well ("") or was refused, by code."""
    start, outcomes = threading.Barrier(OFFICERS), []

    def officer(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        except Refused as refusal:
            outcomes.append(refusal.code)
        else:
            outcomes.append("")
        finally:
            connection.close()

    threads = [threading.Thread(target=officer, args=(acts[n % len(acts)],)) for n in range(OFFICERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == OFFICERS, "an officer met an error nobody foresaw"
    return Counter(outcomes)


def _open(stage: Cast) -> Cycle:
    return cycles.open_cycle(
        system="moi_2559", fiscal_year=YEAR, area=stage.province, actor=stage.prasit, at=moment(-20)
    )


def _task(cycle: Cycle, stage: Cast) -> Task:
    return Task.objects.get(cycle=cycle, step__number="1", body=stage.village_committee)


def _acts() -> Counter[str]:
    return Counter(Entry.objects.filter(act__startswith="cycles.").values_list("act", flat=True))


def test_six_who_open_the_same_year_open_it_once(stage: Cast) -> None:
    assert _at_once(lambda: _open(stage)) == {"": OFFICERS}
    cycle = Cycle.objects.get(fiscal_year=YEAR)
    assert SystemVersion.objects.count() == 1
    assert cycle.steps.count() == 7
    owners = Task.objects.filter(cycle=cycle).values_list("step", "actor", "body")
    assert len(owners) == len(set(owners)) > 0
    assert _acts() == {"cycles.open_cycle": 1, "cycles.assign_tasks": 1}
    entry = Entry.objects.get(act="cycles.assign_tasks")
    assert entry.data["tasks"] == len(owners)
    assert verify_chain() is None


def test_of_six_who_submit_or_excuse_the_same_task_one_wins(stage: Cast) -> None:
    cycle = _open(stage)
    seen = _task(cycle, stage).version

    def submit() -> object:
        return cycles.submit_task(task=_task(cycle, stage), actor=stage.somsri, at=AT, seen_version=seen)

    def excuse() -> object:
        return cycles.grant_exception(
            task=_task(cycle, stage), kind="EXTENSION", reason="น้ำท่วม", ends_before=dt.date(2025, 4, 1),
            actor=stage.duangjai, at=AT, seen_version=seen,
        )  # fmt: skip

    outcomes = _at_once(submit, excuse)
    assert outcomes[""] == 1
    assert set(outcomes) <= {"", "changed_meanwhile", "submitted_already", "ends_too_early"}
    task = _task(cycle, stage)
    assert task.version == seen + 1
    assert (task.submitted_at is None) == task.extended == StepException.objects.exists()
    assert sum(_acts()[act] for act in ("cycles.submit_task", "cycles.grant_exception")) == 1
    assert verify_chain() is None


def test_of_six_who_return_or_finish_the_same_task_one_wins(stage: Cast) -> None:
    cycle = _open(stage)
    cycles.submit_task(task=_task(cycle, stage), actor=stage.somsri, at=AT)
    seen = _task(cycle, stage).version

    def give_back() -> object:
        return cycles.return_task(task=_task(cycle, stage), reason="แก้", actor=stage.duangjai, at=AT, seen_version=seen)

    def finish() -> object:
        return cycles.finish_task(task=_task(cycle, stage), actor=stage.duangjai, at=AT, seen_version=seen)

    outcomes = _at_once(give_back, finish)
    assert outcomes[""] == 1
    assert set(outcomes) <= {"", "changed_meanwhile", "not_submitted", "done_already"}
    task = _task(cycle, stage)
    assert (task.done_at is None) == (task.returned_at is not None)
    assert sum(_acts()[act] for act in ("cycles.return_task", "cycles.finish_task")) == 1


def test_an_exception_is_taken_back_once(stage: Cast) -> None:
    task = _task(_open(stage), stage)
    granted = cycles.grant_exception(
        task=task, kind="EXTENSION", reason="น้ำท่วม", ends_before=dt.date(2025, 4, 1), actor=stage.duangjai, at=AT
    )

    def revoke() -> object:
        mine = StepException.objects.select_related("task").get(pk=granted.pk)
        return cycles.revoke_exception(exception=mine, reason="น้ำลด", actor=stage.duangjai, at=AT)

    outcomes = _at_once(revoke)
    assert outcomes == {"": 1, "revoked_already": OFFICERS - 1}
    assert _acts()["cycles.revoke_exception"] == 1


def test_a_gate_is_decided_once(stage: Cast) -> None:
    task = Task.objects.get(cycle=_open(stage), step__number="3a", body=stage.district_committee)
    decision = queries.gates_waiting(task)[0].decision

    def decide() -> object:
        return cycles.record_gate_decision(
            task=Task.objects.get(pk=task.pk), body=stage.district_committee, decision=decision, code="กบอ. 1/2568",
            decided_on=AT.date(), actor=stage.duangjai, at=AT,
        )  # fmt: skip

    outcomes = _at_once(decide)
    assert outcomes[""] == 1
    assert set(outcomes) <= {"", "decided_already", "wrong_gate"}
    assert GateDecision.objects.count() == _acts()["cycles.record_gate_decision"] == 1


def test_an_event_told_by_six_is_kept_once(stage: Cast) -> None:
    cycle = cycles.open_cycle(
        system="cabinet_2557", fiscal_year=YEAR, area=stage.province, actor=stage.prasit, at=moment(-20)
    )

    def record() -> object:
        return cycles.record_event(
            cycle=cycle, event="BUDGET_ACT_IN_FORCE", happened_on=dt.date(2026, 10, 1), actor=stage.prasit, at=AT
        )

    assert _at_once(record) == {"": OFFICERS}
    assert cycle.events.count() == 1
    assert verify_chain() is None


def test_a_draft_is_started_once(stage: Cast) -> None:
    def draft() -> object:
        return cycles.draft_system(
            based_on="moi_2559", key="phayao_plan", area=stage.province, reason="มติ", actor=stage.prasit, at=AT
        )

    outcomes = _at_once(draft)
    assert outcomes[""] == 1
    assert set(outcomes) <= {"", "changed_meanwhile", "draft_exists"}
    assert SystemVersion.objects.count() == 1
