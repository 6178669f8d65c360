"""Step 5: how well a project answers a problem: by place, words, kind of thing, guideline and people."""

from dataclasses import dataclass

RULE = "afp-candidate-1"
WEIGHTS: dict[str, int] = {"PLACE": 35, "WORDS": 30, "FAMILY": 20, "GUIDELINE": 10, "GROUP": 5}
"""What each likeness counts for, of 100; a project that took up a need behind the problem counts in full."""

LEAST = 0.5
"""From this score on a project is suggested; the rest stay in the list of projects not linked."""

TAKES_UP = "TAKES_UP"
SAME_PLACE, COVERS_TAMBON, COVERS_DISTRICT, COVERS_PROVINCE, SAME_TARGET = 1.0, 0.8, 0.6, 0.4, 0.2


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a problem and a project have in common, each 0-1."""

    place: float
    words: float
    family: bool
    guideline: bool
    group: bool
    takes_up: bool = False


def score(alike: Likeness) -> tuple[float, tuple[tuple[str, float], ...]]:
    """The score (0-1) and what each reason adds to it, the weightiest first."""
    if alike.takes_up:
        return 1.0, ((TAKES_UP, 1.0),)
    shares = {
        "PLACE": alike.place,
        "WORDS": alike.words,
        "FAMILY": float(alike.family),
        "GUIDELINE": float(alike.guideline),
        "GROUP": float(alike.group),
    }
    points = {key: round(WEIGHTS[key] * share / 100, 4) for key, share in shares.items() if share > 0}
    reasons = tuple(sorted(points.items(), key=lambda pair: (-pair[1], pair[0])))
    return round(sum(points.values()), 4), reasons


def is_suggested(alike: Likeness, whole: float) -> bool:
    """A project elsewhere, or of another kind of thing with other words, is no candidate whatever it adds up to."""
    return whole >= LEAST and alike.place > 0 and (alike.takes_up or alike.family or alike.words >= LEAST)
