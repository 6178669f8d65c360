"""What a project is found by follows every act that writes or changes one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cast import Cast, cast, moment

from prasan.agencies import services as agencies
from prasan.areas import services as areas
from prasan.journal.models import Entry
from prasan.projects import queries
from prasan.projects import services as projects
from prasan.projects.models import Project, ProjectSketch
from prasan.projects.queries import nearby
from prasan.projects.services import YearDraft
from prasan.projects.services.sketching import keep_sketches
from prasan.projects.testing import make_project, project_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def kept() -> set[tuple[object, ...]]:
    fields = ("project_id", "province", "district", "subdistrict", "owner_id", "satang", "sketch", "reading")
    rows = ProjectSketch.objects.values_list(*fields)
    return {tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in rows}


def written_anew() -> set[tuple[object, ...]]:
    """What would be kept if every project were read again."""
    ProjectSketch.objects.all().delete()
    keep_sketches(list(Project.objects.values_list("pk", flat=True)))
    return kept()


def revise(project: Project, stage: Cast) -> None:
    draft = project_draft(owner=project.owner, baht=999, name="ขุดลอกคลองแม่ใส หมู่ที่ 2")
    projects.revise_project(project=project, draft=draft, actor=stage.system, at=moment(2))


def revise_amount(project: Project, stage: Cast) -> None:
    draft = project_draft(owner=project.owner, baht=999, name=project.name)
    projects.revise_project(project=project, draft=draft, actor=stage.system, at=moment(2))


def move(project: Project, stage: Cast) -> None:
    projects.move_project(project=project, area=stage.district, reason="ย้าย", actor=stage.system, at=moment(2))


def withdraw(project: Project, stage: Cast) -> None:
    projects.withdraw_project(project=project, reason="เลิก", actor=stage.system, at=moment(2))


def merge(project: Project, stage: Cast) -> None:
    other = make_project(owner=stage.pao)
    projects.merge_project(project=project, into=other, reason="ซ้ำ", actor=stage.prasit, at=moment(2))


def merge_and_part(project: Project, stage: Cast) -> None:
    merge(project, stage)
    projects.unmerge_project(project=project, reason="ต่างกัน", actor=stage.prasit, at=moment(3))


@pytest.mark.parametrize("change", [revise, revise_amount, move, withdraw, merge, merge_and_part])
def test_every_act_leaves_what_reading_again_would_give(change: Callable[[Project, Cast], None], stage: Cast):
    project = make_project(owner=stage.sao, area=stage.village, name="ก่อสร้างถนน คสล. หมู่ที่ 1")
    before = kept()
    change(project, stage)
    after = kept()
    assert after == written_anew()
    assert change is merge_and_part or after != before


AREAS = "code,parent_code,level,name_th\n"
LAOS = "lao_code,lao_type,name_th,province_code,district_code\nTAO560114,SAO,องค์การบริหารส่วนตำบลแม่ใส,56,5601\n"
COVERAGE = "lao_code,subdistrict_code,coverage\n"


def follow(stage: Cast) -> int:
    return projects.refresh_sketches(projects=nearby.misplaced(), actor=stage.system, at=moment(5))


@pytest.mark.parametrize(
    ("row", "moved"),
    [
        ("56,TH,province,ภูกามยาว", 6),
        ("5601,56,district,ภูกามยาว", 4),
        ("560114,5601,subdistrict,แม่ใสเหนือ", 3),
        ("56011401,560114,village,ร่องไฮเหนือ", 0),
        ("560114,5601,subdistrict,ตำบลแม่ใส", 0),
    ],
)
def test_projects_are_found_by_the_name_that_a_place_was_given(row: str, moved: int, stage: Cast, tmp_path: Path):
    areas.load_builtin_register(actor=stage.system, at=moment(1))
    for area in (stage.village, stage.tambon, stage.other_tambon, stage.province):
        make_project(owner=stage.sao, area=area, name="ก่อสร้างถนน คสล. ตำบลแม่ใสเหนือ อำเภอภูกามยาว จังหวัดพะเยา")
    make_project(owner=stage.sao, area=None)
    make_project(owner=stage.other_district_committee)
    make_project(owner=stage.department, name="ขุดลอกคลอง อำเภอภูกามยาว")
    withdraw(make_project(owner=stage.sao), stage)
    path = tmp_path / "areas.csv"
    path.write_text(AREAS + row, encoding="utf-8")
    (loaded,) = areas.load_areas(paths=[path], actor=stage.system, at=moment(4))
    assert loaded.refused == 0
    assert follow(stage) == moved
    assert kept() == written_anew()
    entries = Entry.objects.filter(act="projects.refresh_sketches")
    assert [entry.data for entry in entries] == ([{"projects": moved}] if moved else [])


def test_projects_without_a_place_are_found_where_the_register_puts_their_owner(stage: Cast, tmp_path: Path):
    placeless = make_project(owner=stage.sao, area=None)
    make_project(owner=stage.sao, area=stage.village)
    make_project(owner=stage.other_sao, area=None)
    # From its subdistrict to its district, to another subdistrict, to what two subdistricts share.
    files = (LAOS, COVERAGE + "TAO560114,560107,completely\n", COVERAGE + "TAO560114,560114,completely\n")
    for number, text in enumerate(files):
        path = tmp_path / f"{number}.csv"
        path.write_text(text, encoding="utf-8")
        agencies.load_bodies(paths=[path], actor=stage.system, at=moment(4))
        assert nearby.misplaced() == [placeless.pk]
        assert follow(stage) == 1
        assert kept() == written_anew()
        assert nearby.misplaced() == []


def test_the_withdrawn_and_the_merged_are_not_found(stage: Cast):
    for change in (withdraw, merge):
        project = make_project(owner=stage.sao)
        change(project, stage)
        assert not ProjectSketch.objects.filter(project=project).exists()


def test_a_refused_act_leaves_what_was_kept(stage: Cast):
    project = make_project(owner=stage.sao)
    before = kept()
    with pytest.raises(projects.UnableToReviseProject):
        projects.revise_project(
            project=project, draft=project_draft(owner=stage.sao, name=""), actor=stage.system, at=moment(2)
        )
    assert kept() == before


def test_projects_of_an_older_database_can_be_found_again(stage: Cast):
    old, stale, gone = (make_project(owner=stage.sao) for _ in range(3))
    ProjectSketch.objects.filter(project=old).delete()
    ProjectSketch.objects.filter(project=stale).update(reading=0, sketch=b"\0" * 64)
    withdraw(gone, stage)
    missing = nearby.unsketched()
    assert missing == [stale.pk, old.pk]
    assert projects.sketch_projects(projects=missing, actor=stage.system, at=moment(4)) == 2
    assert Entry.objects.get(act="projects.sketch_projects").data == {"projects": 2}
    assert nearby.unsketched() == []
    assert kept() == written_anew()


def test_a_draft_counts_as_the_project_that_is_made_of_it(stage: Cast):
    for years in (
        (),
        (YearDraft(2569, 100), YearDraft(2570, 50), YearDraft(2569, 999, "BUDGETED")),
        (YearDraft(2569, 70, "BUDGETED"), YearDraft(2568, 5, "BUDGETED", "UNTIL")),
        (YearDraft(2569, 9, "PAID"),),
        (YearDraft(2569, 30, "PLANNED", "FROM"), YearDraft(2569, 8, "BUDGETED")),
    ):
        draft = replace(project_draft(owner=stage.sao), years=years)
        made = projects.record_project(draft=draft, actor=stage.system, at=moment(1))
        assert projects.counted_satang(draft) == queries.amounts_of([made.pk]).get(made.pk), years
