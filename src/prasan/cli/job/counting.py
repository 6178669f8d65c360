"""What the lines of a plan count with in the report, so that what was merged since counts once."""

from collections.abc import Sequence

from prasan.cli.job.deciding import amounts_of
from prasan.needs.models import Need
from prasan.plans import queries as plans_read
from prasan.plans.models import PlanItem
from prasan.projects.models import Project


def counted_amounts(items: Sequence[PlanItem]) -> dict[int, dict[int, int]]:
    """For lines merged since what they count with: nothing where another line counts it, else what stands now."""
    merged = plans_read.counted_lines((item.pk, item.project_id, item.need_id) for item in items)
    standing = Project.objects.prefetch_related("years").in_bulk(merged.projects.values())
    asked = Need.objects.in_bulk(merged.needs.values())
    return {
        **{item: {} for item in merged.elsewhere},
        **{item: amounts_of(standing[project]) for item, project in merged.projects.items()},
        **{item: asked_amounts(asked[need]) for item, need in merged.needs.items()},
    }


def asked_amounts(need: Need) -> dict[int, int]:
    """Satang by fiscal year of what a community asked."""
    return {} if need.amount_satang is None else {need.fiscal_year: need.amount_satang}
