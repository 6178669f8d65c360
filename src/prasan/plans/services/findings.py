"""An edition is checked against the rules; its maker answers what was found, and the level above decides."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.journal.services import Line
from prasan.meetings.models import Resolution
from prasan.plans import access, facts
from prasan.plans.models import ConformityFinding, FindingDecision, FindingState, PlanEdition, PlanItem
from prasan.plans.services import lines
from prasan.rulebook.checks import Found, check_plan

ANSWERS = (FindingState.ACCEPTED, FindingState.CORRECTED, FindingState.JUSTIFIED, FindingState.APPEALED)
DECISIONS = (FindingDecision.UPHELD, FindingDecision.LIFTED)
Key = tuple[str, str]
SHOWN = (
    "item", "consequence", "explanation_th", "explanation_en", "found_at", "state", "answer", "answered_by",
    "answered_at", "decision", "decision_reason", "decided_by", "decided_at", "resolution", "version",
)  # fmt: skip


class UnableToCheckEdition(Refused):
    """The edition was not checked."""


class UnableToAnswerFinding(Refused):
    """The finding stays as it was."""


class UnableToDecideFinding(Refused):
    """The finding is not decided."""


@transaction.atomic
def check_edition(*, edition: PlanEdition, actor: User, at: dt.datetime) -> list[ConformityFinding]:
    """Check an edition against the rules of the day; checking again changes only what changed.

    A finding that stays keeps its answer and decision. One that vanished becomes GONE. One that is explained
    differently, or comes back, is open again. Refused: `not_allowed`.
    """
    on = localdate(at)
    if not access.can_check(actor, body=edition.body, on=on):
        raise UnableToCheckEdition(
            "not_allowed",
            f"ตรวจแผนของ {edition.body.name_th} ไม่ได้ เพราะท่านไม่ใช่เจ้าหน้าที่แผนของหน่วยงานนี้หรือของระดับที่สูงกว่า",
            f"The plan of {edition.body.name_en or edition.body.name_th} was not checked: you are no planning "
            "officer of it or of a level above.",
        )
    return refresh(edition, actor, at)


def refresh(edition: PlanEdition, actor: User, at: dt.datetime) -> list[ConformityFinding]:
    """Bring the findings of an edition up to the day; within the transaction of the act that needs them."""
    on = localdate(at)
    PlanEdition.objects.select_for_update().get(pk=edition.pk)  # two checks at once must not both make a finding
    found = check_plan(facts.gather(edition, on=on), rulebook.load().rules)
    PlanEdition.objects.filter(pk=edition.pk).update(checked_at=at, checked_version=F("version"))
    known = {_key(f): f for f in ConformityFinding.objects.filter(edition=edition)}
    items = _items(edition)
    new, changed, keys = [], [], set()
    for one in found:
        key = (one.rule.id, one.violation.subject)
        keys.add(key)
        standing = known.get(key)
        if standing is None:
            new.append(_finding(edition, one, items, at))
        elif _update(standing, one, items, at):
            changed.append(standing)
    gone = [f for key, f in known.items() if key not in keys and f.state != FindingState.GONE]
    for finding in gone:
        finding.state, finding.version = FindingState.GONE, finding.version + 1
    ConformityFinding.objects.bulk_create(new, batch_size=500)
    ConformityFinding.objects.bulk_update([*changed, *gone], SHOWN, batch_size=200)
    if new or changed or gone:
        entry = lines.of_edition(
            edition, "plans.check_edition", found=len(keys), new=len(new), changed=len(changed), gone=len(gone)
        )
        journal.record_many(at=at, actor=actor, entries=[entry])
    order = {rule.id: n for n, rule in enumerate(rulebook.load().rules)}
    standing_now = [*new, *(f for key, f in known.items() if key in keys)]
    return sorted(standing_now, key=lambda f: (order.get(f.rule, len(order)), f.subject_code))


@transaction.atomic
def answer_finding(
    *,
    finding: ConformityFinding,
    state: str,
    answer: str,
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> ConformityFinding:
    """The plan's maker says what follows: accepted, corrected, justified, or appealed; with words.

    Refused: `not_allowed`, `no_such_answer`, `no_reason`, `gone`, `decided_already`, `changed_meanwhile`.
    """
    body = finding.edition.body
    if not access.can_answer_finding(actor, body=body, on=localdate(at)):
        raise UnableToAnswerFinding(
            "not_allowed",
            f"ตอบข้อสังเกตของแผน {body.name_th} ไม่ได้ เพราะผู้ตอบคือเจ้าหน้าที่แผนของหน่วยงานนี้ โปรดให้เจ้าของแผนตอบ",
            f"The finding was not answered: only planning officers of {body.name_en or body.name_th} may. Ask one.",
        )
    _check_answer(finding, state, answer)
    _set(
        finding,
        UnableToAnswerFinding,
        seen_version,
        {"state": state, "answer": answer.strip(), "answered_by": actor, "answered_at": at},
    )
    _write(finding, "plans.answer_finding", actor, at, state=state, answer=answer.strip())
    return finding


@transaction.atomic
def decide_finding(
    *,
    finding: ConformityFinding,
    decision: str,
    reason: str,
    actor: User,
    at: dt.datetime,
    resolution: Resolution | None = None,
    seen_version: int | None = None,
) -> ConformityFinding:
    """The level above upholds an answered finding or lifts it, saying why.

    Refused: `not_allowed`, `no_such_decision`, `no_reason`, `gone`, `not_answered`, `decided_already`,
    `changed_meanwhile`.
    """
    body = finding.edition.body
    if not access.can_decide_finding(actor, body=body, on=localdate(at)):
        raise UnableToDecideFinding(
            "not_allowed",
            f"วินิจฉัยข้อสังเกตของแผน {body.name_th} ไม่ได้ เพราะผู้วินิจฉัยคือระดับที่สูงกว่าของพื้นที่เดียวกัน โปรดให้อำเภอหรือจังหวัดวินิจฉัย",
            f"The finding was not decided: only the level above {body.name_en or body.name_th} may. "
            "Ask the district or province.",
        )
    _check_decision(finding, decision, reason)
    said = {"decision": decision, "decision_reason": reason.strip(), "decided_by": actor, "decided_at": at}
    _set(finding, UnableToDecideFinding, seen_version, {**said, "resolution": resolution})
    number = resolution.number if resolution is not None else ""
    _write(finding, "plans.decide_finding", actor, at, decision=decision, reason=reason.strip(), resolution=number)
    return finding


def _check_answer(finding: ConformityFinding, state: str, answer: str) -> None:
    if state not in ANSWERS:
        raise UnableToAnswerFinding(
            "no_such_answer",
            "ตอบข้อสังเกตไม่ได้ เพราะไม่มีคำตอบชนิดนี้ โปรดเลือก รับ แก้ไขแล้ว ชี้แจง หรือโต้แย้ง",
            "The finding was not answered: there is no such answer. Choose accepted, corrected, justified or appealed.",
        )
    if not answer.strip():
        raise UnableToAnswerFinding(
            "no_reason",
            f"ตอบข้อสังเกตตามกฎ {finding.rule} ไม่ได้ เพราะไม่มีคำอธิบาย โปรดเขียนคำอธิบาย",
            f"The finding under {finding.rule} was not answered: no words were given. Write what you did or why.",
        )
    _refuse_gone(finding, UnableToAnswerFinding)
    _refuse_decided(finding, UnableToAnswerFinding)


def _check_decision(finding: ConformityFinding, decision: str, reason: str) -> None:
    if decision not in DECISIONS:
        raise UnableToDecideFinding(
            "no_such_decision",
            "วินิจฉัยไม่ได้ เพราะไม่มีผลชนิดนี้ โปรดเลือก ยืนตาม หรือ ยกข้อสังเกต",
            "The finding was not decided: there is no such decision. Choose upheld or lifted.",
        )
    if not reason.strip():
        raise UnableToDecideFinding(
            "no_reason",
            f"วินิจฉัยข้อสังเกตตามกฎ {finding.rule} ไม่ได้ เพราะไม่มีเหตุผล โปรดเขียนเหตุผล",
            f"The finding under {finding.rule} was not decided: no reason given. Write it.",
        )
    _refuse_gone(finding, UnableToDecideFinding)
    _refuse_decided(finding, UnableToDecideFinding)
    if finding.state == FindingState.OPEN:
        raise UnableToDecideFinding(
            "not_answered",
            f"วินิจฉัยข้อสังเกตตามกฎ {finding.rule} ไม่ได้ เพราะเจ้าของแผนยังไม่ตอบ โปรดให้เจ้าของแผนตอบก่อน",
            f"The finding under {finding.rule} was not decided: the plan's maker has not answered. Ask for an answer.",
        )


def _refuse_gone(finding: ConformityFinding, error: type[Refused]) -> None:
    if finding.state == FindingState.GONE:
        raise error(
            "gone",
            f"ข้อสังเกตตามกฎ {finding.rule} ไม่มีแล้วเมื่อตรวจครั้งหลังสุด จึงไม่ต้องตอบหรือวินิจฉัย",
            f"The finding under {finding.rule} was not there at the last check: nothing is to be answered or decided.",
        )


def _refuse_decided(finding: ConformityFinding, error: type[Refused]) -> None:
    if finding.decision != FindingDecision.NONE:
        raise error(
            "decided_already",
            f"ข้อสังเกตตามกฎ {finding.rule} วินิจฉัยแล้ว โปรดเปิดดูผล หากแก้แผนแล้วให้ตรวจใหม่",
            f"The finding under {finding.rule} is decided already. Open it; if the plan was mended, check it again.",
        )


def _set(finding: ConformityFinding, error: type[Refused], seen_version: int | None, values: dict[str, object]) -> None:
    version = finding.version if seen_version is None else seen_version
    same = ConformityFinding.objects.filter(pk=finding.pk, version=version)
    if not same.update(**values, version=F("version") + 1):
        raise error(
            "changed_meanwhile",
            "บันทึกไม่ได้ เพราะมีผู้แก้ข้อสังเกตนี้ก่อนท่าน โปรดเปิดดูใหม่",
            "Not saved: somebody changed this finding before you. Open it again.",
        )
    finding.refresh_from_db()


def _write(finding: ConformityFinding, act: str, actor: User, at: dt.datetime, **data: object) -> None:
    code = lines.of_edition(finding.edition, act).subject_code
    told = {"rule": finding.rule, "subject": finding.subject_code, **data}
    line = Line(act=act, subject=finding, subject_code=f"{code}/{finding.rule}", data=told)
    journal.record_many(at=at, actor=actor, entries=[line])


def _key(finding: ConformityFinding) -> Key:
    return finding.rule, finding.subject_code


def _items(edition: PlanEdition) -> dict[str, int]:
    """Item ids by the code of the record that stands there."""
    rows: Iterable[tuple[int, str | None, str | None]] = PlanItem.objects.filter(edition=edition).values_list(
        "pk", "project__code", "need__code"
    )
    return {str(project or need): pk for pk, project, need in rows}


def _finding(edition: PlanEdition, one: Found, items: dict[str, int], at: dt.datetime) -> ConformityFinding:
    return ConformityFinding(
        edition=edition,
        item_id=items.get(one.violation.subject),
        subject_code=one.violation.subject,
        rule=one.rule.id,
        consequence=one.rule.consequence,
        explanation_th=one.violation.th,
        explanation_en=one.violation.en,
        found_at=at,
    )


def _update(standing: ConformityFinding, one: Found, items: dict[str, int], at: dt.datetime) -> bool:
    """Bring a finding up to what was found now; True where something changed."""
    told = (one.rule.consequence, one.violation.th, one.violation.en)
    item = items.get(one.violation.subject)
    same = told == (standing.consequence, standing.explanation_th, standing.explanation_en)
    if same and standing.state != FindingState.GONE:
        moved = standing.item_id != item
        standing.item_id = item
        return moved
    standing.consequence, standing.explanation_th, standing.explanation_en = told
    standing.item_id, standing.found_at = item, at
    standing.state, standing.answer = FindingState.OPEN, ""
    standing.answered_by, standing.answered_at = None, None
    standing.decision, standing.decision_reason = FindingDecision.NONE, ""
    standing.decided_by, standing.decided_at, standing.resolution = None, None, None
    standing.version += 1
    return True
