"""What a line that is being written may be the same as."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, cast, moment

from prasan.integration import likely
from prasan.integration.queries import Asked, InForce, likely_duplicates, likely_of_many
from prasan.matching import load_weights, match_table
from prasan.projects import services as projects
from prasan.projects.models import Project
from prasan.projects.queries import lines, nearby
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db
ROAD = "ก่อสร้างถนนคอนกรีตเสริมเหล็ก สายบ้านนายดำ - วัดป่า หมู่ที่ 1"


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def asked(stage: Cast, name: str = ROAD, baht: int = 500_000, project: Project | None = None) -> Asked:
    return Asked(name, stage.sao, stage.village, "", 2569, baht * 100, project)


def test_the_same_work_in_other_words_is_found_with_its_reasons(stage: Cast):
    same = make_project(owner=stage.pao, area=stage.village, baht=500_000, name=ROAD)
    make_project(owner=stage.pao, area=stage.village, baht=500_000, name="ฝึกอบรมอาชีพผู้สูงอายุ")
    (found,) = likely_duplicates(asked(stage, "โครงการก่อสร้างถนน คสล. สายบ้านนายดำ-วัดป่า ม.1"))
    assert (found.project, found.verdict) == (same.pk, "duplicate")
    assert found.probability > 0.9
    assert {"same_amount", "other_owner"} <= {reason["code"] for reason in found.reasons}


def test_another_village_is_no_duplicate_whatever_the_words(stage: Cast):
    make_project(owner=stage.sao, area=stage.other_village, baht=500_000, name=ROAD.removesuffix(" หมู่ที่ 1"))
    assert all(one.verdict != "duplicate" for one in likely_duplicates(asked(stage)))


def test_the_merged_the_withdrawn_and_the_excepted_are_not_named(stage: Cast):
    kept, merged, gone = (make_project(owner=stage.sao, area=stage.village, baht=500_000, name=ROAD) for _ in range(3))
    projects.merge_project(project=merged, into=kept, reason="ซ้ำ", actor=stage.prasit, at=moment(2))
    projects.withdraw_project(project=gone, reason="เลิก", actor=stage.system, at=moment(2))
    assert [one.project for one in likely_duplicates(asked(stage))] == [kept.pk]
    assert likely_duplicates(asked(stage, project=kept)) == []


@pytest.mark.parametrize("name", ["", "  ", "ถ"])
def test_too_little_finds_nothing(name: str, stage: Cast):
    make_project(owner=stage.sao, area=stage.village, name=ROAD)
    assert likely_duplicates(asked(stage, name)) == []


def test_a_line_that_names_no_place_is_found_by_its_owner_or_a_near_amount(stage: Cast):
    nowhere = {"area": None, "owner": stage.department}
    one = make_project(**nowhere, baht=2_000_000, name="ค่าใช้จ่ายในการพัฒนาระบบฐานข้อมูลแหล่งน้ำ")
    words = "โครงการพัฒนาระบบฐานข้อมูลแหล่งน้ำ"
    for line in (
        Asked(words, owner=stage.department, fiscal_year=2569),
        Asked(words, amount_satang=210_000_000, fiscal_year=2569),
    ):
        assert [found.project for found in likely_duplicates(line)] == [one.pk]


def test_of_too_many_the_newest_of_a_place_and_the_nearest_amounts_are_compared(
    stage: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(nearby, "MOST_SEEN", 2)
    here = [make_project(owner=stage.sao, area=stage.village, baht=500_000, name=ROAD).pk for _ in range(4)]
    assert sorted(one.project for one in likely_duplicates(asked(stage), most=9)) == here[-2:]
    words = "ค่าใช้จ่ายในการพัฒนาระบบฐานข้อมูลแหล่งน้ำ"
    baht = (1_000_000, 1_010_000, 990_000, 1_050_000, 960_000, 1_090_000)
    ids = [make_project(owner=stage.department, area=None, baht=one, name=words).pk for one in baht]
    found = likely_duplicates(Asked(words, amount_satang=100_000_000, fiscal_year=2569), most=9)
    assert sorted(one.project for one in found) == [ids[0], ids[1], ids[2], ids[4]]  # two from above, two from below


def test_many_lines_are_answered_as_each_would_be(stage: Cast):
    made = [make_project(owner=stage.sao, area=stage.village, baht=n, name=f"{ROAD} ซอย {n}") for n in (1, 2, 3)]
    many = [asked(stage, project.name, baht=n) for n, project in enumerate(made, 1)] + [asked(stage, "")]
    together = likely_of_many(many)
    assert together == [likely_duplicates(one) for one in many]
    assert [one[0].project for one in together[:3]] == [project.pk for project in made]
    assert likely_of_many([]) == []


def test_a_line_is_answered_as_the_pass_over_all_projects_answers(stage: Cast):
    """The same engine, the same weights: what the form says is what the queue of pairs will say."""
    made = [
        make_project(owner=owner, area=stage.village, baht=baht, name=name)
        for owner, baht, name in (
            (stage.sao, 500_000, ROAD),
            (stage.pao, 510_000, "โครงการก่อสร้างถนน คสล. สายบ้านนายดำ-วัดป่า ม.1 ระยะที่ 2"),
            (stage.pao, 300_000, "ปรับปรุงถนน คสล. สายบ้านนายดำ ถึงวัดป่า หมู่ที่ 1"),
        )
    ]
    ids = [project.pk for project in made]
    passed = {
        (pair["id_b"] if pair["id_a"] == ids[0] else pair["id_a"]): (pair["probability"], pair["verdict"])
        for pair in match_table(lines.table_of(lines.lines_of(ids))).to_dicts()
        if ids[0] in (pair["id_a"], pair["id_b"])
    }
    found = likely_duplicates(asked(stage, project=made[0]))
    assert passed
    assert {one.project: (one.probability, one.verdict) for one in found} == passed


def test_the_questions_do_not_grow_with_the_lines(stage: Cast):
    for number in range(12):
        make_project(owner=stage.sao, area=stage.village, baht=number + 1, name=f"{ROAD} ซอย {number}")
    with CaptureQueriesContext(connection) as few:
        likely_duplicates(asked(stage))
    assert len(few) <= 8


def test_the_weights_are_those_of_the_province_the_line_lies_in(stage: Cast, monkeypatch: pytest.MonkeyPatch):
    make_project(owner=stage.sao, area=stage.village, baht=500_000, name=ROAD)
    asked_for: list[str] = []

    def doubtful(province: str) -> InForce:
        asked_for.append(province)
        weights = load_weights()
        return InForce(replace(weights, intercept=weights.intercept - 30), None)

    sure = likely_duplicates(asked(stage))[0].probability
    monkeypatch.setattr(likely, "weights_in_force", doubtful)
    assert [one.verdict for one in likely_duplicates(asked(stage)) if one.probability >= sure] == []
    assert asked_for == [stage.province.code]
