"""`prasan rules`: the rulebook with its citations, whole or as it stands on a day."""

import dataclasses
import datetime as dt
import json

import click

from prasan import rulebook
from prasan.common.dates import format_date, parse_date
from prasan.common.errors import Refused
from prasan.cycles import queries as cycles
from prasan.rulebook.checks import COMPUTED, GUARDED, GUARDS, PEOPLE, how

STATES = {
    rulebook.IN_FORCE: ("มีผล", "in force"),
    rulebook.UNDATED: ("เอกสารไม่ได้พิมพ์วันมีผลไว้", "no day printed"),
}
KINDS = {
    "BINDING": ("ผูกพัน", "binding"),
    "PROCEDURE": ("แนวปฏิบัติ", "procedure"),
    "RECOMMENDATION": ("ข้อเสนอแนะ", "recommendation"),
}

CONSEQUENCES = {
    "BLOCKS": ("ขวางการเห็นชอบ", "blocks"),
    "WARNS": ("ต้องชี้แจง", "warns"),
    "INFORMS": ("แจ้งให้ทราบ", "informs"),
}
HOW = {
    COMPUTED: ("ระบบตรวจจากข้อมูล", "computed from the records"),
    GUARDED: ("ระบบคุมที่ขั้นตอน", "guarded by an act"),
    PEOPLE: ("คนเท่านั้นที่บอกได้", "only people can tell"),
}
UNITS = {
    "day": ("{} วัน", "{} days"),
    "count": ("{} ครั้ง", "count: {}"),
    "satang": ("{} บาท", "{} baht"),
    "percent": ("ร้อยละ {}", "{} per cent"),
}
CERTAINTIES = {
    "I": ("อนุมาน", "inferred"),
    "W": ("พบในเอกสารสาธารณะ", "seen in public material"),
    "G": ("ความรู้ทั่วไป ยังไม่ได้ตรวจสอบ", "general knowledge, not verified"),
}


@click.command(name="rules", help="สมุดกฎพร้อมที่มา / the rulebook with its citations")
@click.option("--on", "on_text", help="เฉพาะกฎที่มีผลในวันนี้ / only what is in force on this day")
@click.option("--topic", type=click.Choice(rulebook.TOPICS), help="เฉพาะเรื่องนี้ / only this topic")
@click.option("--kind", type=click.Choice(tuple(KINDS)), help="เฉพาะชนิดนี้ / only this kind")
@click.option("--computable", is_flag=True, help="เฉพาะข้อที่ระบบตรวจจากข้อมูลได้ / only what the program can compute")
@click.option("--language", type=click.Choice(["th", "en"]), default="th", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="พิมพ์ผลเป็น JSON / machine output")
def command(
    on_text: str | None, topic: str | None, kind: str | None, computable: bool, language: str, as_json: bool
) -> None:
    """Print the rules; with --on those not yet begun are left out, and those without a printed day say so."""
    try:
        on = parse_date(on_text) if on_text else None
    except Refused as refusal:
        raise click.UsageError(f"{refusal.message_th} / {refusal.message_en}") from None
    book = rulebook.load()
    shown = [
        rule
        for rule in book.rules
        if (on is None or rule.state_on(on) in STATES)
        and topic in (None, rule.topic)
        and kind in (None, rule.kind)
        and (rule.check or not computable)
    ]
    if as_json:
        click.echo(json.dumps(_record(book, shown, on), ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(_lines(book, shown, on, language)))


def _lines(book: rulebook.Rulebook, shown: list[rulebook.Rule], on: dt.date | None, language: str) -> list[str]:
    thai = language == "th"
    lines = ["ระบบแผน / planning systems (--cycle)"]
    lines += [f"  {system.key:18}  {system.title.say(language)}  [{system.reference}]" for system in book.systems]
    heading = "กฎ" if thai else "Rules"
    if on is not None:
        heading += f" ณ วันที่ {format_date(on)}" if thai else f" on {format_date(on, language='en')}"
    lines += ["", heading]
    for rule in shown:
        state = f" · {STATES[rule.state_on(on)][0 if thai else 1]}" if on else ""
        kind = KINDS[rule.kind][0 if thai else 1]
        follows = CONSEQUENCES[rule.consequence][0 if thai else 1]
        lines += [f"  {rule.id}  {rule.title.say(language)}  ({kind}{state} · {follows})"]
        lines += [f"       {rule.statement.say(language)}"]
        lines += [f"       {words}" for words in _values(rule, on, language)]
        lines += [f"       {HOW[how(rule)][0 if thai else 1]}{_guard(rule, language)}"]
        marked = "" if rule.certainty == "S" else f" · {CERTAINTIES[rule.certainty][0 if thai else 1]}"
        lines += [f"       [{rule.source}] {rule.reference}{marked}"]
    return lines


def _values(rule: rulebook.Rule, on: dt.date | None, language: str) -> list[str]:
    """The value printed for the day, or every value with its first day."""
    if not rule.values:
        return []
    if on is None:
        since = "ตั้งแต่" if language == "th" else "from"
        return [
            f"{since} {format_date(value.starts_on, language=language)}: {_say(rule, value, language)}"
            for value in rule.values
        ]
    try:
        return [_say(rule, rule.value_on(on), language)]
    except rulebook.UnableToFindValue as refusal:
        return [refusal.message_th if language == "th" else refusal.message_en]


def _guard(rule: rulebook.Rule, language: str) -> str:
    """The act that keeps the rule, where one does and nothing is computed."""
    return f": {GUARDS[rule.id].say(language)}" if how(rule) == GUARDED else ""


def _say(rule: rulebook.Rule, dated: rulebook.DatedValue, language: str) -> str:
    thai = language == "th"
    if dated.value is None:
        return "เอกสารไม่ได้พิมพ์กำหนดไว้" if thai else "no limit printed"
    if isinstance(dated.value, int):
        shown = dated.value // 100 if rule.unit == "satang" else dated.value
        return UNITS[rule.unit][0 if thai else 1].format(f"{shown:,}")
    # The year is not printed: it follows the fiscal year the officer works on.
    last = cycles.day_of_year_text(dated.value.month, dated.value.day, language)
    before = -dated.value.k
    return (
        f"ภายใน{last} (พ.ศ. = ปีงบประมาณ − {before})" if thai else f"by {last} (calendar year = fiscal year − {before})"
    )


def _record(book: rulebook.Rulebook, shown: list[rulebook.Rule], on: dt.date | None) -> dict[str, object]:
    return {
        "on": on.isoformat() if on else None,
        "systems": [
            {
                "key": system.key,
                "aliases": list(system.aliases),
                "title_th": system.title.th,
                "title_en": system.title.en,
                "reference": system.reference,
                "steps": len(system.steps),
            }
            for system in book.systems
        ],
        "rules": [_rule_record(rule, on) for rule in shown],
    }


def _rule_record(rule: rulebook.Rule, on: dt.date | None) -> dict[str, object]:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "state": rule.state_on(on) if on else None,
        "eras": [
            {"key": era.key, "starts_on": era.starts_on.isoformat() if era.starts_on else None} for era in rule.eras
        ],
        "title_th": rule.title.th,
        "title_en": rule.title.en,
        "statement_th": rule.statement.th,
        "statement_en": rule.statement.en,
        "topic": rule.topic,
        "consequence": rule.consequence,
        "how": how(rule),
        "test": rule.test,
        "unit": rule.unit or None,
        "values": [
            {
                "from": value.starts_on.isoformat(),
                "value": dataclasses.asdict(value.value) if isinstance(value.value, rulebook.Edge) else value.value,
                "certainty": value.certainty,
                "source": value.source,
            }
            for value in rule.values
        ],
        "certainty": rule.certainty,
        "source": rule.source,
        "reference": rule.reference,
    }
