"""The bodies the sources name, for pages: what each was called when, and in which planning systems it acts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prasan import rulebook
from prasan.common.text import search_key
from prasan.web.queries.rulebook import CERTAINTIES
from prasan.web.wording import Text, language

REACHES: dict[str, Text] = {
    "VILLAGE": gettext_lazy("หมู่บ้าน"),
    "TAMBON": gettext_lazy("ตำบล"),
    "LAO": gettext_lazy("อปท."),
    "DISTRICT": gettext_lazy("อำเภอ"),
    "AGENCY": gettext_lazy("หน่วยงานในจังหวัด"),
    "PROVINCE": gettext_lazy("จังหวัด"),
    "CLUSTER": gettext_lazy("กลุ่มจังหวัด"),
    "NATION": gettext_lazy("ส่วนกลาง"),
}
GROUPS: dict[str, Text] = {
    "core_agency": gettext_lazy("8 กระทรวง 2 หน่วยงาน"),
    "knp_subcommittee": gettext_lazy("12 คณะอนุกรรมการของ กนภ."),
    "labour_agency": gettext_lazy("9 หน่วยงานด้านแรงงาน"),
}
"""The lists of the sources whose members are counted (AC-10, AC-11)."""


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """One body of the sources; `acts_in` has the key and title of each planning system with a step of its."""

    key: str
    name: str
    abbreviation: str
    reach: str
    years: str
    certainty: str
    uncertain: bool
    source: str
    acts_in: tuple[tuple[str, str], ...]


def institution_rows(asked: Mapping[str, str]) -> list[InstitutionRow]:
    """The bodies that answer every question asked: a name or abbreviation, a Buddhist year, a level, a list.

    One abbreviation may be two bodies in two times (กกภ., D01): the year tells which.
    """
    book = rulebook.load()
    systems: dict[str, list[tuple[str, str]]] = {}
    for system in book.systems:
        for key in {actor for step in system.steps for actor in step.actors}:
            systems.setdefault(key, []).append((system.key, system.title.say(language())))
    return [_row(one, tuple(systems.get(one.key, ()))) for one in book.actors if _answers(one, asked)]


def _answers(actor: rulebook.Actor, asked: Mapping[str, str]) -> bool:
    if asked.get("reach", actor.reach) != actor.reach or asked.get("group", actor.group) != actor.group:
        return False
    if asked.get("year") and not actor.known_in(int(asked["year"])):
        return False
    wanted = asked.get("q", "")
    said = (actor.name.th, actor.name.en, actor.abbreviation, *actor.aliases)
    return not wanted or actor.called(wanted) or any(search_key(wanted) in search_key(text) for text in said)


def _row(actor: rulebook.Actor, acts_in: tuple[tuple[str, str], ...]) -> InstitutionRow:
    return InstitutionRow(
        key=actor.key,
        name=actor.name.say(language()),
        abbreviation=actor.abbreviation,
        reach=str(REACHES[actor.reach]),
        years=_years(actor.from_year, actor.until_year),
        certainty=str(CERTAINTIES[actor.certainty]),
        uncertain=actor.certainty != "S",
        source=actor.source,
        acts_in=acts_in,
    )


def _years(first: int | None, last: int | None) -> str:
    if first is None and last is None:
        return ""
    if last is None:
        return _("ตั้งแต่ พ.ศ. %(year)s") % {"year": first}
    if first is None:
        return _("ถึง พ.ศ. %(year)s") % {"year": last}
    return _("พ.ศ. %(first)s ถึง %(last)s") % {"first": first, "last": last}
