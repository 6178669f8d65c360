"""The acts on cycles; the only place that writes them."""

from prasan.cycles.services.opening import UnableToOpenCycle, open_cycle

__all__ = ["UnableToOpenCycle", "open_cycle"]
