"""The acts of the room; each is one function, one transaction and one journal entry per record."""

from prasan.plans.services.compiling import (
    UnableToCompilePlan,
    compile_district_needs_plan,
    compile_local_action_plan,
    compile_local_plan,
    compile_provincial_plan,
    compile_village_plan,
)
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
from prasan.plans.services.referring import (
    UnableToPassGate,
    UnableToReferEdition,
    pass_gate,
    refer_edition,
)
from prasan.plans.services.submitting import (
    UnableToReturnEdition,
    UnableToSubmitEdition,
    return_edition,
    submit_edition,
)

__all__ = [
    "UnableToAddItem",
    "UnableToAnswerFinding",
    "UnableToCheckEdition",
    "UnableToCompilePlan",
    "UnableToDecideFinding",
    "UnableToPassGate",
    "UnableToReferEdition",
    "UnableToRemoveItem",
    "UnableToReorder",
    "UnableToReturnEdition",
    "UnableToSubmitEdition",
    "add_item",
    "answer_finding",
    "check_edition",
    "compile_district_needs_plan",
    "compile_local_action_plan",
    "compile_local_plan",
    "compile_provincial_plan",
    "compile_village_plan",
    "decide_finding",
    "pass_gate",
    "refer_edition",
    "remove_item",
    "reorder",
    "return_edition",
    "submit_edition",
]
