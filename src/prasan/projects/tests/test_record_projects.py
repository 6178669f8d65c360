"""Projects are written down with their yearly amounts and a code for life."""

import pytest
from tests.cast import Cast, cast, moment

from prasan.journal.models import Entry
from prasan.projects import services as projects
from prasan.projects.models import Project, ProjectSequence, ProjectYear
from prasan.projects.services import YearDraft
from prasan.projects.testing import make_project, project_draft

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_many_projects_are_numbered_per_province_and_year_in_the_order_they_came(stage: Cast):
    drafts = [
        project_draft(owner=stage.sao, fiscal_year=2569),
        project_draft(owner=stage.department, fiscal_year=2569),  # no place at all
        project_draft(owner=stage.pao, fiscal_year=2570),
        project_draft(owner=stage.department, area=stage.village),  # its place decides
    ]
    recorded = projects.record_projects(drafts=drafts, actor=stage.system, at=moment(40))
    assert [p.code for p in recorded] == ["56-2569-00001", "00-2569-00001", "56-2570-00001", "56-2569-00002"]
    assert [e.subject_id for e in Entry.objects.filter(act="projects.record_project")] == [p.pk for p in recorded]


def test_yearly_amounts_are_kept_as_integer_satang_by_kind_and_span(stage: Cast):
    years = (
        YearDraft(2569, 10_050),
        YearDraft(2570, 0),
        YearDraft(2569, 5, kind="PAID"),
        YearDraft(2571, 7, span="FROM"),
    )
    project = make_project(owner=stage.sao, years=years)
    assert list(project.years.order_by("pk").values_list("fiscal_year", "kind", "span", "amount_satang")) == [
        (2569, "PLANNED", "IN", 10_050),
        (2570, "PLANNED", "IN", 0),
        (2569, "PAID", "IN", 5),
        (2571, "PLANNED", "FROM", 7),
    ]
    entry = Entry.objects.get(act="projects.record_project")
    assert entry.data["amount_satang"] == 10_057  # what a plan counts: planned money, not what was paid
    assert entry.data["body"] == stage.sao.name_th


def test_five_hundred_projects_take_sixty_queries_and_not_thousands(stage: Cast, django_assert_max_num_queries):
    drafts = [project_draft(owner=stage.sao, name=f"ถนนสาย {n}") for n in range(500)]
    with django_assert_max_num_queries(60):
        recorded = projects.record_projects(drafts=drafts, actor=stage.system, at=moment(40))
    assert [p.code for p in recorded[::499]] == ["56-2569-00001", "56-2569-00500"]
    assert ProjectYear.objects.count() == 500


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": "\u200b"}, "no_name"),
        ({"origin": "RUMOUR"}, "unknown_origin"),
        ({"progress": "SOON"}, "unknown_progress"),
        ({"fiscal_year": 2026}, "implausible_year"),
        ({"years": (YearDraft(2026, 1),)}, "implausible_year"),
        ({"years": (YearDraft(2569, -1),)}, "negative_amount"),
        ({"years": (YearDraft(2569, 1, kind="WISHED"),)}, "unknown_amount_kind"),
        ({"years": (YearDraft(2569, 1), YearDraft(2569, 2))}, "year_twice"),
        ({"external_code": "x" * 61}, "too_long"),
    ],
)
def test_one_bad_project_stops_all_and_names_its_number(stage: Cast, said: dict[str, object], code: str):
    drafts = [project_draft(owner=stage.sao), project_draft(owner=stage.sao, **said)]
    with pytest.raises(projects.UnableToRecordProject) as refusal:
        projects.record_projects(drafts=drafts, actor=stage.wichai, at=moment(40))
    assert refusal.value.code == code
    assert refusal.value.message_th.startswith("รายการที่ 2:")
    assert refusal.value.message_en.startswith("Item 2:")
    assert (Project.objects.count(), Entry.objects.count(), ProjectSequence.objects.count()) == (0, 0, 0)
