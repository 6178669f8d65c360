"""What bodies are called in English and in few letters, as tables."""

import pytest
from django.utils import translation

from prasan.agencies.models import Body, BodyKind
from prasan.areas.models import Area, AreaLevel
from prasan.web.naming import english_name, short_name
from prasan.web.wording import name_of

KALASIN = Area(code="46", level=AreaLevel.PROVINCE, name_th="กาฬสินธุ์", name_en="Kalasin")
MUEANG = Area(code="4601", level=AreaLevel.DISTRICT, name_th="เมืองกาฬสินธุ์", name_en="Mueang Kalasin")
NUEA = Area(code="460102", level=AreaLevel.SUBDISTRICT, name_th="เหนือ", name_en="Nuea")
VILLAGE = Area(code="46010205", level=AreaLevel.VILLAGE, name_th="บ้านโคกสิม", moo=5)
TERRITORY = Area(code="LAO-1", level=AreaLevel.LAO_TERRITORY, name_th="เขตเทศบาล")

SAO = (BodyKind.SAO, "องค์การบริหารส่วนตำบลเหนือ", NUEA)
PAO = (BodyKind.PAO, "องค์การบริหารส่วนจังหวัดกาฬสินธุ์", KALASIN)
TOWN = (BodyKind.MUNICIPALITY, "เทศบาลเมืองกาฬสินธุ์", KALASIN)
SMALL_TOWN = (BodyKind.MUNICIPALITY, "เทศบาลตำบลเหนือ", NUEA)
OTHER_TOWN = (BodyKind.MUNICIPALITY, "เทศบาลตำบลหนองสอ", NUEA)
OF_TERRITORY = (BodyKind.MUNICIPALITY, "เทศบาลตำบลหนองสอ", TERRITORY)
COMMITTEE = (BodyKind.DISTRICT_COMMITTEE, "คณะกรรมการบริหารงานอำเภอเมืองกาฬสินธุ์", MUEANG)
LOCAL_PLANS = (
    BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE,
    "คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับอำเภอ อำเภอเมืองกาฬสินธุ์",
    MUEANG,
)
PROVINCIAL = (BodyKind.PROVINCIAL_COMMITTEE, "คณะกรรมการบริหารงานจังหวัดแบบบูรณาการจังหวัดกาฬสินธุ์", KALASIN)
VILLAGERS = (BodyKind.VILLAGE_COMMITTEE, "คณะกรรมการหมู่บ้าน บ้านโคกสิม หมู่ที่ 5", VILLAGE)
DEPARTMENT = (BodyKind.DEPARTMENT, "กรมทางหลวงชนบท", None)

Case = tuple[str, str, Area | None]


def body(case: Case, name_en: str = "") -> Body:
    kind, name_th, area = case
    return Body(kind=kind, name_th=name_th, name_en=name_en, area=area)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (SAO, "Nuea Subdistrict Administrative Organization"),
        (PAO, "Kalasin Provincial Administrative Organization"),
        (TOWN, "Kalasin Town Municipality"),
        (SMALL_TOWN, "Nuea Subdistrict Municipality"),
        (COMMITTEE, "District Administration Committee of Mueang Kalasin"),
        (LOCAL_PLANS, "District Local Development Plan Coordination Committee of Mueang Kalasin"),
        (PROVINCIAL, "Provincial Integrated Administration Committee of Kalasin"),
        (VILLAGERS, "Village Committee, Moo 5 บ้านโคกสิม"),
        # Nothing can be said: it is not called after its place, or has none.
        (OTHER_TOWN, "เทศบาลตำบลหนองสอ"),
        (OF_TERRITORY, "เทศบาลตำบลหนองสอ"),
        (DEPARTMENT, "กรมทางหลวงชนบท"),
    ],
)
def test_a_body_without_an_english_name_is_called_by_its_kind_and_place(case: Case, said: str) -> None:
    assert english_name(body(case)) == said
    with translation.override("en"):
        assert name_of(body(case)) == said
    with translation.override("th"):
        assert name_of(body(case)) == case[1]


def test_a_registered_english_name_is_kept_unless_it_is_thai() -> None:
    assert english_name(body(SAO, "Nuea SAO")) == "Nuea SAO"
    assert english_name(body(VILLAGERS, "Village Committee of บ้านโคกสิม หมู่ที่ 5")) == "Village Committee, Moo 5 บ้านโคกสิม"


@pytest.mark.parametrize(
    ("case", "thai", "english"),
    [
        (SAO, "อบต.เหนือ", "Nuea SAO"),
        (PAO, "อบจ.กาฬสินธุ์", "Kalasin PAO"),
        (TOWN, "ทม.กาฬสินธุ์", "Kalasin Town Municipality"),
        (SMALL_TOWN, "ทต.เหนือ", "Nuea Subdistrict Municipality"),
        (COMMITTEE, "กบอ.เมืองกาฬสินธุ์", "District Committee, Mueang Kalasin"),
        (LOCAL_PLANS, "กก.ประสานแผนฯ เมืองกาฬสินธุ์", "District Local Plan Committee, Mueang Kalasin"),
        (PROVINCIAL, "ก.บ.จ. กาฬสินธุ์", "Provincial Committee, Kalasin"),
        (VILLAGERS, "กม. หมู่ 5", "Village Committee, Moo 5 บ้านโคกสิม"),
        (DEPARTMENT, "กรมทางหลวงชนบท", "กรมทางหลวงชนบท"),
    ],
)
def test_the_bar_at_the_top_has_room_for_the_short_name(case: Case, thai: str, english: str) -> None:
    assert short_name(body(case), language="th") == thai
    assert short_name(body(case), language="en") == english
