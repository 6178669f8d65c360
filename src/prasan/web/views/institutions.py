"""The bodies the sources name: who an abbreviation meant in which year, and where each has a part."""

from django.http import HttpRequest, HttpResponse

from prasan.web.routes import ANYONE, route
from prasan.web.tables.institutions import SPEC, read_institutions
from prasan.web.views.listing import show_rows


@route(who=ANYONE)
def institutions(request: HttpRequest) -> HttpResponse:
    """Every body of the sources; anybody may read who does what."""
    return show_rows(request, "web/systems/institutions.html", SPEC, read_institutions(request))
