"""Who may add bodies to the register."""

from prasan.areas.access import Person


def can_load_bodies(actor: Person) -> bool:
    """A register file changes bodies everywhere: the operator only."""
    return bool(actor.is_active and actor.is_superuser)


def can_register_body(actor: Person) -> bool:
    """Any signed-in officer may name a body that the register lacks."""
    return bool(actor.is_active and actor.pk is not None)
