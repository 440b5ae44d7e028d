"""A replay is the same again, and a broken one says so."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.world.hero import Carry
from game.world.replay import Replay, ReplayError
from game.world.world import World
from generator.errors import GanvaniaError
from tests.drawn.levels import proven_level


@given(st.binary(max_size=300).map(lambda data: bytes(mask & 63 for mask in data)))
@settings(max_examples=15)
def test_round_trip_and_equal_end(masks: bytes) -> None:
    replay = Replay(proven_level(2), Carry(score=120, whip_level=2), masks)
    again = Replay.from_bytes(replay.to_bytes())
    assert again.carry == replay.carry and again.masks == masks and again.level.equals(replay.level)
    one, other = replay.play(), again.play()
    assert one.hero.state == other.hero.state and one.enemies == other.enemies


def test_it_is_what_was_played() -> None:
    level = proven_level(2)
    world, masks = World(level), bytearray()
    for tick in range(400):
        mask = 1 if tick % 50 < 40 else 17
        masks.append(mask)
        world.step(mask)
    assert Replay(level, Carry(), bytes(masks)).play().hero.state == world.hero.state


def test_a_cut_off_replay_is_an_error_of_one_line() -> None:
    data = Replay(proven_level(2), Carry(), bytes(99)).to_bytes()
    for end in [*range(60), *range(60, len(data), 97)]:
        with pytest.raises(GanvaniaError) as caught:
            Replay.from_bytes(data[:end], "mine.replay")
        assert "mine.replay" in str(caught.value) and "\n" not in str(caught.value)
    with pytest.raises(ReplayError):
        Replay.from_bytes(data[:8] + b"\xff" + data[9:])
