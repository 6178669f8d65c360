"""Pages anybody may read: the landing with its search, and places."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from prasan.areas.models import Area
from prasan.web.queries import maps, places
from prasan.web.routes import ANYONE, route
from prasan.web.views.listing import answer


@route(who=ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """The landing: find one's place, a project, or a code."""
    text = request.GET.get("q", "").strip()[:200]
    provinces = places.provinces_with_plans() if not text else []
    context = {
        "q": text,
        "found": places.search(text) if text else None,
        "provinces": provinces,
        "beginning": places.beginning(provinces),
        "hide_find": True,
    }
    return answer(request, "web/home.html", context, part="results")


@route(who=ANYONE)
def areas(request: HttpRequest) -> HttpResponse:
    """All provinces, those with plans first."""
    return render(request, "web/areas.html", {"busy": places.provinces_with_plans(), "all": places.provinces()})


@route(who=ANYONE)
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One place: what is asked and planned in it and below it."""
    found = get_object_or_404(Area, code=code)
    page = places.area_page(found, drafts_too=request.user.is_authenticated)
    context = {
        "page": page,
        "area": found,
        "map": maps.money_map(found, page.children),
        "most": max((year.satang for year in page.years), default=0),
        "total": sum(year.satang for year in page.years),
        "children_title": _("พื้นที่ภายใน"),
    }
    return render(request, "web/area.html", context)
