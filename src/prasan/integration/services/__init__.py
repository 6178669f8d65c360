"""The acts of the room; each is one function, one transaction and one journal entry per record."""

from prasan.integration.services.agreeing import (
    UnableToAnswerJoint,
    UnableToConfirmJoint,
    agree_to_joint,
    confirm_joint,
    decline_joint,
)
from prasan.integration.services.deciding import (
    UnableToDecidePair,
    UnableToUndoPairDecision,
    decide_pair,
    undo_pair_decision,
)
from prasan.integration.services.handing import UnableToHandOver, hand_over
from prasan.integration.services.joining import (
    UnableToDissolveJoint,
    UnableToJoinProjects,
    dissolve_joint,
    join_projects,
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
from prasan.integration.services.sharing import (
    ShareDraft,
    TaskDraft,
    UnableToSetCostShares,
    UnableToSetJointTasks,
    set_cost_shares,
    set_joint_tasks,
)

__all__ = [
    "PairDraft",
    "PairsRecorded",
    "ShareDraft",
    "TaskDraft",
    "UnableToAcceptHandover",
    "UnableToAnswerJoint",
    "UnableToAnswerRecommendation",
    "UnableToConfirmJoint",
    "UnableToDecidePair",
    "UnableToDissolveJoint",
    "UnableToHandOver",
    "UnableToJoinProjects",
    "UnableToRecommendChange",
    "UnableToRecordPairs",
    "UnableToReturnHandover",
    "UnableToSetCostShares",
    "UnableToSetJointTasks",
    "UnableToUndoPairDecision",
    "UnableToWithdrawRecommendation",
    "accept_handover",
    "agree_to_joint",
    "answer_recommendation",
    "confirm_joint",
    "decide_pair",
    "decline_joint",
    "dissolve_joint",
    "hand_over",
    "join_projects",
    "recommend_change",
    "record_pairs",
    "return_handover",
    "set_cost_shares",
    "set_joint_tasks",
    "undo_pair_decision",
    "withdraw_recommendation",
]
