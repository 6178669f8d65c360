"""The items of a plan edition, and the list of plan editions."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prasan.agencies.models import Body
from prasan.areas.models import Area
from prasan.integration.models import Handover, Pair, PairDecision, Verdict
from prasan.plans.models import EditionState, PlanEdition, PlanItem, PlanType
from prasan.projects.models import ProjectYear
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter, text_filter
from prasan.web.queries.amounts import counted_amount, none_last, of_area
from prasan.web.tables.records import area_filter
from prasan.web.wording import STATES, name_of, place_name, state_of


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of a plan as the table shows it."""

    priority: int
    code: str
    title: str
    is_need: bool
    owner: str
    place: str
    fiscal_year: int
    amount: int | None
    pairs: bool
    handover: str  # state of the latest hand-over, or empty
    merged: bool  # it counts with what stands for it now, or in the line of that

    @property
    def marks(self) -> str:
        """The marks in words, for an export."""
        words = [str(_("อาจซ้ำ"))] if self.pairs else []
        if self.merged:
            words.append(str(STATES["merged"].word))
        if self.handover:
            words.append(str(state_of("handover", self.handover).word))
        return ", ".join(words)


def item_rows(edition: PlanEdition) -> QuerySet[PlanItem]:
    """Items with what the table sorts and adds up by."""
    waiting = Pair.objects.filter(
        Q(first=OuterRef("project")) | Q(second=OuterRef("project")),
        decision=PairDecision.WAITING,
        first__merged_into=None,
        second__merged_into=None,
        verdict__in=(Verdict.DUPLICATE, Verdict.OVERLAP),
    )
    latest = Handover.objects.filter(project=OuterRef("project")).order_by("-hop").values("state")[:1]
    return (
        PlanItem.objects.filter(edition=edition)
        .select_related("project__owner__area", "project__area", "need__body__area", "need__area")
        .annotate(
            amount=counted_amount(edition),
            has_pair=Exists(waiting),
            handover_state=Subquery(latest),
            year=Coalesce(F("project__fiscal_year"), F("need__fiscal_year")),
            owner_sort=Coalesce(F("project__owner__sort_key"), F("need__body__sort_key"), Value("")),
            place_sort=Coalesce(F("project__area__code"), F("need__area__code"), Value("")),
        )
    )


def make_item(item: PlanItem) -> ItemRow:
    """The row of one item."""
    record = item.project if item.project is not None else item.need
    if record is None:  # the database forbids it
        raise ValueError(f"plan item {item.pk} lists nothing")
    owner = item.project.owner if item.project is not None else item.need.body if item.need is not None else None
    return ItemRow(
        priority=item.priority,
        code=record.code,
        title=item.project.name if item.project is not None else str(getattr(record, "title", "")),
        is_need=item.project is None,
        owner=name_of(owner),
        place=place_name(record.area) or record.place_text,
        fiscal_year=record.fiscal_year,
        amount=item.amount,  # type: ignore[attr-defined]
        pairs=bool(item.has_pair),  # type: ignore[attr-defined]
        handover=item.handover_state or "",  # type: ignore[attr-defined]
        merged=record.merged_into_id is not None,
    )


def _in_place(rows: QuerySet[PlanItem], code: str) -> QuerySet[PlanItem]:
    area = Area.objects.filter(code=code).values_list("pk", flat=True).first()
    if area is None:
        return rows.none()
    return rows.filter(of_area(area, "project__area") | of_area(area, "need__area"))


def _of_owner(rows: QuerySet[PlanItem], value: str) -> QuerySet[PlanItem]:
    if not value.isdecimal():
        return rows.none()
    return rows.filter(Q(project__owner=value) | Q(need__body=value))


def _marked(rows: QuerySet[PlanItem], value: str) -> QuerySet[PlanItem]:
    if value == "pairs":
        return rows.filter(Q(has_pair=True))
    if value == "handed":
        return rows.filter(Q(handover_state__isnull=False))
    return rows.filter(Q(has_pair=False, handover_state__isnull=True))


def _of_year(rows: QuerySet[PlanItem], value: str) -> QuerySet[PlanItem]:
    if not value.isdecimal():
        return rows.none()
    paid_then = ProjectYear.objects.filter(project=OuterRef("project"), fiscal_year=value)
    return rows.filter(Q(year=value) | Exists(paid_then))


MARKS = (("pairs", _("อาจซ้ำ")), ("handed", _("มีการส่งต่อ")), ("none", _("ไม่มีเครื่องหมาย")))


def items_spec(edition: PlanEdition) -> ListSpec[PlanItem, ItemRow]:
    """The table of one edition; its choices of owner, place and year are those that occur in it."""
    items = PlanItem.objects.filter(edition=edition).order_by()
    return ListSpec(
        name=f"plan-{edition.pk}",
        columns=(
            Column("priority", _("ลำดับ"), lambda r: r.priority, "number", by("priority")),
            Column("code", _("รหัส"), lambda r: r.code, only="file"),
            Column("title", _("รายการ"), lambda r: r.title, css="name"),
            Column("owner", _("เจ้าของ"), lambda r: r.owner, order=by("owner_sort")),
            Column("place", _("พื้นที่"), lambda r: r.place, order=by("place_sort")),
            Column("year", _("ปีงบประมาณ"), lambda r: r.fiscal_year, "number", by("year")),
            Column("amount", _("จำนวนเงิน"), lambda r: r.amount, "money", none_last("amount"), "amount"),
            Column("marks", _("เครื่องหมาย"), lambda r: r.marks),
        ),
        make=make_item,
        default_order="priority",
        filters=(
            Filter("q", _("คำในชื่อ"), text_filter("project__name_key", "need__title_key")),
            Filter("place", _("พื้นที่"), _in_place, _places(items)),
            Filter("owner", _("เจ้าของ"), _of_owner, _owners(items)),
            Filter("year", _("ปีงบประมาณ"), _of_year, _years(items)),
            Filter("mark", _("เครื่องหมาย"), _marked, MARKS),
        ),
    )


def _owners(items: QuerySet[PlanItem]) -> tuple[tuple[str, str], ...]:
    owners = items.annotate(o=Coalesce(F("project__owner"), F("need__body"))).values("o")
    bodies = Body.objects.filter(pk__in=owners).select_related("area").order_by("sort_key", "pk")
    return tuple((str(body.pk), name_of(body)) for body in bodies)


def _places(items: QuerySet[PlanItem]) -> tuple[tuple[str, str], ...]:
    """Districts and tambons of the items, by code so that each tambon stands under its district."""
    codes = items.annotate(c=Coalesce(F("project__area__code"), F("need__area__code"))).values_list("c", flat=True)
    found = {code[:digits] for code in codes.distinct() if code for digits in (4, 6) if len(code) >= digits}
    return tuple((area.code, place_name(area)) for area in Area.objects.filter(code__in=found).order_by("code"))


def _years(items: QuerySet[PlanItem]) -> tuple[tuple[str, str], ...]:
    years = set(items.filter(project__years__isnull=False).values_list("project__years__fiscal_year", flat=True))
    years |= set(items.filter(need__isnull=False).values_list("need__fiscal_year", flat=True))
    return tuple((str(year), str(year)) for year in sorted(years))


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan edition in the list of plans."""

    pk: int
    plan_type: str
    body: str
    fiscal_year: int
    number: int
    state: str
    items: int


def plan_rows(*, drafts_too: bool) -> QuerySet[PlanEdition]:
    """Plan editions with their number of items."""
    rows = PlanEdition.objects.select_related("body__area").annotate(item_count=Count("items"))
    return rows if drafts_too else rows.exclude(state=EditionState.DRAFT)


def make_plan(edition: PlanEdition) -> PlanRow:
    """The row of one edition."""
    return PlanRow(
        edition.pk,
        str(PlanType(edition.plan_type).label),
        name_of(edition.body),
        edition.fiscal_year,
        edition.number,
        edition.state,
        edition.item_count,  # type: ignore[attr-defined]
    )


def _plans_in_place(rows: QuerySet[PlanEdition], code: str) -> QuerySet[PlanEdition]:
    area = Area.objects.filter(code=code).values_list("pk", flat=True).first()
    return rows.none() if area is None else rows.filter(of_area(area, "body__area"))


def plans_spec(area_code: str = "") -> ListSpec[PlanEdition, PlanRow]:
    """The list of plans."""
    years = PlanEdition.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    return ListSpec(
        name="plans",
        columns=(
            Column("type", _("แผน"), lambda r: r.plan_type, order=by("plan_type"), css="name"),
            Column("body", _("ของ"), lambda r: r.body, order=by("body__sort_key")),
            Column("year", _("ปีงบประมาณ"), lambda r: r.fiscal_year, "number", by("fiscal_year")),
            Column("items", _("รายการ"), lambda r: r.items, "number", by("item_count")),
            Column("state", _("สถานะ"), lambda r: state_of("edition", r.state).word, order=by("state")),
        ),
        make=make_plan,
        default_order="-year",
        filters=(
            Filter("q", _("ชื่อหน่วยงาน"), text_filter("body__name_key")),
            *area_filter(area_code, _plans_in_place),
            Filter("type", _("แผน"), exact_filter("plan_type"), tuple(PlanType.choices)),
            Filter("year", _("ปีงบประมาณ"), exact_filter("fiscal_year"), tuple((str(y), str(y)) for y in years)),
            Filter("state", _("สถานะ"), exact_filter("state"), tuple(EditionState.choices)),
        ),
    )
