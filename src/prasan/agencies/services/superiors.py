"""Under which ministry a department stands, as lists that name both tell it."""

import datetime as dt

from django.db import transaction

from prasan.agencies import access
from prasan.agencies.models import Body, BodyKind
from prasan.areas.access import Person
from prasan.common.errors import Refused
from prasan.journal import services as journal


class UnableToNameSuperior(Refused):
    """The body stands where it stood."""


@transaction.atomic
def name_superior(*, body: Body, superior: Body, actor: Person, at: dt.datetime) -> bool:
    """Put a body under its ministry where the register names none yet; what it names stays. True if it changed.

    Refused: `not_signed_in`, `not_a_ministry`.
    """
    if not access.can_register_body(actor):
        raise UnableToNameSuperior("not_signed_in", "ต้องเข้าสู่ระบบก่อน", "Sign in first.")
    if superior.kind != BodyKind.MINISTRY:
        raise UnableToNameSuperior(
            "not_a_ministry", f"{superior.name_th} ไม่ใช่กระทรวง", f"{superior.name_th} is not a ministry."
        )
    free = Body.objects.filter(pk=body.pk, superior=None).exclude(kind=BodyKind.MINISTRY)
    if body.pk == superior.pk or not free.update(superior=superior):
        return False
    body.superior = superior
    journal.record(
        at=at,
        actor=actor,
        act="agencies.name_superior",
        subject=body,
        subject_code=body.code,
        data={"superior": superior.code},
    )
    return True
