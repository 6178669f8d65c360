"""How far a round is: what each of the nine steps has and still wants, as counts."""

from dataclasses import dataclass

DONE, NOW, LATER = "DONE", "NOW", "LATER"
STEPS = ("areas", "groups", "problems", "guidelines", "candidates", "grouping", "plan", "expected", "actual")
"""Names of the nine steps, as in addresses of pages."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of a round."""

    areas: int = 0
    groups: int = 0
    groups_open: int = 0
    problems: int = 0
    problems_open: int = 0
    without_guideline: int = 0
    searched: bool = False
    candidates: int = 0
    candidates_open: int = 0
    to_group: int = 0
    ungrouped: int = 0
    integration_groups: int = 0
    unplanned: int = 0
    unexpected: int = 0
    without_outcome: int = 0
    endorsed: bool = False
    unreviewed: int = 0


@dataclass(frozen=True, slots=True)
class StepState:
    """One step: its state, how many are done, of how many."""

    number: int
    name: str
    state: str
    done: int
    whole: int


def steps(c: Counts) -> tuple[StepState, ...]:
    """The nine steps; the first that is not done is now."""
    rows = (
        (c.areas, c.areas, c.areas > 0),
        (c.groups - c.groups_open, c.groups, c.groups > 0 and not c.groups_open),
        (c.problems - c.problems_open, c.problems, c.problems > 0 and not c.problems_open),
        (c.problems - c.without_guideline, c.problems, c.problems > 0 and not c.without_guideline),
        (c.candidates - c.candidates_open, c.candidates, c.searched and not c.candidates_open),
        (c.to_group - c.ungrouped, c.to_group, c.integration_groups > 0 and not c.ungrouped),
        (
            c.integration_groups - c.unplanned,
            c.integration_groups,
            c.integration_groups > 0 and not c.unplanned and not c.without_outcome,
        ),
        (c.integration_groups - c.unexpected, c.integration_groups, c.endorsed),
        (c.integration_groups - c.unreviewed, c.integration_groups, c.endorsed and not c.unreviewed),
    )
    states, open_before = [], False
    for number, (done, whole, is_done) in enumerate(rows, 1):
        state = LATER if open_before else DONE if is_done else NOW
        open_before = open_before or not is_done
        states.append(StepState(number, STEPS[number - 1], state, done, whole))
    return tuple(states)


def outcome_suggested(*, accepted: int, self_help: bool) -> str:
    """How a problem ends as things stand: a project was accepted, the community does it, or it is a gap."""
    if accepted:
        return "COVERED"
    return "SELF_HELP" if self_help else "GAP"


def outcome_problem(outcome: str, *, accepted: int, reason: str) -> tuple[str, str, str] | None:
    """Why a problem cannot end so: covered needs a project, a gap has none, putting off and self-help need a reason."""
    if outcome == "COVERED" and not accepted:
        return "no_project", "ยังไม่ได้รับโครงการใดไว้แก้ปัญหานี้", "no project was accepted for it"
    if outcome == "GAP" and accepted:
        return "has_project", "มีโครงการที่รับไว้แล้ว", "a project was accepted for it"
    if outcome == "DEFERRED" and not reason.strip():
        return "no_reason", "เลื่อนไปปีหลังต้องบอกเหตุผล", "to put it off, say why"
    return None
