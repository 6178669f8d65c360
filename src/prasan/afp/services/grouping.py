"""Step 6: problems of one guideline, area and family, with the projects accepted for them, become one group."""

import datetime as dt
from collections import Counter

from django.db import transaction

from prasan.accounts.models import User
from prasan.afp.models import AfpProblem, AfpRound, IntegrationGroup
from prasan.afp.queries import accepted_ids, amounts_of
from prasan.afp.rules import results
from prasan.afp.services.entering import enter, write
from prasan.common.errors import Refused
from prasan.projects.models import Project


class UnableToMakeGroups(Refused):
    """The groups are as they were."""


@transaction.atomic
def make_groups(
    *, round: AfpRound, actor: User, at: dt.datetime, seen_version: int | None = None
) -> list[IntegrationGroup]:
    """Group by guideline × area × family of problems, and suggest a lead agency for each.

    Problems the community solves itself stand in no group. A group that keeps its key keeps its plan; one that
    nothing belongs to any more goes. Refused: `not_allowed`, `endorsed_already`, `without_guideline`, `no_problems`,
    `changed_meanwhile`.
    """
    enter(UnableToMakeGroups, round, actor=actor, at=at, seen_version=seen_version)
    problems = list(AfpProblem.objects.filter(round=round, self_help=False).order_by("pk"))
    if not problems:
        raise UnableToMakeGroups("no_problems", "ไม่มีปัญหาให้จัดกลุ่ม", "There are no problems to group.")
    if any(not problem.guideline for problem in problems):
        raise UnableToMakeGroups(
            "without_guideline",
            "มีปัญหาที่ยังไม่ได้กำหนดแนวทาง กลับไปขั้นที่ 4 ก่อน",
            "Some problems have no guideline. Go back to step 4 first.",
        )
    AfpProblem.objects.filter(round=round, self_help=True).update(integration_group=None)
    used = set()
    for problem in problems:
        group, _ = IntegrationGroup.objects.get_or_create(
            round=round, target_area_id=problem.target_area_id, guideline=problem.guideline, family=problem.family
        )
        used.add(group.pk)
        AfpProblem.objects.filter(pk=problem.pk).update(integration_group=group)
    IntegrationGroup.objects.filter(round=round).exclude(pk__in=used).delete()
    groups = list(IntegrationGroup.objects.filter(round=round))
    for group in groups:
        _suggest_lead(round, group)
    write(round, "make_groups", actor=actor, at=at, groups=len(groups), rule=results.LEAD_RULE)
    return list(IntegrationGroup.objects.filter(round=round))


def _suggest_lead(round: AfpRound, group: IntegrationGroup) -> None:
    owners = dict(Project.objects.filter(pk__in=accepted_ids(round, group=group)).values_list("pk", "owner_id"))
    amounts = amounts_of(owners, round.fiscal_year)
    money: Counter[int] = Counter()
    for project, owner in owners.items():
        money[owner] += amounts.get(project, 0)
    lead = results.suggested_lead(money, Counter(owners.values()))
    IntegrationGroup.objects.filter(pk=group.pk).update(suggested_lead=lead, rule=results.LEAD_RULE)
