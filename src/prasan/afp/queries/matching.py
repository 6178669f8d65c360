"""Which projects of the register answer which problems of a round: the search of step 5."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Indel

from prasan import rulebook
from prasan.afp.models import AfpProblem, AfpRound, Choice
from prasan.afp.queries.measuring import register_of
from prasan.afp.rules import candidates as rules
from prasan.afp.rules import guidelines
from prasan.afp.rules.clustering import cores
from prasan.afp.rules.families import family_of
from prasan.agencies.models import LAO_KINDS
from prasan.areas.models import Area, AreaClosure, AreaLevel
from prasan.common.chunks import chunks
from prasan.common.text import search_key
from prasan.integration.queries import holders
from prasan.needs.models import Need
from prasan.projects.access import AGENCY_KINDS
from prasan.projects.models import Origin, Project, TakeUp

DOERS = (*LAO_KINDS, *AGENCY_KINDS)
"""Kinds of bodies that carry projects out."""

LEVEL_SCORE = {
    AreaLevel.DISTRICT: rules.COVERS_DISTRICT,
    AreaLevel.PROVINCE: rules.COVERS_PROVINCE,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A project suggested for a problem."""

    problem: int
    project: int
    score: float
    reasons: tuple[tuple[str, float], ...]


def found_for(round: AfpRound) -> list[Found]:
    """Suggestions for every problem that the community does not solve itself, in one order whatever the database's.

    A community's own proposal is a question, not an answer (as `projects.taken_up` has it), until somebody who
    carries projects out holds it; it stays in the list of projects not linked.
    """
    projects = _answers(list(register_of(round)))
    search = _Search(round, projects)
    problems = AfpProblem.objects.filter(round=round, self_help=False).select_related(
        "target_area__area", "target_group"
    )
    found: list[Found] = []
    for problem in problems.prefetch_related("evidence__need__area").order_by("pk"):
        found += search.of(problem)
    return found


def _answers(projects: Sequence[Project]) -> list[Project]:
    held = holders(one.pk for one in projects if one.origin == Origin.COMMUNITY)
    return [
        one
        for one in projects
        if one.origin != Origin.COMMUNITY or (one.pk in held and held[one.pk].to_body.kind in DOERS)
    ]


class _Search:
    """What is read once for all problems."""

    def __init__(self, round: AfpRound, projects: Sequence[Project]) -> None:
        self.projects = sorted(projects, key=lambda one: one.pk)
        self.cores = cores([one.name for one in self.projects])
        self.families = [family_of(one.name, one.objective) for one in self.projects]
        chosen = rulebook.load().guideline_set(round.guideline_set)
        self.guidelines = [guidelines.suggest(f"{one.name} {one.objective}", chosen).code for one in self.projects]
        self.texts = [search_key(f"{one.target} {one.objective} {one.expected_result}") for one in self.projects]
        targets = list(round.areas.filter(state=Choice.ACCEPTED).values_list("area_id", flat=True))
        needs = AfpProblem.objects.filter(round=round).values_list("evidence__need__area_id", flat=True)
        places = {one.area_id or one.owner.area_id for one in self.projects}
        self.above = _above({pk for pk in (*targets, *needs, *places) if pk is not None})
        taken: dict[int, set[int]] = defaultdict(set)
        for project, need in TakeUp.objects.filter(project__in=[one.pk for one in self.projects]).values_list(
            "project_id", "need_id"
        ):
            taken[project].add(need)
        self.taken: Mapping[int, set[int]] = taken

    def of(self, problem: AfpProblem) -> list[Found]:
        """The projects suggested for one problem, the best first."""
        needs = [row.need for row in sorted(problem.evidence.all(), key=lambda row: row.need_id)]
        near = [place for place, one in enumerate(self.projects) if self._meets(one, problem)]
        if not needs or not near:
            return []
        words = process.cdist(
            cores([need.title for need in needs]),
            [self.cores[place] for place in near],
            scorer=Indel.normalized_similarity,
        )
        found = []
        for column, place in enumerate(near):
            alike = self._best(problem, needs, place, [float(row[column]) for row in words])
            whole, reasons = rules.score(alike)
            if rules.is_suggested(alike, whole):
                found.append(Found(problem.pk, self.projects[place].pk, whole, reasons))
        return sorted(found, key=lambda one: (-one.score, one.project))

    def _best(self, problem: AfpProblem, needs: Sequence[Need], place: int, words: Sequence[float]) -> rules.Likeness:
        """What the project has in common with the need behind the problem that it fits best."""
        one = self.projects[place]
        behind = {need.pk for need in needs}
        spots = [self._place(one, need) for need in needs]
        best = max(range(len(needs)), key=lambda n: (spots[n] * rules.WEIGHTS["PLACE"] + words[n] * 30, -n))
        group = problem.target_group.name_key if problem.target_group is not None else ""
        return rules.Likeness(
            place=spots[best],
            words=round(words[best], 4),
            family=self.families[place] == problem.family and problem.family != "other",
            guideline=bool(problem.guideline) and self.guidelines[place] == problem.guideline,
            group=bool(group) and group in self.texts[place],
            takes_up=bool(self.taken.get(one.pk, set()) & behind),
        )

    def _meets(self, project: Project, problem: AfpProblem) -> bool:
        """area ∩: one of the two places lies in the other."""
        place, target = project.area_id or project.owner.area_id, problem.target_area.area_id
        if place is None:
            return False
        return place == target or target in self.above.get(place, ()) or place in self.above.get(target, ())

    def _place(self, project: Project, need: Need) -> float:
        area: Area | None = project.area or project.owner.area
        if area is None:
            return 0.0
        if area.pk == need.area_id or need.area_id in self.above.get(area.pk, ()):
            return rules.SAME_PLACE
        if area.pk not in self.above.get(need.area_id, ()):
            return rules.SAME_TARGET
        if area.level in LEVEL_SCORE:
            return LEVEL_SCORE[AreaLevel(area.level)]
        named = _moos(project.moos)
        if named and need.area.moo is not None:
            return rules.SAME_PLACE if need.area.moo in named else rules.SAME_TARGET
        return rules.COVERS_TAMBON


def _moos(text: str) -> set[int]:
    return {int(part) for part in text.split(",") if part.strip().isdecimal()}


def _above(ids: Iterable[int]) -> dict[int, set[int]]:
    """For each place those it lies in now, itself left out; two steps, as `needs.places` has them."""
    wanted = sorted(set(ids))
    now = AreaClosure.objects.filter(valid_to=AreaClosure.FOREVER, depth__gt=0)
    direct: dict[int, set[int]] = defaultdict(set)
    for chunk in chunks(wanted):
        for inner, outer in now.filter(descendant__in=chunk).values_list("descendant_id", "ancestor_id"):
            direct[inner].add(outer)
    middle = sorted({outer for outers in direct.values() for outer in outers})
    further: dict[int, set[int]] = defaultdict(set)
    for chunk in chunks(middle):
        for inner, outer in now.filter(descendant__in=chunk).values_list("descendant_id", "ancestor_id"):
            further[inner].add(outer)
    return {one: set(direct[one]).union(*(further[outer] for outer in direct[one])) for one in wanted}
