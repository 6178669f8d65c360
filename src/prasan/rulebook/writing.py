"""Planning systems as JSON values and as the YAML the rulebook reads, both ways without loss."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, cast

from prasan.rulebook.reading import Words
from prasan.rulebook.systems import Edge, EventWindow, GateNeed, PlanningSystem, Step, Window

_TEXTS = ("detail", "responsible", "input", "output", "gate", "next", "printed")
_LISTS = ("after", "actors", "uses", "makes")


def to_data(system: PlanningSystem) -> dict[str, object]:
    """The system as JSON values; what a step does not have is left out, as in the YAML."""
    return {
        "key": system.key,
        "aliases": list(system.aliases),
        "title": _words(system.title),
        "description": _words(system.description),
        "unit": system.unit,
        "reference": system.reference,
        "issued_on": system.issued_on.isoformat() if system.issued_on else None,
        "anchor": system.anchor,
        "example_fiscal_year": system.example_fiscal_year,
        "steps": [_step_data(step) for step in system.steps],
    }


def _words(words: Words) -> dict[str, str]:
    return {"th": words.th, "en": words.en}


def _step_data(step: Step) -> dict[str, object]:
    data: dict[str, object] = {"number": step.number, "lane": step.lane, "name": _words(step.name)}
    data |= {key: getattr(step, key) for key in _TEXTS if getattr(step, key)}
    window = step.window
    data["window"] = {"start": _edge_data(window.start), "end": _edge_data(window.end)} if window else None
    data |= {"certainty": step.certainty, "source": step.source}
    data |= {key: list(getattr(step, key)) for key in _LISTS if getattr(step, key)}
    if step.gates:
        data["gates"] = [{"actor": need.actor, "decision": need.decision} for need in step.gates]
    if step.waits_for_all:
        data["waits_for_all"] = True
    if step.event_window:
        data["event_window"] = {"event": step.event_window.event, "days": step.event_window.days}
    return data


def _edge_data(edge: Edge) -> dict[str, int]:
    return {"month": edge.month, "k": edge.k} | ({"day": edge.day} if edge.day is not None else {})


def from_data(data: Mapping[str, object]) -> PlanningSystem:
    """The system `to_data` wrote; it is trusted, `running.faults` says whether an edited one can run."""
    given = cast("Mapping[str, Any]", data)
    issued_on = given["issued_on"]
    return PlanningSystem(
        key=given["key"],
        aliases=tuple(given["aliases"]),
        title=Words(**given["title"]),
        description=Words(**given["description"]),
        unit=given["unit"],
        reference=given["reference"],
        issued_on=dt.date.fromisoformat(issued_on) if issued_on else None,
        anchor=given["anchor"],
        example_fiscal_year=given["example_fiscal_year"],
        steps=tuple(_step_from(step) for step in given["steps"]),
    )


def _step_from(data: Mapping[str, Any]) -> Step:
    window, event = data["window"], data.get("event_window")
    return Step(
        number=data["number"],
        lane=data["lane"],
        name=Words(**data["name"]),
        **{key: data.get(key, "") for key in _TEXTS},
        window=Window(Edge(**window["start"]), Edge(**window["end"])) if window else None,
        certainty=data["certainty"],
        source=data["source"],
        after=tuple(data.get("after", ())),
        actors=tuple(data.get("actors", ())),
        uses=tuple(data.get("uses", ())),
        makes=tuple(data.get("makes", ())),
        gates=tuple(GateNeed(**need) for need in data.get("gates", ())),
        waits_for_all=data.get("waits_for_all", False),
        event_window=EventWindow(**event) if event else None,
    )


def to_yaml(system: PlanningSystem) -> str:
    """The system as a file of the rulebook; `read_system` reads the same system from it."""
    data = to_data(system)
    lines = []
    for key, value in data.items():
        if key == "steps":
            lines.append("steps:")
            lines += [line for step in system.steps for line in _step_lines(_step_data(step))]
        elif isinstance(value, dict):
            lines += [f"{key}:", *(f"  {name}: {_quoted(words)}" for name, words in value.items())]
        elif key in ("key", "unit", "issued_on"):
            lines.append(f"{key}: {value or 'null'}")
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _step_lines(data: Mapping[str, object]) -> list[str]:
    lines = [f"{key}: {value if key == 'lane' else _flow(value)}" for key, value in data.items()]
    return [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(inner) for inner in value) + "]"
    return _quoted(value)


def _quoted(value: object) -> str:
    """A JSON text, number, truth value or null, which YAML reads as the same value."""
    return json.dumps(value, ensure_ascii=False)
