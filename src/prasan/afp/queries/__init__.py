"""Reads of a round of AFP for its pages, papers and acts."""

from prasan.afp.queries.measuring import measured, register_of, round_needs
from prasan.afp.queries.results import (
    BudgetBySource,
    budget_of,
    expected_of,
    groups_waiting_for,
    order_of,
    undecided_duplicates,
)
from prasan.afp.queries.standing import (
    accepted_ids,
    amounts_of,
    counts_of,
    home_groups,
    not_linked,
    round_of,
    rounds,
    steps_of,
)

__all__ = [
    "BudgetBySource",
    "accepted_ids",
    "amounts_of",
    "budget_of",
    "counts_of",
    "expected_of",
    "groups_waiting_for",
    "home_groups",
    "measured",
    "not_linked",
    "order_of",
    "register_of",
    "round_needs",
    "round_of",
    "rounds",
    "steps_of",
    "undecided_duplicates",
]
