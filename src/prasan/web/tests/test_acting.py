"""Handing over, answering, deciding pairs and submitting plans from the pages: who may, and what a refusal leaves."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from prasan.accounts.models import Membership, Role, User
from prasan.integration.models import Handover, HandoverState, Pair, PairDecision
from prasan.journal.models import Entry
from prasan.plans.models import EditionState
from prasan.web.tests.conftest import Stage

Open = Callable[[User | None], Client]


def somebody(stage: Stage, name: str) -> User:
    """A person of the cast; `committee` works for the กบอ. that has to answer."""
    if name != "committee":
        person: User = getattr(stage.cast, name)
        return person
    user = User.objects.create(username="committee", display_name="เลขานุการ กบอ.")
    Membership.objects.create(user=user, body=stage.cast.district_committee, role=Role.SECRETARY)
    return user


@pytest.mark.parametrize(
    ("name", "status"), [("stranger", 403), ("clerk", 403), ("wichai", 403), ("prasit", 403), ("committee", 302)]
)
def test_who_may_answer_a_hand_over(stage: Stage, browser_of: Open, name: str, status: int) -> None:
    before = Entry.objects.count()
    response = browser_of(somebody(stage, name)).post(
        f"/hand-overs/{stage.handover.pk}/answer/", {"answer": "ACCEPTED", "reason": ""}
    )
    assert response.status_code == status
    state = Handover.objects.get(pk=stage.handover.pk).state
    assert state == (HandoverState.ACCEPTED if status == 302 else HandoverState.SENT)
    assert Entry.objects.count() - before == (1 if status == 302 else 0)


def test_returning_needs_a_reason_and_says_so_beside_the_field(stage: Stage, browser_of: Open) -> None:
    browser = browser_of(somebody(stage, "committee"))
    response = browser.post(f"/hand-overs/{stage.handover.pk}/answer/", {"answer": "RETURNED", "reason": " "})
    assert response.status_code == 422
    assert "เขียนเหตุผลที่ส่งคืน" in response.content.decode()
    assert 'href="#id_reason"' in response.content.decode()
    browser.post(f"/hand-overs/{stage.handover.pk}/answer/", {"answer": "RETURNED", "reason": "ทางอยู่ในเขตป่า"})
    page = browser_of(stage.cast.wichai).get("/desk/").content.decode()
    assert "ทางอยู่ในเขตป่า" in page


def test_the_second_answer_is_told_that_somebody_was_faster(stage: Stage, browser_of: Open) -> None:
    browser = browser_of(somebody(stage, "committee"))
    browser.post(f"/hand-overs/{stage.handover.pk}/answer/", {"answer": "ACCEPTED"})
    response = browser.post(f"/hand-overs/{stage.handover.pk}/answer/", {"answer": "ACCEPTED"})
    assert response.status_code == 409
    assert "มีผู้ตอบก่อนท่าน" in response.content.decode()


HAND_OVER = {"verdict": "MONEY", "reason": "ยาว 1,200 เมตร เกินงบทั้งปี"}


@pytest.mark.parametrize(("name", "status"), [("stranger", 403), ("clerk", 403), ("malee", 403), ("wichai", 302)])
def test_who_may_hand_a_project_over(stage: Stage, browser_of: Open, name: str, status: int) -> None:
    before = Entry.objects.count()
    to = stage.cast.district_committee.pk
    response = browser_of(somebody(stage, name)).post(
        f"/projects/{stage.twin.code}/hand-over/", {**HAND_OVER, "to": to}
    )
    assert response.status_code == status
    assert stage.twin.handovers.count() == (1 if status == 302 else 0)
    assert Entry.objects.count() - before == (1 if status == 302 else 0)


def test_the_forms_stand_only_before_who_may_use_them(stage: Stage, browser_of: Open) -> None:
    address = f"/projects/{stage.twin.code}/"
    assert 'id="hand-over"' in browser_of(stage.cast.wichai).get(address).content.decode()
    assert 'id="hand-over"' not in browser_of(stage.cast.malee).get(address).content.decode()
    assert 'id="hand-over"' not in browser_of(None).get(address).content.decode()
    waiting = f"/projects/{stage.road.code}/"
    assert 'id="answer"' in browser_of(somebody(stage, "committee")).get(waiting).content.decode()
    assert 'id="hand-over"' not in browser_of(stage.cast.wichai).get(waiting).content.decode()


def decision(**more: Any) -> dict[str, Any]:
    return {"decision": "DIFFERENT", "reason": "คนละสาย", "version": 1, **more}


@pytest.mark.parametrize(
    ("name", "status"), [("stranger", 403), ("clerk", 403), ("malee", 403), ("duangjai", 302), ("prasit", 302)]
)
def test_who_may_decide_a_pair(stage: Stage, browser_of: Open, name: str, status: int) -> None:
    before = Entry.objects.count()
    response = browser_of(somebody(stage, name)).post(f"/pairs/{stage.pair.pk}/", decision())
    assert response.status_code == status
    pair = Pair.objects.get(pk=stage.pair.pk)
    assert pair.decision == (PairDecision.DIFFERENT if status == 302 else PairDecision.WAITING)
    assert Entry.objects.count() - before == (1 if status == 302 else 0)


def test_deciding_they_are_the_same_asks_which_one_stays(stage: Stage, browser_of: Open) -> None:
    browser = browser_of(stage.cast.duangjai)
    response = browser.post(f"/pairs/{stage.pair.pk}/", decision(decision="SAME"))
    assert response.status_code == 422
    assert "เลือกโครงการที่จะคงไว้" in response.content.decode()
    browser.post(f"/pairs/{stage.pair.pk}/", decision(decision="SAME", kept="first"))
    stage.twin.refresh_from_db()
    assert stage.twin.merged_into == stage.road
    page = browser.get(f"/projects/{stage.twin.code}/").content.decode()
    assert f"รวมเข้ากับโครงการ {stage.road.code}" in page


def test_the_second_officer_is_told_and_the_first_decision_stands(stage: Stage, browser_of: Open) -> None:
    browser_of(stage.cast.duangjai).post(f"/pairs/{stage.pair.pk}/", decision())
    second = browser_of(stage.cast.prasit).post(f"/pairs/{stage.pair.pk}/", decision(decision="OVERLAP"))
    assert second.status_code == 409
    assert "พิจารณาแล้ว โปรดยกเลิกผลเดิมก่อน" in second.content.decode()
    assert Pair.objects.get(pk=stage.pair.pk).decision == PairDecision.DIFFERENT


def test_a_decision_can_be_taken_back_with_a_reason(stage: Stage, browser_of: Open) -> None:
    browser = browser_of(stage.cast.duangjai)
    browser.post(f"/pairs/{stage.pair.pk}/", decision(decision="SAME", kept="first"))
    refused = browser.post(f"/pairs/{stage.pair.pk}/undo/", {"reason": "", "version": 2})
    assert refused.status_code == 422
    browser.post(f"/pairs/{stage.pair.pk}/undo/", {"reason": "ดูแผนที่แล้วคนละสาย", "version": 2})
    stage.twin.refresh_from_db()
    assert stage.twin.merged_into is None
    assert Pair.objects.get(pk=stage.pair.pk).decision == PairDecision.WAITING


@pytest.mark.parametrize(("name", "submitted"), [("stranger", False), ("malee", False), ("wichai", True)])
def test_who_may_submit_a_plan(stage: Stage, browser_of: Open, name: str, submitted: bool) -> None:
    browser = browser_of(somebody(stage, name))
    browser.post(f"/plans/{stage.plan.pk}/submit/", {"version": stage.plan.version})
    stage.plan.refresh_from_db()
    assert stage.plan.state == (EditionState.SUBMITTED if submitted else EditionState.DRAFT)
    if submitted:
        assert browser_of(None).get(f"/plans/{stage.plan.pk}/").status_code == 200
