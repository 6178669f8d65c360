"""The rule browser: all rules of the sources, and one rule with its eras, values, checks and findings."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from prasan import rulebook
from prasan.plans import queries
from prasan.plans.models import FindingState
from prasan.rulebook.cases import cases_of
from prasan.web.queries import rulebook as book
from prasan.web.routes import ANYONE, route
from prasan.web.tables import rules as tables
from prasan.web.views.listing import show_rows
from prasan.web.wording import language


@route(who=ANYONE)
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule; anybody may read the law."""
    return show_rows(request, "web/rules/rules.html", tables.SPEC, tables.read_rules(request))


@route(who=ANYONE)
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule; how many findings cite it is for those who are signed in."""
    try:
        found = rulebook.load().rule(rule_id)
    except rulebook.UnableToFindInRulebook as refusal:
        raise Http404 from refusal
    counts = queries.findings_by_state(found.id) if request.user.is_authenticated else {}
    context = {
        "rule": found,
        "title": found.title.say(language()),
        "state": found.state_on(timezone.localdate()),
        "topic": book.TOPICS[found.topic],
        "kind": book.KINDS[found.kind],
        "certainty": book.CERTAINTIES[found.certainty],
        "uncertain": found.certainty != "S",
        "kept_by": book.kept_by(found),
        "eras": book.eras_in_order(found.eras),
        "values": book.values_of(found),
        "cases": cases_of(found.id),
        "counts": [(state.value, counts[state.value]) for state in FindingState if state.value in counts],
    }
    return render(request, "web/rules/rule.html", context)
