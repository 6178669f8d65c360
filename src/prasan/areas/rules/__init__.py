"""Pure decisions about places: what a printed place means, which areas the register holds, what fits."""

from prasan.areas.rules.gazetteer import Gazetteer, PlaceMatch, PlaceNote, PlaceProblem

__all__ = ["Gazetteer", "PlaceMatch", "PlaceNote", "PlaceProblem"]
