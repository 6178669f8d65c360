"""Plans for tests, compiled by the operator through the services."""

import datetime as dt

from prasan.accounts.services import system_actor
from prasan.agencies.models import Body
from prasan.plans.models import PlanEdition
from prasan.plans.services import compile_edition

AT = dt.datetime(2025, 6, 1, 2, tzinfo=dt.UTC)


def make_local_plan(*, lao: Body, fiscal_year: int = 2569, at: dt.datetime = AT) -> PlanEdition:
    """The local plan of a local government as its records stand."""
    return compile_edition(plan_type="LOCAL_PLAN", body=lao, fiscal_year=fiscal_year, actor=system_actor(), at=at)
