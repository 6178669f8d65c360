"""The rulebook for pages: rules as rows, what is asked of them, and one rule with its eras, values and cases."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from prasan import rulebook
from prasan.common.dates import parse_date
from prasan.common.errors import Refused
from prasan.common.text import search_key
from prasan.cycles import queries as cycles
from prasan.rulebook.checks import COMPUTED, GUARDED, GUARDS, PEOPLE, how
from prasan.web.wording import Text, language

ID = re.compile(r"r\d\d")

TOPICS: dict[str, Text] = {
    "STRATEGY": gettext_lazy("ยุทธศาสตร์"),
    "PLANS": gettext_lazy("แผนและการอนุมัติ"),
    "ITEMS": gettext_lazy("รายการในแผน"),
    "CALENDAR": gettext_lazy("กำหนดเวลา"),
    "COMMUNITY": gettext_lazy("แผนชุมชน"),
    "CAPACITY": gettext_lazy("เกินขีดความสามารถ"),
    "AGENCIES": gettext_lazy("หน่วยงานกับจังหวัด"),
    "BUDGET": gettext_lazy("งบประมาณและคำขอ"),
    "MEETINGS": gettext_lazy("การประชุม"),
    "LETTERS": gettext_lazy("หนังสือและการส่ง"),
    "INTEGRATION": gettext_lazy("การบูรณาการ"),
    "REPORTING": gettext_lazy("การรายงาน"),
}
KINDS: dict[str, Text] = {
    "BINDING": gettext_lazy("ใช้บังคับ"),
    "PROCEDURE": gettext_lazy("แนวปฏิบัติ"),
    "RECOMMENDATION": gettext_lazy("ข้อเสนอแนะ"),
}
CONSEQUENCES: dict[str, Text] = {
    "BLOCKS": gettext_lazy("ขวางการเห็นชอบ"),
    "WARNS": gettext_lazy("ต้องชี้แจง"),
    "INFORMS": gettext_lazy("แจ้งให้ทราบ"),
}
CERTAINTIES: dict[str, Text] = {
    "S": gettext_lazy("พิมพ์ในเอกสาร"),
    "I": gettext_lazy("อนุมานจากเอกสาร"),
    "W": gettext_lazy("พบในเอกสารสาธารณะ ยังไม่ได้เห็นทั้งฉบับ"),
    "G": gettext_lazy("ความรู้ทั่วไป ยังไม่ได้ตรวจสอบ"),
    "-": gettext_lazy("ไม่ได้พิมพ์ไว้"),
}
HOW: dict[str, Text] = {
    COMPUTED: gettext_lazy("ระบบตรวจจากข้อมูล"),
    GUARDED: gettext_lazy("ระบบคุมที่ขั้นตอน"),
    PEOPLE: gettext_lazy("คนเท่านั้นที่บอกได้"),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule in the list."""

    id: str
    title: str
    statement: str
    topic: str
    kind: str
    consequence: str
    certainty: str
    uncertain: bool
    how: str
    source: str
    state: str


def rule_rows(asked: Mapping[str, str], on: dt.date) -> list[RuleRow]:
    """The rules that answer every question asked, each as it stands on the day."""
    return [_row(rule, on) for rule in rulebook.load().rules if _answers(rule, asked, on)]


def day_asked(text: str) -> dt.date | None:
    """The day typed in a filter, Buddhist or Christian; None where none can be read."""
    try:
        return parse_date(text) if text.strip() else None
    except Refused:
        return None


def _answers(rule: rulebook.Rule, asked: Mapping[str, str], on: dt.date) -> bool:
    told = {"topic": rule.topic, "kind": rule.kind, "consequence": rule.consequence, "certainty": rule.certainty}
    if any(asked.get(key) and asked[key] != value for key, value in told.items()):
        return False
    if asked.get("how") and asked["how"] != how(rule):
        return False
    if asked.get("on") and rule.state_on(on) == rulebook.NOT_YET:
        return False
    words = search_key(asked.get("q", ""))
    said = (rule.id, rule.title.th, rule.title.en, rule.statement.th, rule.statement.en, rule.reference)
    if ID.fullmatch(words):
        return search_key(rule.id) == words  # who types a number wants that rule, not every year 25xx
    return not words or any(words in search_key(text) for text in said)


def _row(rule: rulebook.Rule, on: dt.date) -> RuleRow:
    return RuleRow(
        id=rule.id,
        title=rule.title.say(language()),
        statement=rule.statement.say(language()),
        topic=str(TOPICS[rule.topic]),
        kind=str(KINDS[rule.kind]),
        consequence=rule.consequence,
        certainty=str(CERTAINTIES[rule.certainty]),
        uncertain=rule.certainty != "S",
        how=str(HOW[how(rule)]),
        source=rule.source,
        state=rule.state_on(on),
    )


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value from a day on, in words."""

    starts_on: dt.date
    says: str
    certainty: str
    source: str


def values_of(rule: rulebook.Rule) -> list[ValueLine]:
    """Every value printed for a rule, with its first day."""
    return [
        ValueLine(one.starts_on, say_value(rule, one), str(CERTAINTIES[one.certainty]), one.source)
        for one in rule.values
    ]


def say_value(rule: rulebook.Rule, one: rulebook.DatedValue) -> str:
    """A value in the reader's language and its own unit."""
    if one.value is None:
        return _("เอกสารไม่ได้พิมพ์กำหนดไว้")
    if isinstance(one.value, rulebook.Edge):
        last = cycles.day_of_year_text(one.value.month, one.value.day, language())
        return _("ภายใน%(day)s (พ.ศ. = ปีงบประมาณ − %(before)s)") % {"day": last, "before": -one.value.k}
    if rule.unit == "satang":
        return _("%(n)s บาท") % {"n": f"{one.value // 100:,}"}
    if rule.unit == "percent":
        return _("ร้อยละ %(n)s") % {"n": one.value}
    if rule.unit == "count":
        return ngettext("%(n)s ครั้ง", "%(n)s ครั้ง", one.value) % {"n": one.value}
    return ngettext("%(n)s วัน", "%(n)s วัน", one.value) % {"n": one.value}


def kept_by(rule: rulebook.Rule) -> str:
    """How the rule is kept, with the act that guards it where one does."""
    kind = how(rule)
    said = str(HOW[kind])
    guard = GUARDS.get(rule.id)
    return f"{said}: {guard.say(language())}" if kind == GUARDED and guard is not None else said


@dataclass(frozen=True, slots=True)
class EraLine:
    """An era of a rule; no day where its source prints none."""

    starts_on: dt.date | None
    name: str
    reference: str


def eras_in_order(eras: Iterable[rulebook.Era]) -> list[EraLine]:
    """Those without a printed day first, then by their day."""
    ordered = sorted(eras, key=lambda era: (era.starts_on is not None, era.starts_on or dt.date.min))
    return [EraLine(era.starts_on, era.name.say(language()), era.reference) for era in ordered]
