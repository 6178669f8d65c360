"""What this room keeps: pairs, hand-overs, recommendations of change."""

from prasan.integration.models.handovers import CapacityVerdict, Handover, HandoverState
from prasan.integration.models.pairs import Pair, PairDecision, Verdict
from prasan.integration.models.recommendations import ChangeKind, ChangeRecommendation, RecommendationState

__all__ = [
    "CapacityVerdict",
    "ChangeKind",
    "ChangeRecommendation",
    "Handover",
    "HandoverState",
    "Pair",
    "PairDecision",
    "RecommendationState",
    "Verdict",
]
