"""The acts of this room; the only place that writes it."""

from prasan.strategy.services.writing import (
    UnableToWriteStrategy,
    add_objective,
    draft_plan,
    link_up,
    next_version,
    proclaim_plan,
    set_indicator,
)

__all__ = [
    "UnableToWriteStrategy",
    "add_objective",
    "draft_plan",
    "link_up",
    "next_version",
    "proclaim_plan",
    "set_indicator",
]
