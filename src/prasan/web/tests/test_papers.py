"""What a task uses and makes is linked to the records there are, and to no letter its reader may not see."""

import dataclasses

import pytest
from tests.cast import Cast, cast, moment, signed_in

from prasan import rulebook
from prasan.cycles import queries, services
from prasan.cycles.models import Cycle, Task
from prasan.letters.models import Letter, LetterAddressee
from prasan.plans.models import PlanEdition
from prasan.plans.testing import make_local_plan
from prasan.web.queries.papers import papers_of

pytestmark = pytest.mark.django_db
ON = moment(0).date()


@pytest.fixture
def them() -> Cast:
    return cast()


def _open(them: Cast, system: str = "moi_2559") -> Cycle:
    return services.open_cycle(system=system, fiscal_year=2570, area=them.province, actor=them.prasit, at=moment(-20))


def test_the_plan_a_body_makes_is_the_plan_the_district_uses(them: Cast) -> None:
    cycle = _open(them)
    edition = make_local_plan(lao=them.sao, fiscal_year=2570)
    making = Task.objects.get(cycle=cycle, step__number="2b", body=them.sao)
    made = next(
        paper
        for paper in papers_of(making, queries.printed_step(making), user=them.wichai, on=ON).makes
        if paper.key == "LOCAL_PLAN"
    )
    assert ([link.path for link in made.links], made.total) == ([f"/plans/{edition.pk}/"], 1)
    other = Task.objects.get(cycle=cycle, step__number="2b", body=them.other_sao)
    not_his = papers_of(other, queries.printed_step(other), user=them.wichai, on=ON).makes
    assert all(not paper.links for paper in not_his if paper.key == "LOCAL_PLAN")
    using = Task.objects.get(cycle=cycle, step__number="3a", body=them.district_committee)
    step = dataclasses.replace(queries.printed_step(using), uses=("LOCAL_PLAN",))
    used = papers_of(using, step, user=them.duangjai, on=ON).uses[0]
    assert [(link.path, link.state) for link in used.links] == [(f"/plans/{edition.pk}/", edition.state)]


def test_a_letter_is_linked_for_sender_and_receiver_and_hidden_from_others(them: Cast) -> None:
    cycle = _open(them)
    task = Task.objects.get(cycle=cycle, step__number="5", body=them.province_office)
    step = queries.printed_step(task)
    code = next(key for key in step.makes if key.startswith("L") and key[1:].isdigit())
    letter = Letter.objects.create(
        catalogue=code, sender=them.province_office, fiscal_year=2570, subject="ส่งรายละเอียดโครงการ", body="เรียน",
        created_by=them.prasit, created_at=moment(0),
    )  # fmt: skip

    def seen(user: object) -> list[str]:
        made = papers_of(task, step, user=user, on=ON).makes  # type: ignore[arg-type]
        return [link.path for paper in made if paper.key == code for link in paper.links]

    assert seen(them.prasit) == [f"/letters/{letter.pk}/"]
    assert seen(them.wichai) == []
    LetterAddressee.objects.create(letter=letter, role="TO", position=1, name=them.sao.name_th, body=them.sao)
    Letter.objects.filter(pk=letter.pk).update(
        state="DISPATCHED",
        register=them.province_office,
        number="พย 0017/1",
        number_year=2568,
        dated_on=ON,
        dispatched_at=moment(1),
    )
    assert seen(them.wichai) == [f"/letters/{letter.pk}/"]
    assert seen(them.stranger) == []


@pytest.mark.parametrize("key", [system.key for system in rulebook.load().systems])
def test_every_paper_of_every_step_has_a_name_and_links_that_open(them: Cast, key: str) -> None:
    cycle = _open(them, key)
    make_local_plan(lao=them.sao, fiscal_year=2570)
    assert PlanEdition.objects.filter(fiscal_year=2570).exists()
    client = signed_in(them.system)
    opened: set[str] = set()
    for row in cycle.steps.all():
        task = row.tasks.select_related("cycle__area", "body").first()
        if task is None:
            continue
        step = queries.printed_step(task)
        papers = papers_of(task, step, user=them.system, on=ON)
        assert [paper.key for paper in (*papers.uses, *papers.makes)] == [*step.uses, *step.makes]
        assert all(paper.name != paper.key for paper in (*papers.uses, *papers.makes))
        opened |= {link.path for paper in (*papers.uses, *papers.makes) for link in paper.links}
    assert {path: client.get(path).status_code for path in opened} == dict.fromkeys(opened, 200)
