"""One need standing for another: a pointer that can be taken back, never a delete."""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.needs import access
from prasan.needs.models import Need


class UnableToMergeNeed(Refused):
    """Both needs stand as before."""


class UnableToUnmergeNeed(Refused):
    """The need stays merged."""


@transaction.atomic
def merge_need(
    *, need: Need, into: Need, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> Need:
    """Let `into` stand for `need` from now on; `need` keeps its code and is still answered by name (R31).

    Refused: `not_allowed`, `no_reason`, `same_need`, `merged`, `withdrawn`, `circle`, `changed_meanwhile`.
    """
    if not access.can_merge_needs(actor, need=need, into=into, on=localdate(at)):
        raise UnableToMergeNeed(
            "not_allowed",
            f"รวม {need.code} ไม่ได้ เพราะท่านไม่ได้ดูแลทั้งสองชุมชน โปรดให้ อปท. หรืออำเภอที่ดูแลทั้งสองแห่งรวม",
            f"{need.code} was not merged: you do not act for both communities. Ask the LAO or district of both.",
        )
    current, kept = _locked(need, into)
    _check_merge(current, kept, reason)
    version = need.version if seen_version is None else seen_version
    changed = Need.objects.filter(pk=need.pk, version=version).update(merged_into=kept, version=F("version") + 1)
    if not changed:
        raise UnableToMergeNeed(*_changed(need))
    need.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="needs.merge_need",
        subject=need,
        subject_code=need.code,
        data={"into": kept.code, "reason": reason},
    )
    return need


@transaction.atomic
def unmerge_need(*, need: Need, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None) -> Need:
    """Let a merged need stand for itself again.

    Refused: `not_merged`, `not_allowed`, `no_reason`, `changed_meanwhile`.
    """
    kept = need.merged_into
    if kept is None:
        raise UnableToUnmergeNeed(
            "not_merged",
            f"แยก {need.code} ไม่ได้ เพราะไม่ได้รวมกับรายการใด",
            f"{need.code} was not taken apart: it is merged into nothing.",
        )
    if not access.can_merge_needs(actor, need=need, into=kept, on=localdate(at)):
        raise UnableToUnmergeNeed(
            "not_allowed",
            f"แยก {need.code} ไม่ได้ เพราะท่านไม่ได้ดูแลทั้งสองชุมชน โปรดให้ อปท. หรืออำเภอที่ดูแลทั้งสองแห่งแยก",
            f"{need.code} was not taken apart: you do not act for both communities. Ask the LAO or district of both.",
        )
    if not reason.strip():
        raise UnableToUnmergeNeed(
            "no_reason",
            f"แยก {need.code} ไม่ได้ เพราะไม่มีเหตุผล โปรดระบุว่าเหตุใดจึงไม่ใช่เรื่องเดียวกัน",
            f"{need.code} was not taken apart: no reason given. Say why the two differ.",
        )
    version = need.version if seen_version is None else seen_version
    changed = Need.objects.filter(pk=need.pk, version=version, merged_into=kept).update(
        merged_into=None, version=F("version") + 1
    )
    if not changed:
        raise UnableToUnmergeNeed(
            "changed_meanwhile",
            f"แยก {need.code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
            f"{need.code} was not taken apart: somebody changed it before you. Open it again and repeat.",
        )
    need.refresh_from_db()
    journal.record(
        at=at,
        actor=actor,
        act="needs.unmerge_need",
        subject=need,
        subject_code=need.code,
        data={"from": kept.code, "reason": reason},
    )
    return need


def _locked(need: Need, into: Need) -> tuple[Need, Need]:
    """Both ends, locked with the whole chain of `into`, so that officers merging crosswise make no circle.

    The rows are locked in one order, so that two such acts wait for each other and never both.
    """
    ids = {need.pk, into.pk}
    following = Need.objects.get(pk=into.pk).merged_into
    while following is not None:
        ids.add(following.pk)
        following = following.merged_into
    rows = {row.pk: row for row in Need.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}
    kept = rows[into.pk]
    while kept.merged_into_id is not None:
        if kept.merged_into_id not in rows:  # merged on by another officer between the two reads
            raise UnableToMergeNeed(*_changed(need))
        kept = rows[kept.merged_into_id]
    return rows[need.pk], kept


def _changed(need: Need) -> tuple[str, str, str]:
    return (
        "changed_meanwhile",
        f"รวม {need.code} ไม่ได้ เพราะมีผู้แก้ไขก่อนท่าน โปรดเปิดดูใหม่แล้วทำอีกครั้ง",
        f"{need.code} was not merged: somebody changed it before you. Open it again and repeat.",
    )


def _check_merge(need: Need, kept: Need, reason: str) -> None:
    if not reason.strip():
        raise UnableToMergeNeed(
            "no_reason",
            f"รวม {need.code} ไม่ได้ เพราะไม่มีเหตุผล (R31) โปรดระบุว่าเหตุใดจึงเป็นเรื่องเดียวกัน",
            f"{need.code} was not merged: no reason given (R31). Say why the two are the same.",
        )
    if need.merged_into_id is not None:
        raise UnableToMergeNeed(
            "merged",
            f"รวม {need.code} ไม่ได้ เพราะรวมกับรายการอื่นอยู่แล้ว โปรดแยกออกก่อน",
            f"{need.code} was not merged: it is merged already. Take it apart first.",
        )
    if kept.pk == need.pk:
        raise UnableToMergeNeed(
            "circle",
            f"รวม {need.code} ไม่ได้ เพราะรายการปลายทางคือรายการนี้เองหรือรวมอยู่ในรายการนี้ โปรดเลือกรายการอื่น",
            f"{need.code} was not merged: the other one is this need itself, or is merged into it. Choose another.",
        )
    if need.withdrawn_at is not None or kept.withdrawn_at is not None:
        raise UnableToMergeNeed(
            "withdrawn",
            f"รวม {need.code} ไม่ได้ เพราะมีรายการที่ถอนแล้ว โปรดเลือกรายการที่ยังคงอยู่",
            f"{need.code} was not merged: one of the two is withdrawn. Choose needs that stand.",
        )
