"""Answering for a list: a file when one is asked for, a fragment to htmx, else the whole page."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from prasan.web.exports import export, export_rows
from prasan.web.lists import Listing, ListSpec, read_list

M = TypeVar("M", bound=Model)
R = TypeVar("R")


def show_list(
    request: HttpRequest,
    template: str,
    spec: ListSpec[M, R],
    rows: QuerySet[M],
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show one list under a page head; the template's partial `list` is what htmx swaps."""
    file = export(request, spec, rows)
    return file or answer(request, template, {**(context or {}), "listing": read_list(request, spec, rows)})


def show_rows(
    request: HttpRequest,
    template: str,
    spec: ListSpec[Any, R],
    listing: Listing[R],
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The same for a list that is no table of the database."""
    return export_rows(request, spec, listing.rows) or answer(
        request, template, {**(context or {}), "listing": listing}
    )


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, part: str = "list") -> HttpResponse:
    """The page, or to htmx that part of it; what htmx restores from its history is the whole page.

    A cache keeps the two apart by the header that asked.
    """
    asked: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    fragment = asked and not asked.history_restore_request
    response = render(request, f"{template}#{part}" if fragment else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
