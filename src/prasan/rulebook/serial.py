"""A planning system as plain values and as YAML, and back; what is read is held to the same strict reader."""

from pathlib import Path
from typing import Any

import yaml

from prasan.rulebook import loading
from prasan.rulebook.reading import Section, UnableToLoadRulebook
from prasan.rulebook.systems import Edge, PlanningSystem, Step

_OPTIONAL = ("detail", "input", "output", "gate")


def to_data(system: PlanningSystem) -> dict[str, Any]:
    """The system as JSON values, under the keys of its YAML file."""
    return {
        "key": system.key,
        "aliases": list(system.aliases),
        "title": {"th": system.title.th, "en": system.title.en},
        "description": {"th": system.description.th, "en": system.description.en},
        "unit": system.unit,
        "reference": system.reference,
        "issued_on": system.issued_on.isoformat() if system.issued_on else None,
        "anchor": system.anchor,
        "example_fiscal_year": system.example_fiscal_year,
        "steps": [_step_data(step) for step in system.steps],
    }


def from_data(data: dict[str, Any]) -> PlanningSystem:
    """The system these values say; `UnableToLoadRulebook` where they are not one."""
    return _read(_dump(data), str(data.get("key", "data")))


def to_yaml(system: PlanningSystem) -> str:
    """The system as the text of a YAML file that `read_system` reads back."""
    return _dump(to_data(system))


def read_system(path: Path) -> PlanningSystem:
    """A province's own system from its file; `UnableToLoadRulebook` names the file and the line."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnableToLoadRulebook("not_yaml", path.name, 1, "อ่านเป็น YAML ไม่ได้", "not readable as YAML") from error
    return _read(text, path.name)


def _dump(data: dict[str, Any]) -> str:
    day = data.get("issued_on")
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    # A day in JSON is a text, in YAML a date.
    return text.replace(f"issued_on: '{day}'", f"issued_on: {day}") if isinstance(day, str) else text


def _read(text: str, name: str) -> PlanningSystem:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise UnableToLoadRulebook("not_yaml", name, line, "อ่านเป็น YAML ไม่ได้", "not readable as YAML") from error
    if node is None:
        raise UnableToLoadRulebook("not_yaml", name, 1, "ไฟล์ว่าง", "the file is empty")
    return loading.system_in(Section(name, node, loading.SYSTEM_KEYS))


def _step_data(step: Step) -> dict[str, Any]:
    data: dict[str, Any] = {
        "number": step.number,
        "lane": step.lane,
        "name": {"th": step.name.th, "en": step.name.en},
        "responsible": step.responsible,
        "next": step.next,
        "printed": step.printed,
        "window": None,
        "certainty": step.certainty,
        "source": step.source,
    }
    if step.window:
        data["window"] = {"start": _edge_data(step.window.start), "end": _edge_data(step.window.end)}
    data |= {key: getattr(step, key) for key in _OPTIONAL if getattr(step, key)}
    data |= {key: list(getattr(step, key)) for key in ("after", "actors", "uses", "makes") if getattr(step, key)}
    if step.gates:
        data["gates"] = [{"actor": gate.actor, "decision": gate.decision} for gate in step.gates]
    if step.waits_for_all:
        data["waits_for_all"] = True
    if step.event_window:
        data["event_window"] = {"event": step.event_window.event, "days": step.event_window.days}
    return data


def _edge_data(edge: Edge) -> dict[str, int]:
    data = {"month": edge.month, "k": edge.k}
    return data if edge.day is None else {**data, "day": edge.day}
