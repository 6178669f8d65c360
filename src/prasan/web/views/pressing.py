"""One press of a button: the act, what came of it in words, and where to go then."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from prasan.accounts.models import User
from prasan.common.errors import Refused
from prasan.web.views.records import message_of


def seen_version(request: HttpRequest) -> int | None:
    """The version of the record that the page showed, if it said so."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else None


def press(
    request: HttpRequest,
    act: Callable[[User, int | None], object],
    done: str,
    to: str,
    *args: int,
    otherwise: tuple[str, int] | None = None,
) -> HttpResponse:
    """Do the act with the version that was seen, then go to `to`, or where it was refused to `otherwise`."""
    try:
        act(cast(User, request.user), seen_version(request))
    except Refused as refusal:
        messages.error(request, message_of(refusal))
        return redirect(*otherwise) if otherwise is not None else redirect(to, *args)
    messages.success(request, done)
    return redirect(to, *args)
