"""Who does a step: the bodies the sources name, by era, and the kind of registered body that stands for each."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from prasan.common.text import search_key
from prasan.rulebook.reading import Section, Words, read_list

# For how large a place there is one of them; an AGENCY is each office of a province on its own.
REACHES = ("VILLAGE", "TAMBON", "LAO", "DISTRICT", "AGENCY", "PROVINCE", "CLUSTER", "NATION")

_KEYS = (
    "key", "name", "abbreviation", "aliases", "kinds", "reach", "from_year", "until_year", "group",
    "secretariat", "duty", "source", "certainty",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """One body of the sources.

    `kinds` are the kinds of registered bodies (agencies.BodyKind) that stand for it, empty where the register
    keeps none. Years are Buddhist, the first and the last (inclusive) in which the sources know it; None: no limit.
    `group` names the list it belongs to (core_agency, knp_subcommittee, labour_agency …).
    """

    key: str
    name: Words
    abbreviation: str
    aliases: tuple[str, ...]
    kinds: tuple[str, ...]
    reach: str
    from_year: int | None
    until_year: int | None
    group: str
    secretariat: str
    duty: str
    source: str
    certainty: str

    def known_in(self, year: int) -> bool:
        """Whether the body is that of its sources in a Buddhist year."""
        return (self.from_year is None or self.from_year <= year) and (
            self.until_year is None or year <= self.until_year
        )

    def called(self, name: str) -> bool:
        """Whether a text is its name, abbreviation or alias; dots and spaces do not count."""
        wanted = _key(name)
        return wanted in {_key(text) for text in (self.name.th, self.name.en, self.abbreviation, *self.aliases) if text}


def _key(text: str) -> str:
    return search_key(text).replace(".", "").replace(" ", "")


def read_actors(path: Path, certainties: tuple[str, ...]) -> tuple[Actor, ...]:
    """Read the file of bodies; `UnableToLoadRulebook` names the line that does not fit."""
    found: dict[str, Actor] = {}
    for section in read_list(path, _KEYS):
        actor = _actor(section, certainties)
        if actor.key in found:
            raise section.refusal(
                "repeated_name", section.line_of("key"), f"“{actor.key}” มีอยู่แล้ว", f"“{actor.key}” is already there"
            )
        found[actor.key] = actor
    return tuple(found.values())


def _actor(section: Section, certainties: tuple[str, ...]) -> Actor:
    return Actor(
        key=section.text("key"),
        name=section.words("name"),
        abbreviation=section.optional_text("abbreviation"),
        aliases=section.texts("aliases") if section.holds("aliases") else (),
        kinds=section.texts("kinds") if section.holds("kinds") else (),
        reach=section.one_of("reach", REACHES),
        from_year=section.integer("from_year") if section.holds("from_year") else None,
        until_year=section.integer("until_year") if section.holds("until_year") else None,
        group=section.optional_text("group"),
        secretariat=section.optional_text("secretariat"),
        duty=section.optional_text("duty"),
        source=section.text("source"),
        certainty=section.one_of("certainty", certainties),
    )


def actor_called(actors: tuple[Actor, ...], name: str, *, on: dt.date | None = None) -> tuple[Actor, ...]:
    """The bodies a name or abbreviation may mean; with a day only those of that time (กกภ. is two bodies, D01)."""
    named = [actor for actor in actors if actor.called(name)]
    if on is None:
        return tuple(named)
    return tuple(actor for actor in named if actor.known_in(on.year + 543))
