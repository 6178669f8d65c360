"""One project stands for another; totals are read through the one that stands."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.projects import queries
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.services import YearDraft
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_a_merged_project_is_counted_once_with_the_amount_of_the_kept_one(stage: Cast):
    kept, other = make_project(owner=stage.sao, baht=100), make_project(owner=stage.pao, baht=70)
    assert queries.totals([kept.pk, other.pk]).satang == 17_000
    projects.merge_project(project=other, into=kept, reason="สายเดียวกัน", actor=stage.prasit, at=moment(60))
    totals = queries.totals([kept.pk, other.pk])
    assert (totals.projects, totals.satang) == (1, 10_000)
    assert queries.totals([other.pk]).satang == 10_000
    assert list(queries.standing_projects(area=stage.province)) == [kept]
    assert Entry.objects.get(act="projects.merge_project").data == {"into": kept.code, "reason": "สายเดียวกัน"}


def test_totals_count_what_was_planned_else_what_was_budgeted_and_say_who_has_no_money(stage: Cast):
    planned = make_project(owner=stage.sao, years=(YearDraft(2569, 10), YearDraft(2569, 99, kind="BUDGETED")))
    budgeted = make_project(owner=stage.sao, years=(YearDraft(2570, 5, kind="BUDGETED"), YearDraft(2570, 1, "PAID")))
    nothing = make_project(owner=stage.sao, baht=None)
    totals = queries.totals([planned.pk, budgeted.pk, nothing.pk])
    assert (totals.projects, totals.without_money, totals.satang) == (3, 1, 15)
    assert [(y.fiscal_year, y.satang, y.projects) for y in totals.years] == [(2569, 10, 1), (2570, 5, 1)]


def test_a_merge_is_undone_and_both_are_counted_again(stage: Cast):
    kept, other = make_project(owner=stage.sao, baht=100), make_project(owner=stage.sao, baht=70)
    projects.merge_project(project=other, into=kept, reason="ซ้ำ", actor=stage.wichai, at=moment(60))
    projects.unmerge_project(project=other, reason="คนละสาย", actor=stage.wichai, at=moment(61))
    assert Project.objects.get(pk=other.pk).merged_into is None
    assert queries.totals([kept.pk, other.pk]).satang == 17_000
    assert Entry.objects.get(act="projects.unmerge_project").data == {"from": kept.code, "reason": "คนละสาย"}


def test_merging_is_refused_without_reason_in_a_circle_twice_or_with_the_withdrawn(stage: Cast):
    a, b, c, gone = (make_project(owner=stage.sao) for _ in range(4))
    projects.merge_project(project=a, into=b, reason="ซ้ำ", actor=stage.wichai, at=moment(60))
    projects.withdraw_project(project=gone, reason="เลิก", actor=stage.wichai, at=moment(60))
    entries = Entry.objects.count()
    for project, into, reason, code in (
        (c, b, "", "no_reason"),
        (c, c, "ซ้ำ", "circle"),
        (b, a, "ซ้ำ", "circle"),
        (a, c, "ซ้ำ", "merged"),
        (gone, c, "ซ้ำ", "withdrawn"),
        (c, gone, "ซ้ำ", "withdrawn"),
    ):
        with pytest.raises(projects.UnableToMergeProject) as refusal:
            projects.merge_project(project=project, into=into, reason=reason, actor=stage.wichai, at=moment(61))
        assert refusal.value.code == code
    for project, reason, code in ((c, "ต่าง", "not_merged"), (a, "", "no_reason")):
        with pytest.raises(projects.UnableToUnmergeProject) as undo:
            projects.unmerge_project(project=project, reason=reason, actor=stage.wichai, at=moment(61))
        assert undo.value.code == code
    assert Entry.objects.count() == entries


def test_the_second_of_two_officers_is_told(stage: Cast):
    a, b, c = (make_project(owner=stage.sao) for _ in range(3))
    hers, his = Project.objects.get(pk=a.pk), Project.objects.get(pk=a.pk)
    projects.merge_project(project=hers, into=b, reason="ซ้ำ", actor=stage.wichai, at=moment(60))
    with pytest.raises(projects.UnableToMergeProject, match="merged"):
        projects.merge_project(project=his, into=c, reason="ซ้ำ", actor=stage.prasit, at=moment(60))
    with pytest.raises(projects.UnableToUnmergeProject, match="changed_meanwhile"):
        projects.unmerge_project(project=hers, reason="ต่าง", actor=stage.prasit, at=moment(60), seen_version=1)
    assert Project.objects.get(pk=a.pk).merged_into == b


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    amounts=st.lists(st.integers(0, 10**12), min_size=5, max_size=5),
    moves=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12),
)
def test_however_projects_are_merged_the_total_is_that_of_those_that_stand_and_undoing_all_restores_it(
    stage: Cast, amounts: list[int], moves: list[tuple[int, int]]
):
    made = [make_project(owner=stage.sao, years=(YearDraft(2569, satang),)) for satang in amounts]
    ids = [p.pk for p in made]
    for k, (one, other) in enumerate(moves):
        project, into = Project.objects.get(pk=ids[one]), Project.objects.get(pk=ids[other])
        if project.merged_into is not None:
            projects.unmerge_project(project=project, reason="ต่าง", actor=stage.system, at=moment(k))
        elif into.canonical() != project:
            projects.merge_project(project=project, into=into, reason="ซ้ำ", actor=stage.system, at=moment(k))
        standing = [n for n, pk in enumerate(ids) if Project.objects.get(pk=pk).merged_into is None]
        totals = queries.totals(ids)
        assert (totals.projects, totals.satang) == (len(standing), sum(amounts[n] for n in standing))
    for pk in ids:
        project = Project.objects.get(pk=pk)
        if project.merged_into is not None:
            projects.unmerge_project(project=project, reason="ต่าง", actor=stage.system, at=moment(99))
    assert queries.totals(ids).satang == sum(amounts)
