"""The cascade around one strategy as a picture: what it answers above, its issues, and who answers them below."""

from dataclasses import dataclass

from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.common.text import clean
from prasan.strategy import queries
from prasan.strategy.models import Objective, ObjectiveKind, StrategyLevel, StrategyPlan

BOX, GAP, TITLE = 84, 12, 40  # heights of a box, between two, and of a plan's title over its boxes
COLUMN, BETWEEN = 270, 75  # widths
LEVEL_OF = {
    BodyKind.PROVINCE: StrategyLevel.PROVINCE,
    BodyKind.PROVINCIAL_COMMITTEE: StrategyLevel.PROVINCE,
    BodyKind.DISTRICT: StrategyLevel.DISTRICT,
    BodyKind.DISTRICT_COMMITTEE: StrategyLevel.DISTRICT,
    BodyKind.CLUSTER_COMMITTEE: StrategyLevel.CLUSTER,
    **dict.fromkeys(LAO_KINDS, StrategyLevel.LAO),
}
"""Of which level the strategy of a body is, by its kind."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the picture; a title has no objective."""

    x: int
    y: int
    height: int
    text: str
    plan: StrategyPlan | None = None
    objective: Objective | None = None
    alone: bool = False  # an issue that answers nothing, or that nobody answers
    below: tuple[tuple[str, int], ...] = ()  # names of levels with how many plans

    @property
    def width(self) -> int:
        return COLUMN


@dataclass(frozen=True, slots=True)
class Line:
    """A link from right to left: this objective answers that one."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Cascade:
    """The picture: boxes and the lines between them, in a frame of this size."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def level_of(body: Body) -> str:
    """The level of the strategy a body writes; empty where it writes none."""
    return LEVEL_OF.get(BodyKind(body.kind), "")


def cascade_of(plan: StrategyPlan) -> Cascade:
    """Three columns: the objectives above that are answered, the plan's issues, who answers each below."""
    links: list[tuple[Objective, Objective]] = []
    issues = list(
        plan.objectives.filter(kind=ObjectiveKind.ISSUE).order_by("position").prefetch_related("links_up__above__plan")
    )
    for issue in issues:
        links += [(issue, link.above) for link in issue.links_up.all()]
    above = _above([target for _issue, target in links])
    middle = COLUMN + BETWEEN if above else 0
    own = {
        issue.pk: Box(
            middle, TITLE + n * (BOX + GAP), BOX, f"{issue.code} {clean(issue.name_th)}", plan, issue,
            alone=not issue.links_up.all() and plan.level != StrategyLevel.NATIONAL,
        )
        for n, issue in enumerate(issues)
    }  # fmt: skip
    below = _below(plan, own, middle + COLUMN + BETWEEN)
    places = {box.objective.pk: box for box in above if box.objective is not None}
    lines = [_line(own[issue.pk], places[target.pk]) for issue, target in links]
    lines += [_line(box, own[box.objective.pk]) for box in below if box.objective is not None and not box.alone]
    boxes = (*above, Box(middle, 0, TITLE, plan.title_th, plan), *own.values(), *below)
    height = max(box.y + box.height for box in boxes) + GAP
    return Cascade(boxes, tuple(lines), middle + 2 * COLUMN + BETWEEN, height)


def _above(answered: list[Objective]) -> list[Box]:
    boxes: list[Box] = []
    y = 0
    plans: dict[int, list[Objective]] = {}
    for one in dict.fromkeys(answered):
        plans.setdefault(one.plan_id, []).append(one)
    for objectives in plans.values():
        boxes.append(Box(0, y, TITLE, objectives[0].plan.title_th, objectives[0].plan))
        y += TITLE
        for one in sorted(objectives, key=lambda one: one.position):
            boxes.append(Box(0, y, BOX, f"{one.code} {clean(one.name_th)}", one.plan, one))
            y += BOX + GAP
    return boxes


def _below(plan: StrategyPlan, own: dict[int, Box], x: int) -> list[Box]:
    if plan.level == StrategyLevel.LAO:
        return []
    answering = queries.answering(plan)
    boxes = [Box(x, 0, TITLE, "")]
    for pk, box in own.items():
        found = answering.get(pk, {})
        counts = tuple((str(StrategyLevel(level).label), len(plans)) for level, plans in found.items())
        boxes.append(Box(x, box.y, BOX, "", None, box.objective, alone=not counts, below=counts))
    return boxes


def _line(right: Box, left: Box) -> Line:
    return Line(left.x + COLUMN, left.y + left.height // 2, right.x, right.y + right.height // 2)
