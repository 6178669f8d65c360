"""What a run of the main job was asked for, and the records it speaks of."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prasan.exchange.models import Submission
from prasan.needs.models import Need
from prasan.projects.models import Project


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: whose submissions, for which province, year and planning system."""

    paths: Sequence[Path]
    province_code: str
    fiscal_year: int
    system: str
    act_effective_on: dt.date | None = None  # first day of the Budget Act (R50); else of the fiscal year


@dataclass(slots=True)
class Scope:
    """The records this run speaks of: those of its files (docs/decisions/0004-report-scope.md)."""

    submissions: list[Submission]
    project_ids: list[int] = field(default_factory=list)
    need_ids: list[int] = field(default_factory=list)
    copies: list[tuple[str, Submission]] = field(default_factory=list)  # names of files that hold another one's bytes

    def projects(self) -> list[Project]:
        """Projects that stand, in code order, with owner, place and amounts."""
        found = Project.objects.filter(pk__in=self.project_ids, merged_into=None, withdrawn_at=None)
        return list(found.select_related("owner__area", "area", "asks").prefetch_related("years").order_by("code"))

    def needs(self) -> list[Need]:
        """Needs that stand, in code order."""
        found = Need.objects.filter(pk__in=self.need_ids, merged_into=None, withdrawn_at=None)
        return list(found.select_related("area", "body").order_by("code"))
