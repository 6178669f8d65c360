"""AC-13, R47: a deputy prime minister approves at most 100 million baht a year."""

import datetime as dt

import pytest
from tests.cast import Cast, cast, moment

from prasan.budgeting import services as budgeting
from prasan.budgeting.models import CentralFundApproval, CentralFundYear
from prasan.journal.models import Entry

pytestmark = pytest.mark.django_db
MILLION = 1_000_000_00  # satang
DAY = dt.date(2025, 3, 1)


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def _approve(stage: Cast, millions: int, **changes: object) -> CentralFundApproval:
    wanted: dict[str, object] = {
        "deputy": "รองนายกรัฐมนตรี ก", "recipient": stage.province_office, "purpose": "อุทกภัย",
        "amount_satang": millions * MILLION, "approved_on": DAY, "actor": stage.prasit, "at": moment(50),
    }  # fmt: skip
    return budgeting.approve_central_fund(**(wanted | changes))


def test_sixty_and_forty_are_allowed_and_one_baht_more_is_not(stage: Cast):
    _approve(stage, 60)
    _approve(stage, 40)
    before = list(CentralFundApproval.objects.values()), list(CentralFundYear.objects.values()), Entry.objects.count()
    with pytest.raises(budgeting.UnableToApproveCentralFund) as refusal:
        _approve(stage, 0, amount_satang=100)
    assert refusal.value.code == "over_the_limit"
    assert "เหลืออนุมัติได้ 0 บาท" in refusal.value.message_th
    after = list(CentralFundApproval.objects.values()), list(CentralFundYear.objects.values()), Entry.objects.count()
    assert after == before


def test_the_limit_is_of_one_person_and_one_fiscal_year(stage: Cast):
    _approve(stage, 100)
    _approve(stage, 100, deputy="รองนายกรัฐมนตรี ข")
    _approve(stage, 100, approved_on=dt.date(2025, 10, 1))
    assert sorted(CentralFundYear.objects.values_list("fiscal_year", "approved_satang")) == [
        (2568, 100 * MILLION),
        (2568, 100 * MILLION),
        (2569, 100 * MILLION),
    ]


def test_more_than_the_limit_at_once_is_refused(stage: Cast):
    with pytest.raises(budgeting.UnableToApproveCentralFund, match="over_the_limit"):
        _approve(stage, 101)
    assert not CentralFundApproval.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"deputy": " "}, "no_name"), ({"purpose": " "}, "no_purpose"), ({"amount_satang": 0}, "no_amount")],
)
def test_what_is_missing_is_said(stage: Cast, changes: dict[str, object], code: str):
    with pytest.raises(budgeting.UnableToApproveCentralFund) as refusal:
        _approve(stage, 1, **changes)
    assert refusal.value.code == code
    assert not Entry.objects.filter(act="budgeting.approve_central_fund").exists()


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("stranger", False), ("clerk", False), ("wichai", False), ("duangjai", False), ("prasit", True), ("system", True)],
)
def test_who_may_record_it(stage: Cast, who: str, allowed: bool):
    if allowed:
        assert _approve(stage, 1, actor=getattr(stage, who)).amount_satang == MILLION
        return
    with pytest.raises(budgeting.UnableToApproveCentralFund, match="not_allowed"):
        _approve(stage, 1, actor=getattr(stage, who))
    assert not CentralFundApproval.objects.exists()
