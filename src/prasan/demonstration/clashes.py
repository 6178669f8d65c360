"""Works of two offices that nobody laid side by side: our own facts, for the search for conflicts to find by itself.

Only what an office would write of its own work stands here. That two of them are in each other's way is said nowhere.
"""

import datetime as dt
from dataclasses import dataclass

OWN = ""  # the อบต. of the tambon


@dataclass(frozen=True, slots=True)
class Planned:
    """A work of the อบต. or of a department in one tambon (by its place in the province's list).

    `work` is its first day and the first day after it; None where the office has not said.
    """

    tambon: int
    agency: str
    title: str
    moo: int | None
    programme: str
    size: str
    baht: int
    problem: str
    work: tuple[dt.date, dt.date] | None = None


CIVIL = "แผนงานอุตสาหกรรมและการโยธา"
SOCIAL = "แผนงานสังคมสงเคราะห์"

PLANNED = (
    Planned(
        0, OWN, "ก่อสร้างถนนคอนกรีตเสริมเหล็ก ซอยร่วมใจพัฒนา", 2, CIVIL, "กว้าง 5 เมตร ยาว 480 เมตร", 1_180_000, "ถนนเป็นหลุมบ่อ",
        (dt.date(2027, 2, 1), dt.date(2027, 4, 1)),
    ),
    Planned(
        0, "การประปาส่วนภูมิภาค", "วางท่อเมนประปาพร้อมหัวดับเพลิง ซอยร่วมใจพัฒนา", 2, CIVIL, "ยาว 520 เมตร", 940_000, "",
        (dt.date(2027, 5, 1), dt.date(2027, 7, 1)),
    ),
    Planned(
        0, OWN, "จัดกิจกรรมส่งเสริมสุขภาพผู้สูงอายุประจำตำบล", None, SOCIAL, "ผู้สูงอายุ 80 คน", 60_000, "ผู้สูงอายุขาดการรวมกลุ่ม",
        (dt.date(2027, 3, 15), dt.date(2027, 3, 18)),
    ),
    Planned(
        0, "สำนักงานปลัดกระทรวงสาธารณสุข", "อบรมแกนนำดูแลผู้ป่วยติดเตียงในชมรมผู้สูงอายุ", None, SOCIAL, "แกนนำผู้สูงอายุ 50 คน",
        75_000, "", (dt.date(2027, 3, 16), dt.date(2027, 3, 19)),
    ),
    Planned(
        1, OWN, "ปรับปรุงผิวจราจรแอสฟัลต์คอนกรีต ถนนราษฎร์พัฒนา", 1, CIVIL, "กว้าง 6 เมตร ยาว 900 เมตร", 1_950_000, "ผิวถนนแตก",
    ),
    Planned(
        1, "กรมโยธาธิการและผังเมือง", "วางท่อระบายน้ำพร้อมบ่อพัก ถนนราษฎร์พัฒนา", 1, CIVIL, "ยาว 850 เมตร", 3_400_000, "",
    ),
)  # fmt: skip
