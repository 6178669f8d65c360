"""Acts on single places and on the register as shipped."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from prasan.areas import access
from prasan.areas.access import Person
from prasan.areas.models import Area, AreaLink, Tree
from prasan.areas.rules.register import RANKS, builtin_places, level_of_moo, village_name
from prasan.areas.services.closure import rebuild
from prasan.common.errors import Refused
from prasan.common.text import clean, sort_key
from prasan.journal import services as journal


class UnableToLoadRegister(Refused):
    """The register was not changed."""


class UnableToRegisterVillage(Refused):
    """The village was not registered."""


class UnableToMoveArea(Refused):
    """The area stays where it is."""


@dataclass(frozen=True, slots=True)
class Registered:
    """How many areas and links the register gained."""

    areas: int
    links: int


@transaction.atomic
def load_builtin_register(
    *,
    actor: Person,
    at: dt.datetime,
    province_code: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Registered:
    """Country, 77 provinces, 928 districts, 7,436 subdistricts, and the abolished ones until their day.

    Repeatable: only what is missing is added; names corrected by a loaded file stay. `province_code` loads one
    province only. `progress` is called with (done, total). Source: geothai (DOPA codes).
    """
    if not access.can_change_register(actor):
        raise UnableToLoadRegister(
            "not_the_operator", "เฉพาะผู้ดูแลระบบเท่านั้นที่โหลดทะเบียนพื้นที่ได้", "Only the operator may load the register."
        )
    places = builtin_places(province_code)
    ids = dict(Area.objects.values_list("code", "pk"))
    missing = [place for place in places if place.code not in ids]
    if not missing:
        return Registered(0, 0)
    made = Area.objects.bulk_create(
        [
            Area(
                code=place.code,
                level=place.level,
                name_th=place.name_th,
                name_en=place.name_en,
                sort_key=sort_key(place.name_th),
                valid_to=place.valid_to,
            )
            for place in missing
        ],
        batch_size=1000,
    )
    ids |= {area.code: area.pk for area in made}
    links = AreaLink.objects.bulk_create(
        [
            AreaLink(
                tree=Tree.ADMINISTRATIVE,
                parent_id=ids[place.parent_code],
                child_id=ids[place.code],
                valid_to=place.valid_to,
            )
            for place in missing
            if place.parent_code
        ],
        batch_size=1000,
    )
    rebuild(Tree.ADMINISTRATIVE, (link.child_id for link in links))
    if progress:
        progress(len(places), len(places))
    journal.record(
        at=at,
        actor=actor,
        act="areas.load_builtin_register",
        subject_code=province_code or "",
        data={"areas": len(made), "links": len(links)},
    )
    return Registered(len(made), len(links))


@transaction.atomic
def find_or_register_village(
    *, subdistrict_code: str, moo: int, name: str = "", actor: Person, at: dt.datetime
) -> Area:
    """The village of a subdistrict by its number; registered when the register lacks it.

    The number identifies a village (its DOPA code is the subdistrict's and two digits); a different printed name
    changes nothing. Two officers who register the same village at once get the same row.
    """
    if not 1 <= moo <= 99:
        raise UnableToRegisterVillage(
            "bad_moo", f"หมู่ที่ต้องเป็น 1 ถึง 99 แต่เป็น {moo}", f"A village number is 1 to 99, not {moo}."
        )
    code = f"{subdistrict_code}{moo:02d}"
    village = Area.objects.filter(code=code).first()
    if village:
        return village
    if not access.can_register_village(actor):
        raise UnableToRegisterVillage(
            "not_signed_in", "ต้องเข้าสู่ระบบก่อนจึงจะขึ้นทะเบียนหมู่บ้านได้", "Sign in before registering a village."
        )
    parent = Area.objects.filter(code=subdistrict_code, level="SUBDISTRICT").first()
    if parent is None:
        raise UnableToRegisterVillage(
            "unknown_subdistrict",
            f"ไม่พบตำบลรหัส {subdistrict_code} ในทะเบียน",
            f"The register has no subdistrict {subdistrict_code}.",
        )
    printed = village_name(moo, clean(name))
    try:
        with transaction.atomic():
            village = Area.objects.create(
                code=code, level=level_of_moo(moo), name_th=printed, sort_key=sort_key(printed), moo=moo
            )
    except IntegrityError:
        return Area.objects.get(code=code)  # another officer was faster
    AreaLink.objects.create(tree=Tree.ADMINISTRATIVE, parent=parent, child=village)
    rebuild(Tree.ADMINISTRATIVE, [village.pk])
    journal.record(
        at=at,
        actor=actor,
        act="areas.register_village",
        subject=village,
        subject_code=code,
        data={"name_th": printed, "subdistrict": subdistrict_code},
    )
    return village


@transaction.atomic
def move_area(
    *, area: Area, to: Area, on: dt.date, actor: Person, at: dt.datetime, tree: str = Tree.ADMINISTRATIVE
) -> AreaLink:
    """From a day on, a place lies in another one; before that day it stays where it was.

    Refuses to move a place into one of the same or a smaller level, to where it already is, or on a day before it
    came to where it is now.
    """
    if not access.can_change_register(actor):
        raise UnableToMoveArea("not_the_operator", "เฉพาะผู้ดูแลระบบเท่านั้นที่ย้ายพื้นที่ได้", "Only the operator may move a place.")
    if RANKS[to.level] >= RANKS[area.level]:
        raise UnableToMoveArea(
            "not_a_larger_place", f"{to} ไม่ใช่พื้นที่ระดับสูงกว่า {area}", f"{to} is not of a level above {area}."
        )
    link = (
        AreaLink.objects.select_for_update()
        .filter(tree=tree, child=area, valid_to__isnull=True)
        .exclude(parent=to)
        .first()
    )
    if link is None:
        raise UnableToMoveArea("already_there", f"{area} อยู่ใน {to} แล้ว", f"{area} already lies in {to}.")
    if link.valid_from is not None and link.valid_from >= on:
        raise UnableToMoveArea(
            "before_the_last_move", "วันที่ย้ายต้องหลังการย้ายครั้งก่อน", "The day must be after the last move."
        )
    AreaLink.objects.filter(pk=link.pk).update(valid_to=on)
    moved = AreaLink.objects.create(tree=tree, parent=to, child=area, valid_from=on)
    rebuild(tree, [area.pk])
    journal.record(
        at=at,
        actor=actor,
        act="areas.move_area",
        subject=area,
        subject_code=area.code,
        data={"from": link.parent.code, "to": to.code, "on": on.isoformat(), "tree": tree},
    )
    return moved
