"""Who may change the register of places."""

from typing import Any, Protocol


class Person(Protocol):
    """Whoever acts; the people themselves belong to a later room."""

    pk: Any

    @property
    def is_active(self) -> Any: ...

    @property
    def is_superuser(self) -> Any: ...

    def __str__(self) -> str: ...


def can_change_register(actor: Person) -> bool:
    """Loading and moving places changes every plan's ground: the operator only."""
    return bool(actor.is_active and actor.is_superuser)


def can_register_village(actor: Person) -> bool:
    """Any signed-in officer may name a village of a known subdistrict that the register lacks."""
    return bool(actor.is_active and actor.pk is not None)
