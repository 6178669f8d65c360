"""The acts on bodies: the only place that writes them."""

from prasan.agencies.services.bodies import (
    UnableToPrepareProvince,
    UnableToRegisterBody,
    ensure_province_bodies,
    ensure_village_committee,
    ensure_village_committees,
    find_or_register_body,
)
from prasan.agencies.services.loading import UnableToLoadBodies, load_bodies
from prasan.agencies.services.superiors import UnableToNameSuperior, name_superior

__all__ = [
    "UnableToLoadBodies",
    "UnableToNameSuperior",
    "UnableToPrepareProvince",
    "UnableToRegisterBody",
    "ensure_province_bodies",
    "ensure_village_committee",
    "ensure_village_committees",
    "find_or_register_body",
    "load_bodies",
    "name_superior",
]
