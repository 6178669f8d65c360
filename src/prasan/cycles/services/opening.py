"""A planning system is opened for a fiscal year: its steps are dated, and every body gets its tasks."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from prasan import rulebook
from prasan.accounts.models import User
from prasan.agencies import services as agencies
from prasan.areas.models import Area, AreaLevel
from prasan.areas.queries import descendants_of
from prasan.common.errors import Refused
from prasan.cycles import access
from prasan.cycles.assigning import bodies_of_actors
from prasan.cycles.models import Cycle, CycleStep, SystemVersion, Task
from prasan.cycles.services.systems import digest_of, system_of
from prasan.journal import services as journal

BATCH = 1000


class UnableToOpenCycle(Refused):
    """The cycle was not opened. Codes: not_allowed, unknown_system, implausible_year, not_published, other_province."""


@transaction.atomic
def open_cycle(
    *,
    system: str,
    fiscal_year: int,
    actor: User,
    at: dt.datetime,
    area: Area | None = None,
    definition: SystemVersion | None = None,
) -> Cycle:
    """Open a planning system for a fiscal year (Buddhist Era), with every step dated.

    With a province as `area` the year runs there: the committees every place has are registered, and each body
    that does a step gets its task. `definition` opens a province's own published version instead of the shipped
    system. Opening again changes no task and adds those of bodies registered meanwhile. Refuses an actor without a
    planning role at the province, its cluster or the Ministry of Interior, a system the rulebook does not have, and a
    year outside those the product plans for. Steps without a printed date get none.
    """
    if not access.can_open_cycle(actor, area=area, on=timezone.localtime(at).date()):
        raise UnableToOpenCycle(
            "not_allowed",
            "ผู้เปิดปฏิทินต้องมีหน้าที่ด้านแผนของจังหวัดนั้น ของกลุ่มจังหวัด หรือของกระทรวงมหาดไทย",
            "Opening a calendar needs a planning role at that province, its cluster or the Ministry of Interior.",
        )
    try:
        planned = rulebook.planning_system(system) if definition is None else _published(definition, area)
        dated = rulebook.instantiate(planned, fiscal_year)
    except Refused as refusal:
        raise UnableToOpenCycle(refusal.code, refusal.message_th, refusal.message_en) from refusal
    cycle = _find_or_make(planned, fiscal_year, area, definition, dated, actor, at)
    if area is not None:
        _assign(cycle, area, actor, at)
    return cycle


def _find_or_make(
    planned: rulebook.PlanningSystem,
    fiscal_year: int,
    area: Area | None,
    definition: SystemVersion | None,
    dated: tuple[rulebook.DatedStep, ...],
    actor: User,
    at: dt.datetime,
) -> Cycle:
    found = Cycle.objects.filter(system=planned.key, fiscal_year=fiscal_year, area=area).first()
    if found is not None:
        return found
    version = definition or shipped_version(planned, at=at)
    try:
        with transaction.atomic():
            cycle = Cycle.objects.create(
                system=planned.key,
                fiscal_year=fiscal_year,
                area=area,
                definition=version,
                opened_at=at,
                opened_by=actor,
            )
    except IntegrityError:  # another officer was faster
        return Cycle.objects.get(system=planned.key, fiscal_year=fiscal_year, area=area)
    CycleStep.objects.bulk_create(_row(cycle, item) for item in dated)
    journal.record(
        at=at,
        actor=actor,
        act="cycles.open_cycle",
        subject=cycle,
        subject_code=f"{cycle.system}/{cycle.fiscal_year}",
        data={
            "system": cycle.system,
            "fiscal_year": fiscal_year,
            "steps": len(dated),
            "version": version.number,
            "area": area.code if area is not None else "",
        },
    )
    return cycle


def shipped_version(planned: rulebook.PlanningSystem, *, at: dt.datetime) -> SystemVersion:
    """The kept version of a shipped system as it is now; a new number when the rulebook has changed since."""
    data = rulebook.to_data(planned)
    digest = digest_of(data)
    # The number is read before the version is looked for: whoever comes second finds it, or the number taken.
    last = SystemVersion.objects.filter(key=planned.key).aggregate(last=Max("number"))["last"] or 0
    kept = SystemVersion.objects.filter(key=planned.key, digest=digest, published_at__isnull=False).first()
    if kept is not None:
        return kept
    try:
        with transaction.atomic():
            return SystemVersion.objects.create(
                key=planned.key,
                number=last + 1,
                definition=data,
                digest=digest,
                reason=planned.reference,
                created_at=at,
                published_at=at,
            )
    except IntegrityError:  # another officer was faster
        return SystemVersion.objects.get(key=planned.key, digest=digest, published_at__isnull=False)


def _published(definition: SystemVersion, area: Area | None) -> rulebook.PlanningSystem:
    if definition.published_at is None:
        raise UnableToOpenCycle(
            "not_published", "ระบบแผนนี้ยังเป็นร่าง โปรดประกาศก่อนเปิดปี", "This system is still a draft. Publish it first."
        )
    if definition.area_id is not None and (area is None or area.pk != definition.area_id):
        raise UnableToOpenCycle("other_province", "ระบบแผนนี้เป็นของจังหวัดอื่น", "This system is another province's own.")
    return system_of(definition)


def _assign(cycle: Cycle, province: Area, actor: User, at: dt.datetime) -> None:
    """One task for each body of each step that has none yet."""
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)  # two who open at once: one assigns, then the other
    agencies.ensure_province_bodies(province_code=province.code, actor=actor, at=at)
    villages = descendants_of(province, AreaLevel.VILLAGE).filter(valid_to=None)
    agencies.ensure_village_committees(villages=villages, actor=actor, at=at)
    system = system_of(cycle.definition) if cycle.definition else rulebook.planning_system(cycle.system)
    printed = {step.number: step for step in system.steps}
    bodies = bodies_of_actors(province, (key for step in system.steps for key in step.actors))
    standing = set(Task.objects.filter(cycle=cycle).values_list("step", "actor", "body"))
    rows = [
        Task(cycle=cycle, step=step, actor=key, body_id=body, starts_on=step.starts_on, due_before=step.ends_before)
        for step in cycle.steps.order_by("position")
        for key in printed[step.number].actors
        for body in [one.pk for one in bodies[key]] or _nobody(key)
        if (step.pk, key, body) not in standing
    ]
    if rows:
        Task.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        journal.record(
            at=at,
            actor=actor,
            act="cycles.assign_tasks",
            subject=cycle,
            subject_code=f"{cycle.system}/{cycle.fiscal_year}",
            data={"tasks": len(rows), "area": province.code},
        )


def _nobody(key: str) -> list[None]:
    """A step of the centre is shown though the register keeps no such body; a village that is not there is not."""
    return [None] if rulebook.load().actor(key).reach in ("NATION", "PROVINCE", "CLUSTER") else []


def _row(cycle: Cycle, dated: rulebook.DatedStep) -> CycleStep:
    return CycleStep(
        cycle=cycle,
        number=dated.step.number,
        position=dated.position,
        level=dated.step.lane,
        name_th=dated.step.name.th,
        name_en=dated.step.name.en,
        starts_on=dated.starts_on,
        ends_before=dated.ends_before,
        certainty=dated.step.certainty,
    )
