"""The acts of the room; each is one function, one transaction and one journal entry per record."""

from prasan.plans.services.amending import UnableToAmendEdition, amend_edition
from prasan.plans.services.compiling import (
    UnableToCompilePlan,
    compile_edition,
    compile_place,
    types_made_by,
)
from prasan.plans.services.confirming import Confirmation, UnableToConfirmItem, confirm_items
from prasan.plans.services.dispatching import UnableToDispatchEdition, check_letter, dispatch_edition
from prasan.plans.services.editing import (
    UnableToAddItem,
    UnableToRemoveItem,
    UnableToReorder,
    add_item,
    remove_item,
    reorder,
)
from prasan.plans.services.findings import (
    UnableToAnswerFinding,
    UnableToCheckEdition,
    UnableToDecideFinding,
    answer_finding,
    check_edition,
    decide_finding,
)
from prasan.plans.services.gates import UnableToPassGate, UnableToReferEdition, pass_gate, refer_edition
from prasan.plans.services.submitting import (
    UnableToReturnEdition,
    UnableToSubmitEdition,
    return_edition,
    submit_edition,
)

__all__ = [
    "Confirmation",
    "UnableToAddItem",
    "UnableToAmendEdition",
    "UnableToAnswerFinding",
    "UnableToCheckEdition",
    "UnableToCompilePlan",
    "UnableToConfirmItem",
    "UnableToDecideFinding",
    "UnableToDispatchEdition",
    "UnableToPassGate",
    "UnableToReferEdition",
    "UnableToRemoveItem",
    "UnableToReorder",
    "UnableToReturnEdition",
    "UnableToSubmitEdition",
    "add_item",
    "amend_edition",
    "answer_finding",
    "check_edition",
    "check_letter",
    "compile_edition",
    "compile_place",
    "confirm_items",
    "decide_finding",
    "dispatch_edition",
    "pass_gate",
    "refer_edition",
    "remove_item",
    "reorder",
    "return_edition",
    "submit_edition",
    "types_made_by",
]
