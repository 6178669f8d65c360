"""A community splits what it does itself from what it asks support for (R33)."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.needs import services as needs
from prasan.needs.models import Need, ResponseKind
from prasan.needs.testing import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_a_need_is_classified_and_the_journal_keeps_what_stood_before(stage: Cast):
    need = make_need(body=stage.village_committee)
    needs.classify_need(need=need, response_kind=ResponseKind.SELF_HELP, actor=stage.somsri, at=moment(2))
    stored = Need.objects.get(pk=need.pk)
    assert (stored.response_kind, stored.version) == ("SELF_HELP", 2)
    entry = Entry.objects.get(act="needs.classify_need")
    assert entry.data == {"before": "UNCLASSIFIED", "after": "SELF_HELP"}
    assert entry.subject_code == need.code


def test_the_second_of_two_officers_is_told_and_overwrites_nothing(stage: Cast):
    need = make_need(body=stage.village_committee)
    hers, his = Need.objects.get(pk=need.pk), Need.objects.get(pk=need.pk)
    needs.classify_need(need=hers, response_kind=ResponseKind.JOINT, actor=stage.somsri, at=moment(2))
    with pytest.raises(needs.UnableToClassifyNeed) as refusal:
        needs.classify_need(need=his, response_kind=ResponseKind.SELF_HELP, actor=stage.wichai, at=moment(2))
    assert refusal.value.code == "changed_meanwhile"
    assert Need.objects.get(pk=need.pk).response_kind == ResponseKind.JOINT
    assert Entry.objects.filter(act="needs.classify_need").count() == 1


def test_a_form_that_was_opened_before_a_change_is_refused_by_its_version(stage: Cast):
    need = make_need(body=stage.village_committee)
    needs.classify_need(need=need, response_kind=ResponseKind.JOINT, actor=stage.somsri, at=moment(2))
    with pytest.raises(needs.UnableToClassifyNeed, match="changed_meanwhile"):
        needs.classify_need(
            need=Need.objects.get(pk=need.pk),
            response_kind=ResponseKind.SELF_HELP,
            actor=stage.wichai,
            at=moment(3),
            seen_version=1,
        )


def test_an_unknown_class_is_refused(stage: Cast):
    need = make_need(body=stage.village_committee)
    with pytest.raises(needs.UnableToClassifyNeed, match="unknown_response_kind"):
        needs.classify_need(need=need, response_kind="MAYBE", actor=stage.somsri, at=moment(2))


def test_a_merged_or_withdrawn_need_is_not_classified(stage: Cast):
    kept, merged, gone = (make_need(body=stage.village_committee) for _ in range(3))
    needs.merge_need(need=merged, into=kept, reason="ขอซ้ำ", actor=stage.somsri, at=moment(2))
    needs.withdraw_need(need=gone, reason="ทำแล้ว", actor=stage.somsri, at=moment(2))
    for need, code in ((merged, "merged"), (gone, "withdrawn")):
        with pytest.raises(needs.UnableToClassifyNeed) as refusal:
            needs.classify_need(need=need, response_kind=ResponseKind.JOINT, actor=stage.somsri, at=moment(3))
        assert refusal.value.code == code
