"""What the forum asked for: forums and needs are written down here."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.common import text
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.needs import access, queries, rules
from prasan.needs.models import Forum, Need, NeedSequence, ResponseKind

BATCH = 500


@dataclass(frozen=True, slots=True)
class ForumDraft:
    """A village meeting as it is told; `held_text` is the date as printed."""

    area: Area
    body: Body
    fiscal_year: int
    held_text: str = ""
    held_on: dt.date | None = None
    attendance: int | None = None


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """A need as it is told, before it has a code. `source` says where it was read (file, sheet, row)."""

    area: Area
    body: Body
    fiscal_year: int
    title: str
    forum: Forum | None = None
    ordinal: int | None = None
    problem: str = ""
    target_group: str = ""
    place_text: str = ""
    moos: str = ""
    response_kind: str = ResponseKind.UNCLASSIFIED
    amount_satang: int | None = None
    source: str = ""


class UnableToRecordForum(Refused):
    """The forum was not written down."""


class UnableToRecordNeed(Refused):
    """The need was not written down."""


@transaction.atomic
def record_forum(*, draft: ForumDraft, actor: User, at: dt.datetime) -> Forum:
    """Write down a village forum (R52); one known already (same place, year and printed date) is returned.

    Refused (`not_allowed`) for whoever may not write for the community.
    """
    if not access.can_record_need(actor, body=draft.body, area=draft.area, on=localdate(at)):
        raise UnableToRecordForum(*_not_allowed(draft.body))
    forum, new = Forum.objects.get_or_create(
        area=draft.area,
        fiscal_year=draft.fiscal_year,
        held_text=draft.held_text,
        defaults={"held_on": draft.held_on, "attendance": draft.attendance},
    )
    if new:
        journal.record(
            at=at,
            actor=actor,
            act="needs.record_forum",
            subject=forum,
            subject_code=draft.area.code,
            data={"area": draft.area.name_th, "held": draft.held_text, "attendance": draft.attendance},
        )
    return forum


def record_need(*, draft: NeedDraft, actor: User, at: dt.datetime) -> Need:
    """Write down one request of a community and give it its code for life.

    Refused: `not_allowed`, `no_title`, `negative_amount`, `implausible_year`, `unknown_response_kind`.
    """
    return record_needs(drafts=[draft], actor=actor, at=at)[0]


@transaction.atomic
def record_needs(*, drafts: Sequence[NeedDraft], actor: User, at: dt.datetime) -> list[Need]:
    """Write down many requests, all or none, in the order given; one journal entry each."""
    for number, draft in enumerate(drafts, 1):
        _check(draft, number)
    for body, area in {(d.body, d.area) for d in drafts}:
        if not access.can_record_need(actor, body=body, area=area, on=localdate(at)):
            raise UnableToRecordNeed(*_not_allowed(body))
    codes = _codes(drafts)
    rows = [_row(draft, code) for draft, code in zip(drafts, codes, strict=True)]
    needs = Need.objects.bulk_create(rows, batch_size=BATCH)
    if needs:
        journal.record_many(
            at=at,
            actor=actor,
            entries=[_line(need, draft) for need, draft in zip(needs, drafts, strict=True)],
        )
    return needs


def _row(draft: NeedDraft, code: str) -> Need:
    title = text.clean(draft.title)
    return Need(
        code=code,
        area=draft.area,
        body=draft.body,
        forum=draft.forum,
        fiscal_year=draft.fiscal_year,
        ordinal=draft.ordinal,
        title=title,
        title_key=text.search_key(title)[: rules.KEY_LENGTH],
        problem=text.clean(draft.problem),
        target_group=text.clean(draft.target_group),
        place_text=text.clean(draft.place_text),
        moos=draft.moos,
        response_kind=draft.response_kind or ResponseKind.UNCLASSIFIED,
        amount_satang=draft.amount_satang,
    )


def _line(need: Need, draft: NeedDraft) -> journal.Line:
    data = {
        "title": need.title,
        "body": draft.body.name_th,
        "area": draft.area.name_th,
        "response_kind": need.response_kind,
        "amount_satang": need.amount_satang,
        "source": draft.source,
    }
    return journal.Line(act="needs.record_need", subject=need, subject_code=need.code, data=data)


def _codes(drafts: Sequence[NeedDraft]) -> list[str]:
    """Codes in the order of the drafts; every sequence is drawn from once, however many drafts it serves."""
    provinces = {area: queries.province_code_of(area) for area in {d.area for d in drafts}}
    keys = [(provinces[d.area], d.fiscal_year) for d in drafts]
    following = {key: _draw(*key, count) for key, count in sorted(Counter(keys).items())}
    codes = []
    for key in keys:
        codes.append(rules.need_code(*key, following[key]))
        following[key] += 1
    return codes


def _draw(province_code: str, fiscal_year: int, count: int) -> int:
    """The first of `count` fresh numbers. The updated row stays locked until the act is committed."""
    sequence, _ = NeedSequence.objects.get_or_create(province_code=province_code, fiscal_year=fiscal_year)
    NeedSequence.objects.filter(pk=sequence.pk).update(last=F("last") + count)
    sequence.refresh_from_db()
    return sequence.last - count + 1


def _check(draft: NeedDraft, number: int) -> None:
    where_th, where_en = f"รายการที่ {number}", f"Item {number}"
    if not text.clean(draft.title):
        raise UnableToRecordNeed(
            "no_title",
            f"{where_th}: บันทึกไม่ได้เพราะไม่มีชื่อความต้องการ โปรดระบุสิ่งที่ชุมชนขอ",
            f"{where_en}: not recorded, because it has no title. Write what the community asks for.",
        )
    if draft.amount_satang is not None and draft.amount_satang < 0:
        raise UnableToRecordNeed(
            "negative_amount",
            f"{where_th}: บันทึกไม่ได้เพราะจำนวนเงินติดลบ โปรดแก้เป็นศูนย์หรือมากกว่า",
            f"{where_en}: not recorded, because its amount is negative. Give zero or more.",
        )
    if not rules.year_is_plausible(draft.fiscal_year):
        raise UnableToRecordNeed(
            "implausible_year",
            f"{where_th}: บันทึกไม่ได้เพราะ {draft.fiscal_year} ไม่ใช่ปีงบประมาณ พ.ศ. โปรดแก้ปี",
            f"{where_en}: not recorded, because {draft.fiscal_year} is no Buddhist-era fiscal year. Correct it.",
        )
    if len(draft.moos) > rules.MOOS_LENGTH:
        raise UnableToRecordNeed(
            "too_many_villages",
            f"{where_th}: บันทึกไม่ได้เพราะระบุหมู่บ้านมากเกินไป โปรดแยกเป็นหลายรายการ",
            f"{where_en}: not recorded, because it names too many villages. Split it.",
        )
    if draft.response_kind and draft.response_kind not in ResponseKind.values:
        raise UnableToRecordNeed(
            "unknown_response_kind",
            f"{where_th}: บันทึกไม่ได้เพราะไม่รู้จักประเภท {draft.response_kind} โปรดเลือก ทำเอง ร่วมทำ หรือขอรับการสนับสนุน",
            f"{where_en}: not recorded, because kind {draft.response_kind} is unknown. "
            "Choose self-help, joint or asks support.",
        )


def _not_allowed(body: Body) -> tuple[str, str, str]:
    return (
        "not_allowed",
        f"บันทึกในนาม {body.name_th} ไม่ได้ เพราะท่านไม่ใช่เจ้าหน้าที่ของชุมชนนี้หรือของ อปท. หรืออำเภอที่ดูแลพื้นที่ โปรดให้ผู้มีหน้าที่บันทึก",
        f"Not recorded for {body.name_th}: you are no officer of this community nor of the local government or "
        "district its place lies in. Ask somebody who is.",
    )
