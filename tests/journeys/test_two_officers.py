"""Two officers at the same moment: one does it, the other is told, and nothing is overwritten (PostgreSQL)."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from prasan.common.errors import Refused
from prasan.integration import services as integrate
from prasan.integration.models import Handover, Pair
from prasan.integration.testing import make_pair
from prasan.journal.services import verify_chain
from prasan.needs import services as needs
from prasan.needs.models import Need
from prasan.needs.testing import make_need, need_draft
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition
from prasan.plans.testing import make_local_plan
from prasan.projects import services as projects
from prasan.projects.models import Project, TakeUp
from prasan.projects.testing import make_project, project_draft
from tests.cast import YEAR, Cast, cast, moment

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("sqlite" in connection.vendor, reason="on SQLite one writer waits for the other anyway"),
]


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts in threads of their own that start together; each one's outcome: "done" or its refusal."""
    start = threading.Barrier(len(acts))
    outcomes = ["" for _ in acts]

    def run(number: int, act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
            outcomes[number] = "done"
        except Refused as refusal:
            outcomes[number] = refusal.code
        except Exception as fault:
            outcomes[number] = repr(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_no_number_is_given_twice_and_none_is_skipped(stage: Cast):
    def record_both() -> None:
        for _ in range(5):
            needs.record_needs(drafts=[need_draft(body=stage.village_committee)] * 10, actor=stage.wichai, at=moment(0))
            projects.record_projects(drafts=[project_draft(owner=stage.sao)] * 10, actor=stage.wichai, at=moment(0))

    assert at_once(record_both, record_both, record_both) == ["done", "done", "done"]
    assert sorted(Need.objects.values_list("code", flat=True)) == [f"56-2569-N{n:05d}" for n in range(1, 151)]
    assert sorted(Project.objects.values_list("code", flat=True)) == [f"56-2569-{n:05d}" for n in range(1, 151)]
    assert verify_chain() is None


def test_the_journal_stays_one_chain_when_rooms_write_beside_each_other(stage: Cast):
    def needs_only() -> None:
        for _ in range(12):
            needs.record_need(draft=need_draft(body=stage.village_committee), actor=stage.wichai, at=moment(0))

    def projects_only() -> None:
        for _ in range(12):
            projects.record_project(draft=project_draft(owner=stage.sao), actor=stage.wichai, at=moment(0))

    assert at_once(needs_only, projects_only) == ["done", "done"]
    assert verify_chain() is None


def test_a_project_is_handed_over_once(stage: Cast):
    road = make_project(owner=stage.sao)

    def hand(to: str) -> Callable[[], object]:
        return lambda: integrate.hand_over(
            project=road, to=getattr(stage, to), verdict="MONEY", reason="งบไม่พอ", actor=stage.wichai, at=moment(90)
        )

    assert at_once(hand("district_local"), hand("district_committee")) == ["done", "open_already"]
    assert Handover.objects.count() == 1


def test_a_hand_over_is_answered_once(stage: Cast):
    road = make_project(owner=stage.sao)
    integrate.hand_over(
        project=road, to=stage.district_local, verdict="MONEY", reason="งบไม่พอ", actor=stage.wichai, at=moment(90)
    )
    first, second = Handover.objects.get(), Handover.objects.get()
    outcome = at_once(
        lambda: integrate.accept_handover(handover=first, actor=stage.duangjai, at=moment(91)),
        lambda: integrate.return_handover(handover=second, reason="ไม่ครบ", actor=stage.system, at=moment(91)),
    )
    assert outcome == ["answered_already", "done"]


def test_a_pair_is_decided_once(stage: Cast):
    a, b = make_project(owner=stage.sao), make_project(owner=stage.pao)
    make_pair(a, b)
    first, second = Pair.objects.get(), Pair.objects.get()
    outcome = at_once(
        lambda: integrate.decide_pair(
            pair=first, decision="SAME", kept=a, reason="ซ้ำ", actor=stage.prasit, at=moment(91)
        ),
        lambda: integrate.decide_pair(
            pair=second, decision="DIFFERENT", reason="ต่าง", actor=stage.system, at=moment(91)
        ),
    )
    assert outcome == ["changed_meanwhile", "done"]
    merged = Project.objects.filter(merged_into__isnull=False).count()
    assert merged == (1 if Pair.objects.get().decision == "SAME" else 0)


def test_two_who_merge_crosswise_make_no_circle(stage: Cast):
    for _ in range(5):
        a, b = make_project(owner=stage.sao), make_project(owner=stage.sao)
        x, y = make_need(body=stage.village_committee), make_need(body=stage.village_committee)
        outcome = at_once(
            lambda a=a, b=b: projects.merge_project(project=a, into=b, reason="ซ้ำ", actor=stage.wichai, at=moment(60)),
            lambda a=a, b=b: projects.merge_project(project=b, into=a, reason="ซ้ำ", actor=stage.prasit, at=moment(60)),
        )
        assert outcome == ["circle", "done"]
        outcome = at_once(
            lambda x=x, y=y: needs.merge_need(need=x, into=y, reason="ซ้ำ", actor=stage.somsri, at=moment(60)),
            lambda x=x, y=y: needs.merge_need(need=y, into=x, reason="ซ้ำ", actor=stage.wichai, at=moment(60)),
        )
        assert outcome == ["circle", "done"]


def test_a_circle_through_chains_is_seen_too(stage: Cast):
    for _ in range(5):
        x, y, a, r = (make_project(owner=stage.sao) for _ in range(4))
        projects.merge_project(project=y, into=x, reason="ซ้ำ", actor=stage.wichai, at=moment(60))
        projects.merge_project(project=a, into=r, reason="ซ้ำ", actor=stage.wichai, at=moment(60))
        outcome = at_once(
            lambda x=x, a=a: projects.merge_project(project=x, into=a, reason="ซ้ำ", actor=stage.wichai, at=moment(61)),
            lambda r=r, y=y: projects.merge_project(project=r, into=y, reason="ซ้ำ", actor=stage.prasit, at=moment(61)),
        )
        assert outcome[1] == "done"
        assert outcome[0] in {"circle", "changed_meanwhile"}


def test_a_need_is_answered_by_one_body(stage: Cast):
    need = make_need(body=stage.village_committee)
    ours, theirs = make_project(owner=stage.sao), make_project(owner=stage.pao)
    outcome = at_once(
        lambda: projects.take_up_needs(project=ours, needs=[need], actor=stage.wichai, at=moment(60)),
        lambda: projects.take_up_needs(project=theirs, needs=[need], actor=stage.malee, at=moment(60)),
        lambda: projects.propose_from_need(need=need, actor=stage.somsri, at=moment(60)),
    )
    assert outcome.count("done") == 1
    assert set(outcome) <= {"done", "answered", "answered_elsewhere"}
    assert TakeUp.objects.count() == 1


def test_a_plan_compiled_by_two_at_once_is_one_edition(stage: Cast):
    for _ in range(5):
        make_project(owner=stage.sao)
    outcome = at_once(
        *[
            lambda: plans.compile_edition(
                plan_type="LOCAL_PLAN", body=stage.sao, fiscal_year=YEAR, actor=stage.wichai, at=moment(120)
            )
            for _ in range(3)
        ]
    )
    assert outcome == ["done", "done", "done"]
    edition = PlanEdition.objects.get()
    assert list(edition.items.values_list("priority", flat=True)) == [1, 2, 3, 4, 5]


def test_a_plan_is_ranked_by_one_at_a_time(stage: Cast):
    for _ in range(3):
        make_project(owner=stage.sao)
    make_local_plan(lao=stage.sao)
    ids = list(PlanEdition.objects.get().items.values_list("pk", flat=True))

    def rank(order: list[int], edition: PlanEdition) -> Callable[[], object]:
        return lambda: plans.reorder(edition=edition, item_ids=order, actor=stage.wichai, at=moment(130))

    first, second = PlanEdition.objects.get(), PlanEdition.objects.get()
    assert at_once(rank(ids[::-1], first), rank([ids[1], ids[0], ids[2]], second)) == ["changed_meanwhile", "done"]
