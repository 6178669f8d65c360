"""Finding a body by its printed name, registering the one the register lacks, and the bodies of a province."""

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q

from prasan.agencies import access, queries, rules
from prasan.agencies.models import Body, BodyKind
from prasan.areas import queries as areas
from prasan.areas.access import Person
from prasan.areas.models import Area, AreaLevel
from prasan.common.chunks import chunks
from prasan.common.errors import Refused
from prasan.common.text import sort_key
from prasan.journal import services as journal

_TAMBON_LAOS = (BodyKind.SAO, BodyKind.MUNICIPALITY)
_OF_PROVINCE = (
    BodyKind.PROVINCE,
    BodyKind.PROVINCIAL_COMMITTEE,
    BodyKind.PAO,
    BodyKind.PROVINCIAL_LOCAL_PLAN_COMMITTEE,
)
_OF_DISTRICT = (BodyKind.DISTRICT, BodyKind.DISTRICT_COMMITTEE, BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE)
_SUPERIORS = {
    BodyKind.DISTRICT: BodyKind.PROVINCE,
    BodyKind.DISTRICT_COMMITTEE: BodyKind.PROVINCIAL_COMMITTEE,
    BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE: BodyKind.PROVINCIAL_LOCAL_PLAN_COMMITTEE,
}


class UnableToRegisterBody(Refused):
    """No body was found or registered."""


class UnableToPrepareProvince(Refused):
    """The bodies of the province were not made."""


@transaction.atomic
def find_or_register_body(
    *,
    name: str,
    province_code: str,
    actor: Person,
    at: dt.datetime,
    kind: str | None = None,
    area_code: str | None = None,
) -> Body:
    """The body a text names within a province, abbreviations understood (อบต. อบจ. ทต. ทม. ทน. ก.บ.จ. กบอ.).

    Where the register lacks it, it is registered with the kind its name tells. `area_code` (a district or
    subdistrict) decides between two of one name; without it two bodies of one name are refused, never guessed.
    A ministry or department is the same body in every province.
    """
    return found_or_made(name=name, province_code=province_code, actor=actor, at=at, kind=kind, area_code=area_code)[0]


def found_or_made(
    *,
    name: str,
    province_code: str,
    actor: Person,
    at: dt.datetime,
    kind: str | None = None,
    area_code: str | None = None,
) -> tuple[Body, bool]:
    """The body, and whether it had to be registered (for the loader, which counts)."""
    said = rules.read_name(name)
    kind = kind or said.kind
    if not said.name:
        raise UnableToRegisterBody("no_name", "ไม่มีชื่อหน่วยงาน", "The body has no name.")
    place = _place_of(kind, said, province_code, area_code)
    _refuse_nowhere(kind, said, place)
    found = _find(kind, said, province_code, place)
    if found:
        return found, False
    if not access.can_register_body(actor):
        raise UnableToRegisterBody(
            "not_signed_in", "ต้องเข้าสู่ระบบก่อนจึงจะขึ้นทะเบียนหน่วยงานได้", "Sign in before registering a body."
        )
    return _register(kind, said.name, place, actor=actor, at=at), True


def _place_of(kind: str, said: rules.PrintedName, province_code: str, area_code: str | None) -> Area | None:
    """The place a body belongs to, as far as the name, the hint and the province tell."""
    if kind in rules.NATIONAL:
        return None
    if kind == BodyKind.CLUSTER_COMMITTEE:
        name = said.name[said.name.index("กลุ่มจังหวัด", 1) :] if "กลุ่มจังหวัด" in said.name[1:] else said.name
        return Area.objects.filter(Q(code=area_code) | Q(name_th=name), level=AreaLevel.CLUSTER).first()
    code = area_code or province_code
    if kind in _TAMBON_LAOS:
        hint = areas.gazetteer().resolve(said.place, province_code=province_code).code if said.place else ""
        code = max(hint, area_code or "", province_code, key=len)
        named = areas.gazetteer().resolve(
            f"ต.{rules.lao_place_name(said.name)}" + _within(code), province_code=province_code
        )
        code = named.code if len(named.code) == 6 and named.code.startswith(code[:4]) else code
    elif kind in rules.ONE_OF_EACH and not area_code:
        match = areas.gazetteer().resolve(said.place, province_code=province_code)
        code = match.village_codes[0] if match.village_codes else match.code or province_code
    if kind in _OF_PROVINCE:
        code = code[:2]
    elif kind in _OF_DISTRICT:
        code = code[:4]
    return areas.area_by_code(code)


def _refuse_nowhere(kind: str, said: rules.PrintedName, place: Area | None) -> None:
    """A body that belongs to a place needs that place: จังหวัดสิงค์บุรี (a slip) must not become a province."""
    wanted = AreaLevel.VILLAGE if kind == BodyKind.VILLAGE_COMMITTEE else None
    if kind in _OF_DISTRICT:
        wanted = AreaLevel.DISTRICT
    elif kind in _OF_PROVINCE:
        wanted = AreaLevel.PROVINCE
    fits = place is not None and place.level in {wanted, AreaLevel.COMMUNITY}
    nowhere = place is None and kind not in {*rules.NATIONAL, BodyKind.CLUSTER_COMMITTEE}
    if nowhere or (wanted and not fits):
        raise UnableToRegisterBody(
            "unknown_place",
            f"ไม่ทราบพื้นที่ของหน่วยงาน “{said.name}”",
            f"The place of the body “{said.name}” is not known.",
        )


def _within(code: str) -> str:
    names = areas.gazetteer()
    return f" อ.{names.name_of(code[:4])}" if len(code) >= 4 else ""


def _find(kind: str, said: rules.PrintedName, province_code: str, place: Area | None) -> Body | None:
    if kind in rules.ONE_OF_EACH and place is not None:
        return queries.body_of(kind, place.code)
    named = Body.objects.filter(name_key=rules.name_key(said.name), valid_to__isnull=True).order_by("code")
    if kind in rules.NATIONAL:
        return named.filter(kind__in=rules.NATIONAL).first()
    candidates = list(named.select_related("area"))
    provinces = queries.province_codes_of(candidates)
    bodies = [body for body in candidates if provinces[body.pk] == province_code]
    if len(bodies) > 1 and place is not None and len(place.code) > 2:
        near = [body for body in bodies if _lies_at(body, place.code)]
        bodies = near or bodies
    if len(bodies) > 1:
        codes = ", ".join(body.code for body in bodies)
        raise UnableToRegisterBody(
            "ambiguous_body",
            f"มีหน่วยงานชื่อ {said.name} มากกว่าหนึ่งแห่งในจังหวัด ({codes}) ต้องระบุอำเภอหรือตำบล",
            f"The province has several bodies named {said.name} ({codes}); name the district or subdistrict.",
        )
    if bodies:
        return bodies[0]
    national = (body for body in candidates if body.area is None)
    return next(national, None) if kind in {BodyKind.OTHER, BodyKind.PROVINCIAL_OFFICE} else None


def _lies_at(body: Body, code: str) -> bool:
    if body.area is None:
        return False
    if body.area.level != AreaLevel.LAO_TERRITORY:
        return body.area.code.startswith(code)
    covered = body.area.child_links.values_list("child__code", flat=True)
    return any(child.startswith(code) for child in covered) or queries.district_code_of(body) == code


def _register(kind: str, name: str, place: Area | None, *, actor: Person, at: dt.datetime) -> Body:
    place_code = place.code if place else ""
    code = rules.code_of(kind, place_code, name)
    if kind in _TAMBON_LAOS and Body.objects.filter(code=code).exclude(name_key=rules.name_key(name)).exists():
        code = rules.code_of(kind, place_code[:2], name)  # two local governments called after places in one tambon
    try:
        with transaction.atomic():
            body = Body.objects.create(
                code=code,
                kind=kind,
                name_th=name,
                name_key=rules.name_key(name),
                sort_key=sort_key(name),
                area=place,
            )
    except IntegrityError:
        return Body.objects.get(code=code)  # another officer was faster
    journal.record(
        at=at,
        actor=actor,
        act="agencies.register_body",
        subject=body,
        subject_code=code,
        data={"name_th": name, "kind": kind, "area": place_code},
    )
    return body


@transaction.atomic
def ensure_province_bodies(*, province_code: str, actor: Person, at: dt.datetime) -> tuple[Body, ...]:
    """The bodies that plan in a province: itself, ก.บ.จ., อบจ., its local-plan committee, and for each district
    the district, กบอ. and its local-plan committee. Those that stand already stay as they are.

    Refuses Bangkok, which is not a province, and a province the register lacks.
    """
    _may_register(actor)
    province = Area.objects.filter(code=province_code, level=AreaLevel.PROVINCE, valid_to__isnull=True).first()
    if province is None or province_code == "10":
        raise UnableToPrepareProvince(
            "not_a_province",
            f"รหัส {province_code} ไม่ใช่จังหวัดที่ทำแผนพัฒนาจังหวัด",
            f"{province_code} is not a province with a provincial plan.",
        )
    districts = areas.descendants_of(province, AreaLevel.DISTRICT)
    upper = _ensure([(kind, province) for kind in _OF_PROVINCE], {}, actor=actor, at=at)
    above = {body.kind: body for body in upper}
    lower = _ensure([(kind, d) for d in districts for kind in _OF_DISTRICT], above, actor=actor, at=at)
    return (*upper, *lower)


@transaction.atomic
def ensure_village_committees(*, villages: Iterable[Area], actor: Person, at: dt.datetime) -> list[Body]:
    """The village committee (กม.) of each village, in the same order; under its district where that stands."""
    _may_register(actor)
    wanted = list(villages)
    districts = {
        body.area.code: body
        for body in Body.objects.filter(
            kind=BodyKind.DISTRICT, area__code__in={village.code[:4] for village in wanted}
        ).select_related("area")
        if body.area
    }
    pairs = [(BodyKind.VILLAGE_COMMITTEE, village) for village in wanted]
    return _ensure(pairs, {}, actor=actor, at=at, districts=districts)


def ensure_village_committee(*, area: Area, actor: Person, at: dt.datetime) -> Body:
    """The village committee (กม.) of one village."""
    return ensure_village_committees(villages=[area], actor=actor, at=at)[0]


def _may_register(actor: Person) -> None:
    if not access.can_register_body(actor):
        raise UnableToPrepareProvince("not_signed_in", "ต้องเข้าสู่ระบบก่อน", "Sign in first.")


def _ensure(
    wanted: list[tuple[BodyKind, Area]],
    above: dict[str, Body],
    *,
    actor: Person,
    at: dt.datetime,
    districts: dict[str, Body] | None = None,
) -> list[Body]:
    """Find or make one body for each kind and place, in one go and in the order wanted."""
    standing = _standing(wanted)
    missing = []
    for kind, area in wanted:
        if (kind, area.pk) in standing:
            continue
        name, name_en, abbreviation = rules.formal_name(kind, _called(area), area.name_en)
        superior = above.get(_SUPERIORS.get(kind, "")) or (districts or {}).get(area.code[:4])
        missing.append(
            Body(
                code=rules.code_of(kind, area.code),
                kind=kind,
                name_th=name,
                name_en=name_en,
                abbreviation=abbreviation,
                name_key=rules.name_key(name),
                sort_key=sort_key(name),
                superior=superior,
                area=area,
            )
        )
    if missing:
        Body.objects.bulk_create(missing, batch_size=500, ignore_conflicts=True)
        standing = _standing(wanted)
        made = [standing[body.kind, body.area_id] for body in missing if (body.kind, body.area_id) in standing]
        journal.record_many(
            at=at,
            actor=actor,
            entries=[
                journal.Line("agencies.register_body", body, body.code, {"name_th": body.name_th}) for body in made
            ],
        )
    return [standing[kind, area.pk] for kind, area in wanted]


def _standing(wanted: list[tuple[BodyKind, Area]]) -> dict[tuple[str, int | None], Body]:
    kinds = {kind for kind, _ in wanted}
    ids = [area.pk for _, area in wanted]
    return {
        (body.kind, body.area_id): body
        for chunk in chunks(ids)
        for body in Body.objects.filter(kind__in=kinds, area_id__in=chunk, valid_to__isnull=True).order_by("-code")
    }


def _called(area: Area) -> str:
    """บ้านร่องไฮ หมู่ที่ 1 for a village, the plain name for all others."""
    return f" {area.name_th} หมู่ที่ {area.moo}" if area.moo else area.name_th
