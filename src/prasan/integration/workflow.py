"""The states of a hand-over, a pair and a joint project, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """An act that moves a record from one state to another, and the side that does it."""

    act: str
    source: str
    target: str
    side: str


HANDOVER_STEPS = (
    Step("hand_over", "", "SENT", "sender"),
    Step("accept_handover", "SENT", "ACCEPTED", "receiver"),
    Step("return_handover", "SENT", "RETURNED", "receiver"),
)
PAIR_STEPS = (
    Step("decide_pair", "WAITING", "SAME", "integrator"),
    Step("decide_pair", "WAITING", "OVERLAP", "integrator"),
    Step("decide_pair", "WAITING", "CONTINUATION", "integrator"),
    Step("decide_pair", "WAITING", "DIFFERENT", "integrator"),
    Step("undo_pair_decision", "SAME", "WAITING", "integrator"),
    Step("undo_pair_decision", "OVERLAP", "WAITING", "integrator"),
    Step("undo_pair_decision", "CONTINUATION", "WAITING", "integrator"),
    Step("undo_pair_decision", "DIFFERENT", "WAITING", "integrator"),
)
JOINT_STEPS = (
    Step("join_projects", "", "PROPOSED", "integrator"),
    Step("confirm_joint", "PROPOSED", "AGREED", "lead"),
    Step("dissolve_joint", "PROPOSED", "DISSOLVED", "integrator"),
    Step("dissolve_joint", "AGREED", "DISSOLVED", "integrator"),
)
