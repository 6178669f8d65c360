"""Step 4: each problem gets a guideline of the round's set: suggested by words, confirmed by a person."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from prasan import rulebook
from prasan.accounts.models import User
from prasan.afp.models import AfpProblem, AfpRound
from prasan.afp.rules import guidelines as rules
from prasan.afp.services.entering import enter, write
from prasan.common.errors import Refused


class UnableToSuggestGuidelines(Refused):
    """The suggestions are as they were."""


class UnableToSetGuideline(Refused):
    """The guidelines are as they were."""


@transaction.atomic
def suggest_guidelines(
    *, round: AfpRound, actor: User, at: dt.datetime, seen_version: int | None = None
) -> list[AfpProblem]:
    """Suggest a guideline for every problem that has none confirmed, with its confidence and the words found.

    Refused: `not_allowed`, `endorsed_already`, `changed_meanwhile`.
    """
    enter(UnableToSuggestGuidelines, round, actor=actor, at=at, seen_version=seen_version)
    chosen = rulebook.load().guideline_set(round.guideline_set)
    version = rules.rule_version(chosen)
    problems = list(AfpProblem.objects.filter(round=round, guideline="").prefetch_related("evidence__need"))
    for problem in problems:
        needs = [row.need for row in problem.evidence.all()]
        text = " ".join([problem.title, *(f"{need.title} {need.problem}" for need in needs)])
        hint = rules.suggest(text, chosen)
        problem.suggested_guideline, problem.confidence = hint.code, hint.confidence
        problem.guideline_words, problem.guideline_rule = list(hint.words), version
    AfpProblem.objects.bulk_update(
        problems, ["suggested_guideline", "confidence", "guideline_words", "guideline_rule"], batch_size=500
    )
    write(round, "suggest_guidelines", actor=actor, at=at, rule=version, problems=len(problems))
    return problems


@transaction.atomic
def set_guidelines(
    *,
    round: AfpRound,
    chosen: Mapping[AfpProblem, str],
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> list[AfpProblem]:
    """A person confirms the guideline of problems; a problem moved to another leaves its group until grouped anew.

    Refused: `not_allowed`, `endorsed_already`, `nothing_said`, `unknown_guideline`, `not_of_this_round`,
    `changed_meanwhile`.
    """
    known = {one.code for one in rulebook.load().guideline_set(round.guideline_set).guidelines}
    if not chosen:
        raise UnableToSetGuideline("nothing_said", "ไม่มีปัญหาให้กำหนดแนวทาง", "There is no problem to set it for.")
    if not set(chosen.values()) <= known:
        raise UnableToSetGuideline("unknown_guideline", "ไม่มีแนวทางนี้ในชุดที่ใช้", "The set has no such guideline.")
    enter(UnableToSetGuideline, round, actor=actor, at=at, seen_version=seen_version)
    for problem, code in chosen.items():
        rows = AfpProblem.objects.filter(pk=problem.pk, round=round)
        if not rows.update(guideline=code, guideline_by=actor, guideline_at=at):
            raise UnableToSetGuideline("not_of_this_round", "มีปัญหาที่ไม่อยู่ในรอบนี้", "A problem is not of this round.")
        rows.exclude(integration_group__guideline=code).update(integration_group=None)
    said = [[problem.pk, code, problem.suggested_guideline, problem.confidence] for problem, code in chosen.items()]
    write(round, "set_guidelines", actor=actor, at=at, problems=said)
    return list(AfpProblem.objects.filter(pk__in=[problem.pk for problem in chosen]).order_by("pk"))
