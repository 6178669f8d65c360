"""What pairs are called."""

import numpy as np

from prasan.matching.features import FLAGS, MEASURES, RELATIONS
from prasan.matching.verdicts import NOTHING, left_to_the_score, open_to_words, verdicts


def test_where_places_and_parts_leave_nothing_to_say_no_words_make_up_for_it():
    """Relations at random, words as alike as can be: whatever may be said of two records."""
    chance, count = np.random.default_rng(2), 200_000
    pairs = {name: chance.choice([-1, 0, 0, 0, 1, 1], count) for name in RELATIONS}
    pairs |= {name: chance.random(count) < 0.5 for name in FLAGS}
    pairs |= {name: chance.choice([0.0, 0.5, 1.0], count) for name in MEASURES}
    pairs |= {"worth": np.ones(count, np.bool_), "replaced": np.zeros(count), "length": np.full(count, 40.0)}
    pairs |= {"free": left_to_the_score(pairs)}
    said, leave = verdicts(pairs, chance.random(count), 0.5) != NOTHING, open_to_words(pairs)
    assert not (said & ~leave).any()
    elsewhere = np.logical_or.reduce([pairs[name] == -1 for name in ("village", "moo", "road")])
    assert (said & elsewhere).any()  # parts of a place, and what villages share
    assert (said & leave).sum() > 1000
