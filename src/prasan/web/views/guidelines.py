"""The guideline sets of the sources: the classes that projects of a year are sorted into."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prasan import rulebook
from prasan.web.queries.rulebook import CERTAINTIES
from prasan.web.routes import ANYONE, route


@route(who=ANYONE)
def guidelines(request: HttpRequest) -> HttpResponse:
    """Every set with its guidelines, its document and how certain it is; anybody may read them."""
    sets = [(one, CERTAINTIES[one.certainty]) for one in rulebook.load().guideline_sets]
    return render(request, "web/systems/guidelines.html", {"sets": sets})
