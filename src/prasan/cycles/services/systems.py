"""A province writes its own planning system: a draft is changed step by step, then published for good."""

import datetime as dt
import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.timezone import localdate

from prasan import rulebook
from prasan.accounts.models import User
from prasan.areas.models import Area
from prasan.common.errors import Refused
from prasan.cycles import access, drafting
from prasan.cycles.models import SystemVersion
from prasan.journal import services as journal

KEY = re.compile(r"[a-z][a-z0-9_]{2,39}")
Change = Callable[[rulebook.PlanningSystem], rulebook.PlanningSystem]


class UnableToWriteSystem(Refused):
    """The system is as before. Codes: not_allowed, bad_key, taken_key, no_reason, unknown_system, draft_exists,
    published_already, no_steps, changed_meanwhile, and those of reading a file and changing a step."""


@transaction.atomic
def draft_system(
    *, based_on: str | SystemVersion, key: str, area: Area, reason: str, actor: User, at: dt.datetime
) -> SystemVersion:
    """Start a province's own system, or a new version of it, from a shipped system (its key) or a version.

    Refused: `not_allowed`, `bad_key`, `taken_key`, `no_reason`, `unknown_system`, `draft_exists`.
    """
    _may(actor, area, at)
    source = None if isinstance(based_on, str) else based_on
    try:
        system = rulebook.planning_system(based_on) if isinstance(based_on, str) else system_of(based_on)
    except Refused as refusal:
        raise UnableToWriteSystem(refusal.code, refusal.message_th, refusal.message_en) from refusal
    return _start(system, source, key, area, reason, "cycles.draft_system", actor, at)


@transaction.atomic
def import_system(*, text: str, file: str, area: Area, reason: str, actor: User, at: dt.datetime) -> SystemVersion:
    """Read a province's own system from YAML text as a draft; nothing is kept of a file that is not fit.

    `file` is its name, for the refusals, which name the line. Refused: `not_allowed`, `bad_key`, `taken_key`,
    `no_reason`, `draft_exists`, and what reading and checking a step refuse.
    """
    _may(actor, area, at)
    try:
        system = read_text(text, file)
    except Refused as refusal:
        raise UnableToWriteSystem(refusal.code, refusal.message_th, refusal.message_en) from refusal
    return _start(system, None, system.key, area, reason, "cycles.import_system", actor, at)


@transaction.atomic
def change_step(
    *,
    definition: SystemVersion,
    number: str,
    changes: Mapping[str, object],
    actor: User,
    at: dt.datetime,
    seen_version: int | None = None,
) -> SystemVersion:
    """Change fields of one step of a draft (drafting.FIELDS): window, names, actors, gates, after, responsible, …

    Refused: `not_allowed`, `published_already`, `changed_meanwhile`, and what `drafting` refuses by step and field.
    """
    return _write(
        definition,
        lambda system: drafting.with_step_changed(system, number, changes),
        "cycles.change_step",
        {"step": number, "fields": sorted(changes)},
        actor,
        at,
        seen_version,
    )


@transaction.atomic
def add_step(
    *,
    definition: SystemVersion,
    step: rulebook.Step,
    actor: User,
    at: dt.datetime,
    behind: str = "",
    seen_version: int | None = None,
) -> SystemVersion:
    """Add a step to a draft, at the end or right behind another; refused as `change_step`, and `repeated_number`."""
    return _write(
        definition,
        lambda system: drafting.with_step_added(system, step, behind=behind),
        "cycles.add_step",
        {"step": step.number},
        actor,
        at,
        seen_version,
    )


@transaction.atomic
def remove_step(
    *, definition: SystemVersion, number: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> SystemVersion:
    """Take a step out of a draft; refused as `change_step`, and `still_needed` while another builds on it."""
    return _write(
        definition,
        lambda system: drafting.with_step_removed(system, number),
        "cycles.remove_step",
        {"step": number},
        actor,
        at,
        seen_version,
    )


@transaction.atomic
def publish_system(
    *, definition: SystemVersion, reason: str, actor: User, at: dt.datetime, seen_version: int | None = None
) -> SystemVersion:
    """Publish a draft under its number, with who and why; from then on it never changes.

    Running cycles keep the version they were opened with. Refused: `not_allowed`, `no_reason`,
    `published_already`, `no_steps`, `changed_meanwhile`.
    """
    _may(actor, definition.area, at)
    _say_why(reason)
    system = system_of(definition)
    if not system.steps:
        raise UnableToWriteSystem(
            "no_steps",
            f"ประกาศใช้ระบบแผน {definition} ไม่ได้ เพราะยังไม่มีขั้นตอน โปรดเพิ่มขั้นตอนก่อน",
            f"The planning system {definition} was not published: it has no step. Add one first.",
        )
    _set(definition, seen_version, published_at=at, reason=reason.strip(), author=actor)
    _record("cycles.publish_system", definition, {"reason": reason.strip(), "digest": definition.digest}, actor, at)
    return definition


def system_of(definition: SystemVersion) -> rulebook.PlanningSystem:
    """The planning system a version says."""
    return rulebook.from_data(definition.definition)


def read_text(text: str, file: str) -> rulebook.PlanningSystem:
    """The system of a YAML text, read as strictly as a file, and each step checked as the editor would."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (Path(file).name or "system.yaml")
        path.write_text(text, encoding="utf-8")
        system = rulebook.read_system(path)
    for step in system.steps:
        drafting.with_step_changed(system, step.number, {})
    return system


def _start(
    system: rulebook.PlanningSystem,
    source: SystemVersion | None,
    key: str,
    area: Area,
    reason: str,
    act: str,
    actor: User,
    at: dt.datetime,
) -> SystemVersion:
    _say_why(reason)
    # The number is read before the key is checked: whoever comes second meets the draft, or the number taken.
    last = SystemVersion.objects.filter(key=key).aggregate(last=Max("number"))["last"] or 0
    _check_key(key, area)
    data = rulebook.to_data(_renamed(system, key))
    try:
        with transaction.atomic():
            definition = SystemVersion.objects.create(
                key=key, number=last + 1, area=area, definition=data, digest=digest_of(data),
                based_on=source, author=actor, reason=reason.strip(), created_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise _changed_meanwhile(key) from error
    about = str(source) if source else system.key
    _record(act, definition, {"based_on": about, "reason": reason.strip()}, actor, at)
    return definition


def _renamed(system: rulebook.PlanningSystem, key: str) -> rulebook.PlanningSystem:
    if system.key == key:
        return system
    return rulebook.from_data({**rulebook.to_data(system), "key": key, "aliases": []})


def _check_key(key: str, area: Area) -> None:
    if not KEY.fullmatch(key):
        raise UnableToWriteSystem(
            "bad_key",
            f"ใช้คีย์ “{key}” ไม่ได้ คีย์ต้องเป็นอักษร a-z ตัวเลข หรือ _ ยาว 3 ถึง 40 ตัว ขึ้นต้นด้วยอักษร",
            f"The key “{key}” was not taken: use 3 to 40 of a-z, digits and _, beginning with a letter.",
        )
    shipped = {name for system in rulebook.load().systems for name in (system.key, *system.aliases)}
    if key in shipped or SystemVersion.objects.filter(key=key).exclude(area=area).exists():
        raise UnableToWriteSystem(
            "taken_key",
            f"ใช้คีย์ “{key}” ไม่ได้ เพราะเป็นของระบบแผนอื่น โปรดตั้งคีย์ใหม่ เช่น {key}_{area.code}"[:400],
            f"The key “{key}” was not taken: it is that of another system. Choose another, e.g. {key}_{area.code}.",
        )
    if SystemVersion.objects.filter(key=key, published_at=None).exists():
        raise UnableToWriteSystem(
            "draft_exists",
            f"ระบบแผน “{key}” มีร่างที่ยังไม่ประกาศอยู่แล้ว โปรดแก้ร่างนั้น",
            f"The system “{key}” has a draft already. Change that one.",
        )


def _write(
    definition: SystemVersion,
    change: Change,
    act: str,
    said: dict[str, object],
    actor: User,
    at: dt.datetime,
    seen_version: int | None,
) -> SystemVersion:
    _may(actor, definition.area, at)
    data = rulebook.to_data(change(system_of(definition)))
    _set(definition, seen_version, definition=data, digest=digest_of(data))
    _record(act, definition, said, actor, at)
    return definition


def _set(row: SystemVersion, seen_version: int | None, **values: object) -> None:
    """Compare and set on the version; what is published is never touched."""
    version = row.version if seen_version is None else seen_version
    rows = SystemVersion.objects.filter(pk=row.pk, published_at=None)
    if rows.filter(version=version).update(**values, version=F("version") + 1):
        row.refresh_from_db()
        return
    if rows.exists():
        raise _changed_meanwhile(str(row))
    raise UnableToWriteSystem(
        "published_already",
        f"ระบบแผน {row} ประกาศใช้แล้ว จึงแก้ไม่ได้ โปรดร่างฉบับใหม่จากฉบับนี้",
        f"The planning system {row} is published and stays as it is. Draft a new version from it.",
    )


def _may(actor: User, area: Area | None, at: dt.datetime) -> None:
    if not access.can_write_system(actor, area=area, on=localdate(at)):
        raise UnableToWriteSystem(
            "not_allowed",
            "เขียนระบบแผนไม่ได้ ต้องเป็นนักวิเคราะห์แผน ประธาน หรือเลขานุการของจังหวัดเจ้าของระบบ โปรดให้จังหวัดทำ",
            "The planning system was not changed: that takes the plan analyst, chair or secretary of the province "
            "whose system it is. Ask the province.",
        )


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise UnableToWriteSystem(
            "no_reason",
            "บันทึกระบบแผนไม่ได้ เพราะไม่มีเหตุผล โปรดระบุเหตุผล",
            "The planning system was not saved: no reason given. Say why.",
        )


def _changed_meanwhile(name: str) -> UnableToWriteSystem:
    return UnableToWriteSystem(
        "changed_meanwhile",
        f"บันทึกระบบแผน {name} ไม่ได้ เพราะมีผู้แก้ก่อนท่าน โปรดเปิดดูใหม่",
        f"The planning system {name} was not saved: somebody changed it before you. Open it again.",
    )


def digest_of(data: Mapping[str, object]) -> str:
    """The same digest for the same definition, however it is written."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _record(act: str, definition: SystemVersion, said: dict[str, object], actor: User, at: dt.datetime) -> None:
    journal.record(at=at, actor=actor, act=act, subject=definition, subject_code=str(definition), data=said)
