"""The list of findings: where plans do not keep a rule, and what was answered and decided."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from prasan import rulebook
from prasan.plans import queries
from prasan.plans.models import ConformityFinding, FindingDecision, FindingState, PlanType
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter
from prasan.web.queries.conformity import explanation_of
from prasan.web.queries.rulebook import CONSEQUENCES
from prasan.web.tables.records import called
from prasan.web.wording import language, name_of, state_of

WEIGHT = Case(
    When(consequence="BLOCKS", then=Value(0)),
    When(consequence="WARNS", then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in the list."""

    pk: int
    rule: str
    rule_title: str
    plan: str
    plan_pk: int
    subject: str
    explanation: str
    consequence: str
    state: str
    decision: str
    found_at: dt.datetime


def finding_rows(*, gone_too: bool) -> QuerySet[ConformityFinding]:
    """Every finding with its plan and the plan's body."""
    return queries.findings() if gone_too else queries.findings().exclude(state=FindingState.GONE)


def title_of(rule_id: str) -> str:
    """The title of a rule; its id where the rulebook no longer has it."""
    try:
        return rulebook.load().rule(rule_id).title.say(language())
    except rulebook.UnableToFindInRulebook:
        return rule_id


def make_finding(finding: ConformityFinding) -> FindingRow:
    """The row of one finding."""
    edition = finding.edition
    return FindingRow(
        pk=finding.pk,
        rule=finding.rule,
        rule_title=title_of(finding.rule),
        plan=f"{edition.get_plan_type_display()} {edition.fiscal_year} {name_of(edition.body)}",
        plan_pk=edition.pk,
        subject=finding.subject_code,
        explanation=explanation_of(finding),
        consequence=finding.consequence,
        state=finding.state,
        decision=finding.decision,
        found_at=finding.found_at,
    )


def _of_plan(rows: QuerySet[ConformityFinding], value: str) -> QuerySet[ConformityFinding]:
    return rows.filter(edition=int(value)) if value.isdecimal() and len(value) < 10 else rows.none()


def findings_spec(plan: str = "") -> ListSpec[ConformityFinding, FindingRow]:
    """The list of findings, what blocks first; `plan` where one plan's are asked for."""
    rules = tuple((rule.id, f"{rule.id} {rule.title.say(language())}") for rule in rulebook.load().rules if rule.check)
    of_plan = (Filter("plan", _("เลขของแผน"), _of_plan),) if plan else ()
    return ListSpec(
        name="findings",
        columns=(
            Column("rule", _("กฎ"), lambda r: r.rule, order=by("rule")),
            Column("explanation", _("ข้อสังเกต"), lambda r: r.explanation, css="wide"),
            Column("subject", _("รายการ"), lambda r: r.subject, only="file"),
            Column("plan", _("แผน"), lambda r: r.plan, order=by("edition"), css="owner"),
            Column("consequence", _("ผล"), lambda r: state_of("consequence", r.consequence).word, order=WEIGHT),
            Column("state", _("คำตอบ"), lambda r: state_of("finding", r.state).word, order=by("state")),
            Column("decision", _("คำวินิจฉัย"), lambda r: state_of("decision", r.decision).word, order=by("decision")),
        ),
        make=make_finding,
        default_order="consequence",
        filters=(
            Filter("owner", _("เจ้าของแผน"), lambda rows, value: called(rows, value, "edition__body")),
            Filter("rule", _("กฎ"), exact_filter("rule"), rules),
            Filter("consequence", _("ผล"), exact_filter("consequence"), tuple(CONSEQUENCES.items())),
            Filter("state", _("คำตอบ"), exact_filter("state"), tuple(FindingState.choices)),
            Filter("decision", _("คำวินิจฉัย"), exact_filter("decision"), tuple(FindingDecision.choices)),
            Filter("plan_type", _("ประเภทแผน"), exact_filter("edition__plan_type"), tuple(PlanType.choices)),
            *of_plan,
        ),
    )
