"""The acts of the room; each is one function, one transaction and one journal entry per record."""

from prasan.projects.services.aiming import UnableToLinkObjective, link_objective, unlink_objective
from prasan.projects.services.answering import (
    UnableToProposeFromNeed,
    UnableToTakeUpNeeds,
    propose_from_need,
    take_up_needs,
)
from prasan.projects.services.drafts import counted_satang
from prasan.projects.services.merging import (
    UnableToMergeProject,
    UnableToUnmergeProject,
    merge_project,
    unmerge_project,
)
from prasan.projects.services.moving import UnableToMoveProject, move_project
from prasan.projects.services.recording import (
    ProjectDraft,
    UnableToRecordProject,
    YearDraft,
    record_project,
    record_projects,
)
from prasan.projects.services.revising import UnableToReviseProject, revise_project
from prasan.projects.services.sketching import refresh_sketches, sketch_projects
from prasan.projects.services.withdrawing import UnableToWithdrawProject, withdraw_project

__all__ = [
    "ProjectDraft",
    "UnableToLinkObjective",
    "UnableToMergeProject",
    "UnableToMoveProject",
    "UnableToProposeFromNeed",
    "UnableToRecordProject",
    "UnableToReviseProject",
    "UnableToTakeUpNeeds",
    "UnableToUnmergeProject",
    "UnableToWithdrawProject",
    "YearDraft",
    "counted_satang",
    "link_objective",
    "merge_project",
    "move_project",
    "propose_from_need",
    "record_project",
    "record_projects",
    "refresh_sketches",
    "revise_project",
    "sketch_projects",
    "take_up_needs",
    "unlink_objective",
    "unmerge_project",
    "withdraw_project",
]
