"""Who runs a round and who answers in it; on refusal nothing is written."""

import pytest
from tests.cast import Cast

from prasan.accounts.models import User
from prasan.afp import access
from prasan.afp import services as afp
from prasan.afp.models import AfpRound, GroupAgency
from prasan.afp.testing import AT, make_round
from prasan.common.errors import Refused
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
ON = AT.date()


@pytest.mark.parametrize(
    ("who", "district", "province"),
    [("stranger", False, False), ("clerk", False, False), ("somsri", False, False), ("wichai", False, False),
     ("duangjai", True, False), ("prasit", False, True), ("malee", False, False), ("system", True, True)],
)  # fmt: skip
def test_who_runs_a_round(stage: Cast, who: str, district: bool, province: bool):
    actor: User = getattr(stage, who)
    for body, may in ((stage.district_committee, district), (stage.provincial_committee, province)):
        assert access.can_run_round(actor, body=body, on=ON) is may
        before = Entry.objects.count()
        if may:
            assert (
                afp.open_round(body=body, fiscal_year=2569, guideline_set="knp_2545", actor=actor, at=AT).body == body
            )
            continue
        with pytest.raises(afp.UnableToOpenRound) as refused:
            afp.open_round(body=body, fiscal_year=2569, guideline_set="knp_2545", actor=actor, at=AT)
        assert refused.value.code == "not_allowed"
        assert not AfpRound.objects.filter(body=body).exists()
        assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["stranger", "clerk", "wichai", "prasit"])
def test_nobody_else_works_on_a_districts_round(stage: Cast, who: str):
    made = make_round(body=stage.district_committee, upto=7)
    actor: User = getattr(stage, who)
    before = Entry.objects.count(), made.version
    acts = (
        lambda: afp.rank_areas(round=made, actor=actor, at=AT),
        lambda: afp.cluster_problems(round=made, actor=actor, at=AT),
        lambda: afp.suggest_guidelines(round=made, actor=actor, at=AT),
        lambda: afp.find_candidates(round=made, actor=actor, at=AT),
        lambda: afp.make_groups(round=made, actor=actor, at=AT),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "not_allowed"
    made.refresh_from_db()
    assert (Entry.objects.count(), made.version) == before


def test_only_the_agency_answers_for_itself(stage: Cast):
    made = make_round(body=stage.district_committee, upto=7)
    group = made.groups.get(family="road")
    plan = afp.GroupPlan(lead=stage.highways, partners=[stage.sao], tasks="แบ่งช่วงถนน")
    afp.plan_group(round=made, group=group, plan=plan, actor=stage.system, at=AT)
    agency = GroupAgency.objects.get(group=group, body=stage.sao)
    for actor in (stage.stranger, stage.clerk, stage.duangjai, stage.prasit):
        with pytest.raises(afp.UnableToAnswerGroup) as refused:
            afp.answer_group(agency=agency, agree=True, reply="", actor=actor, at=AT)
        assert refused.value.code == "not_allowed"
    answered = afp.answer_group(agency=agency, agree=True, reply="", actor=stage.wichai, at=AT)
    assert (answered.answer, answered.answered_by) == ("AGREED", stage.wichai)
    with pytest.raises(afp.UnableToAnswerGroup) as late:
        afp.answer_group(agency=agency, agree=False, reply="ช้าไป", actor=stage.wichai, at=AT, seen_version=1)
    assert late.value.code == "changed_meanwhile"
