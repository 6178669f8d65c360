"""What writing a letter can choose from: senders, groups of addressees, and our own words for each letter."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from prasan import rulebook
from prasan.accounts.access import current
from prasan.accounts.models import User
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.agencies.queries import SECRETARIATS, bodies_of_province, province_code_of
from prasan.cycles.models import CycleStep, Task
from prasan.cycles.queries import missing_tasks
from prasan.letters import access
from prasan.letters.models import AddresseeRole, Letter, LetterState, Urgency
from prasan.letters.services import Addressee, Content

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
    kinds = set(mine.values_list("kind", flat=True))
    desks = Body.objects.filter(
        kind__in=[office for kind, office in SECRETARIATS.items() if kind in kinds],
        area__in=mine.values("area"),
    )
    return (mine | desks).distinct().order_by("kind", "sort_key")


def receivers_of(letter: Letter, user: User, *, on: dt.date) -> QuerySet[Body]:
    """The addressed bodies for which somebody may take a sent letter in, and nobody has yet."""
    waiting = letter.addressees.filter(received_at=None, letter__state=LetterState.DISPATCHED)
    asked = Body.objects.filter(pk__in=waiting.values("body"))
    mine = [
        body.pk for body in asked.filter(pk__in=senders_of(user, on=on)) if access.can_write(user, sender=body, on=on)
    ]
    return Body.objects.filter(pk__in=mine).order_by("sort_key", "pk")


def addressees_of(group: str, sender: Body) -> list[Addressee]:
    """Everybody of a group in the sender's province; ministries of the whole register."""
    if group == "MINISTRIES":
        found = Body.objects.filter(kind=BodyKind.MINISTRY, valid_to=None).order_by("sort_key")
    elif group in GROUP_KINDS:
        found = bodies_of_province(province_code_of(sender)).filter(kind__in=GROUP_KINDS[group], valid_to=None)
    else:
        return []
    return [Addressee(body) for body in found.distinct()]


def named(text: str, role: str, *, sender: Body, kept: Sequence[Addressee] = ()) -> list[Addressee]:
    """One addressee a line; a name the register knows becomes that body.

    Several bodies may bear one name: the one the draft had, then the one of the sender's province, else none of them.
    """
    names = [line.strip() for line in text.splitlines() if line.strip()]
    had = {(_called(one), one.role == AddresseeRole.COPY): one for one in kept}
    near = set(bodies_of_province(province_code_of(sender)).filter(name_th__in=names).values_list("pk", flat=True))
    known: dict[str, list[Body]] = {}
    for body in Body.objects.filter(name_th__in=names, valid_to=None):
        known.setdefault(body.name_th, []).append(body)
    found = []
    for name in names:
        same = had.get((name, role == AddresseeRole.COPY))
        bodies = known.get(name, [])
        own = [body for body in bodies if body.pk in near] or bodies
        found.append(same or (Addressee(own[0], "", role) if len(own) == 1 else Addressee(None, name, role)))
    return found


def _called(one: Addressee) -> str:
    return one.body.name_th if one.body is not None else one.name


def addressees_in(said: Mapping[str, str], sender: Body, letter: Letter | None = None) -> list[Addressee]:
    """Everybody a form names: the group, the names and the copies; those a draft had stay who they were."""
    kept = (
        [Addressee(one.body, one.name, one.role) for one in letter.addressees.select_related("body")] if letter else []
    )
    return [
        *addressees_of(said["group"], sender),
        *named(said["names"], AddresseeRole.TO, sender=sender, kept=kept),
        *named(said["copies"], AddresseeRole.COPY, sender=sender, kept=kept),
    ]


def words_for(catalogue: str, sender: str) -> str:
    """Our own wording of the three parts of a letter (cause, wish, close); an officer changes it freely."""
    letter = next((one for one in rulebook.load().letters if one.code == catalogue), None)
    about = letter.content.th if letter is not None else "เรื่องดังกล่าว"
    return (
        f"ด้วย{sender} ได้จัดทำ{about}ตามปฏิทินการจัดทำแผนแล้ว\n\n"
        f"จึงขอส่ง{about} เพื่อโปรดพิจารณาดำเนินการในส่วนที่เกี่ยวข้อง รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย\n\n"
        "จึงเรียนมาเพื่อโปรดพิจารณา"
    )


def catalogue_of(task: Task) -> str:
    """The letter of the catalogue that a step sends; empty where the sources name none."""
    step = f"{task.cycle.system}/{task.step.number}"
    return next((letter.code for letter in rulebook.load().letters if step in letter.steps), "")


def written_in(letter: Letter) -> dict[str, object]:
    """A draft as its form shows it, its addressees one a line by name."""
    lines: dict[bool, list[str]] = {False: [], True: []}
    for one in letter.addressees.select_related("body").order_by("position"):
        lines[one.role == AddresseeRole.COPY].append(str(one))
    kept = (
        "catalogue", "urgency", "secrecy", "fiscal_year", "subject", "references", "attachments", "signer_name",
        "signer_position", "sender_address", "contact",
    )  # fmt: skip
    return {name: getattr(letter, name) for name in kept} | {
        "sender": letter.sender_id,
        "paper": letter.form,
        "text": letter.body,
        "names": "\n".join(lines[False]),
        "copies": "\n".join(lines[True]),
    }


def reminder_of(step: CycleStep, sender: str, *, on: dt.date) -> tuple[Content, list[Addressee]]:
    """Words and addressees of a reminder to everybody still missing in a step."""
    missing = (
        missing_tasks(step.cycle, on=on, step=step).exclude(body=None).select_related("body").order_by("body__code")
    )
    subject = f"ขอให้เร่งรัดการส่ง{step.name_th} ปีงบประมาณ พ.ศ. {step.cycle.fiscal_year}"
    body = (
        f"ตามปฏิทินการจัดทำแผนปีงบประมาณ พ.ศ. {step.cycle.fiscal_year} กำหนดให้ส่ง{step.name_th}ภายในเวลา นั้น\n\n"
        f"บัดนี้ {sender} ยังไม่ได้รับจากหน่วยงานของท่าน จึงขอให้เร่งรัดการจัดส่งโดยด่วน "
        "หากมีเหตุขัดข้องขอให้แจ้งเหตุผลและวันที่คาดว่าจะส่งได้\n\n"
        "จึงเรียนมาเพื่อโปรดพิจารณาดำเนินการ"
    )
    content = Content(
        subject=subject, body=body, fiscal_year=step.cycle.fiscal_year, catalogue="L3", urgency=Urgency.URGENT
    )
    return content, [Addressee(task.body) for task in missing if task.body is not None]
