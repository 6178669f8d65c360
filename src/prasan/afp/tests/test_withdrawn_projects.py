"""A problem is covered by projects that stand: what its owner took back solves nothing."""

import pytest
from tests.cast import Cast

from prasan.afp import queries
from prasan.afp import services as afp
from prasan.afp.models import AfpProblem, AfpRound
from prasan.afp.testing import AT, make_resolution, make_round, of_round
from prasan.journal.models import Entry
from prasan.projects.services import withdraw_project

pytestmark = pytest.mark.django_db


def _withdraw(made: AfpRound, stage: Cast, *, keep: int) -> None:
    """Its owners take back the accepted projects but the first `keep`."""
    for one in of_round(made)[1][keep:]:
        if one.project.withdrawn_at is None:
            withdraw_project(project=one.project, reason="งบถูกตัด", actor=stage.system, at=AT)


def test_nothing_is_endorsed_as_covered_by_projects_that_were_withdrawn(stage: Cast):
    made = make_round(body=stage.district_committee, upto=8)
    _withdraw(made, stage, keep=0)
    assert queries.matrix_of(made).whole.projects == 0
    by = {"round": made, "resolution": make_resolution(committee=stage.district_committee), "at": AT}
    before = Entry.objects.count()
    with pytest.raises(afp.UnableToEndorseRound) as refused:
        afp.endorse_round(**by, actor=stage.duangjai)
    made.refresh_from_db()
    assert (refused.value.code, made.state, Entry.objects.count()) == ("covered_by_nothing", "OPEN", before)
    assert "ถนนชำรุด" in refused.value.message_th
    road = AfpProblem.objects.get(round=made, title__startswith="ถนนชำรุด")
    with pytest.raises(afp.UnableToSetOutcome) as still:
        afp.set_outcomes(round=made, outcomes={road: "COVERED"}, actor=stage.duangjai, at=AT)
    assert still.value.code == "no_project"
    made.refresh_from_db()
    afp.set_outcomes(round=made, outcomes={road: "GAP"}, actor=stage.duangjai, at=AT)
    assert afp.endorse_round(**by, actor=stage.duangjai).state == "ENDORSED"


def test_a_problem_stays_covered_while_one_of_its_projects_stands(stage: Cast):
    made = make_round(body=stage.district_committee, upto=8)
    _withdraw(made, stage, keep=1)
    resolution = make_resolution(committee=stage.district_committee)
    ended = afp.endorse_round(round=made, resolution=resolution, actor=stage.duangjai, at=AT)
    assert (ended.state, queries.matrix_of(made).whole.projects) == ("ENDORSED", 1)


def test_only_standing_projects_are_counted_for_a_problem_and_without_one_it_is_a_gap(stage: Cast):
    made = make_round(body=stage.district_committee, upto=6)
    road = queries.problems_of(made).get(title__startswith="ถนนชำรุด")
    assert road.accepted == 2
    _withdraw(made, stage, keep=1)
    assert queries.problems_of(made).get(pk=road.pk).accepted == 1
    assert road not in queries.gaps_of(made)
    _withdraw(made, stage, keep=0)
    assert queries.problems_of(made).get(pk=road.pk).accepted == 0
    assert road in queries.gaps_of(made)
