"""The calendar of the running planning system, on the page and as files; two side by side; secret feeds."""

from dataclasses import replace
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from prasan import rulebook
from prasan.accounts.models import User
from prasan.common.dates import parse_fiscal_year
from prasan.common.errors import Refused
from prasan.cycles import queries as cycles
from prasan.cycles import services as acts
from prasan.cycles.models import CalendarFeed, Cycle
from prasan.web.exports import XLSX, attachment
from prasan.web.queries import calendars, steps
from prasan.web.reader import acting_for
from prasan.web.routes import ANYONE, SIGNED_IN, route
from prasan.web.views.records import message_of
from prasan.web.wording import language

ICS = "text/calendar; charset=utf-8"


@route(who=ANYONE)
def calendar(request: HttpRequest) -> HttpResponse:
    """The running cycle: drawn, as the table of twelve months, and as a list with days left."""
    bodies = acting_for(request)
    choices = calendars.cycles_for(bodies, request.GET.get("province", ""))
    chosen = _chosen(request, choices)
    context: dict[str, object] = {"cycle": chosen, "cycles": [(one.pk, calendars.label_of(one)) for one in choices]}
    if chosen is not None:
        context |= _shown(request, chosen, [body.pk for body in bodies])
    return render(request, "web/calendar.html", context)


def _chosen(request: HttpRequest, choices: list[Cycle]) -> Cycle | None:
    asked = request.GET.get("cycle", "")
    if asked.isdecimal():
        return get_object_or_404(Cycle.objects.select_related("area", "definition"), pk=asked)
    own = next((one for one in choices if one.area_id is not None), None)
    return own or steps.running_cycle(timezone.localdate())


def _shown(request: HttpRequest, chosen: Cycle, bodies: list[int]) -> dict[str, object]:
    today, lang = timezone.localdate(), language()
    whole = cycles.calendar_of(chosen)
    by, start = request.GET.get("by", ""), _start_month(request)
    drawing = cycles.calendar_svg(
        cycles.by_body(whole.steps, lang) if by == "body" else whole.steps,
        fiscal_year=chosen.fiscal_year,
        title=whole.title(lang),
        today=today,
        language=lang,
        mine=cycles.numbers_of(chosen, bodies) if bodies else None,
        standings=cycles.standings(chosen, on=today),
    )
    system = cycles.system_running(chosen)
    return {
        "title": whole.title(lang),
        "reference": whole.reference,
        # Our own drawing, every text in it escaped where it is made.
        "drawing": mark_safe(drawing),  # noqa: S308
        "steps": steps.steps_of(chosen, on=today),
        "by": by,
        "start": start,
        "months": _months(whole, start),
        "phone": calendars.by_month(whole.steps),
        "conflicts": _said(rulebook.conflicts(rulebook.instantiate(system, chosen.fiscal_year))),
    }


def _start_month(request: HttpRequest) -> int:
    asked = request.GET.get("start", "")
    return int(asked) if asked.isdecimal() and 1 <= int(asked) <= 12 else 5


def _months(whole: cycles.Calendar, start: int) -> dict[str, object]:
    steps = [replace(step, responsible=cycles.doers(step, language())) for step in whole.steps]
    table = cycles.month_table(steps, start_month=start, language=language())
    return {"names": [cycles.month_name(month, language()) for month in table.months], "rows": table.rows}


def _said(found: tuple[rulebook.Conflict, ...]) -> list[tuple[str, str]]:
    return [(one.rule, one.message.say(language())) for one in found]


@route(who=ANYONE)
def calendar_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The cycle as a file for calendars, spreadsheets, pictures and programs."""
    cycle = get_object_or_404(Cycle.objects.select_related("definition"), pk=pk)
    whole = cycles.calendar_of(cycle)
    name = f"calendar-{cycle.system}-{cycle.fiscal_year}.{ending}"
    if ending == "ics":
        return attachment(cycles.calendar_ics(whole, language=language()), name, ICS)
    if ending == "xlsx":
        content = cycles.calendar_xlsx(whole, language=language(), start_month=_start_month(request))
        return attachment(content, name, XLSX)
    if ending == "json":
        return attachment(cycles.calendar_json(whole).encode(), name, "application/json")
    if ending == "svg":
        drawn = cycles.calendar_svg(
            whole.steps, fiscal_year=cycle.fiscal_year, title=whole.title(language()), language=language()
        )
        return attachment(drawn.encode(), name, "image/svg+xml")
    raise Http404


@route(who=ANYONE)
def compare(request: HttpRequest) -> HttpResponse:
    """Two systems on one axis of months, and where their windows differ; they are shown, not merged (D06)."""
    choices = calendars.system_choices()
    keys = (request.GET.get("a", choices[0][0]), request.GET.get("b", choices[-1][0]))
    year, context = request.GET.get("year", ""), {"choices": choices, "a": keys[0], "b": keys[1]}
    first, second = (calendars.system_called(key) for key in keys)
    if first is None or second is None:
        raise Http404
    try:
        served = parse_fiscal_year(year) if year else first.example_fiscal_year
        one, other = (cycles.calendar_in(system, served) for system in (first, second))
    except Refused as refusal:
        said = {**context, "year": year, "refusal": message_of(refusal)}
        return render(request, "web/calendar_compare.html", said, status=422)
    lang = language()
    drawing = cycles.calendar_svg(
        cycles.side_by_side(one, other, lang),
        fiscal_year=served,
        title=f"{one.title(lang)} ↔ {other.title(lang)}",
        today=timezone.localdate(),
        language=lang,
    )
    shown = {
        "year": served,
        "first": one.title(lang),
        "second": other.title(lang),
        "drawing": mark_safe(drawing),  # noqa: S308
        "differences": [(row, _window(row.first), _window(row.second)) for row in cycles.differences(one, other)],
    }
    return render(request, "web/calendar_compare.html", {**context, **shown})


def _window(step: cycles.CalendarStep | None) -> str:
    return cycles.window_text(step.starts_on, step.ends_before, language()) if step else ""


@route(who=SIGNED_IN, methods=("GET", "POST"))
def feeds(request: HttpRequest) -> HttpResponse:
    """The secret addresses of my bodies' calendars, and a new one."""
    bodies = acting_for(request)
    if request.method == "POST":
        body = next((one for one in bodies if str(one.pk) == request.POST.get("body")), None)
        if body is None:
            raise Http404
        acts.create_feed(body=body, actor=cast(User, request.user), at=timezone.now())
        messages.success(request, _("สร้างลิงก์แล้ว คัดลอกไปเพิ่มในโปรแกรมปฏิทิน"))
        return redirect("calendar_feeds")
    rows = CalendarFeed.objects.filter(body__in=bodies).select_related("body", "created_by").order_by("-created_at")
    root = request.build_absolute_uri("/calendar/feed/")
    return render(request, "web/calendar_feeds.html", {"feeds": rows, "bodies": bodies, "root": root})


@route(who=SIGNED_IN, methods=("POST",))
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an address back."""
    bodies = acting_for(request)
    found = get_object_or_404(CalendarFeed.objects.select_related("body"), pk=pk, body__in=bodies)
    try:
        acts.revoke_feed(feed=found, actor=cast(User, request.user), at=timezone.now())
        messages.success(request, _("ยกเลิกลิงก์แล้ว ลิงก์นี้ใช้ไม่ได้อีก"))
    except Refused as refusal:
        messages.error(request, message_of(refusal))
    return redirect("calendar_feeds")


@route(who=ANYONE)
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A body's tasks for whoever knows the secret; gone once it is taken back."""
    found = get_object_or_404(CalendarFeed.objects.select_related("body"), secret=secret)
    if found.revoked_at is not None:
        return HttpResponse(status=410)
    content = cycles.feed_ics(found.body.name_th, cycles.feed_tasks(found.body), language=language())
    response = attachment(content, "prasan.ics", ICS)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
