"""Building the rulebook from its YAML files, refusing whatever is not complete and unambiguous."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from prasan.common.errors import Refused
from prasan.rulebook.actors import Actor, read_actors
from prasan.rulebook.documents import LetterLaw, PlanTypeLaw, read_letters, read_plan_types
from prasan.rulebook.guidelines import GuidelineSet, read_guideline_set
from prasan.rulebook.reading import Section, read_list
from prasan.rulebook.rules import CONSEQUENCES, KINDS, TOPICS, DatedValue, Era, Rule
from prasan.rulebook.system_files import EDGE_KEYS, edge, only_once, read_system
from prasan.rulebook.systems import CERTAINTIES, Edge, PlanningSystem
from prasan.rulebook.work_conflicts import WorkConflictLaw, read_work_conflicts

DATA = Path(__file__).parent / "data"
Found = TypeVar("Found")

_ERA_KEYS = ("key", "name", "starts_on", "reference", "certainty")
_RULE_KEYS = (
    "id", "kind", "eras", "title", "statement", "test", "source", "certainty", "unit", "reference", "values",
    "consequence", "topic", "check",
)  # fmt: skip
_VALUE_KEYS = ("from", "value", "certainty", "source")
# A value is a day of the year relative to the fiscal year (deadline), or a whole number of its unit.
DEADLINE = "deadline"
_UNITS = (DEADLINE, "day", "count", "satang", "percent")


class UnableToFindInRulebook(Refused):
    """A key the rulebook does not have. Codes: unknown_system, unknown_rule, unknown_actor, unknown_plan_type,
    unknown_letter, unknown_guideline_set."""


@dataclass(frozen=True)
class Rulebook:
    """Everything the rulebook says, ready to ask."""

    systems: tuple[PlanningSystem, ...]
    eras: tuple[Era, ...]
    rules: tuple[Rule, ...]
    actors: tuple[Actor, ...] = ()
    plan_types: tuple[PlanTypeLaw, ...] = ()
    letters: tuple[LetterLaw, ...] = ()
    guideline_sets: tuple[GuidelineSet, ...] = ()
    references: tuple[GuidelineSet, ...] = ()  # national frames, the same shape

    def planning_system(self, key: str) -> PlanningSystem:
        """The system with this key or alias; `UnableToFindInRulebook` lists the keys there are."""
        for system in self.systems:
            if key == system.key or key in system.aliases:
                return system
        known = ", ".join(system.key for system in self.systems)
        raise UnableToFindInRulebook(
            "unknown_system",
            f"ไม่รู้จักระบบแผน “{key}” ที่มีคือ {known}",
            f"There is no planning system “{key}”. Known: {known}.",
        )

    def rule(self, rule_id: str) -> Rule:
        """The rule with this id, e.g. R37."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise UnableToFindInRulebook(
            "unknown_rule", f"ไม่มีกฎ “{rule_id}” ในสมุดกฎ", f"There is no rule “{rule_id}” in the rulebook."
        )

    def actor(self, key: str) -> Actor:
        """The body of the sources with this key."""
        for actor in self.actors:
            if actor.key == key:
                return actor
        raise _unknown("unknown_actor", "ผู้รับผิดชอบ", "body", key)

    def plan_type(self, key: str) -> PlanTypeLaw:
        """What the sources say of a type of plan."""
        for plan_type in self.plan_types:
            if plan_type.key == key:
                return plan_type
        raise _unknown("unknown_plan_type", "ประเภทแผน", "type of plan", key)

    def letter(self, code: str) -> LetterLaw:
        """The letter of the catalogue with this code, e.g. L12."""
        for letter in self.letters:
            if letter.code == code:
                return letter
        raise _unknown("unknown_letter", "หนังสือ", "letter", code)

    def guideline_set(self, key: str) -> GuidelineSet:
        """The set of guidelines with this key."""
        for found in self.guideline_sets:
            if found.key == key:
                return found
        raise _unknown("unknown_guideline_set", "ชุดแนวทาง", "set of guidelines", key)


def _unknown(code: str, said_th: str, said_en: str, key: str) -> UnableToFindInRulebook:
    return UnableToFindInRulebook(
        code, f"ไม่มี{said_th} “{key}” ในสมุดกฎ", f"There is no {said_en} “{key}” in the rulebook."
    )


@functools.cache
def load_work_conflicts() -> WorkConflictLaw:
    """Which works stand in each other's way, as shipped; read once per process."""
    return read_work_conflicts(DATA / "work_conflicts.yaml", CERTAINTIES)


@functools.cache
def load() -> Rulebook:
    """The rulebook shipped with the product, read once per process."""
    return load_from(DATA)


def load_from(folder: Path) -> Rulebook:
    """Read a rulebook folder (systems/*.yaml, eras.yaml, rules/*.yaml); `UnableToLoadRulebook` if unfit."""
    actors = _if_there(folder / "actors.yaml", read_actors)
    known = {actor.key for actor in actors} if actors else None
    found = tuple(read_system(path, actors=known) for path in sorted((folder / "systems").glob("*.yaml")))
    eras = tuple(_era(section) for section in read_list(folder / "eras.yaml", _ERA_KEYS))
    by_key = {era.key: era for era in eras}
    book: dict[str, Rule] = {}
    for path in sorted((folder / "rules").glob("*.yaml")):
        for section in read_list(path, _RULE_KEYS):
            rule = _rule(section, by_key)
            only_once(section, "id", rule.id, book)
            book[rule.id] = rule
    return Rulebook(
        systems=found,
        eras=eras,
        rules=tuple(sorted(book.values(), key=lambda rule: rule.id)),
        actors=actors,
        plan_types=_if_there(folder / "plan_types.yaml", read_plan_types),
        letters=_if_there(folder / "letters.yaml", read_letters),
        guideline_sets=_sets(folder / "guidelines"),
        references=_sets(folder / "references"),
    )


def _sets(folder: Path) -> tuple[GuidelineSet, ...]:
    return tuple(read_guideline_set(path, CERTAINTIES) for path in sorted(folder.glob("*.yaml")))


def _if_there(path: Path, read: Callable[[Path, tuple[str, ...]], tuple[Found, ...]]) -> tuple[Found, ...]:
    """A folder of a province's own systems need not say again who the bodies are."""
    return read(path, CERTAINTIES) if path.is_file() else ()


def _era(section: Section) -> Era:
    return Era(
        key=section.text("key"),
        name=section.words("name"),
        starts_on=section.date_or_null("starts_on"),
        reference=section.text("reference"),
        certainty=section.one_of("certainty", CERTAINTIES),
    )


def _rule(section: Section, eras: dict[str, Era]) -> Rule:
    keys = section.texts("eras")
    for key in keys:
        if key not in eras:
            raise section.refusal(
                "wrong_kind", section.line_of("eras"), f"ไม่รู้จักยุค “{key}”", f"the era “{key}” is unknown"
            )
    unit, values = "", tuple[DatedValue, ...]()
    if section.holds("values"):
        unit = section.one_of("unit", _UNITS)
        values = _values(section, unit)
    return Rule(
        id=section.text("id"),
        kind=section.one_of("kind", KINDS),
        eras=tuple(eras[key] for key in keys),
        title=section.words("title"),
        statement=section.words("statement"),
        test=section.text("test"),
        source=section.text("source"),
        certainty=section.one_of("certainty", CERTAINTIES),
        unit=unit,
        reference=section.text("reference"),
        values=values,
        consequence=section.one_of("consequence", CONSEQUENCES),
        topic=section.one_of("topic", TOPICS),
        check=section.optional_text("check"),
    )


def _values(section: Section, unit: str) -> tuple[DatedValue, ...]:
    values: list[DatedValue] = []
    for item in section.sections("values", _VALUE_KEYS):
        starts_on = item.date_or_null("from")
        if starts_on is None or (values and starts_on <= values[-1].starts_on):
            raise item.refusal(
                "wrong_kind", item.line_of("from"), "วันที่ต้องเรียงจากก่อนไปหลัง", "dates must stand in rising order"
            )
        value: int | Edge | None = None
        if not item.is_null("value"):
            value = edge(item.section("value", EDGE_KEYS)) if unit == DEADLINE else item.integer("value")
        certainty = item.one_of("certainty", CERTAINTIES)
        values.append(DatedValue(starts_on, value, certainty, item.text("source")))
    if not values:
        raise section.refusal("wrong_kind", section.line_of("values"), "ไม่มีค่าใดเลย", "there is no value at all")
    return tuple(values)
