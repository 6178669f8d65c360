"""One project or one need with everything its page shows."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from prasan.exchange.models import SubmissionRow
from prasan.integration.models import Pair
from prasan.needs.models import Need
from prasan.plans.models import EditionState, PlanItem
from prasan.projects.models import AmountKind, Project, ProjectYear, Span, TakeUp


@dataclass(frozen=True, slots=True)
class MoneyStage:
    """How much was asked, agreed or granted, and how wide its bar is (0 to 100)."""

    key: str  # asked, agreed, granted
    satang: int | None
    width: float


@dataclass(frozen=True, slots=True)
class YearAmounts:
    """A fiscal year with its amounts by kind, integer satang."""

    fiscal_year: int
    planned: int | None
    budgeted: int | None
    paid: int | None


@dataclass(frozen=True, slots=True)
class PairBeside:
    """A pair seen from one of its two projects."""

    pair: Pair
    other: Project


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project as its page shows it."""

    project: Project
    stages: list[MoneyStage]
    years: list[YearAmounts]
    pairs: list[PairBeside]
    take_ups: list[Need]
    merged: list[Project]
    sources: list[SubmissionRow]


STAGES = (("asked", AmountKind.PLANNED), ("agreed", AmountKind.BUDGETED), ("granted", AmountKind.PAID))


def project_page(project: Project) -> ProjectPage:
    """Everything the page of a project shows, each kind of record read once."""
    years = _years(project)
    pairs = Pair.objects.filter(Q(first=project) | Q(second=project)).select_related("first__owner", "second__owner")
    take_ups = TakeUp.objects.filter(project=project).select_related("need__area").order_by("need__code")
    return ProjectPage(
        project=project,
        stages=money_stages(project),
        years=years,
        pairs=[
            PairBeside(pair, pair.second if pair.first_id == project.pk else pair.first)
            for pair in pairs.order_by("-probability", "pk")[:20]
        ],
        take_ups=[row.need for row in take_ups],
        merged=list(project.merged.select_related("owner").order_by("code")),
        sources=list(SubmissionRow.objects.filter(project=project).select_related("submission")),
    )


def money_stages(project: Project) -> list[MoneyStage]:
    """Asked (planned), agreed (budgeted) and granted (paid), all years together, to one scale."""
    sums = dict(
        ProjectYear.objects.filter(project=project, span=Span.IN)
        .order_by()
        .values_list("kind")
        .annotate(whole=Sum("amount_satang"))
    )
    most = max((sums.get(kind) or 0 for _, kind in STAGES), default=0)
    return [
        MoneyStage(key, sums.get(kind), round(100 * (sums.get(kind) or 0) / most, 2) if most else 0.0)
        for key, kind in STAGES
    ]


def _years(project: Project) -> list[YearAmounts]:
    found: dict[int, dict[str, int]] = {}
    for row in ProjectYear.objects.filter(project=project, span=Span.IN):
        found.setdefault(row.fiscal_year, {})[row.kind] = row.amount_satang
    return [
        YearAmounts(year, kinds.get(AmountKind.PLANNED), kinds.get(AmountKind.BUDGETED), kinds.get(AmountKind.PAID))
        for year, kinds in sorted(found.items())
    ]


@dataclass(frozen=True, slots=True)
class NeedPage:
    """A need as its page shows it."""

    need: Need
    projects: list[Project]
    plans: list[PlanItem]
    merged: list[Need]
    sources: list[SubmissionRow]


def need_page(need: Need, *, drafts_too: bool = True) -> NeedPage:
    """Everything the page of a need shows; projects that answer it are followed through merges."""
    plans = PlanItem.objects.filter(need=need).select_related("edition__body").order_by("edition")
    if not drafts_too:
        plans = plans.exclude(edition__state=EditionState.DRAFT)
    take_ups = TakeUp.objects.filter(need=need).select_related("project__owner", "project__merged_into__owner")
    kept = {project.pk: project for project in (row.project.canonical() for row in take_ups)}
    return NeedPage(
        need=need,
        projects=sorted(kept.values(), key=lambda project: project.code),
        plans=list(plans),
        merged=list(need.merged.select_related("area").order_by("code")),
        sources=list(SubmissionRow.objects.filter(need=need).select_related("submission")),
    )
