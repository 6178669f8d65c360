"""My desk: what waits for me."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from prasan.accounts.models import User
from prasan.web.queries import desk as reads
from prasan.web.reader import acting_for
from prasan.web.routes import SIGNED_IN, route


@route(who=SIGNED_IN)
def desk(request: HttpRequest) -> HttpResponse:
    """What is due, what waits for my answer, what came back."""
    today = timezone.localdate()
    user = cast(User, request.user)
    bodies = acting_for(request)
    context = {"desk": reads.desk_of(user, bodies, on=today), "today": today, "bodies": bodies}
    return render(request, "web/desk.html", context)
