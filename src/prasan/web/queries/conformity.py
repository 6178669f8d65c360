"""What a plan's page shows of its findings, to those who are signed in."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from prasan.accounts.models import User
from prasan.plans import access, queries
from prasan.plans.models import ConformityFinding, FindingState, PlanEdition
from prasan.web.wording import language

FIRST = 3
"""Findings a plan's page shows; the list has all."""


@dataclass(frozen=True, slots=True)
class Conformity:
    """The first findings of a plan, how many there are, and how many block it."""

    findings: tuple[tuple[ConformityFinding, str], ...]  # each with its explanation in the reader's language
    count: int
    blocking: int
    may_check: bool


def explanation_of(finding: ConformityFinding) -> str:
    """What was found, in the reader's language."""
    return finding.explanation_en if language() == "en" else finding.explanation_th


def conformity_of(edition: PlanEdition, user: object) -> Conformity | None:
    """Findings need sign-in; what blocks stands first."""
    if not isinstance(user, User):
        return None
    standing = queries.findings(edition).exclude(state=FindingState.GONE)
    counted = standing.order_by().aggregate(every=Count("pk"), blocking=Count("pk", filter=queries.BLOCKING))
    first = standing.order_by("consequence", "rule", "subject_code")[:FIRST] if counted["every"] else ()
    return Conformity(
        findings=tuple((one, explanation_of(one)) for one in first),
        count=counted["every"],
        blocking=counted["blocking"],
        may_check=access.can_check(user, body=edition.body, on=timezone.localdate()),
    )
