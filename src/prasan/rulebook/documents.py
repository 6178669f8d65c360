"""Documents of the cycle as data: plan types with the gates they pass, and the letters a cycle needs."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from prasan.rulebook.reading import Section, Words, read_list
from prasan.rulebook.systems import DECISIONS, GateNeed

_PLAN_KEYS = ("key", "name", "aliases", "maker", "years", "stays_inside", "paths", "source", "certainty")
_PATH_KEYS = ("from", "stages", "source", "certainty")
_STAGE_KEYS = ("state", "name", "actor", "decision", "source")
_LETTER_KEYS = ("code", "name", "senders", "receivers", "copies", "steps", "content", "form", "source", "certainty")
FORMS = ("EXTERNAL", "MEMO", "STAMPED", "ORDER", "ANNOUNCEMENT", "MINUTES")


@dataclass(frozen=True, slots=True)
class Stage:
    """A state a plan reaches by one decision of one body; `gate` is that decision."""

    state: str
    name: Words
    gate: GateNeed
    source: str


@dataclass(frozen=True, slots=True)
class PlanPath:
    """The states a submitted plan passes in order, from a day on (None: no first day is known)."""

    starts_on: dt.date | None
    stages: tuple[Stage, ...]
    source: str
    certainty: str

    def next_after(self, state: str) -> Stage | None:
        """The stage after a state; SUBMITTED stands before the first. None at the end of the path."""
        states = ["SUBMITTED", *(stage.state for stage in self.stages)]
        if state not in states or state == states[-1]:
            return None
        return self.stages[states.index(state)]


@dataclass(frozen=True, slots=True)
class PlanTypeLaw:
    """What the sources say of one type of plan: who makes it, for how many years, and whose decisions it needs.

    `stays_inside` is True where the plan must not be sent to the centre (R25).
    """

    key: str
    name: Words
    aliases: tuple[str, ...]
    maker: str
    years: int
    stays_inside: bool
    paths: tuple[PlanPath, ...]
    source: str
    certainty: str

    def path_on(self, on: dt.date) -> PlanPath:
        """The path in force on a day: the last that has begun, else the first."""
        begun = [path for path in self.paths if path.starts_on is None or path.starts_on <= on]
        return begun[-1] if begun else self.paths[0]


@dataclass(frozen=True, slots=True)
class LetterLaw:
    """One letter of the catalogue: from whom to whom, at which steps (system/number), about what."""

    code: str
    name: Words
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    copies: tuple[str, ...]
    steps: tuple[str, ...]
    content: Words
    form: str
    source: str
    certainty: str


def read_plan_types(path: Path, certainties: tuple[str, ...]) -> tuple[PlanTypeLaw, ...]:
    """Read the file of plan types; `UnableToLoadRulebook` names the line that does not fit."""
    return tuple(_plan_type(section, certainties) for section in read_list(path, _PLAN_KEYS))


def read_letters(path: Path, certainties: tuple[str, ...]) -> tuple[LetterLaw, ...]:
    """Read the catalogue of letters; `UnableToLoadRulebook` names the line that does not fit."""
    return tuple(_letter(section, certainties) for section in read_list(path, _LETTER_KEYS))


def _plan_type(section: Section, certainties: tuple[str, ...]) -> PlanTypeLaw:
    paths = tuple(_path(item, certainties) for item in section.sections("paths", _PATH_KEYS))
    if not paths:
        raise section.refusal("wrong_kind", section.line_of("paths"), "ต้องมีเส้นทางอย่างน้อยหนึ่ง", "a path is needed")
    return PlanTypeLaw(
        key=section.text("key"),
        name=section.words("name"),
        aliases=section.texts("aliases") if section.holds("aliases") else (),
        maker=section.text("maker"),
        years=section.integer("years"),
        stays_inside=section.boolean("stays_inside") if section.holds("stays_inside") else False,
        paths=paths,
        source=section.text("source"),
        certainty=section.one_of("certainty", certainties),
    )


def _path(section: Section, certainties: tuple[str, ...]) -> PlanPath:
    stages = tuple(
        Stage(
            state=item.text("state"),
            name=item.words("name"),
            gate=GateNeed(item.text("actor"), item.one_of("decision", DECISIONS)),
            source=item.text("source"),
        )
        for item in section.sections("stages", _STAGE_KEYS)
    )
    return PlanPath(
        section.date_or_null("from"), stages, section.text("source"), section.one_of("certainty", certainties)
    )


def _letter(section: Section, certainties: tuple[str, ...]) -> LetterLaw:
    return LetterLaw(
        code=section.text("code"),
        name=section.words("name"),
        senders=section.texts("senders"),
        receivers=section.texts("receivers"),
        copies=section.texts("copies") if section.holds("copies") else (),
        steps=section.texts("steps") if section.holds("steps") else (),
        content=section.words("content"),
        form=section.one_of("form", FORMS),
        source=section.text("source"),
        certainty=section.one_of("certainty", certainties),
    )
