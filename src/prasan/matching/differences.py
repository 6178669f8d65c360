"""Where two texts differ: the spans to mark side by side, and how much was replaced rather than left out."""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from prasan.common.text import clean

_BRIDGE = 2  # equal letters between two differences that are too few to be a word in common
_CARRIED = "ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ"  # never starts a marked span: it hangs on the letter before


@dataclass(frozen=True)
class Span:
    """A half-open range of letters of one text that the other does not share."""

    start: int
    end: int


@dataclass(frozen=True)
class Differences:
    """Both texts as they are shown (cleaned) and the spans to mark in each."""

    text_a: str
    text_b: str
    spans_a: tuple[Span, ...]
    spans_b: tuple[Span, ...]


def _blocks(a: str, b: str) -> list[tuple[int, int, int, int]]:
    """Differing ranges (a_start, a_end, b_start, b_end), joined over short runs of equal letters."""
    blocks: list[tuple[int, int, int, int]] = []
    for step in Indel.opcodes(a, b):
        if step.tag == "equal":
            continue
        if blocks and step.src_start - blocks[-1][1] <= _BRIDGE and step.dest_start - blocks[-1][3] <= _BRIDGE:
            start_a, _, start_b, _ = blocks[-1]
            blocks[-1] = (start_a, step.src_end, start_b, step.dest_end)
        else:
            blocks.append((step.src_start, step.src_end, step.dest_start, step.dest_end))
    return blocks


def _span(text: str, start: int, end: int) -> Span:
    """The range widened so that it neither starts nor ends between a letter and the marks it carries."""
    while start > 0 and start < len(text) and text[start] in _CARRIED:
        start -= 1
    while end < len(text) and text[end] in _CARRIED:
        end += 1
    return Span(start, end)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        if kept and span.start <= kept[-1].end:
            kept[-1] = Span(kept[-1].start, max(span.end, kept[-1].end))
        elif span.start < span.end:
            kept.append(span)
    return tuple(kept)


def differing_words(a: str, b: str) -> Differences:
    """Clean both texts and give the spans of each that the other does not have, for pages side by side.

    Spans are half-open, sorted, apart from each other, and never cut a letter from its vowel or tone mark.
    """
    text_a, text_b = clean(a), clean(b)
    blocks = _blocks(text_a, text_b)
    spans_a = _merged([_span(text_a, start, end) for start, end, _, _ in blocks if start < end])
    spans_b = _merged([_span(text_b, start, end) for _, _, start, end in blocks if start < end])
    return Differences(text_a, text_b, spans_a, spans_b)
