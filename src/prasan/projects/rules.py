"""Pure decisions about projects: codes, plausible years, and which amount of a project a plan counts."""

import datetime as dt
from collections.abc import Iterable

FIRST_YEAR, LAST_YEAR = 2480, 2650
"""Fiscal years (Buddhist Era) a record may carry; a Christian year falls outside."""

KEY_LENGTH = 500
"""How much of the search key of a name is stored."""

COUNTED_KINDS = ("PLANNED", "BUDGETED")
"""A plan counts what was planned; a list that names only budgets (an agency's) is counted by these."""


def project_code(province_code: str, fiscal_year: int, number: int) -> str:
    """The public code of a project, e.g. "46-2569-00001": province, fiscal year, running number."""
    return f"{province_code}-{fiscal_year}-{number:05d}"


def year_is_plausible(fiscal_year: int) -> bool:
    """Whether a fiscal year is a Buddhist one that this system may hold."""
    return FIRST_YEAR <= fiscal_year <= LAST_YEAR


def counted_kind(kinds: Iterable[str]) -> str | None:
    """Which kind of amount a plan counts for a project that has amounts of these kinds; None for no money."""
    present = set(kinds)
    return next((kind for kind in COUNTED_KINDS if kind in present), None)


FOLLOWS, OWN, FROZEN = "FOLLOWS", "OWN", "FROZEN"
MERGE_TABLE = {
    # Read through `canonical()`: after a merge it speaks of the record that stands.
    "projects.TakeUp.project": FOLLOWS,
    "projects.TakeUp.need": FOLLOWS,
    "plans.PlanItem.project": FOLLOWS,
    "plans.PlanItem.need": FOLLOWS,
    # The original's own, before and after: its amounts, its pointer, what was asked in its name.
    "projects.ProjectYear.project": OWN,
    "projects.Project.merged_into": OWN,
    "projects.ProjectSketch.project": OWN,
    "needs.Need.merged_into": OWN,
    "integration.Handover.project": OWN,
    "integration.Pair.first": OWN,
    "integration.Pair.second": OWN,
    "integration.Pair.kept": OWN,
    "integration.Conflict.first": OWN,
    "integration.Conflict.second": OWN,
    "projects.ProjectObjective.project": OWN,
    "integration.ChangeRecommendation.project": OWN,
    "integration.JointProject.project": OWN,
    "afp.Candidate.project": FOLLOWS,
    "afp.ProblemNeed.need": FOLLOWS,
    # A record of what happened then: it never changes its subject.
    "integration.JointProject.members": FROZEN,
    "plans.PlanRemoval.project": FROZEN,
    "plans.PlanRemoval.need": FROZEN,
    "exchange.SubmissionRow.project": FROZEN,
    "exchange.SubmissionRow.need": FROZEN,
}
"""What a merge means for every relation to a need or a project (house rule 11), also of later rooms."""


def last_day_of_notice(effective_on: dt.date, days: int) -> dt.date:
    """The last day on which an agency's notice is in time (R50): the first day is not counted (s.193/3 CCC)."""
    return effective_on + dt.timedelta(days=days)
