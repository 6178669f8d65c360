"""Step 4: the guideline that a problem's words suggest; the words are the rulebook's."""

import hashlib
from dataclasses import dataclass

from prasan.common.text import clean
from prasan.rulebook import GuidelineSet


@dataclass(frozen=True, slots=True)
class GuidelineHint:
    """A suggested guideline; `confidence` is its share of all words found (0-1), `words` are those found."""

    code: str
    confidence: float
    words: tuple[str, ...]


def suggest(text: str, guidelines: GuidelineSet) -> GuidelineHint:
    """The guideline most of whose words stand in a text, longer words counting more; empty where none does."""
    text = clean(text)
    found = {one.code: tuple(word for word in one.words if word in text) for one in guidelines.guidelines if one.words}
    strength = {code: sum(len(word) for word in words) for code, words in found.items() if words}
    if not strength:
        return GuidelineHint("", 0.0, ())
    code = min(strength, key=lambda one: (-strength[one], one))
    return GuidelineHint(code, round(strength[code] / sum(strength.values()), 4), found[code])


def rule_version(guidelines: GuidelineSet) -> str:
    """Names the words as they are now, so that a suggestion says by which it was made."""
    said = "\n".join(f"{one.code}:{'|'.join(one.words)}" for one in guidelines.guidelines)
    return f"{guidelines.key}-words-{hashlib.sha256(said.encode()).hexdigest()[:8]}"
