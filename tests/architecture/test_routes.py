"""House rule 10: every route says who may use it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from prasan.web.routes import Who


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def test_every_route_declares_who_may_use_it_and_how() -> None:
    found = list(routes(get_resolver().url_patterns))
    assert len(found) > 20
    silent = [str(one.pattern) for one in found if not isinstance(getattr(one.callback, "who", None), Who)]
    assert silent == []
    assert [str(one.pattern) for one in found if not getattr(one.callback, "methods", ())] == []
