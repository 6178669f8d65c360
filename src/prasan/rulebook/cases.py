"""The sentences of the rules' cases, to be read by people; a test holds the rulebook to each."""

import functools

from prasan.rulebook.loading import DATA
from prasan.rulebook.reading import read_list

_KEYS = ("name", "rule", "on", "state", "value", "certainty", "refused")


@functools.cache
def _cases() -> tuple[tuple[str, str], ...]:
    return tuple((case.text("rule"), case.text("name")) for case in read_list(DATA / "cases" / "rules.yaml", _KEYS))


def cases_of(rule_id: str) -> tuple[str, ...]:
    """The sentences of one rule's cases."""
    return tuple(name for rule, name in _cases() if rule == rule_id)
