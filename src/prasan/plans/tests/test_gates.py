"""A plan passes its gates in order, each by the resolution of the right body and kind; what was decided is frozen."""

import contextlib
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, cast, moment

from prasan import rulebook
from prasan.agencies.models import Body, BodyKind
from prasan.cycles import services as cycles
from prasan.cycles.models import GateDecision, Task
from prasan.integration.testing import make_pair
from prasan.journal.models import Entry
from prasan.letters.models import Letter, LetterAddressee
from prasan.meetings.models import AgendaItem, Meeting, Resolution
from prasan.plans import queries
from prasan.plans import services as plans
from prasan.plans.models import EditionKind, EditionState, Gate, PlanEdition, PlanItem, PlanType, Referral
from prasan.plans.services import Confirmation
from prasan.plans.testing import make_local_plan
from prasan.projects.models import Project
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
ON = moment(120).date()


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _item(stage: Cast, committee: Body, kind: str) -> AgendaItem:
    meeting = Meeting.objects.create(
        committee=committee, number=Meeting.objects.count() + 1, year=2568, starts_at=moment(100), place="ห้องประชุม",
        state="OPEN",
    )  # fmt: skip
    return AgendaItem.objects.create(meeting=meeting, section=4, position=1, title="แผน", decision_kind=kind)


def _resolve(stage: Cast, item: AgendaItem, outcome: str = "ADOPTED") -> Resolution:
    return Resolution.objects.create(
        item=item, number=f"มติ {item.pk}", decision_kind=item.decision_kind, outcome=outcome, text="เห็นชอบ",
        present=9, quorum=8, resolved_at=moment(101), recorded_by=stage.system,
    )  # fmt: skip


def _edition(stage: Cast, plan_type: str, body: Body, *projects: Project, state: str = "SUBMITTED") -> PlanEdition:
    edition = PlanEdition.objects.create(
        plan_type=plan_type, body=body, fiscal_year=2569, state=state, compiled_at=moment(90),
        submitted_at=moment(91) if state != "DRAFT" else None,
    )  # fmt: skip
    for n, project in enumerate(projects, 1):
        PlanItem.objects.create(edition=edition, priority=n, project=project)
    return edition


def _pass(stage: Cast, edition: PlanEdition, committee: Body, kind: str) -> Gate:
    item = _item(stage, committee, kind)
    plans.refer_edition(edition=edition, agenda_item=item, actor=stage.system, at=moment(101))
    return plans.pass_gate(edition=edition, resolution=_resolve(stage, item), actor=stage.system, at=moment(102))


def test_every_type_of_plan_has_its_law_with_states_and_bodies_the_program_knows():
    law = rulebook.load()
    assert {one.key for one in law.plan_types} == set(PlanType.values)
    for one in law.plan_types:
        law.actor(one.maker)
        for path in one.paths:
            assert {stage.state for stage in path.stages} <= set(EditionState.values)
            assert len({stage.state for stage in path.stages}) == len(path.stages)
            for stage in path.stages:
                assert set(law.actor(stage.gate.actor).kinds) & set(BodyKind.values)


def test_a_local_plan_is_endorsed_by_its_own_local_government_only(stage: Cast):
    edition = make_local_plan(lao=stage.sao)
    plans.submit_edition(edition=edition, actor=stage.wichai, at=moment(100))
    plans.return_edition(edition=edition, reason="ขาดแผนที่", actor=stage.duangjai, at=moment(100))
    assert edition.checked_version == edition.version  # it is what was checked, sent back
    plans.submit_edition(edition=edition, actor=stage.wichai, at=moment(100))
    with pytest.raises(plans.UnableToReferEdition, match="wrong_gate"):
        plans.refer_edition(
            edition=edition, agenda_item=_item(stage, stage.other_sao, "ENDORSE"), actor=stage.system, at=moment(101)
        )
    gate = _pass(stage, edition, stage.sao, "ENDORSE")
    assert (edition.state, edition.checked_version) == (EditionState.ENDORSED, edition.version)
    assert (gate.body, gate.decision_kind, len(gate.digest)) == (stage.sao, "ENDORSE", 64)
    assert gate.snapshot["number"] == 1


FIVE_YEARS = (
    ("provincial_committee", "ENDORSE", "ENDORSED"),
    ("board", "ENDORSE", "BOARD_ENDORSED"),
    ("provincial_committee", "ENDORSE", "FINAL_ENDORSED"),
    ("board", "APPROVE", "APPROVED"),
    ("board", "PROCLAIM", "PROCLAIMED"),
)


def _who(stage: Cast, name: str) -> Body:
    if name != "board":
        return getattr(stage, name)
    return Body.objects.get_or_create(
        code="BOARD", defaults={"kind": "PROVINCIAL_BOARD", "name_th": "คณะกรมการจังหวัดพะเยา", "area": stage.province}
    )[0]


def _free_of_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way alone is looked at; that findings stop a plan has a test of its own."""
    monkeypatch.setattr("prasan.plans.services.gates._check_conformity", lambda *_: None)


def test_the_five_year_plan_goes_all_five_gates_and_is_proclaimed_on_the_day(
    stage: Cast, monkeypatch: pytest.MonkeyPatch
):
    _free_of_findings(monkeypatch)
    edition = _edition(stage, "PROVINCIAL_5Y_PLAN", stage.province_office)
    for who, kind, state in FIVE_YEARS:
        _pass(stage, edition, _who(stage, who), kind)
        assert edition.state == state
    assert edition.proclaimed_on == moment(101).date()
    assert queries.stage_after(edition, on=ON) is None
    assert [step.gate is not None for step in queries.path_of(edition, on=ON)] == [True] * 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    tries=st.lists(
        st.tuples(
            st.sampled_from(["provincial_committee", "board", "district_committee"]),
            st.sampled_from(rulebook.DECISIONS),
        ),
        max_size=12,
    )
)
def test_no_sequence_of_acts_skips_a_gate(stage: Cast, monkeypatch: pytest.MonkeyPatch, tries: list[tuple[str, str]]):
    _free_of_findings(monkeypatch)
    PlanEdition.objects.all().delete()
    edition = _edition(stage, "PROVINCIAL_5Y_PLAN", stage.province_office)
    for who, kind in tries:
        with contextlib.suppress(plans.UnableToReferEdition):
            _pass(stage, edition, _who(stage, who), kind)
    passed = list(edition.gates.order_by("pk").values_list("state", flat=True))
    assert passed == [state for _, _, state in FIVE_YEARS][: len(passed)]
    assert edition.state == (passed[-1] if passed else "SUBMITTED")


def test_refusals_of_a_gate_change_nothing(stage: Cast):
    road = make_project(owner=stage.sao, area=stage.village)
    edition = _edition(stage, "LOCAL_PLAN", stage.sao, road)
    item = _item(stage, stage.sao, "ENDORSE")
    other = _resolve(stage, _item(stage, stage.sao, "ENDORSE"))
    plans.refer_edition(edition=edition, agenda_item=item, actor=stage.system, at=moment(101))
    before = list(PlanEdition.objects.values()), Gate.objects.count(), Entry.objects.count()
    with pytest.raises(plans.UnableToReferEdition, match="referred_already"):
        plans.refer_edition(
            edition=edition, agenda_item=_item(stage, stage.sao, "ENDORSE"), actor=stage.system, at=moment(101)
        )
    for resolution, actor, code in (
        (other, stage.stranger, "not_allowed"),
        (other, stage.clerk, "not_allowed"),
        (other, stage.duangjai, "not_allowed"),
        (other, stage.system, "not_referred"),
        (_resolve(stage, item, "REJECTED"), stage.system, "not_adopted"),
    ):
        with pytest.raises(plans.UnableToPassGate) as refusal:
            plans.pass_gate(edition=edition, resolution=resolution, actor=actor, at=moment(102))
        assert refusal.value.code == code
    draft = _edition(stage, "LOCAL_PLAN", stage.other_sao, state="DRAFT")
    with pytest.raises(plans.UnableToReferEdition, match="wrong_gate"):
        plans.refer_edition(
            edition=draft, agenda_item=_item(stage, stage.other_sao, "ENDORSE"), actor=stage.system, at=moment(101)
        )
    draft.delete()
    assert (list(PlanEdition.objects.values()), Gate.objects.count(), Entry.objects.count()) == before


def test_a_likely_duplicate_nobody_decided_stops_the_plan_and_a_decision_frees_it(stage: Cast):
    """AC-21: the same work of a local government and a department."""
    from prasan.integration import services as integration

    road = make_project(owner=stage.sao, name="ถนน", area=stage.village)
    twin = make_project(owner=stage.highways, name="ถนน", area=stage.village)
    pair = make_pair(road, twin)
    edition = _edition(stage, "LOCAL_PLAN", stage.sao, road)
    item = _item(stage, stage.sao, "ENDORSE")
    plans.refer_edition(edition=edition, agenda_item=item, actor=stage.system, at=moment(101))
    resolution = _resolve(stage, item)
    with pytest.raises(plans.UnableToPassGate) as refusal:
        plans.pass_gate(edition=edition, resolution=resolution, actor=stage.system, at=moment(102))
    assert refusal.value.code in ("duplicates_open", "findings_block")
    assert "R31" in refusal.value.message_th
    assert not Gate.objects.exists()
    integration.decide_pair(pair=pair, decision="DIFFERENT", reason="คนละสาย", actor=stage.system, at=moment(103))
    plans.pass_gate(edition=edition, resolution=resolution, actor=stage.system, at=moment(104))
    assert edition.state == "ENDORSED"


def test_the_hash_changes_with_the_content_and_only_then(stage: Cast):
    road = make_project(owner=stage.sao, baht=900_000, area=stage.village)
    edition = _edition(stage, "LOCAL_PLAN", stage.sao, road)
    _, first = queries.snapshot(edition)
    assert queries.snapshot(PlanEdition.objects.get(pk=edition.pk))[1] == first
    PlanEdition.objects.filter(pk=edition.pk).update(version=9)
    assert queries.snapshot(PlanEdition.objects.get(pk=edition.pk))[1] == first
    road.years.update(amount_satang=1)
    assert queries.snapshot(edition)[1] != first


def test_what_was_decided_on_is_not_returned_but_amended(stage: Cast):
    road, bridge = (
        make_project(owner=stage.sao, baht=900_000, area=stage.village),
        make_project(owner=stage.sao, baht=100),
    )
    edition = _edition(stage, "LOCAL_PLAN", stage.sao, road)
    _pass(stage, edition, stage.sao, "ENDORSE")
    with pytest.raises(plans.UnableToReturnEdition, match="decided_on"):
        plans.return_edition(edition=edition, reason="แก้", actor=stage.system, at=moment(105))
    made = plans.amend_edition(
        edition=edition, kind=EditionKind.ADDED, reason="น้ำท่วม", actor=stage.wichai, at=moment(106)
    )
    assert (made.number, made.amendment_number, made.amendment_year, made.state) == (2, 1, 2568, "DRAFT")
    plans.add_item(edition=made, record=bridge, actor=stage.wichai, at=moment(107))
    found = queries.compare_editions(edition, made)
    assert ([line.code for line in found.added], found.removed, found.changed) == ([bridge.code], (), ())
    assert found.new_total - found.old_total == 100_00
    with pytest.raises(plans.UnableToAmendEdition, match="not_the_latest"):
        plans.amend_edition(edition=edition, kind="CHANGED", reason="แก้", actor=stage.wichai, at=moment(108))
    PlanEdition.objects.filter(pk=made.pk).update(state="ENDORSED")
    made.refresh_from_db()
    again = plans.amend_edition(edition=made, kind="ADDED", reason="เพิ่ม", actor=stage.wichai, at=moment(109))
    assert (again.amendment_number, again.amendment_year) == (2, 2568)


AMOUNTS = st.dictionaries(st.integers(1, 8), st.tuples(st.integers(1, 9), st.integers(0, 10**12)))


@given(old=AMOUNTS, new=AMOUNTS)
def test_a_comparison_reconciles_to_the_satang(old: dict[int, tuple[int, int]], new: dict[int, tuple[int, int]]):
    from prasan.plans import rules

    def listed(plan: dict[int, tuple[int, int]]) -> list[tuple[int, int, int]]:
        return [(key, priority, satang) for key, (priority, satang) in plan.items()]

    added, removed, changed = rules.compared(listed(old), listed(new))
    moved = sum(new[k][1] for k in added) - sum(old[k][1] for k in removed) + sum(a[1] - b[1] for _, b, a in changed)
    assert sum(s for _, s in old.values()) + moved == sum(s for _, s in new.values())


@pytest.mark.parametrize(
    ("kind", "reason", "code"),
    [("TORN", "เหตุ", "unknown_kind"), ("ADDED", " ", "no_reason"), ("ADDED", "x", "still_a_draft")],
)
def test_refusals_of_an_amendment(stage: Cast, kind: str, reason: str, code: str):
    edition = _edition(stage, "LOCAL_PLAN", stage.sao, state="DRAFT")
    before = Entry.objects.count()
    with pytest.raises(plans.UnableToAmendEdition) as refusal:
        plans.amend_edition(edition=edition, kind=kind, reason=reason, actor=stage.wichai, at=moment(108))
    assert refusal.value.code == code
    assert (PlanEdition.objects.count(), Entry.objects.count()) == (1, before)


def test_an_annual_item_confirms_the_five_year_plan_or_says_why(stage: Cast):
    """AC-18, R08."""
    road, well = make_project(owner=stage.highways, area=stage.district), make_project(owner=stage.highways, name="บ่อ")
    long = _edition(stage, "PROVINCIAL_5Y_PLAN", stage.province_office, road)
    annual = _edition(stage, "PROVINCIAL_ANNUAL_REQUEST", stage.province_office, road, well, state="DRAFT")
    first, second = annual.items.order_by("priority")
    with pytest.raises(plans.UnableToSubmitEdition, match="unconfirmed") as refusal:
        plans.submit_edition(edition=annual, actor=stage.prasit, at=moment(110))
    assert "2 รายการ" in refusal.value.message_th
    given_item = long.items.get()
    by = {"edition": annual, "actor": stage.prasit, "at": moment(111)}
    plans.confirm_items(confirmations=[Confirmation(first, given_item)], **by)
    for confirms, reason, code in (
        (None, " ", "neither"),
        (given_item, "ด้วย", "neither"),
        (first, "", "not_a_long_plan"),
    ):
        with pytest.raises(plans.UnableToConfirmItem) as refused:
            plans.confirm_items(confirmations=[Confirmation(second, confirms, reason)], **by)
        assert refused.value.code == code
    assert [(one.item, one.match) for one in queries.confirmables(annual)] == [(second, None)]
    before = Entry.objects.count()
    with pytest.raises(plans.UnableToConfirmItem, match="changed_meanwhile"):
        plans.confirm_items(confirmations=[Confirmation(second, None, "นโยบาย")], **by, seen_version=1)
    for who in (stage.stranger, stage.clerk, stage.wichai, stage.duangjai):
        with pytest.raises(plans.UnableToConfirmItem, match="not_allowed"):
            plans.confirm_items(confirmations=[Confirmation(second, None, "นโยบาย")], **(by | {"actor": who}))
    assert Entry.objects.count() == before
    plans.confirm_items(confirmations=[Confirmation(second, None, "นโยบายพิเศษของรัฐบาล")], **by)
    plans.submit_edition(edition=annual, actor=stage.prasit, at=moment(113))
    assert annual.state == "SUBMITTED"


def _letter(stage: Cast, *to: Body, name: str = "") -> Letter:
    letter = Letter.objects.create(
        sender=stage.province_office, subject="ส่งแผน", body="ส่งแผน", fiscal_year=2569, created_by=stage.prasit,
        created_at=moment(110),
    )  # fmt: skip
    for n, body in enumerate(to):
        LetterAddressee.objects.create(letter=letter, body=body, position=n)
    if name:
        LetterAddressee.objects.create(letter=letter, name=name, position=9)
    return letter


def test_the_area_version_never_leaves_for_the_centre(stage: Cast):
    """AC-22, R25."""
    edition = _edition(stage, "PROVINCIAL_ANNUAL_AREA_PLAN", stage.province_office)
    before = Entry.objects.count()
    for letter in (_letter(stage, stage.department), _letter(stage, stage.sao, name="สำนักงบประมาณ")):
        with pytest.raises(plans.UnableToDispatchEdition, match="stays_inside") as refusal:
            plans.dispatch_edition(edition=edition, letter=letter, actor=stage.prasit, at=moment(111))
        assert "R25" in refusal.value.message_th
    assert (edition.dispatches.count(), Entry.objects.count()) == (0, before)
    plans.dispatch_edition(
        edition=edition, letter=_letter(stage, stage.district_office), actor=stage.prasit, at=moment(112)
    )
    # An addressee that came to the letter after the plan: held against it again before the letter goes.
    letter = edition.dispatches.get().letter
    plans.check_letter(letter)
    LetterAddressee.objects.create(letter=letter, body=stage.department, position=7)
    with pytest.raises(plans.UnableToDispatchEdition, match="stays_inside"):
        plans.check_letter(letter)
    request = _edition(stage, "PROVINCIAL_ANNUAL_REQUEST", stage.province_office)
    plans.dispatch_edition(edition=request, letter=_letter(stage, stage.department), actor=stage.prasit, at=moment(112))
    assert request.dispatches.count() == 1


def test_submitting_and_endorsing_a_plan_moves_the_task_it_is_made_in(stage: Cast, monkeypatch: pytest.MonkeyPatch):
    _free_of_findings(monkeypatch)
    cycles.open_cycle(system="moi_2559", fiscal_year=2569, area=stage.province, actor=stage.prasit, at=moment(0))
    edition = _edition(stage, "DISTRICT_PLAN", stage.district_committee, state="DRAFT")
    plans.submit_edition(edition=edition, actor=stage.duangjai, at=moment(100))
    task = Task.objects.get(step__number="3a", body=stage.district_committee)
    assert (edition.task, task.submitted_at) == (task, moment(100))
    _pass(stage, edition, stage.district_committee, "ENDORSE")
    assert edition.state == "ENDORSED"
    # The source only says that กบอ. considers the plan in that step: an endorsement is another kind of decision.
    assert not GateDecision.objects.exists()


def test_a_referral_stands_for_one_meeting_at_a_time(stage: Cast):
    edition = _edition(stage, "LOCAL_PLAN", stage.sao)
    item = _item(stage, stage.sao, "ENDORSE")
    plans.refer_edition(edition=edition, agenda_item=item, actor=stage.system, at=moment(101))
    Meeting.objects.filter(pk=item.meeting_id).update(state="CANCELLED")
    plans.refer_edition(
        edition=edition, agenda_item=_item(stage, stage.sao, "ENDORSE"), actor=stage.system, at=moment(103)
    )
    assert Referral.objects.count() == 2


def test_a_plan_submitted_under_the_old_law_keeps_its_way(stage: Cast):
    old = _edition(stage, "PROVINCIAL_ANNUAL_ACTION_PLAN", stage.provincial_committee)
    PlanEdition.objects.filter(pk=old.pk).update(submitted_at=dt.datetime(2020, 9, 1, tzinfo=dt.UTC), state="ENDORSED")
    old.refresh_from_db()
    stage_then, stage_now = queries.stage_after(old, on=ON), None
    PlanEdition.objects.filter(pk=old.pk).update(submitted_at=moment(91))
    old.refresh_from_db()
    stage_now = queries.stage_after(old, on=ON)
    assert stage_then is not None
    assert stage_now is not None
    assert (stage_then.state, stage_now.gate.actor) == ("SCREENED", "area_administration_policy_committee")
