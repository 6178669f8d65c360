"""Every list of the pages: filters, sorting, keyset pages, totals of what is filtered, and the unit of money."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from django.core import signing
from django.db.models import Count, F, Model, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils.functional import Promise

from prasan.common.text import search_key

M = TypeVar("M", bound=Model)
R = TypeVar("R")
Text = str | Promise
SALT = "prasan.web.lists"
PAGE_SIZE = 50
WHOLE = 2000  # rows of a list on one page for paper; longer lists go into a file
MILLION, BAHT = "million", "baht"


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: how it reads in an export, and what it sorts and adds up by.

    `order` is an expression that is never null (a keyset cannot stand on nulls); `total` names the annotated
    or own field, integer satang or a count, that is added up over what is filtered.
    """

    key: str
    label: Text
    value: Callable[[R], object]
    kind: str = "text"  # text, number, money, date
    order: Combinable | None = None
    total: str = ""
    css: str = ""
    only: str = ""  # "page" or "file" where a column stands in just one of them


@dataclass(frozen=True, slots=True)
class Filter(Generic[M]):
    """One question a list answers; without choices it is a text field. `default` is asked by a silent address."""

    key: str
    label: Text
    apply: Callable[[QuerySet[M], str], QuerySet[M]]
    choices: tuple[tuple[str, Text], ...] | None = None
    default: str = ""


@dataclass(frozen=True, slots=True)
class ListSpec(Generic[M, R]):
    """What one list shows and can be asked."""

    name: str  # of exported files
    columns: tuple[Column[R], ...]
    make: Callable[[M], R]
    default_order: str  # a column's key, with a minus for descending
    filters: tuple[Filter[M], ...] = ()
    page_size: int = PAGE_SIZE
    count_to: int | None = None  # a list of hundreds of thousands is counted no further, and adds nothing up


@dataclass(frozen=True, slots=True)
class Head:
    """A column head with its link to sort; `direction` is ascending, descending, or empty."""

    key: str
    label: Text
    kind: str
    css: str
    url: str
    direction: str


@dataclass(frozen=True, slots=True)
class BoundFilter:
    """A filter with what was asked of it."""

    key: str
    label: Text
    value: str
    choices: tuple[tuple[str, Text], ...] | None


@dataclass(slots=True)
class Listing(Generic[R]):
    """One page of a list, ready to be shown."""

    rows: list[R]
    heads: list[Head]
    filters: list[BoundFilter]
    count: int
    totals: dict[str, int]
    unit: str
    filtered: bool
    sort: str  # as the address asks, empty for the usual order
    more: bool = False  # there are more than were counted
    kept: int = 0  # rows that stand first only because they were filled in and are not saved
    urls: dict[str, str] = field(default_factory=dict)  # next, previous, first, whole, csv, xlsx, baht, million, clear

    @property
    def foot_span(self) -> int:
        """How many columns stand before the first total: the words of the foot run over them."""
        return next((n for n, head in enumerate(self.heads) if head.key in self.totals), len(self.heads))

    @property
    def in_millions(self) -> bool:
        return self.unit == MILLION


def filtered(request: HttpRequest, spec: ListSpec[M, R], rows: QuerySet[M]) -> QuerySet[M]:
    """The rows that answer every filter asked in the address."""
    for one in spec.filters:
        value = request.GET.get(one.key, one.default).strip()
        if not value or (one.choices is not None and value not in {key for key, _ in one.choices}):
            continue
        rows = one.apply(rows, value)
    return rows


def read_list(request: HttpRequest, spec: ListSpec[M, R], rows: QuerySet[M]) -> Listing[R]:
    """One page of what is filtered, with its count and totals."""
    every, rows = rows, filtered(request, spec, rows)
    count, totals = _totals(spec, rows)
    order = _order(request, spec)
    page, has_previous, has_next = _page(request, spec, rows, order, every)
    urls = _urls(request, count)
    if (has_next or has_previous) and count <= WHOLE and count != spec.count_to:
        urls["whole"] = _url(request, rows="all", before=None, after=None)
    if has_next:
        urls["next"] = _url(request, after=_cursor(page[-1]), before=None)
    if has_previous:
        urls["previous"] = _url(request, before=_cursor(page[0]), after=None)
        urls["first"] = _url(request, before=None, after=None)
    bound = [BoundFilter(f.key, f.label, request.GET.get(f.key, f.default), f.choices) for f in spec.filters]
    return Listing(
        rows=[spec.make(row) for row in page],
        heads=_heads(request, spec, order),
        filters=bound,
        count=count,
        totals=totals,
        unit=unit_of(request),
        filtered=any(request.GET.get(f.key, f.default) != f.default for f in spec.filters),
        sort=request.GET.get("sort", ""),
        more=spec.count_to is not None and count >= spec.count_to,
        urls=urls,
    )


Question = tuple[str, Text, Mapping[str, Text] | None]
"""What a list that is no table of the database can be asked: key, label, and the choices if it has any."""


def read_rows(request: HttpRequest, spec: ListSpec[Any, R], questions: Sequence[Question], rows: list[R]) -> Listing[R]:
    """The rows of a list that is no table of the database, already filtered: few enough to stand on one page."""
    bound = [
        BoundFilter(key, label, request.GET.get(key, ""), tuple(choices.items()) if choices is not None else None)
        for key, label, choices in questions
    ]
    urls = {"clear": request.path, "csv": _url(request, format="csv"), "xlsx": _url(request, format="xlsx")}
    return Listing(
        rows=rows,
        heads=[Head(c.key, c.label, c.kind, c.css, "", "") for c in spec.columns if c.only != "file"],
        filters=bound,
        count=len(rows),
        totals={},
        unit=BAHT,
        filtered=any(one.value for one in bound),
        sort="",
        urls=urls,
    )


def every_row(request: HttpRequest, spec: ListSpec[M, R], rows: QuerySet[M]) -> Iterator[R]:
    """All rows of what is filtered, in the order asked: what an export holds."""
    key, descending = _order(request, spec)
    ordered = _sorted(spec, filtered(request, spec, rows), key, descending)
    for row in ordered.iterator(chunk_size=1000):
        yield spec.make(row)


def unit_of(request: HttpRequest) -> str:
    """Baht, or million baht where the address asks for it."""
    return MILLION if request.GET.get("unit") == MILLION else BAHT


def _totals(spec: ListSpec[M, R], rows: QuerySet[M]) -> tuple[int, dict[str, int]]:
    if spec.count_to is not None:
        return rows.order_by().values("pk")[: spec.count_to].count(), {}
    sums = {f"total_{c.key}": Sum(c.total) for c in spec.columns if c.total}
    figures = rows.order_by().aggregate(counted=Count("pk"), **sums)
    return figures["counted"], {c.key: figures[f"total_{c.key}"] or 0 for c in spec.columns if c.total}


def _order(request: HttpRequest, spec: ListSpec[M, R]) -> tuple[str, bool]:
    sortable = {column.key for column in spec.columns if column.order is not None}
    asked = request.GET.get("sort", "")
    if asked.lstrip("-") not in sortable:
        asked = spec.default_order
    return asked.lstrip("-"), asked.startswith("-")


def _sorted(spec: ListSpec[M, R], rows: QuerySet[M], key: str, descending: bool) -> QuerySet[M]:
    column = next(one for one in spec.columns if one.key == key)
    sign = "-" if descending else ""
    ordered = rows.annotate(sort_value=column.order).order_by(f"{sign}sort_value", f"{sign}pk")
    return cast("QuerySet[M]", ordered)


def _page(
    request: HttpRequest, spec: ListSpec[M, R], rows: QuerySet[M], order: tuple[str, bool], every: QuerySet[M]
) -> tuple[list[M], bool, bool]:
    """The rows of the page, whether there are any before it, and whether there are any after it."""
    key, descending = order
    back = _read_cursor(request.GET.get("before", ""))
    mark = back or _read_cursor(request.GET.get("after", ""))
    backwards = back is not None
    walk = _sorted(spec, rows, key, descending != backwards)
    if mark is not None:
        walk = walk.filter(_beyond(mark, descending != backwards))
    size = WHOLE if request.GET.get("rows") == "all" else spec.page_size
    if spec.count_to is None:
        page = list(walk[: size + 1])
    else:  # of a long list only the rows of the page are read with all that is joined to them
        found = list(walk.values_list("pk", flat=True)[: size + 1])
        whole = {row.pk: row for row in _sorted(spec, every, key, descending).filter(pk__in=found)}
        page = [whole[pk] for pk in found if pk in whole]
    more = len(page) > size
    page = page[:size]
    if backwards:
        page.reverse()
        return page, more, bool(page)
    return page, mark is not None and bool(page), more


def _beyond(mark: tuple[Any, int], descending: bool) -> Q:
    """Rows strictly after the mark. Written so that SQLite and PostgreSQL both use an index."""
    value, pk = mark
    if descending:
        return Q(sort_value__lte=value) & ~(Q(sort_value=value) & Q(pk__gte=pk))
    return Q(sort_value__gte=value) & ~(Q(sort_value=value) & Q(pk__lte=pk))


def _cursor(row: Any) -> str:
    value = row.sort_value
    return signing.dumps([value if isinstance(value, int | float | str) else str(value), row.pk], salt=SALT)


def _read_cursor(text: str) -> tuple[Any, int] | None:
    """The place in the list a signed cursor stands for; a foreign or broken one means the first page."""
    if not text:
        return None
    try:
        value, pk = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return value, pk


def _url(request: HttpRequest, **changes: str | None) -> str:
    query = request.GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _urls(request: HttpRequest, count: int) -> dict[str, str]:
    whole = {"after": None, "before": None}
    return {
        "csv": _url(request, format="csv", **whole),
        "xlsx": _url(request, format="xlsx", **whole),
        "baht": _url(request, unit=None),
        "million": _url(request, unit=MILLION),
        "clear": request.path,
    }


def _heads(request: HttpRequest, spec: ListSpec[M, R], order: tuple[str, bool]) -> list[Head]:
    heads = []
    for column in spec.columns:
        if column.only == "file":
            continue
        url = direction = ""
        if column.order is not None:
            now = order[0] == column.key
            direction = ("descending" if order[1] else "ascending") if now else ""
            turned = column.key if direction == "descending" or not now else f"-{column.key}"
            url = _url(request, sort=turned, after=None, before=None)
        heads.append(Head(column.key, column.label, column.kind, column.css, url, direction))
    return heads


def text_filter(*fields: str) -> Callable[[QuerySet[M], str], QuerySet[M]]:
    """A filter that finds what was typed in any of these search-key fields."""

    def apply(rows: QuerySet[M], value: str) -> QuerySet[M]:
        wanted = Q()
        for name in fields:
            wanted |= Q(**{f"{name}__contains": search_key(value)})
        return rows.filter(wanted)

    return apply


def exact_filter(name: str) -> Callable[[QuerySet[M], str], QuerySet[M]]:
    """A filter on one field."""

    def apply(rows: QuerySet[M], value: str) -> QuerySet[M]:
        return rows.filter(**{name: value})

    return apply


def by(name: str) -> Combinable:
    """Sort by a field that is never null."""
    return F(name)
