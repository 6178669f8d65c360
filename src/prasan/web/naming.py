"""What bodies are called where their registered name will not do: in English, and in few letters."""

import re

from prasan.agencies.models import Body, BodyKind
from prasan.areas.models import Area, AreaLevel

THAI = re.compile("[\u0e00-\u0e7f]")
ENGLISH = {
    BodyKind.SAO: "{place} Subdistrict Administrative Organization",
    BodyKind.PAO: "{place} Provincial Administrative Organization",
    BodyKind.DISTRICT: "{place} District",
    BodyKind.DISTRICT_COMMITTEE: "District Administration Committee of {place}",
    BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE: "District Local Development Plan Coordination Committee of {place}",
    BodyKind.PROVINCE: "{place} Province",
    BodyKind.PROVINCIAL_COMMITTEE: "Provincial Integrated Administration Committee of {place}",
    BodyKind.PROVINCIAL_LOCAL_PLAN_COMMITTEE: "Provincial Local Development Plan Coordination Committee of {place}",
}
"""English names by kind, as the bodies a province plans with are registered (agencies)."""

MUNICIPALITIES = {
    "เทศบาลนคร": ("{place} City Municipality", "ทน."),
    "เทศบาลเมือง": ("{place} Town Municipality", "ทม."),
    "เทศบาลตำบล": ("{place} Subdistrict Municipality", "ทต."),
}
SHORT = {
    BodyKind.SAO: ("องค์การบริหารส่วนตำบล", "อบต."),
    BodyKind.PAO: ("องค์การบริหารส่วนจังหวัด", "อบจ."),
    BodyKind.DISTRICT: ("อำเภอ", "อ."),
    BodyKind.DISTRICT_COMMITTEE: ("คณะกรรมการบริหารงานอำเภอ", "กบอ."),
    BodyKind.PROVINCIAL_COMMITTEE: ("คณะกรรมการบริหารงานจังหวัดแบบบูรณาการ", "ก.บ.จ. "),
    BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE: (
        "คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับอำเภอ",
        "กก.ประสานแผนฯ ",
    ),
    BodyKind.PROVINCIAL_LOCAL_PLAN_COMMITTEE: (
        "คณะกรรมการประสานแผนพัฒนาท้องถิ่นระดับจังหวัด",
        "กก.ประสานแผนฯ ",
    ),
}
SHORT_ENGLISH = (
    ("Subdistrict Administrative Organization", "SAO"),
    ("Provincial Administrative Organization", "PAO"),
    ("District Administration Committee of", "District Committee,"),
    ("Provincial Integrated Administration Committee of", "Provincial Committee,"),
    ("District Local Development Plan Coordination Committee of", "District Local Plan Committee,"),
    ("Provincial Local Development Plan Coordination Committee of", "Provincial Local Plan Committee,"),
)


def english_name(body: Body) -> str:
    """The English name: the registered one, or one made of kind and place; Thai where nothing can be said.

    A body that is not called after its place keeps its Thai name: its place would be the wrong name for it.
    """
    if body.name_en and not THAI.search(body.name_en):
        return body.name_en
    if body.kind == BodyKind.VILLAGE_COMMITTEE:
        return _village_committee(body)
    pattern = _pattern(body)
    area = body.area if pattern else None
    if area is None or not area.name_en or not body.name_th.endswith(area.name_th):
        return body.name_th
    return pattern.format(place=area.name_en)


def short_name(body: Body, *, language: str) -> str:
    """The name in few letters, as officers abbreviate it: ก.บ.จ. กาฬสินธุ์, อบต.เหนือ, กม. หมู่ 1."""
    if language == "en":
        name = english_name(body)
        for long, short in SHORT_ENGLISH:
            name = name.replace(long, short)
        return name
    if body.kind == BodyKind.VILLAGE_COMMITTEE and body.area is not None and body.area.moo is not None:
        return f"กม. หมู่ {body.area.moo}"
    if body.kind == BodyKind.MUNICIPALITY:
        for beginning, (_, short) in MUNICIPALITIES.items():
            if body.name_th.startswith(beginning):
                return short + body.name_th.removeprefix(beginning)
    long, short = SHORT.get(BodyKind(body.kind), ("", ""))
    if not long or not body.name_th.startswith(long):
        return body.name_th
    place = body.name_th.removeprefix(long).strip().removeprefix("จังหวัด").removeprefix("อำเภอ")
    return short + place


def _pattern(body: Body) -> str:
    if body.kind == BodyKind.MUNICIPALITY:
        for beginning, (english, _) in MUNICIPALITIES.items():
            if body.name_th.startswith(beginning):
                return english
    return ENGLISH.get(BodyKind(body.kind), "")


def _village_committee(body: Body) -> str:
    area: Area | None = body.area
    if area is None or area.moo is None or area.level not in (AreaLevel.VILLAGE, AreaLevel.COMMUNITY):
        return body.name_th
    return f"Village Committee, Moo {area.moo} {area.name_en or area.name_th}"
