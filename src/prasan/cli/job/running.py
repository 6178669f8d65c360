"""Runs the main job step by step: import, match, take up and hand over, compile, report."""

import datetime as dt

from prasan.accounts.models import User
from prasan.agencies import queries as agency_queries
from prasan.agencies import services as agencies
from prasan.agencies.models import LAO_KINDS, BodyKind
from prasan.areas.models import Area, AreaLevel
from prasan.areas.queries import area_by_code
from prasan.cli.job import deciding, reporting
from prasan.cli.job.scope import Order, Scope
from prasan.cli.progress import each, say
from prasan.cli.submissions import files_of
from prasan.common.errors import Refused
from prasan.cycles import services as cycles
from prasan.exchange import services as exchange
from prasan.exchange.models import Submission
from prasan.integration.models import HandoverState
from prasan.integration.queries import stands_with
from prasan.plans import services as plans
from prasan.plans.models import PlanEdition
from prasan.projects.models import Origin
from prasan.publishing.report import ProvinceReport

BANGKOK = "10"  # the capital has no provincial plan


class UnableToIntegrate(Refused):
    """The job cannot be done as asked; nothing was changed."""


def run(order: Order, *, actor: User, at: dt.datetime) -> ProvinceReport:
    """The whole job. Running it again on the same files changes nothing and reports the same.

    Raises UnableToIntegrate for a code that is no province with a plan of its own, before anything is changed.
    """
    _check_province(order.province_code)
    cycles.open_cycle(system=order.system, fiscal_year=order.fiscal_year, actor=actor, at=at)
    scope = _import_all(order, actor, at)
    _prepare_bodies(scope, order, actor, at)
    deciding.answer_needs(scope.projects(), scope.needs(), actor=actor, at=at)
    scope.project_ids += deciding.forward(scope.projects(), scope.needs(), actor=actor, at=at)
    # After the hand-overs, so that what a village asks for in vain meets the department that plans it anyway.
    say("เทียบหารายการที่อาจซ้ำ / matching")
    deciding.find_pairs(scope.projects(), province=order.province_code, actor=actor, at=at)
    # After the pairs: two lines that may be one project are first told apart.
    say("ตรวจงานที่ขัดกัน / works in each other's way")
    deciding.find_conflicts(scope.project_ids, actor=actor, at=at)
    editions = _compile(scope, order, actor, at)
    return reporting.assemble(order, scope, editions)


def _check_province(code: str) -> None:
    area = area_by_code(code)
    if area is None or area.level != AreaLevel.PROVINCE or code == BANGKOK:
        raise UnableToIntegrate(
            "not_a_province",
            f"รหัส {code} ไม่ใช่จังหวัดที่ทำแผนพัฒนาจังหวัด โปรดระบุรหัสสองหลัก เช่น 46",
            f"{code} is not a province with a provincial plan. Give its code of two digits, such as 46.",
        )


def _import_all(order: Order, actor: User, at: dt.datetime) -> Scope:
    submissions: dict[int, Submission] = {}
    copies: list[tuple[str, Submission]] = []
    # By name, so that the order of the command line decides nothing.
    files = sorted(files_of(order.paths), key=lambda path: (path.name, str(path)))
    for path in each(files, "อ่านและขึ้นทะเบียน / importing"):
        result = exchange.import_file(
            path=path, actor=actor, at=at, province_code=order.province_code, fiscal_year=order.fiscal_year
        )
        name = result.reading.file
        if result.submission.pk in submissions or name != result.submission.name:
            copies.append((name, result.submission))
        submissions[result.submission.pk] = result.submission
    scope = Scope(list(submissions.values()), copies=copies)
    rows = [row for s in scope.submissions for row in s.rows.all()]
    scope.project_ids = sorted({row.project_id for row in rows if row.project_id is not None})
    scope.need_ids = sorted({row.need_id for row in rows if row.need_id is not None})
    return scope


def _prepare_bodies(scope: Scope, order: Order, actor: User, at: dt.datetime) -> None:
    """Committees and offices of every province that a record of this run lies in."""
    codes = {order.province_code}
    codes |= {agency_queries.province_code_of(p.owner) for p in scope.projects()}
    codes |= {need.area.code[:2] for need in scope.needs()}
    for code in sorted(codes - {"", BANGKOK}):
        agencies.ensure_province_bodies(province_code=code, actor=actor, at=at)


def _compile(scope: Scope, order: Order, actor: User, at: dt.datetime) -> list[PlanEdition]:
    """The editions of every village, อปท., district and the province that this run touches."""
    year = order.fiscal_year
    projects = scope.projects()
    villages = {need.area for need in scope.needs()}
    laos = {p.owner for p in projects if p.owner.kind in LAO_KINDS}
    running = {p.owner for p in projects if p.origin == Origin.ACTION_PLAN}
    receivers = {stands_with(p) for p in projects if p.handovers.exclude(state=HandoverState.RETURNED).exists()}
    laos |= {body for body in receivers if body.kind == BodyKind.PAO}
    districts = {agency_queries.district_code_of(body) for body in receivers if body.kind not in LAO_KINDS}
    editions: list[PlanEdition] = []
    for village in each(sorted(villages, key=lambda a: a.code), "แผนหมู่บ้าน / village plans"):
        editions.append(
            plans.compile_place(plan_type="VILLAGE_PLAN", area=village, fiscal_year=year, actor=actor, at=at)
        )
    for lao in each(sorted(laos, key=lambda b: b.code), "แผนท้องถิ่น / local plans"):
        editions.append(plans.compile_edition(plan_type="LOCAL_PLAN", body=lao, fiscal_year=year, actor=actor, at=at))
        if lao in running:
            editions.append(
                plans.compile_edition(plan_type="LOCAL_ACTION_PLAN", body=lao, fiscal_year=year, actor=actor, at=at)
            )
    for district in Area.objects.filter(code__in=districts).order_by("code"):
        editions.append(
            plans.compile_place(plan_type="DISTRICT_NEEDS_PLAN", area=district, fiscal_year=year, actor=actor, at=at)
        )
    province = Area.objects.get(code=order.province_code)
    editions.append(
        plans.compile_place(
            plan_type="PROVINCIAL_ANNUAL_ACTION_PLAN", area=province, fiscal_year=year, actor=actor, at=at
        )
    )
    return editions
