"""Thai record matching: likely duplicates, overlaps, continuations and recurring lines, with reasons. No Django."""

from prasan.matching.differences import Differences, Span, differing_words
from prasan.matching.learning import DecidedPairs, LearningReport, Learnt, Quality, UnableToLearn, learn
from prasan.matching.scoring import UnableToReadWeights, Weights, fits, load_weights, read_weights, weights_of
from prasan.matching.table import PairScore, Records, UnableToMatch, match_table, score_pair, score_rows

__all__ = [
    "DecidedPairs",
    "Differences",
    "LearningReport",
    "Learnt",
    "PairScore",
    "Quality",
    "Records",
    "Span",
    "UnableToLearn",
    "UnableToMatch",
    "UnableToReadWeights",
    "Weights",
    "differing_words",
    "fits",
    "learn",
    "load_weights",
    "match_table",
    "read_weights",
    "score_pair",
    "score_rows",
    "weights_of",
]
