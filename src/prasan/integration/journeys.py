"""The journey of a record: every dated station of a need or a project, from the journal and the records."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.integration.models import Pair, PairDecision
from prasan.journal.models import Entry
from prasan.needs.models import Need
from prasan.projects import queries as projects_queries
from prasan.projects.models import Project, TakeUp

LABELS = {
    "needs.record_need": _("ชุมชนเสนอความต้องการ"),
    "needs.revise_need": _("แก้ไขความต้องการ"),
    "needs.classify_need": _("จำแนกว่าทำเองหรือขอรับการสนับสนุน"),
    "needs.merge_need": _("รวมกับความต้องการอื่น"),
    "needs.unmerge_need": _("แยกออกจากความต้องการอื่น"),
    "needs.withdraw_need": _("ชุมชนถอนความต้องการ"),
    "projects.record_project": _("ขึ้นทะเบียนโครงการ"),
    "projects.revise_project": _("แก้ไขโครงการ"),
    "projects.take_up_needs": _("รับความต้องการเข้าโครงการ"),
    "projects.propose_from_need": _("ชุมชนเสนอเป็นโครงการ"),
    "projects.merge_project": _("รวมกับโครงการอื่น"),
    "projects.unmerge_project": _("แยกออกจากโครงการอื่น"),
    "projects.withdraw_project": _("ถอนโครงการ"),
    "integration.hand_over": _("ส่งต่อ"),
    "integration.accept_handover": _("รับไว้"),
    "integration.return_handover": _("ส่งคืน"),
    "integration.decide_pair": _("พิจารณาคู่ที่อาจซ้ำ"),
    "integration.recommend_change": _("ก.บ.จ. เสนอให้ปรับพื้นที่หรือเวลา"),
    "integration.answer_recommendation": _("หน่วยงานตอบข้อเสนอ"),
    "integration.withdraw_recommendation": _("จังหวัดถอนข้อเสนอ"),
    "integration.join_projects": _("ทำเป็นโครงการร่วม"),
    "integration.set_cost_shares": _("กำหนดส่วนแบ่งค่าใช้จ่ายของโครงการร่วม"),
    "integration.set_joint_tasks": _("กำหนดงานของโครงการร่วม"),
    "integration.agree_to_joint": _("หน่วยงานตกลงเข้าร่วมโครงการ"),
    "integration.decline_joint": _("หน่วยงานไม่ตกลงเข้าร่วมโครงการ"),
    "integration.confirm_joint": _("ตกลงเป็นโครงการร่วมตามมติ"),
    "integration.dissolve_joint": _("ยกเลิกโครงการร่วม"),
    "projects.move_project": _("ย้ายพื้นที่หรือเวลาดำเนินการ"),
}
"""Words for the acts of this room and the rooms before it; a later room puts its words into its entry."""


@dataclass(frozen=True, slots=True)
class Station:
    """One dated stop. `what` is in the reader's language; `amount_satang` only where the stop names money.

    `state` is a code (a verdict, a response kind, SENT, ACCEPTED …); `source` the file, sheet and row the
    record was read from, else where the station itself is read: "journal" or "record".
    """

    at: dt.datetime
    act: str
    code: str
    what: str
    who: str
    body: str
    why: str
    amount_satang: int | None
    state: str
    source: str


def journey(record: Need | Project) -> tuple[Station, ...]:
    """Everything that happened to a need or project, on one line of time, with whatever answers it.

    A merged record continues as the one that stands for it; a project begins with the needs it answers.
    """
    needs, projects = _story_of_need(record) if isinstance(record, Need) else _story_of_project(record)
    entries = Entry.objects.filter(
        Q(subject_kind="Need", subject_id__in=needs) | Q(subject_kind="Project", subject_id__in=projects)
    ).order_by("at", "id")
    stations = [_from_entry(entry) for entry in entries]
    kept_apart = Pair.objects.filter(
        Q(first__in=projects) | Q(second__in=projects),
        decision__in=(PairDecision.OVERLAP, PairDecision.CONTINUATION, PairDecision.DIFFERENT),
    )
    pairs = kept_apart.select_related("first", "second", "decided_by").order_by("decided_at", "pk")
    stations += [_from_pair(pair) for pair in pairs]
    return tuple(sorted(stations, key=lambda station: station.at))


def _story_of_need(need: Need) -> tuple[set[int], set[int]]:
    needs = _chain(need)
    projects: set[int] = set()
    for take_up in TakeUp.objects.filter(need__in=needs).select_related("project"):
        projects |= _chain(take_up.project)
    return needs, projects


def _story_of_project(project: Project) -> tuple[set[int], set[int]]:
    needs = set(projects_queries.needs_of(project).values_list("pk", flat=True))
    return needs, _chain(project)


def _chain(record: Need | Project) -> set[int]:
    """The record and those that stand for it, one after another."""
    ids = {record.pk}
    following = record.merged_into
    while following is not None:
        ids.add(following.pk)
        following = following.merged_into
    return ids


def _text(data: dict[str, object], *names: str) -> str:
    return next((str(data[name]) for name in names if data.get(name)), "")


def _from_entry(entry: Entry) -> Station:
    data = entry.data
    amount = data.get("amount_satang")
    label = LABELS.get(entry.act) or _own_words(data.get("what")) or entry.act
    return Station(
        at=entry.at,
        act=entry.act,
        code=entry.subject_code,
        what=str(label),
        who=entry.actor_label,
        body=_text(data, "body"),
        why=_text(data, "reason"),
        amount_satang=amount if isinstance(amount, int) else None,
        state=_text(data, "verdict", "state", "after", "response_kind", "origin"),
        source=_text(data, "source") or "journal",
    )


def _own_words(words: object) -> str:
    """What a later room wrote beside its act: {"th": …, "en": …}."""
    if not isinstance(words, dict):
        return ""
    return str(words.get("en" if (get_language() or "th").startswith("en") else "th", ""))


def _from_pair(pair: Pair) -> Station:
    assert pair.decided_at is not None  # a decided pair carries its moment
    return Station(
        at=pair.decided_at,
        act="integration.decide_pair",
        code=f"{pair.first.code} / {pair.second.code}",
        what=str(LABELS["integration.decide_pair"]),
        who=str(pair.decided_by),
        body="",
        why=pair.decision_reason,
        amount_satang=None,
        state=pair.decision,
        source="record",
    )
