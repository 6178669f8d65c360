"""Which works of different offices stand in each other's way: the order on one road, and groups called at once."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from prasan.rulebook.reading import Section, Words, read_mapping

SURFACE, UNDERGROUND = "SURFACE", "UNDERGROUND"
LAYERS = (SURFACE, UNDERGROUND)

_KEYS = (
    "key", "version", "title", "description", "reference", "source", "certainty", "guard_months", "share_days",
    "things", "orders", "groups", "not_gatherings",
)  # fmt: skip
_THING_KEYS = ("key", "name", "layer", "object", "words")
_ORDER_KEYS = ("id", "first", "then", "why", "certainty")
_GROUP_KEYS = ("key", "name", "words")


@dataclass(frozen=True, slots=True)
class RoadThing:
    """What lies on or under a road. `object` is a kind of object of the matching vocabulary, "" for none;
    where `words` are given, one of them must be said too."""

    key: str
    name: Words
    layer: str
    object: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """Which of two things is done first, and why."""

    id: str
    first: str
    then: str
    why: Words
    certainty: str


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """People whom activities call together, and the words that name them."""

    key: str
    name: Words
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkConflictLaw:
    """What makes two works conflict. Months and days are lengths; every word list is Thai."""

    version: str
    title: Words
    description: Words
    reference: str
    source: str
    certainty: str
    guard_months: int  # a surfaced road is not to be dug up again within this time
    share_days: int  # two activities at most this far apart could be held together
    things: tuple[RoadThing, ...]
    orders: tuple[WorkOrder, ...]
    groups: tuple[TargetGroup, ...]
    not_gatherings: tuple[str, ...]

    def thing(self, key: str) -> RoadThing:
        return next(one for one in self.things if one.key == key)

    def group(self, key: str) -> TargetGroup:
        return next(one for one in self.groups if one.key == key)

    def order_of(self, one: str, other: str) -> WorkOrder | None:
        """The order that rules two things, whichever is named first; None where none does."""
        return next((order for order in self.orders if {order.first, order.then} == {one, other}), None)


def read_work_conflicts(path: Path, certainties: Collection[str]) -> WorkConflictLaw:
    """Read the file; `UnableToLoadRulebook` names the line that does not fit."""
    section = read_mapping(path, _KEYS)
    things = tuple(_thing(one) for one in section.sections("things", _THING_KEYS))
    known = {thing.key for thing in things}
    return WorkConflictLaw(
        version=section.text("version"),
        title=section.words("title"),
        description=section.words("description"),
        reference=section.text("reference"),
        source=section.text("source"),
        certainty=section.one_of("certainty", certainties),
        guard_months=section.integer("guard_months"),
        share_days=section.integer("share_days"),
        things=things,
        orders=tuple(_order(one, known, certainties) for one in section.sections("orders", _ORDER_KEYS)),
        groups=tuple(
            TargetGroup(one.text("key"), one.words("name"), one.texts("words"))
            for one in section.sections("groups", _GROUP_KEYS)
        ),
        not_gatherings=section.texts("not_gatherings"),
    )


def _thing(section: Section) -> RoadThing:
    return RoadThing(
        key=section.text("key"),
        name=section.words("name"),
        layer=section.one_of("layer", LAYERS),
        object=section.optional_text("object"),
        words=section.texts("words") if section.holds("words") else (),
    )


def _order(section: Section, known: Collection[str], certainties: Collection[str]) -> WorkOrder:
    return WorkOrder(
        id=section.text("id"),
        first=section.one_of("first", known),
        then=section.one_of("then", known),
        why=section.words("why"),
        certainty=section.one_of("certainty", certainties),
    )
