"""The acts on places: the only place that writes them."""

from prasan.areas.rules.files import Finding
from prasan.areas.services.loading import LoadedFile, load_areas
from prasan.areas.services.register import (
    Registered,
    UnableToLoadRegister,
    UnableToMoveArea,
    UnableToRegisterVillage,
    find_or_register_village,
    load_builtin_register,
    move_area,
)

__all__ = [
    "Finding",
    "LoadedFile",
    "Registered",
    "UnableToLoadRegister",
    "UnableToMoveArea",
    "UnableToRegisterVillage",
    "find_or_register_village",
    "load_areas",
    "load_builtin_register",
    "move_area",
]
