"""Reads of places: by code, above, below, and the gazetteer of the register."""

import datetime as dt

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
