"""Plans of every level are compiled from the records; compiling again without change changes nothing."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from prasan.accounts.models import User
from prasan.agencies.models import LAO_KINDS, Body, BodyKind
from prasan.areas.models import Area
from prasan.common.errors import Refused
from prasan.journal import services as journal
from prasan.plans import access, rules, sources
from prasan.plans.models import EditionState, ItemSource, PlanEdition, PlanItem, PlanRemoval, PlanType
from prasan.plans.services import lines
from prasan.plans.services.lines import Key, key_of
from prasan.plans.sources import Source

BATCH = 500
ASIDE = 1_000_000  # priorities are moved up by this before they get their new value: unique at every moment


class UnableToCompilePlan(Refused):
    """The plan stands as it stood."""


@transaction.atomic
def compile_edition(*, plan_type: str, body: Body, fiscal_year: int, actor: User, at: dt.datetime) -> PlanEdition:
    """Compile a plan of any type from the records (`sources.RECIPES`); without change nothing is written.

    Refused: `not_allowed`, `implausible_year`, `other_maker` (the type is made by another kind of body),
    `no_local_government` (the same, of a local plan).
    """
    recipe = sources.RECIPES[plan_type]
    _check_maker(plan_type, recipe, body)
    _begin(body, fiscal_year, actor, at)
    return _compile(PlanType(plan_type), body, fiscal_year, recipe.lists(body, fiscal_year), actor, at)


def compile_place(*, plan_type: str, area: Area, fiscal_year: int, actor: User, at: dt.datetime) -> PlanEdition:
    """The same for the body that makes this plan in a place. Refused beside: `no_body` (none is registered there)."""
    body = _body_of(area, *sources.RECIPES[plan_type].kinds)
    return compile_edition(plan_type=plan_type, body=body, fiscal_year=fiscal_year, actor=actor, at=at)


def _compile(
    plan_type: PlanType, body: Body, fiscal_year: int, found: Sequence[Source], actor: User, at: dt.datetime
) -> PlanEdition:
    """Bring the latest edition up to the records; a submitted one is left and a new number is made."""
    locked = PlanEdition.objects.select_for_update(no_key=True)
    editions = locked.filter(plan_type=plan_type, body=body, fiscal_year=fiscal_year)
    latest = editions.order_by("-number").first()
    standing = [] if latest is None else list(PlanItem.objects.filter(edition=latest).order_by("priority"))
    wanted = {source.key(): source for source in _without_removed(latest, found)}
    wanted |= {key_of(item): _as_source(item) for item in _added_by_hand(standing) if key_of(item) not in wanted}
    by_hand = latest is not None and latest.ordered_by_hand
    order = rules.order_of(wanted=list(wanted), standing=[key_of(i) for i in standing], by_hand=by_hand)
    if latest is not None and [_as_source(item) for item in standing] == [wanted[key] for key in order]:
        return latest
    if latest is None or latest.state != EditionState.DRAFT:
        edition = _next_edition(plan_type, body, fiscal_year, latest, at)
        standing_here: list[PlanItem] = []
    else:
        edition, standing_here = latest, standing
        PlanEdition.objects.filter(pk=edition.pk).update(compiled_at=at, version=F("version") + 1)
        edition.refresh_from_db()
    by_officer = {key_of(item) for item in standing if item.source == ItemSource.ADDED}
    _write(edition, [wanted[key] for key in order], standing_here, by_officer)
    _journal(edition, {key_of(i) for i in standing_here}, order, actor, at)
    return edition


def _next_edition(
    plan_type: PlanType, body: Body, fiscal_year: int, latest: PlanEdition | None, at: dt.datetime
) -> PlanEdition:
    """A fresh draft; what officers took out of the edition before stays out."""
    edition = PlanEdition.objects.create(
        plan_type=plan_type,
        body=body,
        fiscal_year=fiscal_year,
        number=1 if latest is None else latest.number + 1,
        compiled_at=at,
        ordered_by_hand=latest is not None and latest.ordered_by_hand,
    )
    if latest is not None:
        PlanRemoval.objects.bulk_create(
            PlanRemoval(
                edition=edition,
                project_id=r.project_id,
                need_id=r.need_id,
                reason=r.reason,
                removed_by_id=r.removed_by_id,
                removed_at=r.removed_at,
            )
            for r in PlanRemoval.objects.filter(edition=latest).order_by("pk")
        )
    return edition


def _write(edition: PlanEdition, order: Sequence[Source], standing: Sequence[PlanItem], by_officer: set[Key]) -> None:
    """Make the items of the edition exactly these, in this order; an item that stays keeps its row."""
    present = {source.key() for source in order}
    PlanItem.objects.filter(pk__in=[i.pk for i in standing if key_of(i) not in present]).delete()
    PlanItem.objects.filter(edition=edition).update(priority=F("priority") + ASIDE)
    rows = {key_of(item): item for item in standing}
    stay, new = [], []
    for priority, source in enumerate(order, 1):
        item = rows.get(source.key())
        if item is None:
            kind = ItemSource.ADDED if source.key() in by_officer else ItemSource.COMPILED
            new.append(
                PlanItem(
                    edition=edition,
                    priority=priority,
                    project_id=source.project_id,
                    need_id=source.need_id,
                    handover_id=source.handover_id,
                    source=kind,
                )
            )
        else:
            item.priority, item.handover_id = priority, source.handover_id
            stay.append(item)
    PlanItem.objects.bulk_update(stay, ["priority", "handover"], batch_size=BATCH)
    PlanItem.objects.bulk_create(new, batch_size=BATCH)


def _journal(edition: PlanEdition, before: set[Key], order: Sequence[Key], actor: User, at: dt.datetime) -> None:
    """One line for the edition, and one for every record that came in or went out."""
    came = [key for key in order if key not in before]
    went = sorted(before - set(order), key=str)
    journal.record_many(
        at=at,
        actor=actor,
        entries=[
            lines.of_edition(edition, "plans.compile_edition", items=len(order)),
            *lines.of_items(edition, "plans.list_item", came),
            *lines.of_items(edition, "plans.unlist_item", went),
        ],
    )


def _as_source(item: PlanItem) -> Source:
    return Source(item.project_id, item.need_id, item.handover_id)


def _without_removed(latest: PlanEdition | None, found: Sequence[Source]) -> list[Source]:
    """The sources without what officers took out of the edition."""
    if latest is None:
        return list(found)
    removed = set(PlanRemoval.objects.filter(edition=latest).values_list("project_id", "need_id"))
    return [source for source in found if source.key() not in removed]


def _added_by_hand(standing: Sequence[PlanItem]) -> list[PlanItem]:
    """Items officers added whose record still stands for itself."""
    added = [item.pk for item in standing if item.source == ItemSource.ADDED]
    kept = (
        PlanItem.objects.filter(pk__in=added)
        .exclude(project__merged_into__isnull=False)
        .exclude(project__withdrawn_at__isnull=False)
        .exclude(need__merged_into__isnull=False)
        .exclude(need__withdrawn_at__isnull=False)
    )
    return list(kept.order_by("priority"))


def _body_of(area: Area, *kinds: BodyKind) -> Body:
    """The body of the first of these kinds whose area this is."""
    found = {body.kind: body for body in Body.objects.filter(area=area, kind__in=kinds, valid_to=None).order_by("-pk")}
    for kind in kinds:
        if kind in found:
            return found[kind]
    raise UnableToCompilePlan(
        "no_body",
        f"รวบรวมแผนของ {area.name_th} ไม่ได้ เพราะยังไม่ได้ขึ้นทะเบียน{kinds[0].label} โปรดขึ้นทะเบียนหน่วยงานก่อน",
        f"No plan was compiled for {area.name_en or area.name_th}: no {kinds[0].value} is registered there. "
        "Register the body first.",
    )


def _check_maker(plan_type: str, recipe: sources.Recipe, body: Body) -> None:
    if body.kind in recipe.kinds and (body.area is not None or body.kind in LAO_KINDS):
        return
    label = PlanType(plan_type).label
    if recipe.kinds == LAO_KINDS:
        raise UnableToCompilePlan(
            "no_local_government",
            f"รวบรวม{label}ของ {body.name_th} ไม่ได้ เพราะไม่ใช่องค์กรปกครองส่วนท้องถิ่น โปรดเลือก อปท.",
            f"No local plan was compiled for {body.name_en or body.name_th}: it is no local government. Choose one.",
        )
    raise UnableToCompilePlan(
        "other_maker",
        f"รวบรวม{label}ของ {body.name_th} ไม่ได้ เพราะผู้ทำแผนนี้คือ{BodyKind(recipe.kinds[0]).label}",
        f"No such plan was compiled for {body.name_en or body.name_th}: it is made by {recipe.kinds[0].value}.",
    )


def _begin(body: Body, fiscal_year: int, actor: User, at: dt.datetime) -> None:
    """Refuse whoever may not, and wait for whoever compiles the same plan at this moment."""
    if not access.can_compile(actor, body=body, on=localdate(at)):
        raise UnableToCompilePlan(
            "not_allowed",
            f"รวบรวมแผนของ {body.name_th} ไม่ได้ เพราะท่านไม่ใช่เจ้าหน้าที่แผนของหน่วยงานนี้ โปรดให้เจ้าหน้าที่ของหน่วยงานรวบรวม",
            f"No plan was compiled for {body.name_en or body.name_th}: you are no planning officer of it. Ask one.",
        )
    if not rules.year_is_plausible(fiscal_year):
        raise UnableToCompilePlan(
            "implausible_year",
            f"รวบรวมแผนไม่ได้ เพราะ {fiscal_year} ไม่ใช่ปีงบประมาณ พ.ศ. โปรดแก้ปี",
            f"No plan was compiled: {fiscal_year} is no Buddhist-era fiscal year. Correct it.",
        )
    # The body is the lock, taken before the records are read: of two who compile its plan at once the
    # second reads after the first has written, and finds its edition.
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)


def types_made_by(body: Body) -> tuple[str, ...]:
    """The types of plan a body of this kind makes, in the order of the levels."""
    return tuple(key for key, recipe in sources.RECIPES.items() if body.kind in recipe.kinds)
