"""The acts on cycles; the only place that writes them."""

from prasan.cycles.services.gating import record_gate_decision
from prasan.cycles.services.opening import UnableToOpenCycle, open_cycle

__all__ = ["UnableToOpenCycle", "open_cycle", "record_gate_decision"]
