"""Who may use a route: the one decorator every view carries, read back by tests/architecture."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponse]


class Who(Enum):
    """The audience of a route. What a signed-in person may do there is decided by the rooms' access.py."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"


ANYONE = Who.ANYONE
SIGNED_IN = Who.SIGNED_IN


def route(*, who: Who, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Declare who may use a view and by which methods; strangers are sent to sign in and brought back.

    The declaration stays readable on the view as `view.who` and `view.methods`.
    """
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            if who is Who.SIGNED_IN and not request.user.is_authenticated:
                # Only a page can be come back to; a form that was sent in vain starts over at the desk.
                back = request.get_full_path() if request.method in ("GET", "HEAD") else "/desk/"
                door = f"{settings.LOGIN_URL}?next={quote(back)}"
                # A fragment must not be filled with the sign-in page: htmx is told to go there as a whole.
                return HttpResponseClientRedirect(door) if getattr(request, "htmx", False) else redirect(door)
            return view(request, *args, **kwargs)

        guarded.who = who  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        return guarded

    return declare
