"""What the acts of this room write into the journal: about an edition, and about each record it lists."""

from collections.abc import Sequence

from prasan.common.chunks import chunks
from prasan.journal.services import Line
from prasan.needs.models import Need
from prasan.plans.models import PlanEdition, PlanItem
from prasan.projects.models import Project

Key = tuple[int | None, int | None]
"""A listed record: project id or need id."""

WORDS = {
    "plans.list_item": {"th": "เข้าแผน", "en": "listed in a plan"},
    "plans.unlist_item": {"th": "ออกจากแผน", "en": "no longer listed in a plan"},
    "plans.add_item": {"th": "เจ้าหน้าที่เพิ่มเข้าแผน", "en": "added to a plan by an officer"},
    "plans.remove_item": {"th": "เจ้าหน้าที่นำออกจากแผน", "en": "taken out of a plan by an officer"},
    "plans.confirm_item": {"th": "ยืนยันกับแผน 5 ปี", "en": "confirmed with the five-year plan"},
}
"""Earlier rooms tell the journey of a record without knowing this room, so the words go with the entry."""


def key_of(item: PlanItem) -> Key:
    return item.project_id, item.need_id


def of_edition(edition: PlanEdition, act: str, **data: object) -> Line:
    """A line about the edition itself."""
    return Line(
        act=act,
        subject=edition,
        subject_code=f"{edition.plan_type}/{edition.fiscal_year}/{edition.number}",
        data={"body": edition.body.name_th, "plan_type": edition.plan_type, **data},
    )


def of_items(edition: PlanEdition, act: str, keys: Sequence[Key], **data: object) -> list[Line]:
    """A line about each record, in the order given, so that its journey shows the plan."""
    projects = _codes(Project, [p for p, _ in keys if p is not None])
    needs = _codes(Need, [n for _, n in keys if n is not None])
    common: dict[str, object] = {
        "body": edition.body.name_th,
        "plan_type": edition.plan_type,
        "fiscal_year": edition.fiscal_year,
        "number": edition.number,
        "state": edition.plan_type,
        "what": WORDS[act],
        **data,
    }
    records: list[Project | Need] = [
        projects[project] if project is not None else needs[need]  # type: ignore[index]
        for project, need in keys
    ]
    return [Line(act=act, subject=r, subject_code=r.code, data=common) for r in records]


def _codes(model: type[Project] | type[Need], ids: Sequence[int]) -> dict[int, Project | Need]:
    found: dict[int, Project | Need] = {}
    for chunk in chunks(ids):
        found |= {r.pk: r for r in model._default_manager.filter(pk__in=chunk).only("pk", "code")}
    return found
