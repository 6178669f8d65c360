"""Which line of a plan counts for which record, so that what was merged since is counted once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from prasan.needs import queries as needs_queries
from prasan.projects import queries as projects_queries

Listed = tuple[int, int | None, int | None]
"""A line of a plan: its id, and its project or its need."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How the lines whose record was merged since count; lines not named here count for their own record.

    `elsewhere` are lines whose record another line of the plan counts already. `projects` and `needs` give for the
    other merged lines the record that stands for theirs now.
    """

    elsewhere: frozenset[int] = frozenset()
    projects: dict[int, int] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)


def counted_lines(lines: Iterable[Listed]) -> Counted:
    """Each record that stands counts in its own line, else in the first line of what was merged into it."""
    listed = list(lines)
    projects = projects_queries.canonical_ids(project for _, project, _ in listed if project is not None)
    needs = needs_queries.canonical_ids(need for _, _, need in listed if need is not None)
    elsewhere: set[int] = set()
    taken_projects = {pk for pk, to in projects.items() if pk == to}
    taken_needs = {pk for pk, to in needs.items() if pk == to}
    found_projects: dict[int, int] = {}
    found_needs: dict[int, int] = {}
    for line, project, need in listed:
        record, standing, taken, found = (
            (project, projects, taken_projects, found_projects)
            if project is not None
            else (need, needs, taken_needs, found_needs)
        )
        if record is None or standing[record] == record:
            continue
        if standing[record] in taken:
            elsewhere.add(line)
        else:
            taken.add(standing[record])
            found[line] = standing[record]
    return Counted(frozenset(elsewhere), found_projects, found_needs)
