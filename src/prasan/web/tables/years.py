"""The running years: what the list shows, sorts, filters and exports."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from prasan import rulebook
from prasan.cycles import queries as cycles
from prasan.cycles.models import Cycle
from prasan.web.lists import Column, Filter, ListSpec, by, exact_filter
from prasan.web.wording import language, place_name


@dataclass(frozen=True, slots=True)
class YearRow:
    """One planning system running for one year in one province."""

    pk: int
    fiscal_year: int
    title: str
    province: str
    opened_on: date
    version: int | None  # of a province's own system, or of the shipped one as it was then


def make_year(cycle: Cycle) -> YearRow:
    """The row of one running year."""
    return YearRow(
        cycle.pk,
        cycle.fiscal_year,
        cycles.system_running(cycle).title.say(language()),
        place_name(cycle.area),
        localdate(cycle.opened_at),
        cycle.definition.number if cycle.definition is not None else None,
    )


def years_spec(rows: QuerySet[Cycle]) -> ListSpec[Cycle, YearRow]:
    """The list of running years, the latest first."""
    years = rows.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    titles = {system.key: system.title.say(language()) for system in rulebook.load().systems}
    systems = rows.order_by("system").values_list("system", flat=True).distinct()
    return ListSpec(
        name="years",
        columns=(
            Column("year", _("ปีงบประมาณ"), lambda r: r.fiscal_year, order=by("fiscal_year")),
            Column("system", _("ระบบแผน"), lambda r: r.title, order=by("system"), css="name"),
            Column("province", _("จังหวัด"), lambda r: r.province, order=by("area__sort_key")),
            Column("opened", _("เปิดเมื่อ"), lambda r: r.opened_on, "date", by("opened_at")),
            Column("version", _("ฉบับที่"), lambda r: r.version, "number"),
        ),
        make=make_year,
        default_order="-year",
        filters=(
            Filter("year", _("ปีงบประมาณ"), exact_filter("fiscal_year"), tuple((str(y), str(y)) for y in years)),
            Filter(
                "system", _("ระบบแผน"), exact_filter("system"), tuple((key, titles.get(key, key)) for key in systems)
            ),
        ),
    )
