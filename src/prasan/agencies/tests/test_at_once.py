"""Two officers who name the same village or body at once get the same row."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, models

from prasan.agencies import services
from prasan.agencies.models import Body
from prasan.areas import services as areas
from prasan.areas.models import Area, AreaClosure
from prasan.journal.services import verify_chain

AT = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def at_once(act: Callable[[], models.Model]) -> set[int]:
    """Run the act in six connections together; the ids of the rows it gave."""
    start, found = threading.Barrier(6), []

    def officer() -> None:
        try:
            start.wait()
            found.append(act().pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=officer) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    return set(found)


def test_a_village_or_a_body_named_at_once_is_one_row():
    actor = get_user_model().objects.create(username="operator", is_superuser=True)
    areas.load_builtin_register(actor=actor, at=AT, province_code="56")
    for moo in range(1, 6):
        ids = at_once(
            lambda moo=moo: areas.find_or_register_village(subdistrict_code="560114", moo=moo, actor=actor, at=AT)
        )
        assert len(ids) == 1
    assert Area.objects.filter(level="VILLAGE").count() == 5
    assert AreaClosure.objects.filter(descendant__level="VILLAGE").count() == 25
    for name in ("อบต.แม่ใส", "กรมทางหลวงชนบท", "สำนักงานเกษตรจังหวัดพะเยา"):
        ids = at_once(
            lambda name=name: services.find_or_register_body(name=name, province_code="56", actor=actor, at=AT)
        )
        assert len(ids) == 1
    assert Body.objects.count() == 3
    at_once(lambda: services.ensure_province_bodies(province_code="56", actor=actor, at=AT)[0])
    assert Body.objects.count() == 3 + 4 + 27
    assert verify_chain() is None
