"""The acts of the room; each is one function, one transaction and one journal entry per record."""

from prasan.integration.rules import (
    FIRST_REGISTERED,
    MOST_MONEY,
)
from prasan.integration.services.agreeing import (
    UnableToAnswerJoint,
    UnableToConfirmJoint,
    agree_to_joint,
    confirm_joint,
    decline_joint,
)
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
from prasan.integration.services.handing import (
    UnableToHandOver,
    hand_over,
)
from prasan.integration.services.joining import (
    UnableToDissolveJoint,
    UnableToJoinProjects,
    dissolve_joint,
    join_projects,
)
from prasan.integration.services.learning import (
    UnableToLearnWeights,
    UnableToReturnToShippedWeights,
    WeightsLearnt,
    learn_weights,
    return_to_shipped_weights,
)
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
from prasan.integration.services.refreshing import (
    refresh_pairs,
)
from prasan.integration.services.settling import (
    UnableToDecideConflict,
    UnableToUndoConflictDecision,
    decide_conflict,
    undo_conflict_decision,
)
from prasan.integration.services.sharing import (
    ShareDraft,
    TaskDraft,
    UnableToSetCostShares,
    UnableToSetJointTasks,
    set_cost_shares,
    set_joint_tasks,
)
from prasan.integration.services.suggesting import (
    LINES_AT_ONCE,
    UnableToSuggestPairs,
    suggest_pairs,
)

__all__ = [
    "FIRST_REGISTERED",
    "LINES_AT_ONCE",
    "MOST",
    "MOST_MONEY",
    "ConflictsRecorded",
    "Forecast",
    "PairChoice",
    "PairDraft",
    "PairsRecorded",
    "ShareDraft",
    "TaskDraft",
    "UnableToAcceptHandover",
    "UnableToAnswerJoint",
    "UnableToAnswerRecommendation",
    "UnableToConfirmJoint",
    "UnableToDecideConflict",
    "UnableToDecidePair",
    "UnableToDecidePairs",
    "UnableToDissolveJoint",
    "UnableToHandOver",
    "UnableToJoinProjects",
    "UnableToLearnWeights",
    "UnableToRecommendChange",
    "UnableToRecordConflicts",
    "UnableToRecordPairs",
    "UnableToReturnHandover",
    "UnableToReturnToShippedWeights",
    "UnableToSetCostShares",
    "UnableToSetJointTasks",
    "UnableToSuggestPairs",
    "UnableToUndoConflictDecision",
    "UnableToUndoPairDecision",
    "UnableToWithdrawRecommendation",
    "WeightsLearnt",
    "accept_handover",
    "agree_to_joint",
    "answer_recommendation",
    "choices_for",
    "confirm_joint",
    "decide_conflict",
    "decide_pair",
    "decide_pairs",
    "decline_joint",
    "dissolve_joint",
    "foresee",
    "hand_over",
    "join_projects",
    "learn_weights",
    "recommend_change",
    "record_conflicts",
    "record_pairs",
    "refresh_pairs",
    "return_handover",
    "return_to_shipped_weights",
    "set_cost_shares",
    "set_joint_tasks",
    "suggest_pairs",
    "undo_conflict_decision",
    "undo_pair_decision",
    "withdraw_recommendation",
]
