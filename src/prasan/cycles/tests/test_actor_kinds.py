"""The bodies of the rulebook stand for kinds the register of bodies really has."""

from prasan import rulebook
from prasan.agencies.models import BodyKind


def test_every_kind_of_an_actor_is_a_kind_of_registered_body() -> None:
    for actor in rulebook.load().actors:
        assert set(actor.kinds) <= set(BodyKind.values), actor.key
