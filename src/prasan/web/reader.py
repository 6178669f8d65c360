"""For which bodies a reader acts: asked once a request, by the frame and by the page in it."""

from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.utils import timezone

from prasan.accounts.access import current
from prasan.accounts.models import User
from prasan.agencies.models import Body

_KNOWN: WeakKeyDictionary[HttpRequest, list[Body]] = WeakKeyDictionary()


def acting_for(request: HttpRequest) -> list[Body]:
    """The bodies the reader holds a role in today, with their places; none for a stranger."""
    if request not in _KNOWN:
        _KNOWN[request] = _bodies_of(getattr(request, "user", None))
    return _KNOWN[request]


def _bodies_of(user: object) -> list[Body]:
    if not isinstance(user, User):
        return []
    held = current(timezone.localdate()).filter(user=user).values("body")
    return list(Body.objects.filter(pk__in=held).select_related("area").order_by("sort_key", "pk"))
