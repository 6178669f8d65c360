"""Reads of places: by code, above, below, and the gazetteer of the register."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Case, Count, Max, Q, QuerySet, Value, When

from prasan.areas.models import Area, AreaClosure, AreaLevel, Tree
from prasan.areas.rules.gazetteer import Gazetteer, geothai_abolished
from prasan.common.text import search_key
from prasan.journal.models import Entry

_GAZETTEERS: dict[object, Gazetteer] = {}
_ACTS_THAT_NAME = ("areas.load_builtin_register", "areas.load_areas")
_IN_GAZETTEER = Q(level__in=[AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.SUBDISTRICT], valid_to__isnull=True)


def area_by_code(code: str) -> Area | None:
    """The area of a DOPA code, or of our own code for a cluster or an LAO territory."""
    return Area.objects.filter(code=code).first()


def ancestors(area: Area, *, tree: str = Tree.ADMINISTRATIVE, on: dt.date | None = None) -> QuerySet[Area]:
    """Areas a place lies in, the nearest first, itself left out; `on` a day, or as it is now."""
    pairs = _holding(AreaClosure.objects.filter(tree=tree, descendant=area, depth__gt=0), on)
    steps = dict(pairs.order_by("-depth").values_list("ancestor_id", "depth"))
    found = Area.objects.filter(pk__in=steps)
    nearest_first = [When(pk=pk, then=Value(depth)) for pk, depth in steps.items()]
    return found.order_by(Case(*nearest_first, default=Value(0)) if nearest_first else "pk")


def descendants_of(
    area: Area,
    level: str | None = None,
    *,
    tree: str = Tree.ADMINISTRATIVE,
    on: dt.date | None = None,
) -> QuerySet[Area]:
    """Areas within a place (itself left out), of one level or of all, by code; `on` a day, or as it is now."""
    pairs = _holding(AreaClosure.objects.filter(tree=tree, ancestor=area, depth__gt=0), on)
    found = Area.objects.filter(pk__in=pairs.values("descendant_id"))
    return (found.filter(level=level) if level else found).order_by("code")


def codes_around(areas: Collection[int]) -> dict[int, str]:
    """For places with a code of our own (by id) the DOPA code of the smallest place that holds all they cover."""
    inner: dict[int, list[str]] = {}
    today = AreaClosure.objects.filter(valid_to=AreaClosure.FOREVER)
    for pk, code in today.filter(ancestor__in=areas).values_list("ancestor_id", "descendant__code"):
        if code.isdecimal():
            inner.setdefault(pk, []).append(code)
    above = today.filter(descendant__in=areas).order_by("-depth").values_list("descendant_id", "ancestor__code")
    outer = {pk: code for pk, code in above if code.isdecimal()}
    return {pk: _shared(inner.get(pk, [])) or outer.get(pk, "") for pk in areas}


def prefixes_of(areas: Collection[Area]) -> list[str]:
    """What the DOPA codes of these places and of all within them begin with; as few beginnings as say it.

    A country begins with nothing. A cluster is its provinces, a territory of an อปท. what it covers.
    """
    if any(area.level == AreaLevel.COUNTRY for area in areas):
        return [""]
    codes = {area.code for area in areas if area.code.isdecimal()}
    own = [area.pk for area in areas if not area.code.isdecimal()]
    if own:
        inner = AreaClosure.objects.filter(ancestor__in=own, valid_to=AreaClosure.FOREVER)
        codes |= {code for code in inner.values_list("descendant__code", flat=True) if code.isdecimal()}
    return sorted(code for code in codes if not any(code[:n] in codes for n in range(2, len(code), 2)))


def _shared(codes: list[str]) -> str:
    """The longest beginning of all of these, in whole levels of two digits."""
    if not codes:
        return ""
    first, last = min(codes), max(codes)
    length = next((n for n, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    return first[: length // 2 * 2]


def gazetteer() -> Gazetteer:
    """The gazetteer of the areas in the database, kept for the process until the register changes.

    On a database without a register it is that of geothai, so that a file can be read before anything is loaded.
    """
    key = _register_version()
    if key not in _GAZETTEERS:
        _GAZETTEERS.clear()
        rows = list(Area.objects.filter(_IN_GAZETTEER).values_list("code", "name_th"))
        _GAZETTEERS[key] = Gazetteer(rows, geothai_abolished(), _villages_of) if rows else Gazetteer.from_geothai()
    return _GAZETTEERS[key]


def _register_version() -> object:
    """What differs when names of the register have changed: the journal's last word on it, in a tenth of a ms."""
    said = Entry.objects.filter(act__in=_ACTS_THAT_NAME).order_by("-id").values_list("hash", flat=True).first()
    return said or tuple(Area.objects.filter(_IN_GAZETTEER).aggregate(n=Count("pk"), last=Max("pk")).values())


def forget_gazetteer() -> None:
    """Called by the services when names have changed."""
    _GAZETTEERS.clear()


def _villages_of(subdistrict_code: str) -> dict[str, int]:
    rows = Area.objects.filter(
        level__in=[AreaLevel.VILLAGE, AreaLevel.COMMUNITY],
        code__startswith=subdistrict_code,
        valid_to__isnull=True,
    ).values_list("name_th", "moo")
    names = [(search_key(name.removeprefix("บ้าน").removeprefix("ชุมชน")), moo) for name, moo in rows if moo]
    keys = [key for key, _ in names]
    return {key: moo for key, moo in names if keys.count(key) == 1}


def _holding(pairs: QuerySet[AreaClosure], on: dt.date | None) -> QuerySet[AreaClosure]:
    if on is None:
        return pairs.filter(valid_to=AreaClosure.FOREVER)
    return pairs.filter(valid_from__lte=on, valid_to__gt=on)
