"""Running years: opening one, how it stands, the tasks of a step, who is missing, what the last days bring."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan import rulebook
from prasan.accounts.models import User
from prasan.common.dates import fiscal_year_of
from prasan.common.errors import Refused
from prasan.cycles import access
from prasan.cycles import queries as cycles
from prasan.cycles import services as acts
from prasan.cycles.models import Cycle, CycleStep, SystemVersion
from prasan.letters import queries
from prasan.web.forms.years import EventForm, OpenYearForm
from prasan.web.queries import years
from prasan.web.queries.firsts import first_and_count
from prasan.web.queries.lettering import senders_of
from prasan.web.routes import SIGNED_IN, route
from prasan.web.tables.tasks import task_rows, tasks_spec
from prasan.web.tables.years import years_spec
from prasan.web.views.listing import show_list
from prasan.web.views.records import message_of, status_of
from prasan.web.wording import EVENTS, language

REMINDED = 20  # how many of those to remind stand on the page itself; the list has them all


@route(who=SIGNED_IN)
def cycles_list(request: HttpRequest) -> HttpResponse:
    """Every year of one's provinces, the latest first."""
    mine = access.own_provinces(cast(User, request.user), on=timezone.localdate())
    found = Cycle.objects.filter(area__isnull=False).select_related("area", "definition")
    if not cast(User, request.user).is_superuser and mine.exists():
        found = found.filter(area__in=mine)
    return show_list(request, "web/years/list.html", years_spec(found), found, {"may_open": mine.exists()})


@route(who=SIGNED_IN, methods=("GET", "POST"))
def cycle_open(request: HttpRequest) -> HttpResponse:
    """Choose a system and a year, see what would be made, and open it."""
    user, today = cast(User, request.user), timezone.localdate()
    province = access.own_provinces(user, on=today).first()
    systems = _systems(province.pk if province is not None else None)
    asked = request.POST or request.GET
    form = OpenYearForm(asked or None, systems=systems, initial={"fiscal_year": fiscal_year_of(today) + 2})
    context: dict[str, object] = {"form": form, "province": province, "asked": bool(asked)}
    status = 200
    if asked and form.is_valid():
        key, year = form.cleaned_data["system"], form.cleaned_data["fiscal_year"]
        version = _version(key, province.pk if province is not None else None)
        if request.method == "POST":
            try:
                opened = acts.open_cycle(
                    system=key, fiscal_year=year, area=province, definition=version, actor=user, at=timezone.now()
                )
            except Refused as refusal:
                form.add_error(None, message_of(refusal))
                status = status_of(refusal)
            else:
                messages.success(request, _("เปิดปีแล้ว ทุกหน่วยงานเห็นงานของตนบนโต๊ะงาน"))
                return redirect("cycle", pk=opened.pk)
        planned = rulebook.planning_system(key) if version is None else rulebook.from_data(version.definition)
        context |= {"preview": years.preview_of(planned, year), "system": planned, "year": year}
    elif asked:
        status = 422
    return render(request, "web/years/open.html", context, status=status)


@route(who=SIGNED_IN)
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    """How a year stands: every step with its tasks by state."""
    found, today = _cycle(pk), timezone.localdate()
    events = sorted({s.event_window.event for s in cycles.system_running(found).steps if s.event_window is not None})
    standing = cycles.overview(found, on=today)
    context = {
        **_around(found),
        "steps": standing,
        "late": sum(step.late for step in standing),
        "finished": sum(step.finished for step in standing),
        "total": sum(step.total for step in standing),
        "events": found.events.order_by("event"),
        "event_form": EventForm(events=_events(events)) if events and _may_run(request, found) else None,
    }
    return render(request, "web/years/cycle.html", context)


@route(who=SIGNED_IN, methods=("POST",))
def cycle_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the day of an event; windows counted from it are dated."""
    found = _cycle(pk)
    events = sorted({s.event_window.event for s in cycles.system_running(found).steps if s.event_window is not None})
    form = EventForm(request.POST, events=_events(events))
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("cycle", pk=pk)
    try:
        acts.record_event(
            cycle=found,
            event=form.cleaned_data["event"],
            happened_on=form.cleaned_data["happened_on"],
            actor=cast(User, request.user),
            at=timezone.now(),
        )
    except Refused as refusal:
        messages.error(request, message_of(refusal))
    else:
        messages.success(request, _("บันทึกวันแล้ว ช่วงเวลาที่นับจากวันนี้มีกำหนดแล้ว"))
    return redirect("cycle", pk=pk)


@route(who=SIGNED_IN)
def cycle_step(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """The tasks of one step, body by body."""
    found = _cycle(pk)
    step = get_object_or_404(CycleStep, cycle=found, number=number)
    spec = tasks_spec(step, years.districts_of(found))
    context = {**_around(found), "step": step, "printed": cycles.system_running(found).step(number)}
    return show_list(request, "web/years/step.html", spec, task_rows(step, on=timezone.localdate()), context)


@route(who=SIGNED_IN)
def cycle_missing(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is missing, by district and by name, in the step asked for or the one that closes next."""
    found, today = _cycle(pk), timezone.localdate()
    steps = [step for step in cycles.overview(found, on=today) if step.total]
    asked = request.GET.get("step", "")
    chosen = next((s for s in steps if s.number == asked), None) or _pressing(steps) or (steps[0] if steps else None)
    context = {**_around(found), "steps": steps, "chosen": chosen}
    if chosen is not None:
        step = get_object_or_404(CycleStep, pk=chosen.pk)
        places = years.missing_of(step, on=today)
        reminders, reminder_count = first_and_count(cycles.to_remind(found, on=today).filter(step=step), REMINDED)
        context |= {
            "places": places,
            "received": sum(place.received for _area, place in places),
            "total": sum(place.total for _area, place in places),
            "reminders": reminders,
            "reminded": queries.visible_to(cast(User, request.user), on=today).filter(step=step).order_by("-pk")[:5],
            "reminder_count": reminder_count,
            "may_remind": senders_of(cast(User, request.user), on=today).filter(area=found.area).exists(),
        }
    return render(request, "web/years/missing.html", context)


@route(who=SIGNED_IN)
def cycle_forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """What the last days before each close bring, and how the days were kept in other years."""
    found, today = _cycle(pk), timezone.localdate()
    loads = []
    for step in found.steps.filter(ends_before__gt=today).order_by("ends_before", "position"):
        days, known = cycles.load_forecast(step, on=today)
        if days:
            loads.append((step, days, max(day.expected for day in days) or 1, known))
    context = {**_around(found), "loads": loads, "kept": cycles.on_time_by_year(found.area, found.system)}
    return render(request, "web/years/forecast.html", context)


@route(who=SIGNED_IN)
def cycle_dry_run(request: HttpRequest, pk: int) -> HttpResponse:
    """What another calendar would do to this year; nothing is written."""
    found, today = _cycle(pk), timezone.localdate()
    province = found.area_id
    choices = _systems(province, drafts=True)
    asked = request.GET.get("system", "")
    context: dict[str, object] = {**_around(found), "choices": choices, "asked": asked}
    if asked in {key for key, _label in choices}:
        changed = _drafted(asked, province)
        context |= {"rows": cycles.dry_run(found, changed, on=today), "changed": changed}
    elif asked:
        raise Http404
    return render(request, "web/years/dry_run.html", context)


def _cycle(pk: int) -> Cycle:
    return get_object_or_404(Cycle.objects.select_related("area", "definition"), pk=pk)


def _title(found: Cycle) -> str:
    return cycles.system_running(found).title.say(language())


def _around(found: Cycle) -> dict[str, object]:
    return {"cycle": found, "title": _title(found), "reference": cycles.system_running(found).reference}


def _may_run(request: HttpRequest, found: Cycle) -> bool:
    return access.can_open_cycle(cast(User, request.user), area=found.area, on=timezone.localdate())


def _pressing(steps: list[cycles.StepStanding]) -> cycles.StepStanding | None:
    """The step with something missing that closes, or closed, most recently."""
    behind = [step for step in steps if step.finished < step.total and step.ends_before is not None]
    late = [step for step in behind if step.late]
    return late[-1] if late else next(iter(behind), None)


def _events(keys: list[str]) -> list[tuple[str, str]]:
    return [(key, str(EVENTS.get(key, key))) for key in keys]


def _systems(province: int | None, *, drafts: bool = False) -> list[tuple[str, str]]:
    """The shipped systems and the province's own, by title; drafts where they may be tried."""
    shipped = [(system.key, system.title.say(language())) for system in rulebook.load().systems]
    own = SystemVersion.objects.filter(area=province) if province is not None else SystemVersion.objects.none()
    if not drafts:
        own = own.filter(published_at__isnull=False)
    seen = {}
    for version in own.order_by("key", "number"):
        seen[version.key] = rulebook.from_data(version.definition).title.say(language())
    return [*shipped, *seen.items()]


def _version(key: str, province: int | None) -> SystemVersion | None:
    """The province's own latest published version of a key; None for a shipped system."""
    if province is None:
        return None
    own = SystemVersion.objects.filter(area=province, key=key, published_at__isnull=False)
    return own.order_by("-number").first()


def _drafted(key: str, province: int | None) -> rulebook.PlanningSystem:
    own = SystemVersion.objects.filter(area=province, key=key) if province is not None else SystemVersion.objects.none()
    version = own.order_by("-number").first()
    return rulebook.planning_system(key) if version is None else rulebook.from_data(version.definition)
