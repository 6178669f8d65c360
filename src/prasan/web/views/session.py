"""Signing in and out, and the reader's language."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.i18n import set_language

from prasan.accounts.models import User
from prasan.web.queries import desk
from prasan.web.routes import ANYONE, route

HOME = "/desk/"


@dataclass(frozen=True, slots=True)
class DemonstrationPerson:
    """Somebody of the demonstration one may be with one press."""

    username: str
    name: str
    roles: tuple[str, ...]


def demonstration_on() -> bool:
    """Whether this installation shows the demonstration: then anybody may be one of its people."""
    return bool(settings.PRASAN_DEMO)


@route(who=ANYONE, methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; on a demonstration offer its people by name and role."""
    after = _after(request)
    if request.user.is_authenticated and request.method == "GET":
        return redirect(after)
    username, failed = "", False
    if request.method == "POST":
        username = request.POST.get("username", "").strip()
        user = authenticate(request, username=username, password=request.POST.get("password", ""))
        if user is not None:
            login(request, user)
            return redirect(after)
        failed = True
    context = {
        "username": username,
        "failed": failed,
        "next": after,
        "people": _people() if demonstration_on() else [],
        "hide_find": True,
    }
    return render(request, "web/sign_in.html", context, status=422 if failed else 200)


@route(who=ANYONE, methods=("POST",))
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Be one of the demonstration's people; elsewhere this door does not exist."""
    if not demonstration_on():
        return HttpResponseNotFound()
    people = User.objects.filter(is_active=True, is_superuser=False, is_staff=False, memberships__isnull=False)
    user = get_object_or_404(people.distinct(), username=request.POST.get("username", ""))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(_after(request))


@route(who=ANYONE, methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, _("ออกจากระบบแล้ว"))
    return redirect("home")


@route(who=ANYONE, methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language asked for and go back to the page one was on."""
    response: HttpResponse = set_language(request)
    return response


def _after(request: HttpRequest) -> str:
    """Where to go then; only an address of this very site."""
    wanted = request.POST.get("next") or request.GET.get("next") or HOME
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return HOME


def _people() -> list[DemonstrationPerson]:
    return [
        DemonstrationPerson(person.username, str(person), person.roles)
        for person in desk.people_with_roles(timezone.localdate())
    ]
