"""The calendar of the running planning system, on the page and as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe

from prasan import rulebook
from prasan.cycles import queries as cycles
from prasan.cycles.models import Cycle
from prasan.web.exports import XLSX, attachment
from prasan.web.queries import steps
from prasan.web.routes import ANYONE, route
from prasan.web.wording import language


@route(who=ANYONE)
def calendar(request: HttpRequest) -> HttpResponse:
    """The running cycle: drawn, and as a table with days left."""
    today = timezone.localdate()
    asked = request.GET.get("cycle", "")
    chosen = get_object_or_404(Cycle, pk=asked) if asked.isdecimal() else steps.running_cycle(today)
    context: dict[str, object] = {"cycle": chosen, "cycles": _choices()}
    if chosen is not None:
        whole = cycles.calendar_of(chosen)
        drawing = cycles.calendar_svg(
            whole.steps,
            fiscal_year=chosen.fiscal_year,
            title=whole.title(language()),
            today=today,
            language=language(),
        )
        context |= {
            "title": whole.title(language()),
            "reference": whole.reference,
            # Our own drawing, every text in it escaped where it is made.
            "drawing": mark_safe(drawing),  # noqa: S308
            "steps": steps.steps_of(chosen, on=today),
        }
    return render(request, "web/calendar.html", context)


def _choices() -> list[tuple[int, str]]:
    """Every opened cycle by the name of its system and its fiscal year, the latest first."""
    found = []
    for cycle in Cycle.objects.order_by("-fiscal_year", "system"):
        title = rulebook.planning_system(cycle.system).title
        found.append((cycle.pk, f"{cycle.fiscal_year} · {title.th if language() == 'th' else title.en}"))
    return found


@route(who=ANYONE)
def calendar_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The cycle as a file for calendars, spreadsheets and programs."""
    cycle = get_object_or_404(Cycle, pk=pk)
    whole = cycles.calendar_of(cycle)
    name = f"calendar-{cycle.system}-{cycle.fiscal_year}.{ending}"
    if ending == "ics":
        return attachment(cycles.calendar_ics(whole, language=language()), name, "text/calendar; charset=utf-8")
    if ending == "xlsx":
        return attachment(cycles.calendar_xlsx(whole, language=language()), name, XLSX)
    if ending == "json":
        return attachment(cycles.calendar_json(whole).encode(), name, "application/json")
    raise Http404
