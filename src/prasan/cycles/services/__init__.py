"""The acts on cycles; the only place that writes them."""

from prasan.cycles.drafting import UnableToChangeStep
from prasan.cycles.services.events import UnableToRecordEvent, record_event
from prasan.cycles.services.exceptions import (
    UnableToGrantException,
    UnableToRevokeException,
    grant_exception,
    revoke_exception,
)
from prasan.cycles.services.feeds import UnableToShareCalendar, create_feed, revoke_feed
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
from prasan.cycles.services.tasks import (
    UnableToFinishTask,
    UnableToRecordGateDecision,
    UnableToReturnTask,
    UnableToSubmitTask,
    finish_task,
    record_gate_decision,
    return_task,
    submit_task,
)

__all__ = [
    "UnableToChangeStep",
    "UnableToFinishTask",
    "UnableToGrantException",
    "UnableToOpenCycle",
    "UnableToRecordEvent",
    "UnableToRecordGateDecision",
    "UnableToReturnTask",
    "UnableToRevokeException",
    "UnableToShareCalendar",
    "UnableToSubmitTask",
    "UnableToWriteSystem",
    "add_step",
    "change_step",
    "create_feed",
    "draft_system",
    "finish_task",
    "grant_exception",
    "import_system",
    "open_cycle",
    "publish_system",
    "read_text",
    "record_event",
    "record_gate_decision",
    "remove_step",
    "return_task",
    "revoke_exception",
    "revoke_feed",
    "submit_task",
]
