"""What writing a letter can choose from: senders, groups of addressees, and our own words for each letter."""

import datetime as dt

from django.db.models import QuerySet

from prasan import rulebook
from prasan.accounts.access import current
from prasan.accounts.models import User
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.agencies.queries import SECRETARIATS, bodies_of_province, province_code_of
from prasan.cycles.models import CycleStep
from prasan.cycles.queries import missing_tasks
from prasan.letters.services import Addressee

GROUP_KINDS = {
    "DISTRICTS": (BodyKind.DISTRICT,),
    "LAOS": LAO_KINDS,
    "VILLAGES": (BodyKind.VILLAGE_COMMITTEE,),
    "AGENCIES": (BodyKind.PROVINCIAL_OFFICE,),
}


def senders_of(user: User, *, on: dt.date) -> QuerySet[Body]:
    """The bodies somebody may write for: their own, and a committee's office beside the committee."""
    if user.is_superuser:
        return Body.objects.filter(kind__in=[*SECRETARIATS.values(), *LAO_KINDS], valid_to=None).order_by("sort_key")
    mine = Body.objects.filter(pk__in=current(on).filter(user=user).values("body"))
    desks = Body.objects.filter(
        kind__in=[office for kind, office in SECRETARIATS.items() if mine.filter(kind=kind).exists()],
        area__in=mine.values("area"),
    )
    return (mine | desks).distinct().order_by("kind", "sort_key")


def addressees_of(group: str, sender: Body) -> list[Addressee]:
    """Everybody of a group in the sender's province; ministries of the whole register."""
    if group == "MINISTRIES":
        found = Body.objects.filter(kind=BodyKind.MINISTRY, valid_to=None).order_by("sort_key")
    elif group in GROUP_KINDS:
        found = bodies_of_province(province_code_of(sender)).filter(kind__in=GROUP_KINDS[group], valid_to=None)
    else:
        return []
    return [Addressee(body) for body in found.distinct()]


def named(text: str, role: str) -> list[Addressee]:
    """One addressee a line; a name the register knows becomes that body."""
    names = [line.strip() for line in text.splitlines() if line.strip()]
    known = {body.name_th: body for body in Body.objects.filter(name_th__in=names, valid_to=None).order_by("-pk")}
    return [Addressee(known.get(name), "" if name in known else name, role) for name in names]


def words_for(catalogue: str, sender: str) -> str:
    """Our own wording of the three parts of a letter (cause, wish, close); an officer changes it freely."""
    letter = next((one for one in rulebook.load().letters if one.code == catalogue), None)
    about = letter.content.th if letter is not None else "เรื่องดังกล่าว"
    return (
        f"ด้วย{sender} ได้จัดทำ{about}ตามปฏิทินการจัดทำแผนแล้ว\n\n"
        f"จึงขอส่ง{about} เพื่อโปรดพิจารณาดำเนินการในส่วนที่เกี่ยวข้อง รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย\n\n"
        "จึงเรียนมาเพื่อโปรดพิจารณา"
    )


def reminder_of(step: CycleStep, sender: str) -> tuple[str, str, list[Addressee]]:
    """Subject, words and addressees of a reminder to everybody still missing in a step."""
    missing = missing_tasks(step.cycle, step=step).exclude(body=None).select_related("body").order_by("body__code")
    subject = f"ขอให้เร่งรัดการส่ง{step.name_th} ปีงบประมาณ พ.ศ. {step.cycle.fiscal_year}"
    body = (
        f"ตามปฏิทินการจัดทำแผนปีงบประมาณ พ.ศ. {step.cycle.fiscal_year} กำหนดให้ส่ง{step.name_th}ภายในเวลา นั้น\n\n"
        f"บัดนี้ {sender} ยังไม่ได้รับจากหน่วยงานของท่าน จึงขอให้เร่งรัดการจัดส่งโดยด่วน "
        "หากมีเหตุขัดข้องขอให้แจ้งเหตุผลและวันที่คาดว่าจะส่งได้\n\n"
        "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ"
    )
    return subject, body, [Addressee(task.body) for task in missing if task.body is not None]
