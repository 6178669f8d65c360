"""Findings on plans: found again they keep their answers, vanished they are gone, and each side has its say."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, cast, moment

from prasan.agencies.models import Body, BodyKind
from prasan.common.errors import Refused
from prasan.cycles.models import CycleEvent
from prasan.integration.services import decide_pair
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.letters.models import Letter, LetterAddressee
from prasan.plans import queries
from prasan.plans import services as plans
from prasan.plans.models import ConformityFinding, PlanEdition, PlanItem
from prasan.plans.testing import make_local_plan
from prasan.projects.models import Origin, Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _with_a_duplicate(stage: Cast) -> PlanEdition:
    a, b = (make_project(owner=stage.sao) for _ in range(2))
    make_pair(a, b)
    return make_local_plan(lao=stage.sao)


def _check(edition: PlanEdition, stage: Cast, day: int = 150) -> list[ConformityFinding]:
    return plans.check_edition(edition=edition, actor=stage.wichai, at=moment(day))


def _duplicate(edition: PlanEdition, stage: Cast) -> ConformityFinding:
    return next(f for f in _check(edition, stage) if f.rule == "R31")


def test_an_undecided_duplicate_blocks_until_it_is_decided_and_says_so(stage: Cast) -> None:
    """AC-21."""
    edition = _with_a_duplicate(stage)
    finding = _duplicate(edition, stage)
    pair = queries.open_duplicates(edition).get()
    assert list(queries.blocking_findings(edition)) == [finding]
    assert (finding.consequence, finding.state, finding.subject_code) == ("BLOCKS", "OPEN", pair.first.code)
    assert finding.item == edition.items.get(project=pair.first)
    decide_pair(pair=pair, decision="DIFFERENT", reason="คนละสาย", actor=stage.wichai, at=moment(151))
    assert "R31" not in [f.rule for f in _check(edition, stage, 152)]
    finding.refresh_from_db()
    assert finding.state == "GONE"
    assert not queries.blocking_findings(edition).exists()


def test_checking_again_writes_nothing_and_keeps_the_answer(stage: Cast) -> None:
    edition = _with_a_duplicate(stage)
    finding = _duplicate(edition, stage)
    plans.answer_finding(finding=finding, state="JUSTIFIED", answer="คนละหมู่บ้าน", actor=stage.wichai, at=moment(151))
    before = Entry.objects.count()
    _check(edition, stage, 152)
    finding.refresh_from_db()
    assert (finding.state, finding.answer, finding.found_at) == ("JUSTIFIED", "คนละหมู่บ้าน", moment(150))
    assert Entry.objects.count() == before


def test_what_is_explained_differently_or_comes_back_is_open_again(stage: Cast) -> None:
    edition = _with_a_duplicate(stage)
    finding = _duplicate(edition, stage)
    plans.answer_finding(finding=finding, state="APPEALED", answer="ไม่ซ้ำ", actor=stage.wichai, at=moment(151))
    plans.decide_finding(finding=finding, decision="LIFTED", reason="จริง", actor=stage.duangjai, at=moment(152))
    assert not queries.blocking_findings(edition).exists()
    make_pair(Project.objects.get(code=finding.subject_code), make_project(owner=stage.other_sao))
    _check(edition, stage, 153)
    finding.refresh_from_db()
    assert (finding.state, finding.answer, finding.decision, finding.found_at) == ("OPEN", "", "NONE", moment(153))
    assert list(queries.blocking_findings(edition)) == [finding]
    assert Entry.objects.filter(act="plans.check_edition").latest("id").data["changed"] == 1


def test_the_maker_answers_and_the_level_above_decides_and_both_are_journalled(stage: Cast) -> None:
    edition = _with_a_duplicate(stage)
    finding = _duplicate(edition, stage)
    plans.answer_finding(finding=finding, state="APPEALED", answer=" ไม่ซ้ำ ", actor=stage.wichai, at=moment(151))
    assert (finding.answered_by, finding.answered_at, finding.answer) == (stage.wichai, moment(151), "ไม่ซ้ำ")
    assert list(queries.blocking_findings(edition)) == [finding]
    plans.decide_finding(
        finding=finding, decision="UPHELD", reason="ชื่อและที่ตั้งตรงกัน", actor=stage.duangjai, at=moment(152)
    )
    assert (finding.decision, finding.decided_by, finding.decision_reason) == (
        "UPHELD", stage.duangjai, "ชื่อและที่ตั้งตรงกัน",
    )  # fmt: skip
    assert list(queries.blocking_findings(edition)) == [finding]
    answered, decided = Entry.objects.filter(act__in=("plans.answer_finding", "plans.decide_finding")).order_by("id")
    assert answered.subject_code == decided.subject_code == "LOCAL_PLAN/2569/1/R31"
    assert answered.data["state"] == "APPEALED"
    assert decided.data["decision"] == "UPHELD"


REFUSED_ANSWERS = [
    ({"actor": "stranger"}, "not_allowed"),
    ({"actor": "clerk"}, "not_allowed"),
    ({"actor": "duangjai"}, "not_allowed"),
    ({"state": "OPEN"}, "no_such_answer"),
    ({"state": "GONE"}, "no_such_answer"),
    ({"answer": "  "}, "no_reason"),
    ({"seen_version": 7}, "changed_meanwhile"),
]


@pytest.mark.parametrize(("said", "code"), REFUSED_ANSWERS)
def test_an_answer_that_is_refused_leaves_no_trace(stage: Cast, said: dict[str, object], code: str) -> None:
    finding = _duplicate(_with_a_duplicate(stage), stage)
    usual = {"state": "JUSTIFIED", "answer": "คนละสาย", "actor": "wichai", **said}
    usual["actor"] = getattr(stage, str(usual["actor"]))
    _refused(lambda: plans.answer_finding(finding=finding, at=moment(151), **usual), finding, code)


REFUSED_DECISIONS = [
    ({"actor": "stranger"}, "not_allowed"),
    ({"actor": "clerk"}, "not_allowed"),
    ({"actor": "wichai"}, "not_allowed"),
    ({"decision": "NONE"}, "no_such_decision"),
    ({"reason": ""}, "no_reason"),
    ({"seen_version": 7}, "changed_meanwhile"),
]


@pytest.mark.parametrize(("said", "code"), REFUSED_DECISIONS)
def test_a_decision_that_is_refused_leaves_no_trace(stage: Cast, said: dict[str, object], code: str) -> None:
    finding = _duplicate(_with_a_duplicate(stage), stage)
    plans.answer_finding(finding=finding, state="JUSTIFIED", answer="คนละสาย", actor=stage.wichai, at=moment(151))
    usual = {"decision": "LIFTED", "reason": "จริง", "actor": "prasit", **said}
    usual["actor"] = getattr(stage, str(usual["actor"]))
    _refused(lambda: plans.decide_finding(finding=finding, at=moment(152), **usual), finding, code)


def test_what_is_not_answered_decided_already_or_gone_is_left_as_it_is(stage: Cast) -> None:
    edition = _with_a_duplicate(stage)
    finding = _duplicate(edition, stage)

    def decide() -> object:
        return plans.decide_finding(
            finding=finding, decision="LIFTED", reason="จริง", actor=stage.prasit, at=moment(153)
        )

    def answer() -> object:
        return plans.answer_finding(
            finding=finding, state="JUSTIFIED", answer="คนละสาย", actor=stage.wichai, at=moment(152)
        )

    _refused(decide, finding, "not_answered")
    answer()
    decide()
    _refused(answer, finding, "decided_already")
    _refused(decide, finding, "decided_already")
    queries.open_duplicates(edition).update(decision="DIFFERENT", is_open=False)
    _check(edition, stage, 154)
    finding.refresh_from_db()
    _refused(answer, finding, "gone")
    _refused(decide, finding, "gone")


@pytest.mark.parametrize("who", ["stranger", "clerk", "somsri"])
def test_who_may_not_check_a_plan_leaves_no_finding(stage: Cast, who: str) -> None:
    edition = _with_a_duplicate(stage)
    before = Entry.objects.count()
    with pytest.raises(plans.UnableToCheckEdition, match="not_allowed"):
        plans.check_edition(edition=edition, actor=getattr(stage, who), at=moment(150))
    assert not ConformityFinding.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["wichai", "duangjai", "prasit"])
def test_the_maker_and_the_levels_above_check_a_plan(stage: Cast, who: str) -> None:
    edition = _with_a_duplicate(stage)
    found = plans.check_edition(edition=edition, actor=getattr(stage, who), at=moment(150))
    assert "R31" in [finding.rule for finding in found]


def test_an_annual_item_without_its_five_year_item_blocks_until_it_confirms_one_or_says_why(stage: Cast) -> None:
    """AC-18, on the records."""
    project = make_project(owner=stage.sao)
    common = {"body": stage.province_office, "compiled_at": moment(100)}
    five = PlanEdition.objects.create(plan_type="PROVINCIAL_5Y_PLAN", fiscal_year=2569, **common)
    annual = PlanEdition.objects.create(plan_type="PROVINCIAL_ANNUAL_REQUEST", fiscal_year=2569, **common)
    item = PlanItem.objects.create(edition=annual, project=project, priority=1)

    def blocking() -> list[str]:
        plans.check_edition(edition=annual, actor=stage.prasit, at=moment(150))
        return [f.rule for f in queries.blocking_findings(annual)]

    assert blocking() == ["R08"]
    item.confirms_reason = "นโยบายพิเศษ"
    item.save()
    assert blocking() == []
    item.confirms_reason, item.confirms = "", PlanItem.objects.create(edition=five, project=project, priority=1)
    item.save()
    assert blocking() == []


def test_late_notices_are_counted_from_the_day_the_budget_act_took_effect(stage: Cast) -> None:
    """AC-04: without the Act's day the year's first is taken; with it the thirty days run from there."""
    make_project(owner=stage.highways, origin=Origin.AGENCY, notified_on=dt.date(2025, 11, 1))
    edition = plans.compile_place(
        plan_type="PROVINCIAL_ANNUAL_ACTION_PLAN",
        area=stage.province,
        fiscal_year=2569,
        actor=stage.prasit,
        at=moment(290),
    )

    def late() -> list[str]:
        found = plans.check_edition(edition=edition, actor=stage.prasit, at=moment(300))
        return [f.subject_code for f in found if f.rule == "R50"]

    assert late() == [Project.objects.get().code]
    CycleEvent.objects.create(
        cycle=stage.cycle, event="budget_act_in_force", happened_on=dt.date(2025, 10, 2),
        recorded_by=stage.prasit, recorded_at=moment(265),
    )  # fmt: skip
    assert late() == []


def test_two_letters_to_the_national_committee_in_a_year_are_enough(stage: Cast) -> None:
    """AC-14, on the letters: the office writes for its committee; drafts and other years do not count."""
    nation = Body.objects.create(code="gnj", kind=BodyKind.NATIONAL_COMMITTEE, name_th="ก.น.จ.")

    def report(number: int, **said: object) -> None:
        usual = {
            "catalogue": "L15", "sender": stage.province_office, "number": f"พย 0017/{number}", "fiscal_year": 2569,
            "dated_on": dt.date(2026, number, 1), "subject": "รายงาน", "body": "รายงาน", "state": "DISPATCHED",
            "created_by": stage.prasit, "created_at": moment(300), "dispatched_at": moment(300),
            "number_year": 2569, "register": stage.province_office,
        }  # fmt: skip
        letter = Letter.objects.create(**{**usual, **said})
        LetterAddressee.objects.create(letter=letter, body=nation, position=1)

    def state(on: dt.date) -> str:
        return queries.reporting_states(fiscal_year=2569, on=on)[stage.provincial_committee.pk]

    report(1)
    report(2, state="DRAFT")
    report(3, fiscal_year=2568)
    assert state(dt.date(2026, 9, 30)) == "pending"
    assert state(dt.date(2026, 10, 1)) == "non_compliant"
    report(4)
    assert state(dt.date(2026, 10, 1)) == "compliant"


def test_gathering_costs_the_same_number_of_reads_for_any_number_of_items(stage: Cast) -> None:
    make_project(owner=stage.sao)
    small = make_local_plan(lao=stage.sao)
    with CaptureQueriesContext(connection) as one:
        assert len(queries.gather(small, on=moment(150).date()).items) == 1
    for _ in range(20):
        make_project(owner=stage.sao)
    edition = make_local_plan(lao=stage.sao)
    with CaptureQueriesContext(connection) as many:
        assert len(queries.gather(edition, on=moment(150).date()).items) == 21
    assert len(many) == len(one) <= 16


def _refused(act: Callable[[], object], finding: ConformityFinding, code: str) -> None:
    finding.refresh_from_db()
    before = ConformityFinding.objects.values().get(pk=finding.pk)
    entries = Entry.objects.count()
    with pytest.raises(Refused, match=code) as refusal:
        act()
    assert refusal.value.code == code
    assert refusal.value.message_th
    assert refusal.value.message_en
    assert ConformityFinding.objects.values().get(pk=finding.pk) == before
    assert Entry.objects.count() == entries
