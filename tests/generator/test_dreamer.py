"""The generator in one object."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.constraints import ConstraintError, Constraints
from generator.dream.network import NetworkError
from generator.dreamer import Dreamer
from generator.errors import GanvaniaError
from generator.layout.stages import build_stage
from generator.level import Level
from generator.level.codes import decode, encode
from generator.level.stamps import code_of
from generator.motion import NES_MOTION, Motion, MotionError
from generator.proof import replay
from generator.shapes import SHAPES, THEMES
from generator.stream import LevelKey, build_level
from tests.drawn.heroes import PLAIN


@pytest.fixture(scope="module")
def dreamer(network_files: tuple[Path, Path]) -> Dreamer:
    return Dreamer(*network_files)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_proven_and_kept_in_bytes(shape: Any, dreamer: Dreamer) -> None:
    level = dreamer.level(seed=3, shape=shape)
    assert level.mode == shape
    assert replay(level, NES_MOTION, level.certificate) is not None
    assert Level.from_bytes(level.to_bytes()).equals(level)
    again = dreamer.level(seed=3, shape=shape)
    assert np.array_equal(again.roles, level.roles) and again.certificate == level.certificate


@pytest.mark.slow
def test_a_castle_is_the_one_of_its_code(dreamer: Dreamer) -> None:
    level = dreamer.level(7, 2)
    assert np.array_equal(level.roles, build_stage(7, 2).structure.roles)
    assert decode(encode(code_of(level))).stage == 2
    plain = build_level(7, 2, networks=dreamer.networks).level
    assert plain.equals(level)
    other = dreamer.level(7, 2, theme="cave")
    assert np.array_equal(other.roles, level.roles), "a theme is what a castle looks like"
    assert not other.bank.equals(level.bank)


@pytest.mark.slow
def test_what_no_code_leads_to_has_none(dreamer: Dreamer) -> None:
    strip = dreamer.level(1, shape="strip", width=2)
    with pytest.raises(ValueError, match="'strip' has no code: its shape is not in one; pass its bytes on"):
        encode(code_of(strip))
    custom = dreamer.level(1, constraints=Constraints(most_screens=4))
    assert custom.mode == "custom" and len(custom.rooms) <= 4
    assert LevelKey.of(strip) == LevelKey(1, shape="strip", width=2)
    cave = dreamer.level(1, shape="room", theme="cave")
    assert LevelKey.of(cave) == LevelKey(1, shape="room", theme="cave"), "as usual, and not as wide as it is"
    assert LevelKey.of(Level.from_bytes(cave.to_bytes())) == LevelKey.of(cave)
    assert LevelKey.of(custom) == LevelKey(1), "for a stream with the same constraints"


@pytest.mark.slow
def test_own_spawns_come_back_from_the_bytes(dreamer: Dreamer) -> None:
    own = Constraints(spawns={"goomba": "ground"})
    level = dreamer.level(2, shape="strip", width=4, theme="hall", constraints=own)
    assert level.own_kinds == ("goomba",)
    assert {spawn.kind for spawn in level.spawns} == {"goomba", "candle"}
    assert Level.from_bytes(level.to_bytes()).equals(level)


@pytest.mark.slow
def test_tiles_for_a_level_of_ones_own(dreamer: Dreamer) -> None:
    lines = [".......", ".......", "...==..", "#######", "#######"]
    made = dreamer.tiles(lines, seed=4, theme="works")
    assert made.tiles.shape == (5, 7)
    assert (made.tiles[3:] >= 0).all() and (made.tiles[2, 3:5] >= 0).all()
    assert not dreamer.tiles(lines, seed=4, theme="works", art=1).bank.equals(made.bank)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"seed": -1}, "seed: -1 is no whole number from 0 to 18446744073709551615"),
        ({"seed": "x"}, "seed: 'x' is no whole number"),
        ({"stage": 7}, "stage: 7 is no whole number from 1 to 6"),
        ({"difficulty": 0}, "difficulty: 0 is no"),
        ({"art": 1.5}, "art: 1.5 is no"),
        ({"shape": "ball"}, "shape: there is no 'ball'; write castle, strip, room, dream"),
        ({"width": 3}, "width: a castle has no width of its own; take the shape strip or room"),
        ({"shape": "strip", "width": 65}, "width: 65 is no whole number from 1 to 64"),
        ({"theme": "moon"}, "theme: there is no 'moon'; write gate, hall, crypt, cave, works, keep"),
        ({"constraints": {"water": False}}, "constraints: {'water': False} is no Constraints"),
        ({"shape": "dream", "theme": "cave"}, "theme: dream rooms are as they are dreamed"),
        (
            {"shape": "dream", "constraints": Constraints()},
            "constraints: dream rooms are as they are dreamed",
        ),
    ],
)
def test_wrong_arguments_are_told_by_their_names(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(GanvaniaError, match=r"^[^\n]*$") as caught:
        Dreamer().level(**wrong)
    assert str(caught.value).startswith(told)


def test_nothing_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    nowhere = Dreamer(tmp_path / "none.onnx")
    with pytest.raises(NetworkError, match=r"none\.onnx"):
        nowhere.level()
    wrongs: tuple[dict[str, Any], ...] = ({"model": 3}, {"roles": 3}, {"style": 3})
    for wrong in wrongs:
        with pytest.raises(GanvaniaError, match=rf"^{next(iter(wrong))}: "):
            Dreamer(**wrong)
    with pytest.raises(MotionError, match="there is no motion 'nobody'"):
        Dreamer(motion="nobody")


def test_a_theme_is_one_of_six() -> None:
    assert THEMES == ("gate", "hall", "crypt", "cave", "works", "keep")
    with pytest.raises(GanvaniaError, match=r"^theme: there is no 'moon'"):
        Dreamer().tiles(["####"] * 4, theme="moon")


def test_what_cannot_be_met_and_who_cannot_move_are_told(dreamer: Dreamer) -> None:
    with pytest.raises(ConstraintError, match=r"^most_screens: 3 are too few"):
        dreamer.level(constraints=Constraints(most_screens=3))
    lame = Dreamer(motion=Motion("lame", walk_sub=0))
    with pytest.raises(GanvaniaError, match=r"^motion: seed 0, a strip of 1 screens: no proof was found"):
        lame.level(shape="strip", width=1)


def test_a_slow_hero_is_told_before_anything_is_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.proof.pace.SLOWEST_S", 0.0)
    with pytest.raises(MotionError, match=r"^motion 'plain' is too slow: its move takes"):
        Dreamer("no such file.onnx", motion=PLAIN)
