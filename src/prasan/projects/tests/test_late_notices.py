"""R50: agencies tell of their projects within the days the rulebook gives, the first day not counted."""

import datetime as dt

import pytest
from tests.cast import cast

from prasan.projects import queries
from prasan.projects.models import Origin
from prasan.projects.testing import make_project

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("origin", "fiscal_year", "notified_on", "is_late"),
    [
        (Origin.AGENCY, 2559, dt.date(2015, 10, 31), False),  # AC-04: day 30
        (Origin.AGENCY, 2559, dt.date(2015, 11, 1), True),  # day 31
        (Origin.AGENCY, 2559, None, False),  # not told at all is another matter
        (Origin.LOCAL_PLAN, 2559, dt.date(2015, 11, 1), False),  # the rule binds agencies
        (Origin.AGENCY, 2558, dt.date(2015, 1, 1), False),  # before the rule's first year
    ],
)
def test_a_notice_is_late_from_the_thirty_first_day(
    origin: Origin, fiscal_year: int, notified_on: dt.date | None, is_late: bool
) -> None:
    project = make_project(
        owner=cast().highways, origin=origin, fiscal_year=fiscal_year, notified_on=notified_on, years=()
    )
    assert [late.project for late in queries.late_notices([project.pk])] == ([project] if is_late else [])


def test_the_days_run_from_the_day_the_act_takes_effect_when_it_is_known() -> None:
    project = make_project(
        owner=cast().highways, origin=Origin.AGENCY, fiscal_year=2559, notified_on=dt.date(2015, 12, 1), years=()
    )
    assert queries.late_notices([project.pk])[0].due_on == dt.date(2015, 10, 31)
    assert queries.late_notices([project.pk], effective_on=dt.date(2015, 11, 5)) == []
