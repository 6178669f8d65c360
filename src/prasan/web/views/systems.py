"""Planning systems: the shipped ones and the provinces' own, and the editor of a draft."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from prasan import rulebook
from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.common.errors import Refused
from prasan.cycles import access
from prasan.cycles import queries as cycles
from prasan.cycles import services as acts
from prasan.cycles.models import SystemVersion
from prasan.web.exports import attachment
from prasan.web.forms.systems import CopyForm, ImportForm, PublishForm, StepForm, initial_of
from prasan.web.queries.calendars import system_called
from prasan.web.queries.drafts import effects_of
from prasan.web.queries.rulebook import CERTAINTIES
from prasan.web.routes import ANYONE, SIGNED_IN, route
from prasan.web.views.pressing import seen_version
from prasan.web.views.records import message_of, status_of
from prasan.web.wording import event_words, language, name_of

LARGEST_YAML = 1024 * 1024


@route(who=ANYONE)
def systems(request: HttpRequest) -> HttpResponse:
    """Every shipped system and every province's own, with where its days are from."""
    published = SystemVersion.objects.filter(published_at__isnull=False, area__isnull=False)
    published = published.select_related("area", "author").order_by("key", "-number")
    own = [(one, rulebook.from_data(one.definition).title.say(language())) for one in published]
    areas = _areas(request)
    drafts = SystemVersion.objects.filter(published_at=None, area__in=areas).select_related("area", "author")
    shipped = [(one.key, one.title.say(language()), one.reference, _summary(one)) for one in rulebook.load().systems]
    context = {"shipped": shipped, "own": own, "drafts": drafts, "may": bool(areas)}
    return render(request, "web/systems/systems.html", context)


@route(who=ANYONE)
def system(request: HttpRequest, key: str) -> HttpResponse:
    """One system: its steps with their citations, its versions, and what can be done with it."""
    return _system_page(request, _system(key))


@route(who=ANYONE)
def system_yaml(request: HttpRequest, key: str) -> HttpResponse:
    """The system as the file it can be read from."""
    return attachment(rulebook.to_yaml(_system(key)).encode(), f"{key}.yaml", "application/yaml")


@route(who=SIGNED_IN, methods=("POST",))
def copy(request: HttpRequest, key: str) -> HttpResponse:
    """Start the province's own system from this one."""
    found = _system(key)
    form = CopyForm(request.POST, areas=_choices(request))
    if form.is_valid():
        data = form.cleaned_data
        source = SystemVersion.objects.filter(key=key, published_at__isnull=False).order_by("-number").first()
        try:
            made = acts.draft_system(
                based_on=source or found.key, key=data["key"], area=_area(data["area"]), reason=data["reason"],
                actor=cast(User, request.user), at=timezone.now(),
            )  # fmt: skip
            return redirect("system_draft", pk=made.pk)
        except Refused as refusal:
            form.add_error(None, message_of(refusal))
            return _system_page(request, found, form=form, status=status_of(refusal))
    return _system_page(request, found, form=form, status=422)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def import_file(request: HttpRequest) -> HttpResponse:
    """A system from a YAML file; an unfit file is told by its line, and nothing of it is kept."""
    areas = _choices(request)
    if request.method != "POST":
        return render(request, "web/systems/import.html", {"form": ImportForm(areas=areas)})
    form, status = ImportForm(request.POST, request.FILES, areas=areas), 422
    if form.is_valid():
        data, upload = form.cleaned_data, form.cleaned_data["upload"]
        try:
            made = acts.import_system(
                text=upload.read(LARGEST_YAML).decode("utf-8", errors="replace"), file=upload.name,
                area=_area(data["area"]), reason=data["reason"], actor=cast(User, request.user), at=timezone.now(),
            )  # fmt: skip
            return redirect("system_draft", pk=made.pk)
        except Refused as refusal:
            form.add_error(None, message_of(refusal))
            status = status_of(refusal)
    return render(request, "web/systems/import.html", {"form": form}, status=status)


@route(who=SIGNED_IN, methods=("GET", "POST"))
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor: every step, the one being changed, and the conflicts of the windows as they stand."""
    found = _draft(request, pk)
    if request.method != "POST":
        return _draft_page(request, found, number=request.GET.get("step", ""))
    form = StepForm(request.POST, system=rulebook.from_data(found.definition))
    number = request.POST.get("number", "")
    if not form.is_valid():
        return _draft_page(request, found, number=number, form=form, status=422)
    try:
        acts.change_step(
            definition=found, number=number, changes=form.changes(), actor=cast(User, request.user),
            at=timezone.now(), seen_version=form.cleaned_data["version"],
        )  # fmt: skip
    except Refused as refusal:
        return _refused(request, found, form, refusal, number)
    messages.success(request, _("บันทึกขั้นตอนแล้ว"))
    return redirect("system_draft", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def step_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more step, at the end."""
    found = _draft(request, pk)
    form = StepForm(request.POST, system=rulebook.from_data(found.definition))
    if not form.is_valid():
        return _draft_page(request, found, add=form, status=422)
    # What the officer's own step says of its source is that the province made it.
    rest: dict[str, Any] = {
        "detail": "",
        "input": "",
        "output": "",
        "gate": "",
        "next": "—",
        "printed": "—",
        "source": found.key,
    }
    step = rulebook.Step(number=form.cleaned_data["number"], **rest, **form.changes())
    try:
        acts.add_step(
            definition=found, step=step, actor=cast(User, request.user), at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _draft_page(request, found, add=form, status=status_of(refusal))
    return redirect("system_draft", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def step_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step out."""
    found = _draft(request, pk)
    try:
        acts.remove_step(
            definition=found, number=request.POST.get("number", ""), actor=cast(User, request.user),
            at=timezone.now(), seen_version=seen_version(request),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, message_of(refusal))
    return redirect("system_draft", pk=pk)


@route(who=SIGNED_IN, methods=("POST",))
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the draft for good."""
    found, form = _draft(request, pk), PublishForm(request.POST)
    if not form.is_valid():
        return _draft_page(request, found, publishing=form, status=422)
    try:
        acts.publish_system(
            definition=found, reason=form.cleaned_data["reason"], actor=cast(User, request.user), at=timezone.now(),
            seen_version=form.cleaned_data["version"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, message_of(refusal))
        return _draft_page(request, found, publishing=form, status=status_of(refusal))
    messages.success(request, _("ประกาศใช้ระบบแผนแล้ว"))
    return redirect("system", key=found.key)


def _refused(request: HttpRequest, found: SystemVersion, form: StepForm, refusal: Refused, number: str) -> HttpResponse:
    form.add_error(None, message_of(refusal))
    return _draft_page(request, found, number=number, form=form, status=status_of(refusal))


def _areas(request: HttpRequest) -> list[Area]:
    if not isinstance(request.user, User):
        return []
    return list(access.own_provinces(request.user, on=timezone.localdate()))


def _choices(request: HttpRequest) -> list[tuple[str, str]]:
    return [(area.code, name_of(area)) for area in _areas(request)]


def _area(code: str) -> Area:
    return Area.objects.get(code=code)


def _system(key: str) -> rulebook.PlanningSystem:
    found = system_called(key)
    if found is None:
        raise Http404
    return found


def _draft(request: HttpRequest, pk: int) -> SystemVersion:
    # A draft is seen by those who may write it; for others it is not there yet.
    return get_object_or_404(SystemVersion, pk=pk, published_at=None, area__in=_areas(request))


def _summary(found: rulebook.PlanningSystem) -> list[tuple[object, int]]:
    """Where the dates of the steps come from, in words, and of how many."""
    marks = [step.certainty for step in found.steps]
    return [(words, marks.count(mark)) for mark, words in CERTAINTIES.items() if mark in marks]


def _system_page(
    request: HttpRequest, found: rulebook.PlanningSystem, *, form: CopyForm | None = None, status: int = 200
) -> HttpResponse:
    areas = _choices(request)
    context = {
        "system": found,
        "title": found.title.say(language()),
        "description": found.description.say(language()),
        "steps": _rows(found),
        "versions": SystemVersion.objects.filter(key=found.key, published_at__isnull=False)
        .select_related("author", "area")
        .order_by("-number"),
        "copy_form": (form or CopyForm(areas=areas)) if areas else None,
        "form": form,
    }
    return render(request, "web/systems/system.html", context, status=status)


def _rows(found: rulebook.PlanningSystem) -> list[tuple[rulebook.Step, str, str, str, str, object]]:
    calendar = cycles.calendar_in(found, found.example_fiscal_year)
    lang = language()
    windows = [
        cycles.window_text(dated.starts_on, dated.ends_before, lang) or event_words(step)
        for dated, step in zip(calendar.steps, found.steps, strict=True)
    ]
    return [
        (
            step,
            step.name.say(lang),
            cycles.lane_name(step.lane, lang),
            cycles.doers(step, lang),
            window,
            CERTAINTIES[step.certainty],
        )
        for step, window in zip(found.steps, windows, strict=True)
    ]


def _draft_page(
    request: HttpRequest,
    found: SystemVersion,
    *,
    number: str = "",
    form: StepForm | None = None,
    add: StepForm | None = None,
    publishing: PublishForm | None = None,
    status: int = 200,
) -> HttpResponse:
    whole = rulebook.from_data(found.definition)
    seen = {"version": found.version}
    step = next((one for one in whole.steps if one.number == number), None)
    conflicts = rulebook.conflicts(rulebook.instantiate(whole, whole.example_fiscal_year))
    context = {
        "draft": found,
        "title": whole.title.say(language()),
        "steps": _rows(whole),
        "number": number,
        "step_form": form or (StepForm(initial=initial_of(step, found.version), system=whole) if step else None),
        "add_form": add or StepForm(initial=seen, system=whole),
        "publish_form": publishing or PublishForm(initial=seen),
        "effects": effects_of(found, on=timezone.localdate()),
        "conflicts": [(one.rule, one.message.say(language())) for one in conflicts],
        "form": form or add or publishing,
    }
    return render(request, "web/systems/draft.html", context, status=status)
