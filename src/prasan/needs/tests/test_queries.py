"""Lists of needs, and which place lies in which across the trees."""

import pytest
from tests.cast import Cast, cast

from prasan.areas.models import Area, AreaLevel, AreaLink, Tree
from prasan.areas.services.closure import rebuild
from prasan.needs import queries
from prasan.needs.testing import make_need

pytestmark = pytest.mark.django_db


@pytest.fixture(name="stage")
def _stage() -> Cast:
    return cast()


def test_a_list_of_needs_takes_one_query_however_long(stage: Cast, django_assert_num_queries):
    for _ in range(5):
        make_need(body=stage.village_committee)
    with django_assert_num_queries(1):
        rows = [(n.code, n.area.name_th, n.body.name_th) for n in queries.standing_needs(area=stage.district)]
    assert len(rows) == 5


def test_needs_of_a_place_are_those_of_every_place_within_it(stage: Cast):
    near, far = make_need(body=stage.village_committee), make_need(body=stage.far_committee)
    assert list(queries.standing_needs(area=stage.tambon)) == [near]
    assert list(queries.standing_needs(area=stage.province, fiscal_year=2569)) == [near, far]
    assert list(queries.standing_needs(area=stage.other_district)) == []
    assert list(queries.standing_needs(area=stage.province, fiscal_year=2570)) == []


def test_a_village_lies_in_the_territory_that_covers_its_tambon(stage: Cast):
    territory = Area.objects.create(code="LAO-1", level=AreaLevel.LAO_TERRITORY, name_th="เขตเทศบาลแม่ใส")
    AreaLink.objects.create(tree=Tree.LAO_TERRITORY, parent=stage.district, child=territory)
    AreaLink.objects.create(tree=Tree.LAO_TERRITORY, parent=territory, child=stage.tambon)
    rebuild(Tree.LAO_TERRITORY, [stage.district.pk, territory.pk, stage.tambon.pk])
    assert queries.lies_within(stage.village, territory)
    assert not queries.lies_within(stage.far_village, territory)
    assert queries.lies_within(territory, stage.province)
    assert not queries.lies_within(stage.province, stage.village)
    assert queries.province_code_of(territory) == "56"


def test_a_place_wider_than_a_province_has_no_province_code(stage: Cast):
    cluster = Area.objects.create(code="17", level=AreaLevel.CLUSTER, name_th="เหนือตอนบน 2")
    assert [queries.province_code_of(a) for a in (stage.village, stage.province, cluster, None)] == [
        "56",
        "56",
        "00",
        "00",
    ]
