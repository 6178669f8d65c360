"""Pages for what went wrong: what happened, why, and what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be read."""
    return render(request, "web/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the person may not do this."""
    return render(request, "web/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing at this address."""
    return render(request, "web/errors/404.html", {"path": request.path}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the database or the frame, which may be what broke."""
    return HttpResponse(loader.render_to_string("web/errors/500.html"), status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token no longer fits: the page was open too long, or cookies are off."""
    return render(request, "web/errors/stale_form.html", status=403)


def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: object = None) -> HttpResponse:
    """429: too many wrong passwords for one name from one place."""
    return render(request, "web/errors/locked_out.html", {"hide_find": True}, status=429)
