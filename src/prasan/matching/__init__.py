"""Thai record matching: likely duplicates, overlaps, continuations and recurring lines, with reasons. No Django."""

from prasan.matching.differences import Differences, Span, differing_words
from prasan.matching.scoring import Weights, load_weights
from prasan.matching.table import PairScore, Records, UnableToMatch, match_table, score_pair, score_rows

__all__ = [
    "Differences",
    "PairScore",
    "Records",
    "Span",
    "UnableToMatch",
    "Weights",
    "differing_words",
    "load_weights",
    "match_table",
    "score_pair",
    "score_rows",
]
