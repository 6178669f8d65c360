"""Who may write and send a letter, and who may read it."""

import datetime as dt

from django.db.models import Q, QuerySet

from prasan.accounts import access as accounts
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body
from prasan.agencies.queries import SECRETARIATS, desk_of
from prasan.cycles import access as cycles
from prasan.cycles.models import Task
from prasan.letters.models import Letter, LetterState

WRITING_ROLES = (
    Role.PLAN_ANALYST,
    Role.SECRETARY,
    Role.CHAIR,
    Role.VILLAGE_HEAD,
    Role.VILLAGE_SECRETARY,
    Role.AGENCY_FOCAL_POINT,
)


def can_write(actor: User, *, sender: Body, on: dt.date) -> bool:
    """The people of the sending body, of the office that writes for it, and of a committee it writes for."""
    # An inspector writes reports for a national office (L15); whoever inspects a province does not write for it.
    roles = WRITING_ROLES if sender.area_id is not None else (*WRITING_ROLES, Role.INSPECTOR)
    if accounts.holds(actor, body=sender, roles=roles, on=on):
        return True
    desk = desk_of(sender)
    if desk.pk != sender.pk and accounts.holds(actor, body=desk, roles=(Role.PLAN_ANALYST, Role.SECRETARY), on=on):
        return True
    served = [kind for kind, office in SECRETARIATS.items() if office == sender.kind]
    held = accounts.current(on).filter(user=actor, role__in=(Role.PLAN_ANALYST, Role.SECRETARY))
    return sender.area_id is not None and held.filter(body__kind__in=served, body__area=sender.area_id).exists()


def can_write_for(actor: User, *, sender: Body, task: Task, on: dt.date) -> bool:
    """Whether a letter of the sender may be tied to a task: the sender's own, or of a committee it serves."""
    own = task.body is None or sender in (task.body, desk_of(task.body))
    return own and cycles.can_act_on_task(actor, task=task, on=on)


def visible_to(actor: User, *, on: dt.date) -> QuerySet[Letter]:
    """The letters of one's bodies: those they send, drafts too, and those they were sent. The operator sees all."""
    if actor.is_superuser and actor.is_active:
        return Letter.objects.all()
    mine = accounts.current(on).filter(user=actor).values("body")
    # A committee and the office that writes for it share their files.
    together = [*SECRETARIATS, *SECRETARIATS.values()]
    desks = Body.objects.filter(pk__in=mine, kind__in=together).values("area")
    sent = Q(sender__in=mine) | Q(sender__area__in=desks, sender__kind__in=together)
    received = Q(addressees__body__in=mine, state=LetterState.DISPATCHED)
    return Letter.objects.filter(sent | received).distinct()
