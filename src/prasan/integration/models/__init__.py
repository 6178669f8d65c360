"""What this room keeps: pairs, conflicts, hand-overs, recommendations of change, joint projects."""

from prasan.integration.models.conflicts import Conflict, ConflictCertainty, ConflictDecision, ConflictKind
from prasan.integration.models.handovers import CapacityVerdict, Handover, HandoverState
from prasan.integration.models.joint import (
    CostShare,
    JointPartner,
    JointProject,
    JointState,
    JointTask,
    MoneySource,
    PartnerAnswer,
    PartnerRole,
)
from prasan.integration.models.learning import LearntWeights
from prasan.integration.models.pairs import Pair, PairDecision, Verdict
from prasan.integration.models.recommendations import ChangeKind, ChangeRecommendation, RecommendationState

__all__ = [
    "CapacityVerdict",
    "ChangeKind",
    "ChangeRecommendation",
    "Conflict",
    "ConflictCertainty",
    "ConflictDecision",
    "ConflictKind",
    "CostShare",
    "Handover",
    "HandoverState",
    "JointPartner",
    "JointProject",
    "JointState",
    "JointTask",
    "LearntWeights",
    "MoneySource",
    "Pair",
    "PairDecision",
    "PartnerAnswer",
    "PartnerRole",
    "RecommendationState",
    "Verdict",
]
