"""Which registered bodies do a step: the actors of the rulebook, found in the register of one province."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from prasan import rulebook
from prasan.agencies.models import Body
from prasan.agencies.queries import bodies_of_province
from prasan.areas.models import Area
from prasan.common.text import search_key

NAMED_GROUPS = ("labour_agency", "core_agency", "knp_subcommittee")
"""Groups whose members are single offices: the kind alone would name every office of a province."""


def bodies_of_actors(province: Area, keys: Iterable[str]) -> dict[str, list[Body]]:
    """The bodies that stand for each actor in a province, by code; two queries whatever the number of actors.

    A national body has no province: it is found by kind and name. An actor the register keeps nothing of gets an
    empty list, so that its task can still be opened and shown as nobody's.
    """
    book = rulebook.load()
    actors = [book.actor(key) for key in dict.fromkeys(keys)]
    kinds = {kind for actor in actors for kind in actor.kinds}
    here = bodies_of_province(province.code).filter(kind__in=kinds, valid_to=None)
    national = Body.objects.filter(Q(area=None), kind__in=kinds, valid_to=None)
    by_kind: dict[str, list[Body]] = defaultdict(list)
    for body in [*here.distinct(), *national.order_by("code")]:
        by_kind[body.kind].append(body)
    return {actor.key: _of(actor, by_kind) for actor in actors}


def _of(actor: rulebook.Actor, by_kind: dict[str, list[Body]]) -> list[Body]:
    of_kind = [body for kind in actor.kinds for body in by_kind[kind]]
    local = [body for body in of_kind if body.area_id is not None]
    if actor.group in NAMED_GROUPS:
        return [body for body in of_kind if _is_called(actor, body)]
    if actor.reach == "NATION":
        return [body for body in of_kind if body.area_id is None and _is_called(actor, body)]
    return local


def _is_called(actor: rulebook.Actor, body: Body) -> bool:
    """Whether a body bears the actor's name; the province in a printed name is that of the manual, not ours."""
    wanted = search_key(actor.name.th.removesuffix("จังหวัดกาฬสินธุ์"))
    return bool(wanted) and wanted in (body.name_key or search_key(body.name_th))
