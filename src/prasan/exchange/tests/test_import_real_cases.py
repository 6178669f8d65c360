"""The real workbooks come in whole: every row has one outcome and the money is there to the satang."""

from pathlib import Path

import pytest
from django.db.models import Sum
from tests.shared import SHARED, needs_cases

from prasan.exchange import services as exchange
from prasan.exchange.models import RowOutcome, Submission, SubmissionRow
from prasan.exchange.testing import AT, operator
from prasan.journal.services import verify_chain
from prasan.needs.models import Forum, Need
from prasan.projects.models import AmountKind, Origin, Project, ProjectYear

pytestmark = [pytest.mark.django_db, pytest.mark.cases, needs_cases]
CASES = SHARED / "cases"


def bring(path: Path, province: str) -> exchange.ImportResult:
    return exchange.import_file(path=path, actor=operator(province), at=AT, province_code=province)


def money(kind: AmountKind, **where: object) -> int:
    found = ProjectYear.objects.filter(kind=kind, span="IN", **{f"project__{k}": v for k, v in where.items()})
    return found.aggregate(s=Sum("amount_satang"))["s"] or 0


def test_the_needs_of_twelve_villages_stand_under_their_own_committees() -> None:
    result = bring(CASES / "maesai" / "community_needs.xlsx", "56")
    assert (result.registered, result.merged, result.refused) == (55, 0, 0)
    assert Need.objects.count() == 55
    assert Forum.objects.count() == 12
    codes = set(Need.objects.values_list("area__code", flat=True))
    assert codes == {f"560114{moo:02d}" for moo in range(1, 13)}
    assert Need.objects.values("body").distinct().count() == 12
    assert set(Need.objects.values_list("body__kind", flat=True)) == {"VILLAGE_COMMITTEE"}
    assert set(Need.objects.values_list("fiscal_year", flat=True)) == {2568}
    assert sorted(Need.objects.filter(moos__contains=",").values_list("moos", flat=True)) == ["6,10", "9,4"]


def test_a_plan_and_what_it_asks_of_the_province_stand_apart() -> None:
    result = bring(CASES / "maesai" / "local_plan_p02.xlsx", "56")
    assert (result.registered, result.merged, result.refused) == (39, 0, 0)
    assert Project.objects.values("owner").distinct().count() == 1
    assert Project.objects.filter(origin=Origin.LOCAL_PLAN).count() == 24
    asked = Project.objects.filter(origin=Origin.LOCAL_PLAN_COORDINATION)
    assert asked.count() == 15
    assert set(asked.values_list("asks__kind", flat=True)) == {"PAO"}
    assert money(AmountKind.PLANNED) == 2_413_719_529
    assert money(AmountKind.PLANNED, origin=Origin.LOCAL_PLAN_COORDINATION) == 1_296_200_000


def test_an_action_plan_brings_money_set_money_paid_and_progress() -> None:
    result = bring(CASES / "maesai" / "action_plan.xlsx", "56")
    assert (result.registered, result.merged, result.refused) == (58, 0, 0)
    assert money(AmountKind.BUDGETED) == 3_765_657_256
    assert money(AmountKind.PAID) == 647_941_142
    assert Project.objects.filter(responsible__contains="อบจ").count() == 3


def test_a_city_plan_of_nineteen_sheets_keeps_every_baht() -> None:
    result = bring(CASES / "nakhonsawan_half" / "nakhonsawan_plan_2566_2570.xlsx", "60")
    assert (result.registered, result.merged, result.refused) == (340, 0, 0)
    assert money(AmountKind.PLANNED, origin=Origin.LOCAL_PLAN) == 113_537_620_000
    assert money(AmountKind.PLANNED, origin=Origin.LOCAL_PLAN_COMMUNITY) == 110_000_000
    assert money(AmountKind.PLANNED, origin=Origin.LOCAL_PLAN_COORDINATION) == 200_944_200_000


def test_agencies_own_what_they_list_and_a_row_without_a_place_gets_the_province() -> None:
    result = bring(CASES / "kalasin_supply" / "agency_projects.xlsx", "46")
    assert (result.registered, result.merged, result.refused) == (128, 0, 0)
    assert money(AmountKind.BUDGETED) == 191_957_770_000
    levels = list(Project.objects.values_list("area__level", flat=True))
    assert len([level for level in levels if level == "PROVINCE"]) == 33
    assert len([level for level in levels if level == "DISTRICT"]) == 15
    assert len([level for level in levels if level in ("SUBDISTRICT", "VILLAGE")]) == 80
    obligated = ProjectYear.objects.filter(kind=AmountKind.OBLIGATED)
    before = obligated.filter(span="UNTIL").aggregate(s=Sum("amount_satang"))["s"]
    assert before == 88_553_269_900
    assert obligated.filter(span="IN", fiscal_year=2566).aggregate(s=Sum("amount_satang"))["s"] == 24_592_290_000
    assert obligated.filter(span="IN", fiscal_year=2567).aggregate(s=Sum("amount_satang"))["s"] == 4_400_000_000
    assert Project.objects.filter(notified_on=None).count() == 0
    highways = Project.objects.select_related("owner__superior").filter(owner__name_th="กรมทางหลวง")
    assert highways.count() == 18
    assert {p.owner.superior.name_th for p in highways if p.owner.superior} == {"กระทรวงคมนาคม"}


def test_the_same_22_projects_in_two_files_are_22_projects() -> None:
    actor = operator("47", "48", "49")
    flat, matrix = (CASES / "snuk_matrix" / name for name in ("snuk_flat.xlsx", "snuk_matrix.xlsx"))
    first = exchange.import_file(path=flat, actor=actor, at=AT)
    second = exchange.import_file(path=matrix, actor=actor, at=AT)
    assert (first.registered, first.merged, first.refused) == (22, 0, 0)
    assert (second.registered, second.merged, second.refused) == (0, 22, 0)
    assert Project.objects.count() == 22
    assert {p.owner.kind for p in Project.objects.select_related("owner")} == {"CLUSTER_COMMITTEE"}
    assert Project.objects.filter(area__name_th="มุกดาหาร").count() == 3
    merged = SubmissionRow.objects.filter(submission=second.submission, outcome=RowOutcome.MERGED)
    assert set(merged.values_list("project", flat=True)) == set(Project.objects.values_list("pk", flat=True))


def test_all_cases_together_lose_no_row() -> None:
    sent = 0
    for folder, province in (("maesai", "56"), ("nakhonsawan_half", "60"), ("kalasin_supply", "46")):
        for path in sorted((CASES / folder).glob("*.xlsx")):
            result = bring(path, province)
            sent += len(result.reading.records())
    assert sent == 55 + 39 + 58 + 340 + 128 == SubmissionRow.objects.count()
    assert Submission.objects.count() == 5
    assert verify_chain() is None
    assert not SubmissionRow.objects.filter(outcome=RowOutcome.REFUSED).exists()
