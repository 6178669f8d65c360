"""Reads of findings: what a plan does not keep, what still blocks it, and who reported how often."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet

from prasan import rulebook
from prasan.agencies.models import Body, BodyKind
from prasan.integration.models import Pair, Verdict
from prasan.letters.models import Letter, LetterState
from prasan.plans.models import ConformityFinding, FindingDecision, FindingState, PlanEdition, PlanItem
from prasan.rulebook.checks.reporting import two_reports_a_year

REPORT = "L15"
"""The letter of the catalogue that reports progress to the national committee (R46)."""


BLOCKING = Q(consequence=rulebook.BLOCKS) & ~Q(state=FindingState.GONE) & ~Q(decision=FindingDecision.LIFTED)
"""What stops an endorsement: it was found at the last check, and nobody above lifted it."""


def findings(edition: PlanEdition | None = None) -> QuerySet[ConformityFinding]:
    """Findings with their plan and its body, those of one edition or all."""
    rows = ConformityFinding.objects.select_related("edition__body__area", "item")
    if edition is not None:
        rows = rows.filter(edition=edition)
    return rows.order_by("edition", "rule", "subject_code")


def blocking_findings(edition: PlanEdition) -> QuerySet[ConformityFinding]:
    """Findings that stop an endorsement: they are still found, and nobody above lifted them."""
    return findings(edition).filter(BLOCKING)


def open_duplicates(edition: PlanEdition) -> QuerySet[Pair]:
    """Likely duplicates nobody decided yet that touch this edition: R31 forbids endorsing it so (AC-21)."""
    listed = PlanItem.objects.filter(edition=edition, project__isnull=False).values("project")
    return (
        Pair.objects.filter(Q(first__in=listed) | Q(second__in=listed))
        .filter(is_open=True, verdict=Verdict.DUPLICATE)
        .select_related("first__owner", "second__owner")
        .order_by("-probability", "pk")
    )


def findings_by_state(rule: str) -> Mapping[str, int]:
    """How many findings cite a rule, by state."""
    rows = ConformityFinding.objects.filter(rule=rule).order_by().values_list("state").annotate(counted=Count("pk"))
    return dict(rows)


def reporting_states(*, fiscal_year: int, on: dt.date, makers: QuerySet[Body] | None = None) -> dict[int, str]:
    """R46, AC-14: for each province and cluster committee whether it reported often enough in a fiscal year.

    A letter counts once it was dispatched to the national committee by the body itself or by the office that
    writes for it (the province's).
    """
    bodies = Body.objects.filter(kind__in=(BodyKind.PROVINCIAL_COMMITTEE, BodyKind.CLUSTER_COMMITTEE))
    if makers is not None:
        bodies = makers
    sent = Letter.objects.filter(
        catalogue=REPORT,
        fiscal_year=fiscal_year,
        state=LetterState.DISPATCHED,
        dated_on__lte=on,
        addressees__body__kind=BodyKind.NATIONAL_COMMITTEE,
    ).distinct()
    by_body: Counter[int] = Counter()
    by_office: Counter[int] = Counter()
    for _, sender, kind, area in sent.values_list("pk", "sender_id", "sender__kind", "sender__area_id"):
        by_body[sender] += 1
        if kind == BodyKind.PROVINCE and area is not None:
            by_office[area] += 1
    rule = rulebook.load().rule("R46")
    return {
        pk: two_reports_a_year(
            rule=rule,
            reports=by_body[pk] + (by_office[area] if area is not None and kind != BodyKind.PROVINCE else 0),
            fiscal_year=fiscal_year,
            on=on,
        )
        for pk, kind, area in bodies.values_list("pk", "kind", "area_id")
    }
