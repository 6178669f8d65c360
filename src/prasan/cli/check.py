"""`prasan check`: a stored plan, or a workbook before it is imported, against the rulebook; nothing is written."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click
from django.utils import timezone

from prasan import rulebook
from prasan.agencies.models import Body
from prasan.areas import queries as areas
from prasan.common.dates import fiscal_year_of
from prasan.exchange.reading import Reading, Record, read_file
from prasan.plans import queries
from prasan.plans.models import FindingDecision, FindingState, PlanEdition, PlanType
from prasan.projects.queries import notice_due_on
from prasan.rulebook.checks import Found, ItemFacts, PlanFacts, applies, check_plan

FORMS = {
    "community_needs": PlanType.VILLAGE_PLAN,
    "local_plan_p02": PlanType.LOCAL_PLAN,
    "local_plan_p02_1": PlanType.LOCAL_PLAN,
    "local_plan_p02_2": PlanType.LOCAL_PLAN,
    "action_plan": PlanType.LOCAL_ACTION_PLAN,
    "agency_projects": PlanType.PROVINCIAL_ANNUAL_ACTION_PLAN,
}
OF_A_FILE = {"need_is_classified", "agency_told_the_province", "agency_told_in_time"}
"""Checks that a file alone can answer; the others need what is registered: links, hand-overs, letters, decisions."""
WORDS = {"BLOCKS": ("ขวางการเห็นชอบ", "blocks"), "WARNS": ("ต้องชี้แจง", "warns"), "INFORMS": ("แจ้งให้ทราบ", "informs")}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked and found; `answers` are the states and decisions stored findings have."""

    plan: str
    source: str
    facts: PlanFacts
    rules: tuple[rulebook.Rule, ...]
    found: tuple[Found, ...]
    answers: dict[tuple[str, str], tuple[str, str]]

    def decision(self, one: Found) -> tuple[str, str]:
        return self.answers.get((one.rule.id, one.violation.subject), (FindingState.OPEN, FindingDecision.NONE))

    def blocking(self) -> int:
        """Findings that stop an endorsement and that nobody lifted."""
        stopping = [one for one in self.found if one.rule.consequence == rulebook.BLOCKS]
        return sum(self.decision(one)[1] != FindingDecision.LIFTED for one in stopping)


@click.command(name="check")
@click.argument("plan")
@click.option("--fiscal-year", type=click.IntRange(2500, 2650), help="ปีงบประมาณ พ.ศ. ของไฟล์ / fiscal year of a file")
@click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="พิมพ์ผลเป็น JSON / machine output")
def command(plan: str, fiscal_year: int | None, language: str, as_json: bool) -> None:
    """ตรวจแผนตามสมุดกฎ: PLAN คือ ประเภท/รหัสหน่วยงาน/ปี[/ฉบับ] หรือไฟล์

    Check PLAN (TYPE/BODY-CODE/YEAR[/NUMBER], or a workbook) against the rules of today; exit code 0, 1 when a
    finding blocks endorsement, 2 on wrong use.
    """
    on = timezone.localdate()
    path = Path(plan)
    checked = _file(path, fiscal_year, on) if path.is_file() else _edition(plan, on)
    if as_json:
        click.echo(json.dumps(_record(checked), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(checked, language)))
    raise SystemExit(1 if checked.blocking() else 0)


def _edition(name: str, on: dt.date) -> Checked:
    edition = _find(name)
    told = queries.gather(edition, on=on)
    rules = tuple(rule for rule in rulebook.load().rules if applies(rule, told))
    stored = queries.findings(edition).exclude(state=FindingState.GONE)
    answers = {(f.rule, f.subject_code): (f.state, f.decision) for f in stored}
    code = f"{edition.plan_type}/{edition.body.code}/{edition.fiscal_year}/{edition.number}"
    return Checked(code, "edition", told, rules, tuple(check_plan(told, rules)), answers)


def _find(name: str) -> PlanEdition:
    parts = name.split("/")
    if len(parts) not in (3, 4) or parts[0] not in PlanType.values or not all(p.isdecimal() for p in parts[2:]):
        raise click.UsageError(
            f"ไม่มีไฟล์ “{name}” และไม่ใช่ชื่อแผน (ประเภท/รหัสหน่วยงาน/ปี) / "
            f"“{name}” is neither a file nor a plan (TYPE/BODY-CODE/YEAR)"
        )
    body = Body.objects.filter(code=parts[1]).first()
    if body is None:
        raise click.UsageError(f"ไม่มีหน่วยงานรหัส “{parts[1]}” / there is no body with the code “{parts[1]}”")
    editions = PlanEdition.objects.filter(plan_type=parts[0], body=body, fiscal_year=int(parts[2]))
    if len(parts) == 4:
        editions = editions.filter(number=int(parts[3]))
    edition = editions.select_related("body", "strategy", "task__cycle").order_by("-number").first()
    if edition is None:
        raise click.UsageError(f"ยังไม่มีแผน “{name}” / there is no plan “{name}”")
    return edition


def _file(path: Path, fiscal_year: int | None, on: dt.date) -> Checked:
    try:
        reading = read_file(path, gazetteer=areas.gazetteer(), form="auto")
    except OSError as problem:
        raise click.UsageError(f"อ่าน {path} ไม่ได้ / cannot read {path}: {problem.strerror}") from None
    plan_type = FORMS.get(reading.form)
    if reading.outcome == "refuse" or plan_type is None:
        raise click.UsageError(
            f"ไฟล์ {path.name} ไม่ใช่แบบแผนที่ตรวจได้ โปรดดูด้วย prasan import --dry-run / "
            f"{path.name} is no form of a plan that can be checked; see prasan import --dry-run"
        )
    year = fiscal_year or _first_year(reading) or fiscal_year_of(on)
    due = notice_due_on(year)  # a file does not say when the Budget Act took effect
    items = tuple(_item(record, due) for record in reading.records())
    told = PlanFacts(plan_type=plan_type, fiscal_year=year, on=on, items=items)
    rules = tuple(rule for rule in rulebook.load().rules if rule.check in OF_A_FILE and applies(rule, told))
    return Checked(path.name, "file", told, rules, tuple(check_plan(told, rules)), {})


def _first_year(reading: Reading) -> int | None:
    years = [a.fiscal_year for record in reading.records() for a in record.amounts if a.fiscal_year is not None]
    return min(years, default=None)


def _item(record: Record, due: dt.date | None) -> ItemFacts:
    need = record.form == "community_needs"
    return ItemFacts(
        code=f"{record.sheet}!{record.row}",
        is_need=need,
        classified=not need or bool(record.response_kind),
        owner_is_agency=record.form == "agency_projects",
        notified_on=record.notified_on,
        notice_due_on=due,
    )


def _record(checked: Checked) -> dict[str, object]:
    return {
        "plan": checked.plan,
        "source": checked.source,
        "plan_type": str(checked.facts.plan_type),
        "fiscal_year": checked.facts.fiscal_year,
        "on": checked.facts.on.isoformat(),
        "items": len(checked.facts.items),
        "checked": [rule.id for rule in checked.rules],
        "blocking": checked.blocking(),
        "findings": [
            {
                "rule": one.rule.id,
                "consequence": one.rule.consequence,
                "certainty": one.rule.certainty,
                "subject": one.violation.subject,
                "state": str(checked.decision(one)[0]),
                "decision": str(checked.decision(one)[1]),
                "explanation_th": one.violation.th,
                "explanation_en": one.violation.en,
            }
            for one in checked.found
        ],
    }


def _lines(checked: Checked, language: str) -> Iterable[str]:
    thai = language == "th"
    names = ", ".join(rule.id for rule in checked.rules) or "–"
    items, found = len(checked.facts.items), len(checked.found)
    yield f"{checked.plan}: {items:,} รายการ ตรวจตาม {names}" if thai else f"{checked.plan}: {items:,} items, {names}"
    for one in checked.found:
        said = one.violation.th if thai else one.violation.en
        subject = f" {one.violation.subject}" if one.violation.subject else ""
        yield f"  {one.rule.id} [{WORDS[one.rule.consequence][0 if thai else 1]}]{subject}: {said}"
    stopping = checked.blocking()
    if thai:
        yield f"พบ {found:,} ข้อสังเกต ขวางการเห็นชอบ {stopping:,} ข้อ"
    else:
        yield f"{found:,} findings, {stopping:,} of them block endorsement"
