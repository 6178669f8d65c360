"""The acts of this room; the only place that writes it."""

from prasan.strategy.services.growing import (
    add_objective,
    change_objective,
    link_up,
    move_objective,
    remove_objective,
    unlink_up,
)
from prasan.strategy.services.keeping import UnableToWriteStrategy
from prasan.strategy.services.loading import load_references
from prasan.strategy.services.measuring import Measure, change_indicator, remove_indicator, set_indicator
from prasan.strategy.services.planning import discard_draft, draft_plan, next_version, proclaim_plan, revise_plan
from prasan.strategy.services.rewriting import Head, Written, rewrite_plan, tree_of

__all__ = [
    "Head",
    "Measure",
    "UnableToWriteStrategy",
    "Written",
    "add_objective",
    "change_indicator",
    "change_objective",
    "discard_draft",
    "draft_plan",
    "link_up",
    "load_references",
    "move_objective",
    "next_version",
    "proclaim_plan",
    "remove_indicator",
    "remove_objective",
    "revise_plan",
    "rewrite_plan",
    "set_indicator",
    "tree_of",
    "unlink_up",
]
