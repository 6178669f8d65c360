"""R46: progress is reported to the national committee a number of times a fiscal year."""

import datetime as dt

from prasan.common.dates import fiscal_year_bounds
from prasan.rulebook.rules import Rule

COMPLIANT, PENDING, NON_COMPLIANT = "compliant", "pending", "non_compliant"


def two_reports_a_year(*, rule: Rule, reports: int, fiscal_year: int, on: dt.date) -> str:
    """AC-14: enough reports are compliant at once; too few are only when the fiscal year is over."""
    first, after = fiscal_year_bounds(fiscal_year)
    wanted = rule.value_on(first).value
    if not isinstance(wanted, int) or reports >= wanted:
        return COMPLIANT
    return NON_COMPLIANT if on >= after else PENDING
