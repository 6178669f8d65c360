"""Officers put items into a draft, take them out and rank them; compiling again respects all three."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.needs.models import Need
from prasan.plans import access, queries, rules
from prasan.plans.models import EditionState, ItemSource, PlanEdition, PlanItem, PlanRemoval
from prasan.plans.services import lines
from prasan.projects.models import Project

BATCH = 500
ASIDE = 1_000_000  # priorities are moved up by this before they get their new value: unique at every moment


class UnableToAddItem(Refused):
    """The plan lists what it listed."""


class UnableToRemoveItem(Refused):
    """The plan lists what it listed."""


class UnableToReorder(Refused):
    """The order stands."""


@transaction.atomic
def add_item(
    *,
    edition: PlanEdition,
    record: Project | Need,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> PlanItem:
    """Put a project or need at the end of a draft.

    Refused: `not_allowed`, `not_a_draft`, `not_standing`, `listed_already`, `in_another_plan` (R36: a
    project stands in one body's plan), `changed_meanwhile`.
    """
    _check_officer(UnableToAddItem, edition, actor, at)
    kind = "project" if isinstance(record, Project) else "need"
    if record.merged_into_id is not None or record.withdrawn_at is not None:
        raise UnableToAddItem(
            "not_standing",
            f"เพิ่ม {record.code} ไม่ได้ เพราะรวมกับรายการอื่นหรือถอนแล้ว โปรดเพิ่มรายการที่ยังคงอยู่",
            f"{record.code} was not added: it is merged or withdrawn. Add one that stands.",
        )
    if PlanItem.objects.filter(edition=edition, **{kind: record}).exists():
        raise UnableToAddItem("listed_already", f"{record.code} อยู่ในแผนนี้แล้ว", f"{record.code} is in this plan already.")
    other = queries.plan_listing(record, besides=edition) if isinstance(record, Project) else None
    if other is not None:
        raise UnableToAddItem(
            "in_another_plan",
            f"เพิ่ม {record.code} ไม่ได้ เพราะอยู่ในแผนของ {other.body.name_th} แล้ว (R36) โปรดส่งต่อโครงการแทน",
            f"{record.code} was not added: it stands in the plan of {other.body.name_en or other.body.name_th} "
            "(R36). Hand the project over instead.",
        )
    _touch(UnableToAddItem, edition, seen_version)
    PlanRemoval.objects.filter(edition=edition, **{kind: record}).delete()
    last = PlanItem.objects.filter(edition=edition).aggregate(last=Max("priority"))["last"] or 0
    item = PlanItem(edition=edition, priority=last + 1, source=ItemSource.ADDED, **{kind: record})
    PlanItem.objects.bulk_create([item])
    journal.record_many(at=at, actor=actor, entries=lines.of_items(edition, "plans.add_item", [lines.key_of(item)]))
    return item


@transaction.atomic
def remove_item(
    *,
    edition: PlanEdition,
    item: PlanItem,
    reason: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> PlanRemoval:
    """Take an item out of a draft, saying why; compiling again does not bring it back, adding it does.

    Refused: `not_allowed`, `not_a_draft`, `no_reason`, `not_in_this_plan`, `changed_meanwhile`.
    """
    _check_officer(UnableToRemoveItem, edition, actor, at)
    if not reason.strip():
        raise UnableToRemoveItem(
            "no_reason",
            "นำรายการออกจากแผนไม่ได้ เพราะไม่มีเหตุผล โปรดระบุเหตุผลให้ผู้เสนอทราบ",
            "The item was not taken out: no reason given. Say why, for those who asked.",
        )
    if not PlanItem.objects.filter(pk=item.pk, edition=edition).exists():
        raise UnableToRemoveItem(
            "not_in_this_plan",
            "นำรายการออกไม่ได้ เพราะไม่ได้อยู่ในแผนนี้แล้ว โปรดเปิดดูใหม่",
            "The item was not taken out: it is not in this plan any more. Open it again.",
        )
    _touch(UnableToRemoveItem, edition, seen_version)
    key = lines.key_of(item)
    PlanItem.objects.filter(pk=item.pk).delete()
    removal = PlanRemoval.objects.create(
        edition=edition,
        project_id=item.project_id,
        need_id=item.need_id,
        reason=reason.strip(),
        removed_by=actor,
        removed_at=at,
    )
    entries = lines.of_items(edition, "plans.remove_item", [key], reason=reason.strip())
    journal.record_many(at=at, actor=actor, entries=entries)
    return removal


@transaction.atomic
def reorder(
    *,
    edition: PlanEdition,
    item_ids: Sequence[int],
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> PlanEdition:
    """Rank a draft: the ids of all its items, the most important first (R10: priority unique per plan).

    Refused: `not_allowed`, `not_a_draft`, `incomplete_order`, `changed_meanwhile`.
    """
    _check_officer(UnableToReorder, edition, actor, at)
    _touch(UnableToReorder, edition, seen_version)
    standing = {item.pk: item for item in PlanItem.objects.filter(edition=edition)}
    if not rules.is_a_full_reordering(given=item_ids, standing=standing):
        raise UnableToReorder(
            "incomplete_order",
            "จัดลำดับไม่ได้ เพราะลำดับใหม่ต้องมีทุกรายการของแผนรายการละครั้ง (R10) โปรดเปิดดูใหม่แล้วจัดอีกครั้ง",
            "The order stands: a new one must name every item of the plan once (R10). Open the plan and rank again.",
        )
    PlanItem.objects.filter(edition=edition).update(priority=F("priority") + ASIDE)
    for priority, pk in enumerate(item_ids, 1):
        standing[pk].priority = priority
    PlanItem.objects.bulk_update([standing[pk] for pk in item_ids], ["priority"], batch_size=BATCH)
    PlanEdition.objects.filter(pk=edition.pk).update(ordered_by_hand=True)
    edition.refresh_from_db()
    journal.record_many(at=at, actor=actor, entries=[lines.of_edition(edition, "plans.reorder", items=len(item_ids))])
    return edition


def _check_officer(refusal: type[Refused], edition: PlanEdition, actor: User, at: dt.datetime) -> None:
    body = edition.body
    if not access.can_edit(actor, body=body, on=localdate(at)):
        raise refusal(
            "not_allowed",
            f"แก้แผนของ {body.name_th} ไม่ได้ เพราะท่านไม่ใช่เจ้าหน้าที่แผนของหน่วยงานนี้ โปรดให้เจ้าหน้าที่ของหน่วยงานแก้",
            f"The plan of {body.name_en or body.name_th} was not changed: you are no planning officer of it. Ask one.",
        )
    if edition.state != EditionState.DRAFT:
        raise refusal(
            "not_a_draft",
            f"แก้แผนของ {body.name_th} ไม่ได้ เพราะเสนอแล้ว โปรดรวบรวมเป็นฉบับถัดไป หรือขอให้ส่งคืน",
            f"The plan of {body.name_en or body.name_th} was not changed: it is submitted. "
            "Compile the next number, or ask for its return.",
        )


def _touch(refusal: type[Refused], edition: PlanEdition, seen_version: int | None) -> None:
    """Compare-and-set on the edition: the second of two officers is told, nothing is overwritten."""
    version = edition.version if seen_version is None else seen_version
    draft = PlanEdition.objects.filter(pk=edition.pk, version=version, state=EditionState.DRAFT)
    if not draft.update(version=F("version") + 1):
        raise refusal(
            "changed_meanwhile",
            f"แก้แผนของ {edition.body.name_th} ไม่ได้ เพราะมีผู้แก้ก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            "The plan was not changed: somebody changed it before you. Open it again and repeat.",
        )
    edition.refresh_from_db()
