"""Who signs in to the demonstration: one person a role. Names are made up; the password is no secret."""

from dataclasses import dataclass

from prasan.accounts.models import Role
from prasan.demonstration import facts

PASSWORD = "prasan-demo"  # noqa: S105 - printed on the sign-in page of the demonstration on purpose


@dataclass(frozen=True, slots=True)
class Person:
    """A sign-in and the body it acts for, by the body's code."""

    username: str
    display_name: str
    role: Role
    body_code: str


def people(village_code: str, lao_code: str, district_code: str, agency_code: str) -> tuple[Person, ...]:
    """One person for each level of the demonstration."""
    province = facts.PROVINCE
    return (
        Person("village", "สมหมาย ใจดี (เลขานุการ กม.)", Role.VILLAGE_SECRETARY, f"KM-{village_code}"),
        Person("lao", "อรทัย แสงทอง (นักวิเคราะห์ อบต.)", Role.PLAN_ANALYST, lao_code),
        Person("district", "ประเสริฐ วงศ์คำ (เลขานุการ กบอ.)", Role.SECRETARY, f"GBO-{district_code}"),
        Person("committee", "วิไล พรมมา (คณะกรรมการประสานแผนอำเภอ)", Role.SECRETARY, f"DLPC-{district_code}"),
        Person("province", "กนกวรรณ ศรีสุข (นักวิเคราะห์ จังหวัด)", Role.PLAN_ANALYST, f"GBJ-{province}"),
        Person("plpc", "สุดา ทองดี (คณะกรรมการประสานแผนจังหวัด)", Role.SECRETARY, f"PLPC-{province}"),
        Person("pao", "ธีรพงษ์ ภูผา (นักวิเคราะห์ อบจ.)", Role.PLAN_ANALYST, f"PAO-{province}"),
        Person("agency", "ณัฐพล แก้วมณี (ผู้ประสานแผนของกรม)", Role.AGENCY_FOCAL_POINT, agency_code),
    )
