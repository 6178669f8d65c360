"""The acts of the room; each is one function, one transaction and one journal entry per record."""

from prasan.needs.services.classifying import UnableToClassifyNeed, classify_need
from prasan.needs.services.merging import UnableToMergeNeed, UnableToUnmergeNeed, merge_need, unmerge_need
from prasan.needs.services.recording import (
    ForumDraft,
    NeedDraft,
    UnableToRecordForum,
    UnableToRecordNeed,
    record_forum,
    record_need,
    record_needs,
)
from prasan.needs.services.revising import UnableToReviseNeed, revise_need
from prasan.needs.services.withdrawing import UnableToWithdrawNeed, withdraw_need

__all__ = [
    "ForumDraft",
    "NeedDraft",
    "UnableToClassifyNeed",
    "UnableToMergeNeed",
    "UnableToRecordForum",
    "UnableToRecordNeed",
    "UnableToReviseNeed",
    "UnableToUnmergeNeed",
    "UnableToWithdrawNeed",
    "classify_need",
    "merge_need",
    "record_forum",
    "record_need",
    "record_needs",
    "revise_need",
    "unmerge_need",
    "withdraw_need",
]
