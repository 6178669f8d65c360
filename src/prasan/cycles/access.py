"""Who may open a cycle, act on or oversee a task, write a province's own system, share a body's calendar."""

import datetime as dt

from django.db.models import Q, QuerySet

from prasan import rulebook
from prasan.accounts import access as accounts
from prasan.accounts.models import Role, User
from prasan.agencies.models import Body, BodyKind
from prasan.agencies.queries import desk_of, district_code_of, province_code_of
from prasan.areas.models import Area, AreaLevel, Tree
from prasan.cycles.models import Task

# The calendar binds every level below, so it is opened where the year is run, or above; one ministry, by its name, too.
OPENING_BODIES = (BodyKind.PROVINCE, BodyKind.PROVINCIAL_COMMITTEE, BodyKind.CLUSTER_COMMITTEE)
SYSTEM_BODIES = (BodyKind.PROVINCE, BodyKind.PROVINCIAL_COMMITTEE)
OPENING_ROLES = (Role.PLAN_ANALYST, Role.SECRETARY, Role.CHAIR)


# Above a body stands its district, and its province; they see its task in time, give more of it, and send it back.
DISTRICT_BODIES = (BodyKind.DISTRICT, BodyKind.DISTRICT_COMMITTEE)
PROVINCE_BODIES = (BodyKind.PROVINCE, BodyKind.PROVINCIAL_COMMITTEE)
OF_THE_PROVINCE = (*PROVINCE_BODIES, BodyKind.PAO, BodyKind.PROVINCIAL_LOCAL_PLAN_COMMITTEE, BodyKind.PROVINCIAL_BOARD)
TASK_ROLES = (
    Role.PLAN_ANALYST,
    Role.SECRETARY,
    Role.CHAIR,
    Role.VILLAGE_HEAD,
    Role.VILLAGE_SECRETARY,
    Role.AGENCY_FOCAL_POINT,
)


def can_open_cycle(actor: User, *, on: dt.date, area: Area | None = None) -> bool:
    """The operator, or who plans then for the province (its own), its cluster or the Ministry of Interior.

    That ministry sends the calendars provinces run (moi_2553 to moi_2559); other ministries plan for themselves. A
    cluster whose provinces the register does not know may open none of them.
    """
    if not actor.is_active or actor.pk is None:
        return False
    if actor.is_superuser:
        return True
    interior = Q(body__kind=BodyKind.MINISTRY, body__name_th=rulebook.load().actor("moi").name.th)
    place = Q(body__kind__in=OPENING_BODIES)
    if area is not None:
        of_cluster = Q(body__area__child_links__child=area, body__area__child_links__tree=Tree.CLUSTER)
        place &= Q(body__area=area) | of_cluster
    return accounts.current(on).filter(place | interior, user=actor, role__in=OPENING_ROLES).exists()


def can_act_on_task(actor: User, *, task: Task, on: dt.date) -> bool:
    """The people of the body whose task it is, and of the office that writes for it; for a village its district too.

    A task of nobody in the register is the province's to tell of.
    """
    if not actor.is_active or actor.pk is None:
        return False
    if actor.is_superuser:
        return True
    if task.body is None:
        return can_open_cycle(actor, on=on, area=task.cycle.area)
    if accounts.holds(actor, body=task.body, roles=TASK_ROLES, on=on):
        return True
    desk = desk_of(task.body)
    if desk.pk != task.body.pk and accounts.holds(actor, body=desk, roles=OPENING_ROLES, on=on):
        return True
    return task.body.kind == BodyKind.VILLAGE_COMMITTEE and _of_its_district(actor, task.body, on)


def can_supervise_task(actor: User, *, task: Task, on: dt.date) -> bool:
    """The district over a village or a local government, and the province over everybody but itself.

    Its own tasks a province's chair alone may excuse: nobody grants time to oneself at one's own desk.
    """
    if not actor.is_active or actor.pk is None:
        return False
    if actor.is_superuser:
        return True
    body = task.body
    if body is None:
        return can_open_cycle(actor, on=on, area=task.cycle.area)
    if body.kind not in (*OF_THE_PROVINCE, *DISTRICT_BODIES) and _of_its_district(actor, body, on):
        return True
    roles = (Role.CHAIR,) if body.kind in PROVINCE_BODIES else OPENING_ROLES
    over = accounts.current(on).filter(user=actor, role__in=roles, body__kind__in=PROVINCE_BODIES)
    return over.filter(body__area__code=province_code_of(body) or "-").exists()


def supervising_role(actor: User, *, task: Task, on: dt.date) -> tuple[str, Body | None]:
    """In which role, and for which body, somebody oversees a task: what an exception keeps of who granted it."""
    kinds = (*PROVINCE_BODIES, *DISTRICT_BODIES)
    held = accounts.current(on).filter(user=actor, role__in=OPENING_ROLES, body__kind__in=kinds)
    codes = [province_code_of(task.body), district_code_of(task.body)] if task.body is not None else []
    nearest = held.filter(body__area__code__in=codes).select_related("body").order_by("-body__area__code", "role")
    found = nearest.first()
    return (found.role, found.body) if found is not None else ("OPERATOR", None)


def may_decide_for(actor: User, *, body: Body, on: dt.date) -> bool:
    """Whoever keeps the books of the deciding body, its chair, or the office that writes for it."""
    return any(accounts.holds(actor, body=one, roles=OPENING_ROLES, on=on) for one in {body, desk_of(body)})


def _of_its_district(actor: User, body: Body, on: dt.date) -> bool:
    code = district_code_of(body)
    held = accounts.current(on).filter(user=actor, role__in=OPENING_ROLES, body__kind__in=DISTRICT_BODIES)
    return bool(code) and held.filter(body__area__code=code).exists()


def can_write_system(actor: User, *, area: Area | None, on: dt.date) -> bool:
    """The operator, or a planning role of the province itself; nobody else's, and never what is shipped."""
    if not actor.is_active or actor.pk is None or area is None:
        return False
    if actor.is_superuser:
        return True
    mine = accounts.current(on).filter(user=actor, role__in=OPENING_ROLES, body__kind__in=SYSTEM_BODIES)
    return mine.filter(body__area=area).exists()


def own_provinces(actor: User, *, on: dt.date) -> QuerySet[Area]:
    """The provinces whose systems a person may write; the operator writes for every province."""
    if not actor.is_active or actor.pk is None:
        return Area.objects.none()
    provinces = Area.objects.filter(level=AreaLevel.PROVINCE).order_by("sort_key")
    if actor.is_superuser:
        return provinces
    mine = accounts.current(on).filter(user=actor, role__in=OPENING_ROLES, body__kind__in=SYSTEM_BODIES)
    return provinces.filter(pk__in=mine.values("body__area"))


def can_share_calendar(actor: User, *, body: Body, on: dt.date) -> bool:
    """Whoever holds any role in the body on that day, and the operator."""
    return accounts.holds(actor, body=body, roles=Role.values, on=on)
