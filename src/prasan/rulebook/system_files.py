"""Reading a planning system from its YAML file, refusing what is not complete or cannot run."""

from collections.abc import Collection, Container
from pathlib import Path

from prasan.rulebook.reading import Section, read_mapping
from prasan.rulebook.running import faults
from prasan.rulebook.systems import (
    CERTAINTIES,
    DECISIONS,
    LANES,
    Edge,
    EventWindow,
    GateNeed,
    PlanningSystem,
    Step,
    Window,
)

_SYSTEM_KEYS = (
    "key", "aliases", "title", "description", "unit", "reference",
    "issued_on", "anchor", "example_fiscal_year", "steps",
)  # fmt: skip
_STEP_KEYS = (
    "number", "lane", "name", "detail", "responsible", "input", "output", "gate",
    "next", "printed", "window", "certainty", "source",
    "after", "actors", "gates", "uses", "makes", "waits_for_all", "event_window",
)  # fmt: skip
EDGE_KEYS = ("month", "k", "day")


def only_once(section: Section, key: str, name: str, seen: Container[str]) -> None:
    if name in seen:
        raise section.refusal("repeated_name", section.line_of(key), f"“{name}” มีอยู่แล้ว", f"“{name}” is already there")


def read_system(path: Path, *, actors: Collection[str] | None = None) -> PlanningSystem:
    """Read one planning system, a province's own too; `actors` are the bodies it may name (None: any).

    `UnableToLoadRulebook` names the file and the line that does not fit.
    """
    section = read_mapping(path, _SYSTEM_KEYS)
    items: dict[str, Section] = {}
    steps: dict[str, Step] = {}
    for item in section.sections("steps", _STEP_KEYS):
        step = _step(item)
        only_once(item, "number", step.number, steps)
        steps[step.number], items[step.number] = step, item
    key, aliases = section.text("key"), section.texts("aliases")
    if path.stem not in (key, *aliases):
        raise section.refusal(
            "wrong_name",
            section.line_of("key"),
            "ชื่อไฟล์ต้องตรงกับคีย์หรือชื่ออื่น",
            "the file must be named after its key or an alias",
        )
    system = PlanningSystem(
        key=key,
        aliases=aliases,
        title=section.words("title"),
        description=section.words("description"),
        unit=section.one_of("unit", ("month",)),
        reference=section.text("reference"),
        issued_on=section.date_or_null("issued_on"),
        anchor=section.text("anchor"),
        example_fiscal_year=section.integer("example_fiscal_year"),
        steps=tuple(steps.values()),
    )
    for fault in faults(system, actors):
        item = items[fault.number]
        raise item.refusal("cannot_run", item.line_of(fault.key), fault.message.th, fault.message.en)
    return system


def _step(section: Section) -> Step:
    certainty = section.one_of("certainty", CERTAINTIES)
    window = None if section.is_null("window") else _window(section.section("window", ("start", "end")))
    return Step(
        number=section.text("number"),
        lane=section.one_of("lane", LANES),
        name=section.words("name"),
        detail=section.optional_text("detail"),
        responsible=section.text("responsible"),
        input=section.optional_text("input"),
        output=section.optional_text("output"),
        gate=section.optional_text("gate"),
        next=section.text("next"),
        printed=section.text("printed"),
        window=window,
        certainty=certainty,
        source=section.text("source"),
        after=section.texts("after") if section.holds("after") else (),
        actors=section.texts("actors") if section.holds("actors") else (),
        gates=_gates(section),
        uses=section.texts("uses") if section.holds("uses") else (),
        makes=section.texts("makes") if section.holds("makes") else (),
        waits_for_all=section.boolean("waits_for_all") if section.holds("waits_for_all") else False,
        event_window=_event_window(section),
    )


def _gates(section: Section) -> tuple[GateNeed, ...]:
    if not section.holds("gates"):
        return ()
    items = section.sections("gates", ("actor", "decision"))
    return tuple(GateNeed(item.text("actor"), item.one_of("decision", DECISIONS)) for item in items)


def _event_window(section: Section) -> EventWindow | None:
    if not section.holds("event_window"):
        return None
    item = section.section("event_window", ("event", "days"))
    return EventWindow(item.text("event"), item.integer("days"))


def _window(section: Section) -> Window:
    start = edge(section.section("start", EDGE_KEYS))
    end = edge(section.section("end", EDGE_KEYS))
    # Any year shows whether the window runs backwards: both edges move with the fiscal year together.
    if start.first_day(2545) >= end.day_after(2545):
        raise section.refusal("wrong_kind", section.line, "ช่วงเวลาสิ้นสุดก่อนเริ่ม", "the window ends before it starts")
    return Window(start, end)


def edge(section: Section) -> Edge:
    day = section.integer("day") if section.holds("day") else None
    found = Edge(section.integer("month"), section.integer("k"), day)
    if not found.comes_every_year:
        raise section.refusal("wrong_kind", section.line, "ไม่มีวันนี้ในทุกปี", "not every year has such a day")
    return found
