"""The named cast of the tests: one place with three levels of bodies, five people, one cycle year, fixed dates.

Phayao (พะเยา): the villages หมู่ 1 and หมู่ 2 of ต.แม่ใส and หมู่ 1 of ต.แม่กา in อ.เมืองพะเยา, and อ.จุน as the
district next door. Every test that needs people and bodies calls `cast()` and speaks of them by name.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.test import Client

from prasan.accounts.models import Membership, Role, User
from prasan.accounts.services import system_actor
from prasan.agencies.models import Body, BodyKind
from prasan.areas.models import Area, AreaLevel, AreaLink, Tree
from prasan.areas.services.closure import rebuild
from prasan.common.text import search_key, sort_key
from prasan.cycles.models import Cycle

YEAR = 2569
BANGKOK = ZoneInfo("Asia/Bangkok")
FORUM_DAY = dt.date(2025, 1, 15)


def moment(day: int, hour: int = 9) -> dt.datetime:
    """A moment of the cycle: `day` days after the forum of 15 January 2568, Thai time."""
    return dt.datetime.combine(FORUM_DAY, dt.time(hour), tzinfo=BANGKOK) + dt.timedelta(days=day)


@dataclass(frozen=True)
class Cast:
    """Everybody and every place, by name."""

    system: User
    # places
    province: Area
    district: Area
    other_district: Area
    tambon: Area
    other_tambon: Area
    village: Area
    other_village: Area
    far_village: Area
    # bodies: village, LAO, district, province
    village_committee: Body
    other_committee: Body
    far_committee: Body
    sao: Body
    other_sao: Body
    district_office: Body
    district_committee: Body
    district_local: Body
    other_district_committee: Body
    other_district_local: Body
    province_office: Body
    provincial_committee: Body
    provincial_local: Body
    pao: Body
    highways: Body  # the provincial office of a department
    department: Body
    # five people
    somsri: User  # secretary of the village committee
    wichai: User  # plan analyst of the อบต.
    duangjai: User  # plan analyst of the district
    prasit: User  # plan analyst of the province
    malee: User  # plan analyst of the PAO
    # two who must be refused
    stranger: User  # holds no role at all
    clerk: User  # sits in the village committee, the อบต., district, province and PAO without a planning role
    cycle: Cycle


def cast() -> Cast:
    """Put the cast on stage: one call writes every row."""
    places = _places()
    bodies = _bodies(places)
    people = {name: _person(name, title) for name, title in PEOPLE.items()}
    for name, role, body in ROLES:
        Membership.objects.create(user=people[name], body=bodies[body], role=role)
    for body in ("village_committee", "sao", "district_office", "province_office", "pao"):
        Membership.objects.create(user=people["clerk"], body=bodies[body], role=Role.INSPECTOR)
    cycle = Cycle.objects.create(system="moi_2559", fiscal_year=YEAR, opened_at=moment(-14))
    return Cast(system=system_actor(), cycle=cycle, **places, **bodies, **people)


PEOPLE = {
    "somsri": "สมศรี เลขานุการ กม. บ้านร่องไฮ",
    "wichai": "วิชัย นักวิเคราะห์ อบต.แม่ใส",
    "duangjai": "ดวงใจ ปลัดอำเภอเมืองพะเยา",
    "prasit": "ประสิทธิ์ สำนักงานจังหวัดพะเยา",
    "malee": "มาลี อบจ.พะเยา",
    "stranger": "คนนอก",
    "clerk": "ธุรการ",
}
ROLES = (
    ("somsri", Role.VILLAGE_SECRETARY, "village_committee"),
    ("wichai", Role.PLAN_ANALYST, "sao"),
    ("duangjai", Role.PLAN_ANALYST, "district_office"),
    ("prasit", Role.PLAN_ANALYST, "province_office"),
    ("malee", Role.PLAN_ANALYST, "pao"),
)


def _person(name: str, title: str) -> User:
    return User.objects.create(username=name, display_name=title)


def _places() -> dict[str, Area]:
    province = _area("56", AreaLevel.PROVINCE, "พะเยา")
    district = _area("5601", AreaLevel.DISTRICT, "เมืองพะเยา", province)
    other_district = _area("5602", AreaLevel.DISTRICT, "จุน", province)
    tambon = _area("560114", AreaLevel.SUBDISTRICT, "แม่ใส", district)
    other_tambon = _area("560107", AreaLevel.SUBDISTRICT, "แม่กา", district)
    places = {
        "province": province,
        "district": district,
        "other_district": other_district,
        "tambon": tambon,
        "other_tambon": other_tambon,
        "village": _area("56011401", AreaLevel.VILLAGE, "บ้านร่องไฮ", tambon, 1),
        "other_village": _area("56011402", AreaLevel.VILLAGE, "บ้านแม่ใสกลาง", tambon, 2),
        "far_village": _area("56010701", AreaLevel.VILLAGE, "บ้านแม่กา", other_tambon, 1),
    }
    rebuild(Tree.ADMINISTRATIVE, [place.pk for place in places.values()])
    return places


def _area(code: str, level: str, name: str, parent: Area | None = None, moo: int | None = None) -> Area:
    area = Area.objects.create(code=code, level=level, name_th=name, sort_key=sort_key(name), moo=moo)
    if parent is not None:
        AreaLink.objects.create(tree=Tree.ADMINISTRATIVE, parent=parent, child=area)
    return area


def _bodies(places: dict[str, Area]) -> dict[str, Body]:
    kinds = BodyKind
    wanted = {
        "village_committee": (kinds.VILLAGE_COMMITTEE, "กม. บ้านร่องไฮ", "village"),
        "other_committee": (kinds.VILLAGE_COMMITTEE, "กม. บ้านแม่ใสกลาง", "other_village"),
        "far_committee": (kinds.VILLAGE_COMMITTEE, "กม. บ้านแม่กา", "far_village"),
        "sao": (kinds.SAO, "องค์การบริหารส่วนตำบลแม่ใส", "tambon"),
        "other_sao": (kinds.SAO, "องค์การบริหารส่วนตำบลแม่กา", "other_tambon"),
        "district_office": (kinds.DISTRICT, "อำเภอเมืองพะเยา", "district"),
        "district_committee": (kinds.DISTRICT_COMMITTEE, "กบอ. เมืองพะเยา", "district"),
        "district_local": (kinds.DISTRICT_LOCAL_PLAN_COMMITTEE, "คณะกรรมการประสานแผนฯ อ.เมืองพะเยา", "district"),
        "other_district_committee": (kinds.DISTRICT_COMMITTEE, "กบอ. จุน", "other_district"),
        "other_district_local": (kinds.DISTRICT_LOCAL_PLAN_COMMITTEE, "คณะกรรมการประสานแผนฯ อ.จุน", "other_district"),
        "province_office": (kinds.PROVINCE, "จังหวัดพะเยา", "province"),
        "provincial_committee": (kinds.PROVINCIAL_COMMITTEE, "ก.บ.จ. พะเยา", "province"),
        "provincial_local": (kinds.PROVINCIAL_LOCAL_PLAN_COMMITTEE, "คณะกรรมการประสานแผนฯ จ.พะเยา", "province"),
        "pao": (kinds.PAO, "องค์การบริหารส่วนจังหวัดพะเยา", "province"),
        "highways": (kinds.PROVINCIAL_OFFICE, "แขวงทางหลวงชนบทพะเยา", "province"),
        "department": (kinds.DEPARTMENT, "กรมทางหลวงชนบท", None),
    }
    return {
        key: Body.objects.create(
            code=key.upper(),
            kind=kind,
            name_th=name,
            name_key=search_key(name),
            sort_key=sort_key(name),
            area=places[area] if area else None,
        )
        for key, (kind, name, area) in wanted.items()
    }


def signed_in(person: User) -> Client:
    """A browser in which somebody has signed in."""
    client = Client()
    client.force_login(person)
    return client
