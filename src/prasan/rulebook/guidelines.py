"""Guideline sets (แนวทางการพัฒนา): the classes projects are sorted into, and the national frames plans link up to."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from prasan.rulebook.reading import Words, read_mapping

_KEYS = ("key", "title", "from_year", "until_year", "issued_on", "reference", "source", "certainty", "guidelines")
_ITEM_KEYS = ("code", "key", "name", "words")


@dataclass(frozen=True, slots=True)
class Guideline:
    """One class; `words` are Thai words that suggest it for a project."""

    code: str
    key: str
    name: Words
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuidelineSet:
    """A set of guidelines; years are Buddhist, None where no limit is printed."""

    key: str
    title: Words
    from_year: int | None
    until_year: int | None
    issued_on: dt.date | None
    reference: str
    source: str
    certainty: str
    guidelines: tuple[Guideline, ...]


def read_guideline_set(path: Path, certainties: tuple[str, ...]) -> GuidelineSet:
    """Read one file of guidelines; `UnableToLoadRulebook` names the line that does not fit."""
    section = read_mapping(path, _KEYS)
    items = tuple(
        Guideline(
            code=item.text("code"),
            key=item.text("key"),
            name=item.words("name"),
            words=item.texts("words") if item.holds("words") else (),
        )
        for item in section.sections("guidelines", _ITEM_KEYS)
    )
    return GuidelineSet(
        key=section.text("key"),
        title=section.words("title"),
        from_year=section.integer("from_year") if section.holds("from_year") else None,
        until_year=section.integer("until_year") if section.holds("until_year") else None,
        issued_on=section.date_or_null("issued_on") if section.holds("issued_on") else None,
        reference=section.text("reference"),
        source=section.text("source"),
        certainty=section.one_of("certainty", certainties),
        guidelines=items,
    )
