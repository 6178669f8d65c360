"""What the main job decides by itself (docs/decisions/0005-what-integrate-decides.md): pairs, take-ups, hand-overs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from django.db import transaction

from prasan import matching
from prasan.accounts.models import User
from prasan.agencies import queries as agencies
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.areas.models import Area
from prasan.cli.progress import each
from prasan.integration import queries as integration_queries
from prasan.integration import services as integration
from prasan.integration.models import CapacityVerdict
from prasan.needs.models import Need, ResponseKind
from prasan.needs.queries import needs_within
from prasan.projects import services as projects_acts
from prasan.projects.models import AmountKind, Origin, Project, Span
from prasan.projects.queries import lines

PLAN_ORIGINS = {Origin.LOCAL_PLAN, Origin.LOCAL_PLAN_COMMUNITY, Origin.LOCAL_PLAN_COORDINATION}
SURE_ENOUGH = 0.5  # calibrated probability from which a project is taken to answer a need


def amounts_of(project: Project) -> dict[int, int]:
    """Satang by fiscal year: what is planned, else what is budgeted."""
    for kind in (AmountKind.PLANNED, AmountKind.BUDGETED):
        amounts = {y.fiscal_year: y.amount_satang for y in project.years.all() if y.kind == kind and y.span == Span.IN}
        if amounts:
            return amounts
    return {}


def find_pairs(projects: Sequence[Project], *, province: str, actor: User, at: dt.datetime) -> None:
    """Suggest pairs among these projects, with their reasons and the province's weights; nothing is merged."""
    ids = [project.pk for project in projects]
    in_force = integration_queries.weights_in_force(province)
    drafts = [
        integration.PairDraft(
            project_a=pair["id_a"],
            project_b=pair["id_b"],
            probability=pair["probability"],
            verdict=pair["verdict"].upper(),
            reasons=pair["reasons"],
        )
        for pair in _matched(lines.lines_of(ids), in_force.weights)
    ]
    integration.record_pairs(pairs=drafts, engine=in_force.engine(), actor=actor, at=at, among=ids)


def find_conflicts(project_ids: Sequence[int], *, actor: User, at: dt.datetime) -> None:
    """Record which of these projects stand in each other's way in time and place (R31); nothing is moved."""
    search = integration_queries.find_conflicts(among=project_ids)
    integration.record_conflicts(
        found=search.found, rule_version=search.rule_version, actor=actor, at=at, among=search.among
    )


def answer_needs(projects: Sequence[Project], needs: Sequence[Need], *, actor: User, at: dt.datetime) -> None:
    """Let each อปท.'s projects take up the needs of its villages that they are the same as."""
    by_lao = _plans_by_lao(projects)
    for lao, planned in each(by_lao.items(), "รับความต้องการเข้าแผน / taking needs up", total=len(by_lao)):
        open_needs = _unanswered(_within(lao, needs))
        if not open_needs:
            continue
        taken: dict[str, list[Need]] = defaultdict(list)
        for need, code in _best_answers(open_needs, planned):
            taken[code].append(need)
        for project in planned:
            if project.code in taken:
                projects_acts.take_up_needs(project=project, needs=taken[project.code], actor=actor, at=at)


def forward(projects: Sequence[Project], needs: Sequence[Need], *, actor: User, at: dt.datetime) -> list[int]:
    """Hand on what the อปท. did not take (R36) and what it asks of others (R37); ids of the projects made of needs."""
    by_lao = _plans_by_lao(projects)
    left = [
        need
        for lao in by_lao
        for need in _unanswered(_within(lao, needs))
        if need.response_kind != ResponseKind.SELF_HELP
    ]
    for need in each(left, "ส่งต่อสู่อำเภอ / to the district"):
        _send_to_district(need, actor, at)
    asked = [p for p in projects if p.origin == Origin.LOCAL_PLAN_COORDINATION and not p.handovers.exists()]
    for project in each(asked, "ประสานแผน ผ.02/2 / coordination"):
        _send_to_local_plan_committee(project, actor, at)
    made = Project.objects.filter(origin=Origin.COMMUNITY, take_ups__need__in=[n.pk for n in needs])
    return sorted(set(made.values_list("pk", flat=True)))


def _send_to_district(need: Need, actor: User, at: dt.datetime) -> None:
    committee = agencies.body_of(BodyKind.DISTRICT_COMMITTEE, need.area.code[:4])
    if committee is None:
        return
    reason = "อปท. ส่งแผนแล้ว แต่ไม่พบโครงการที่ตอบความต้องการนี้ในแผน จึงเข้าสู่กระบวนการแผนอำเภอ (R36)"
    if need.response_kind == ResponseKind.UNCLASSIFIED:
        reason += " · ชุมชนไม่ได้ระบุประเภท จึงถือว่าขอรับการสนับสนุน"
    with suppress(integration.UnableToHandOver), transaction.atomic():
        project = projects_acts.propose_from_need(need=need, actor=actor, at=at)
        integration.hand_over(
            project=project, to=committee, verdict=CapacityVerdict.NOT_TAKEN, reason=reason, actor=actor, at=at
        )


def _send_to_local_plan_committee(project: Project, actor: User, at: dt.datetime) -> None:
    district = agencies.district_code_of(project.owner)
    committee = agencies.body_of(BodyKind.DISTRICT_LOCAL_PLAN_COMMITTEE, district) if district else None
    if committee is None or project.owner.kind not in LAO_KINDS:
        return
    asked = f" ขอ{project.asks.name_th}" if project.asks else ""
    reason = f"อปท. ระบุในแบบ ผ.02/2 ว่าเกินศักยภาพ{asked}"
    # One project that cannot go on must not hold back the others; `conformity` names it.
    with suppress(integration.UnableToHandOver):
        integration.hand_over(
            project=project, to=committee, verdict=CapacityVerdict.NOT_STATED, reason=reason, actor=actor, at=at
        )


def _plans_by_lao(projects: Iterable[Project]) -> dict[Body, list[Project]]:
    """The plan projects of each อปท. that sent a plan in this run and has an area."""
    by_lao: dict[Body, list[Project]] = defaultdict(list)
    for project in projects:
        if project.origin in PLAN_ORIGINS and project.owner.kind in LAO_KINDS and project.owner.area is not None:
            by_lao[project.owner].append(project)
    return dict(sorted(by_lao.items(), key=lambda item: item[0].code))


def _within(lao: Body, needs: Sequence[Need]) -> list[Need]:
    assert lao.area is not None
    mine = set(Need.objects.filter(needs_within(lao.area)).values_list("pk", flat=True))
    return [need for need in needs if need.pk in mine]


def _unanswered(needs: Sequence[Need]) -> list[Need]:
    ids = [need.pk for need in needs]
    answered = set(
        Need.objects.filter(pk__in=ids, take_ups__project__withdrawn_at=None, take_ups__isnull=False).values_list(
            "pk", flat=True
        )
    )
    return [need for need in needs if need.pk not in answered]


def _best_answers(needs: Sequence[Need], planned: Sequence[Project]) -> list[tuple[Need, str]]:
    """For each need the อปท.'s most probable project, where it is probable enough."""
    # Neither owner nor year tells anything here: the village asks, the อปท. answers in a year of its own.
    asked = {-need.pk: need for need in needs}  # so that no need bears the id of a project
    answers = {project.pk: project for project in planned}
    written = [_line(number, f"{n.title} {_moo_text(n.moos)}", n.area) for number, n in asked.items()]
    written += [_line(p.pk, f"{p.name} {_moo_text(p.moos)}", p.area or p.owner.area) for p in planned]
    best: dict[int, tuple[float, str]] = {}
    # Nobody decides such pairs, so what a province's decisions taught says nothing here: the shipped weights.
    for pair in _matched(written):
        need, project = sorted((pair["id_a"], pair["id_b"]))
        if need in asked and project in answers and pair["probability"] >= SURE_ENOUGH:
            best[need] = max(best.get(need, (0.0, "")), (pair["probability"], answers[project].code))
    found = ((asked[number], project) for number, (_, project) in best.items())
    return sorted(found, key=lambda answer: answer[0].code)


def _line(number: int, name: str, area: Area | None) -> lines.Line:
    place = area.pk if area is not None else None
    return lines.Line(number, name, owner=None, area=place, fiscal_year=None, satang=None)


def _matched(written: Sequence[lines.Line], weights: matching.Weights | None = None) -> list[dict[str, Any]]:
    return matching.match_table(lines.table_of(written), weights=weights).to_dicts() if len(written) > 1 else []


def _moo_text(moos: str) -> str:
    return f"หมู่ที่ {moos}" if moos else ""
