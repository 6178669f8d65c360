"""A strategy comes in as a workbook: checked whole, then it becomes the draft of its body, or nothing does."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from prasan.accounts.models import User
from prasan.agencies.models import Body
from prasan.exchange.reading.findings import Findings
from prasan.exchange.reading.records import Finding
from prasan.exchange.reading.strategy import StrategyReading, StrategyRow, read_strategy
from prasan.strategy import queries
from prasan.strategy import services as strategy
from prasan.strategy.models import Objective, StrategyPlan


@dataclass(frozen=True, slots=True)
class StrategyImport:
    """What came of a workbook; no plan where it was refused or only checked."""

    reading: StrategyReading
    plan: StrategyPlan | None
    changed: bool

    @property
    def findings(self) -> list[Finding]:
        return self.reading.findings


@transaction.atomic
def import_strategy(
    *, data: bytes, file: str, body: Body, level: str, actor: User, at: dt.datetime, dry_run: bool = False
) -> StrategyImport:
    """Read a strategy's workbook as the draft of a body; the same workbook again changes nothing.

    A draft of the same first year is rewritten; a proclaimed one goes on as its next version. With an error among the
    findings, or on a dry run, nothing is kept. Refused: as writing by hand is (`UnableToWriteStrategy`).
    """
    reading = read_strategy(data, file=file)
    answered = {} if reading.refused else _answered(reading, level)
    if reading.refused or dry_run:
        return StrategyImport(reading, None, False)
    head = strategy.Head(reading.title, reading.vision, reading.reference, reading.first_year, reading.last_year)
    plan = _draft(body, level, head, actor, at)
    tree = _tree(reading.rows, answered)
    changed = strategy.rewrite_plan(plan=plan, head=head, tree=tree, actor=actor, at=at)
    return StrategyImport(reading, plan, changed)


def _draft(body: Body, level: str, head: strategy.Head, actor: User, at: dt.datetime) -> StrategyPlan:
    code = plan_code(body, head.first_year)
    latest = StrategyPlan.objects.filter(code=code).select_related("body").order_by("-number").first()
    if latest is None:
        return strategy.draft_plan(
            code=code, level=level, body=body, title=head.title, vision=head.vision, reference=head.reference,
            first_year=head.first_year, last_year=head.last_year, actor=actor, at=at,
        )  # fmt: skip
    return latest if latest.proclaimed_on is None else strategy.next_version(plan=latest, actor=actor, at=at)


def plan_code(body: Body, first_year: int) -> str:
    """What the strategy of a body that begins in a year is called."""
    return f"{body.code}/{first_year}"[:40]


def _answered(reading: StrategyReading, level: str) -> dict[str, Objective]:
    """The objectives above that rows name, by “plan code/number”; what is not found is a finding."""
    head = StrategyPlan(level=level, first_year=reading.first_year, last_year=reading.last_year)
    known = {f"{one.plan.code}/{one.code}": one for one in queries.above_of(head)}
    findings = Findings(reading.file)
    example = next(iter(known), "national_strategy_2561/3")
    for row in reading.rows:
        for name in row.above:
            if name not in known:
                findings.add(
                    "strategy_above",
                    sheet=reading.sheet,
                    row=row.row,
                    cell=row.above_cell,
                    value=name,
                    expected=example,
                )
    reading.findings += findings.finish()
    return known


def _tree(rows: Sequence[StrategyRow], answered: dict[str, Objective]) -> tuple[strategy.Written, ...]:
    """The rows as a tree; that each stands in its place was checked when they were read."""
    order = ("ISSUE", "GOAL", "STRATEGY")

    def grow(start: int, depth: int) -> tuple[list[strategy.Written], int]:
        grown = []
        while start < len(rows) and rows[start].kind == order[depth]:
            row, measures, after = rows[start], [], start + 1
            while after < len(rows) and rows[after].kind == "INDICATOR":
                measures.append(_measure(rows[after]))
                after += 1
            below, after = grow(after, depth + 1) if depth < 2 else ([], after)
            above = tuple(answered[name] for name in row.above)
            grown.append(strategy.Written(row.kind, row.code, row.name, tuple(measures), above, tuple(below)))
            start = after
        return grown, start

    return tuple(grow(0, 0)[0])


def _measure(row: StrategyRow) -> strategy.Measure:
    return strategy.Measure(row.name, row.unit, row.targets, row.baseline, row.baseline_year)
