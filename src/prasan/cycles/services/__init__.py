"""The acts on cycles; the only place that writes them."""

from prasan.cycles.drafting import UnableToChangeStep
from prasan.cycles.services.feeds import UnableToShareCalendar, create_feed, revoke_feed
from prasan.cycles.services.gating import record_gate_decision
from prasan.cycles.services.opening import UnableToOpenCycle, open_cycle
from prasan.cycles.services.systems import (
    UnableToWriteSystem,
    add_step,
    change_step,
    draft_system,
    import_system,
    publish_system,
    read_text,
    remove_step,
)

__all__ = [
    "UnableToChangeStep",
    "UnableToOpenCycle",
    "UnableToShareCalendar",
    "UnableToWriteSystem",
    "add_step",
    "change_step",
    "create_feed",
    "draft_system",
    "import_system",
    "open_cycle",
    "publish_system",
    "read_text",
    "record_gate_decision",
    "remove_step",
    "revoke_feed",
]
