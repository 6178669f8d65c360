"""What every page's frame shows."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prasan.accounts.models import User
from prasan.common.dates import fiscal_year_of
from prasan.web.naming import short_name
from prasan.web.queries import desk
from prasan.web.reader import acting_for
from prasan.web.wording import language, name_of


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the room list."""

    label: str | Promise
    url: str
    icon: str
    current: bool
    count: int = 0


PUBLIC = (
    ("home", _("หน้าแรก"), "search"),
    ("areas", _("พื้นที่"), "area"),
    ("plans", _("แผน"), "plan"),
    ("projects", _("โครงการ"), "project"),
    ("needs", _("ความต้องการ"), "need"),
    ("joint_projects", _("โครงการร่วม"), "pair"),
    ("calendar", _("ปฏิทิน"), "calendar"),
    ("strategies", _("ยุทธศาสตร์"), "desk"),
    ("rules", _("สมุดกฎ"), "rule"),
    ("systems", _("ระบบแผน"), "plan"),
)
OFFICER = (
    ("desk", _("โต๊ะงาน"), "desk"),
    ("plans", _("แผน"), "plan"),
    ("projects", _("โครงการ"), "project"),
    ("needs", _("ความต้องการ"), "need"),
    ("pairs", _("คู่ที่อาจซ้ำ"), "pair"),
    ("conflicts", _("งานที่ขัดกัน"), "alert"),
    ("joint_projects", _("โครงการร่วม"), "pair"),
    ("afp_rounds", _("บูรณาการ AFP"), "rule"),
    ("imports", _("นำเข้าไฟล์"), "import"),
    ("calendar", _("ปฏิทิน"), "calendar"),
    ("cycles", _("ปีแผน"), "clock"),
    ("meetings", _("ประชุม"), "meeting"),
    ("letters", _("หนังสือราชการ"), "need"),
    ("strategies", _("ยุทธศาสตร์"), "desk"),
    ("findings", _("ข้อสังเกต"), "alert"),
    ("rules", _("สมุดกฎ"), "rule"),
    ("systems", _("ระบบแผน"), "plan"),
    ("areas", _("พื้นที่"), "area"),
)
PHONE = {False: ("home", "areas", "plans", "projects"), True: ("desk", "plans", "pairs", "calendar")}


def frame(request: HttpRequest) -> dict[str, object]:
    """Context of the top bar and the room list; two queries for a signed-in person, none for a stranger."""
    user = getattr(request, "user", None)
    signed_in = bool(user is not None and user.is_authenticated)
    acting: list[str] = []
    acting_short = ""
    waiting = 0
    if signed_in and isinstance(user, User):
        bodies = acting_for(request)
        acting = [name_of(body) for body in bodies]
        acting_short = short_name(bodies[0], language=language()) if bodies else ""
        waiting = desk.waiting_count(bodies)
    rooms = {key: _room(request, key, label, icon, waiting) for key, label, icon in (OFFICER if signed_in else PUBLIC)}
    return {
        "rooms": list(rooms.values()),
        "phone_rooms": [rooms[key] for key in PHONE[signed_in]],
        "acting": acting,
        "acting_short": acting_short,
        "waiting": waiting,
        "shown_at": timezone.now(),
        "fiscal_year_now": fiscal_year_of(timezone.localdate()),
        "languages": settings.LANGUAGES,
        "language": get_language() or "th",
    }


def _room(request: HttpRequest, key: str, label: str | Promise, icon: str, waiting: int) -> Room:
    url = reverse(key)
    current = request.path == url or (url != "/" and request.path.startswith(url))
    return Room(label, url, icon, current, waiting if key == "desk" else 0)
