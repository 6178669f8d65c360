"""Answering for a list: a file when one is asked for, a fragment to htmx, else the whole page."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

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
    return file or _answer(request, template, {**(context or {}), "listing": read_list(request, spec, rows)})


def show_rows(
    request: HttpRequest,
    template: str,
    spec: ListSpec[Any, R],
    listing: Listing[R],
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The same for a list that is no table of the database."""
    return export_rows(request, spec, listing.rows) or _answer(
        request, template, {**(context or {}), "listing": listing}
    )


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, f"{template}#list" if fragment else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
