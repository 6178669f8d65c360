"""Step 3: needs that speak of the same problem, clustered by their words within one area; always the same way."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import Indel

from prasan.afp.rules.families import family_of
from prasan.matching.extraction import extract
from prasan.matching.letters import Letters
from prasan.matching.table import OPTIONAL

ENGINE = "afp-cluster-1"
LEAST_ALIKE = 0.72
"""Two needs whose words (of the title or of the problem) are at least this alike speak of one problem."""

_PEOPLE = re.compile(r"([\d,]+)\s*(?:คน|ราย)")


@dataclass(frozen=True, slots=True)
class Asked:
    """One need: what it asks, which problem it names, and whether the community solves it itself (R33)."""

    pk: int
    title: str
    problem: str
    self_help: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Needs of one problem; `members` are (id, mean likeness to the others), the one that names it first."""

    family: str
    self_help: bool
    members: tuple[tuple[int, float], ...]
    likeness: float


def cluster(asked: Sequence[Asked]) -> tuple[Cluster, ...]:
    """Clusters of the needs of one area, the largest first; needs the community solves itself stay among themselves."""
    apart: dict[tuple[str, bool], list[int]] = defaultdict(list)
    ordered = sorted(asked, key=lambda one: one.pk)
    for place, one in enumerate(ordered):
        apart[family_of(one.title, one.problem), one.self_help].append(place)
    titles, problems = cores([one.title for one in ordered]), cores([one.problem for one in ordered])
    found = []
    for (family, alone), places in sorted(apart.items()):
        alike = likeness([titles[p] for p in places], [problems[p] for p in places])
        for group in _linked(alike):
            inner = alike[np.ix_(group, group)]
            means = (inner.sum(axis=1) - 1) / max(len(group) - 1, 1) if len(group) > 1 else np.ones(1)
            order = sorted(range(len(group)), key=lambda n: (-round(float(means[n]), 6), ordered[places[group[n]]].pk))
            members = tuple((ordered[places[group[n]]].pk, round(float(means[n]), 4)) for n in order)
            found.append(Cluster(family, alone, members, round(float(means.mean()), 4)))
    return tuple(sorted(found, key=lambda one: (-len(one.members), one.members[0][0])))


def cores(texts: Sequence[str]) -> list[str]:
    """The words of plan lines without places, counts and broken marks, as the matching engine compares them."""
    if not texts:
        return []
    absent = [pl.lit(None, pl.String).alias(name) for name in OPTIONAL]
    frame = pl.DataFrame({"id": list(map(str, range(len(texts)))), "name": list(texts)}).with_columns(absent)
    letters = Letters.of(extract(frame)["core_text"], digits=False)
    return [bytes(letters.codes[start:end]).decode("latin-1") for start, end in pairwise(letters.ends)]


def likeness(titles: Sequence[str], problems: Sequence[str]) -> np.ndarray[Any, Any]:
    """How alike each two are, 0-1: by their titles or by the problems they name, whichever is more."""
    whole = process.cdist(titles, titles, scorer=Indel.normalized_similarity)
    named = process.cdist(problems, problems, scorer=Indel.normalized_similarity)
    said = np.array([bool(text) for text in problems])
    both = np.outer(said, said)
    return np.asarray(np.maximum(whole, np.where(both, named, 0.0)), dtype=np.float64)


def _linked(alike: np.ndarray[Any, Any]) -> list[list[int]]:
    """Single linkage: whoever is like one of a cluster belongs to it."""
    cluster_of = list(range(len(alike)))
    for a, b in zip(*np.nonzero(np.triu(alike >= LEAST_ALIKE, 1)), strict=True):
        low, high = sorted((cluster_of[a], cluster_of[b]))
        if low != high:
            cluster_of = [low if one == high else one for one in cluster_of]
    groups: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(cluster_of):
        groups[one].append(place)
    return list(groups.values())


def severity_suggested(needs: int, most: int) -> int:
    """1-5 by how many needs stand behind a problem against the problem with most of them in its area."""
    return max(1, -(-5 * needs // most)) if most else 1


def people_named(text: str) -> int | None:
    """A number of people that a target group names ("เกษตรกร 40 ราย"); households are not people."""
    found = _PEOPLE.search(text)
    digits = found.group(1).replace(",", "") if found else ""
    return int(digits) if digits and len(digits) < 8 else None


def weight_of(severity: int, people: int | None, needs: int) -> int:
    """What problems are ranked by: severity × people; where nobody counted people, × needs."""
    return severity * (people if people is not None else needs)
