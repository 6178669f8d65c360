"""The acts of the room; each is one function, one transaction and one journal entry per record."""

from prasan.integration.rules import FIRST_REGISTERED, MOST_MONEY
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
from prasan.integration.services.deciding_many import (
    MOST,
    Forecast,
    PairChoice,
    UnableToDecidePairs,
    choices_for,
    decide_pairs,
    foresee,
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
from prasan.integration.services.refreshing import refresh_pairs
from prasan.integration.services.settling import (
    UnableToDecideConflict,
    UnableToUndoConflictDecision,
    decide_conflict,
    undo_conflict_decision,
)

__all__ = [
    "FIRST_REGISTERED",
    "MOST",
    "MOST_MONEY",
    "ConflictsRecorded",
    "Forecast",
    "PairChoice",
    "PairDraft",
    "PairsRecorded",
    "UnableToAcceptHandover",
    "UnableToAnswerRecommendation",
    "UnableToDecideConflict",
    "UnableToDecidePair",
    "UnableToDecidePairs",
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
    "choices_for",
    "decide_conflict",
    "decide_pair",
    "decide_pairs",
    "foresee",
    "hand_over",
    "recommend_change",
    "record_conflicts",
    "record_pairs",
    "refresh_pairs",
    "return_handover",
    "undo_conflict_decision",
    "undo_pair_decision",
    "withdraw_recommendation",
]
