"""The acts on places: the only place that writes them."""

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
    "Registered",
    "UnableToLoadRegister",
    "UnableToMoveArea",
    "UnableToRegisterVillage",
    "find_or_register_village",
    "load_builtin_register",
    "move_area",
]
