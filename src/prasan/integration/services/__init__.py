"""The acts of the room; each is one function, one transaction and one journal entry per record."""

from prasan.integration.services.conflicting import (
    ConflictsRecorded,
    UnableToRecordConflicts,
    record_conflicts,
)
from prasan.integration.services.deciding import (
    UnableToDecidePair,
    UnableToUndoPairDecision,
    decide_pair,
    undo_pair_decision,
)
from prasan.integration.services.handing import UnableToHandOver, hand_over
from prasan.integration.services.pairing import (
    PairDraft,
    PairsRecorded,
    UnableToRecordPairs,
    record_pairs,
)
from prasan.integration.services.receiving import (
    UnableToAcceptHandover,
    UnableToReturnHandover,
    accept_handover,
    return_handover,
)
from prasan.integration.services.recommending import (
    UnableToAnswerRecommendation,
    UnableToRecommendChange,
    UnableToWithdrawRecommendation,
    answer_recommendation,
    recommend_change,
    withdraw_recommendation,
)
from prasan.integration.services.settling import (
    UnableToDecideConflict,
    UnableToUndoConflictDecision,
    decide_conflict,
    undo_conflict_decision,
)

__all__ = [
    "ConflictsRecorded",
    "PairDraft",
    "PairsRecorded",
    "UnableToAcceptHandover",
    "UnableToAnswerRecommendation",
    "UnableToDecideConflict",
    "UnableToDecidePair",
    "UnableToHandOver",
    "UnableToRecommendChange",
    "UnableToRecordConflicts",
    "UnableToRecordPairs",
    "UnableToReturnHandover",
    "UnableToUndoConflictDecision",
    "UnableToUndoPairDecision",
    "UnableToWithdrawRecommendation",
    "accept_handover",
    "answer_recommendation",
    "decide_conflict",
    "decide_pair",
    "hand_over",
    "recommend_change",
    "record_conflicts",
    "record_pairs",
    "return_handover",
    "undo_conflict_decision",
    "undo_pair_decision",
    "withdraw_recommendation",
]
