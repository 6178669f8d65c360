"""Step 2: the people of the target areas for whom something is to be solved."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from prasan.accounts.models import User
from prasan.afp.models import AfpRound, Choice, TargetArea, TargetGroup
from prasan.afp.queries import round_needs
from prasan.afp.rules.clustering import people_named
from prasan.afp.services.entering import enter, write
from prasan.common.errors import Refused
from prasan.common.text import clean, search_key

EVERYBODY = "ประชาชนในพื้นที่"
FROM_NEEDS = "ข้อความกลุ่มเป้าหมายในบัญชีความต้องการ"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group as an officer confirms it; not kept where the people are not to be a group of their own."""

    group: TargetGroup
    keep: bool = True
    people: int | None = None
    source: str = ""


class UnableToListGroups(Refused):
    """The groups are as they were."""


class UnableToConfirmGroups(Refused):
    """The groups are as they were."""


@transaction.atomic
def list_groups(*, round: AfpRound, actor: User, at: dt.datetime, seen_version: int | None = None) -> list[TargetGroup]:
    """List the groups that needs of the target areas name, with how often and how many people; never twice.

    An area whose needs name nobody gets its people as one group. Refused: `not_allowed`, `endorsed_already`,
    `no_areas`, `changed_meanwhile`.
    """
    enter(UnableToListGroups, round, actor=actor, at=at, seen_version=seen_version)
    areas = list(TargetArea.objects.filter(round=round, state=Choice.ACCEPTED).select_related("area"))
    if not areas:
        raise UnableToListGroups("no_areas", "ยังไม่ได้เลือกพื้นที่เป้าหมาย", "No target area is picked yet.")
    for area in areas:
        for group in _named(round, area):
            TargetGroup.objects.get_or_create(
                target_area=area,
                name_key=group.name_key,
                defaults={"name": group.name, "people": group.people, "source": group.source, "needs": group.needs},
            )
    rows = list(TargetGroup.objects.filter(target_area__in=areas))
    write(round, "list_groups", actor=actor, at=at, groups=len(rows))
    return rows


def _named(round: AfpRound, area: TargetArea) -> list[TargetGroup]:
    texts = [clean(text)[:LONGEST] for text in round_needs(round, area.area).values_list("target_group", flat=True)]
    counted = Counter(search_key(text) for text in texts if search_key(text))
    spelled = {search_key(text): text for text in sorted(texts, reverse=True)}
    groups = [
        TargetGroup(
            name=spelled[key], name_key=key[:LONGEST], needs=count, people=people_named(spelled[key]),
            source=FROM_NEEDS if people_named(spelled[key]) is not None else "",
        )
        for key, count in sorted(counted.items())
    ]  # fmt: skip
    return groups or [TargetGroup(name=EVERYBODY, name_key=search_key(EVERYBODY), needs=len(texts))]


@transaction.atomic
def confirm_groups(
    *, round: AfpRound, lines: Sequence[GroupLine], actor: User, at: dt.datetime, seen_version: int | None = None
) -> list[TargetGroup]:
    """Confirm groups with their number of people and where it comes from, or leave them out.

    Refused: `not_allowed`, `endorsed_already`, `not_of_this_round`, `nothing_said`, `changed_meanwhile`.
    """
    if not lines:
        raise UnableToConfirmGroups("nothing_said", "ไม่มีกลุ่มให้ยืนยัน", "There is no group to confirm.")
    enter(UnableToConfirmGroups, round, actor=actor, at=at, seen_version=seen_version)
    for line in lines:
        kept = TargetGroup.objects.filter(pk=line.group.pk, target_area__round=round).update(
            state=Choice.ACCEPTED if line.keep else Choice.REJECTED,
            people=line.people,
            source=line.source.strip()[:LONGEST],
            confirmed_by=actor,
            confirmed_at=at,
        )
        if not kept:
            raise UnableToConfirmGroups("not_of_this_round", "มีกลุ่มที่ไม่อยู่ในรอบนี้", "A group is not of this round.")
    said = [[line.group.name, line.keep, line.people] for line in lines]
    write(round, "confirm_groups", actor=actor, at=at, groups=said)
    return list(TargetGroup.objects.filter(pk__in=[line.group.pk for line in lines]))
