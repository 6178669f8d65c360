"""Names of the province, district and subdistrict that a record lies in, looked up once per run."""

from functools import lru_cache

from prasan.areas.models import Area, AreaLevel, AreaLink, Tree

DIGITS = (2, 4, 6)  # of a DOPA code: province, district, subdistrict


def code_of(area: Area | None) -> str:
    """The DOPA code a place lies in; an LAO's territory counts as its only subdistrict, else as its district."""
    if area is None:
        return ""
    if area.level == AreaLevel.LAO_TERRITORY:
        return _code_of_territory(area.pk)
    return area.code if area.code.isdigit() else ""


def names_of(area: Area | None) -> dict[int, str]:
    """Names by number of digits of the code: {2: province, 4: district, 6: subdistrict}, as far as known."""
    code = code_of(area)
    names = {n: _name(code[:n]) for n in DIGITS if len(code) >= n}
    return {n: name for n, name in names.items() if name}


@lru_cache(maxsize=20_000)
def _name(code: str) -> str:
    return Area.objects.filter(code=code).values_list("name_th", flat=True).first() or ""


@lru_cache(maxsize=20_000)
def _code_of_territory(pk: int) -> str:
    links = AreaLink.objects.filter(tree=Tree.LAO_TERRITORY)
    within = list(links.filter(parent=pk, whole=True).values_list("child__code", flat=True)[:2])
    if len(within) == 1:
        return within[0]
    return links.filter(child=pk).order_by("parent__code").values_list("parent__code", flat=True).first() or ""
