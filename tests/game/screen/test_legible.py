"""Everybody is seen before any wall: colours are chosen so that no wall of the NES's hides a rim."""

from __future__ import annotations

import numpy as np
import pytest

from game.screen import SpriteSheet
from game.screen.legible import RIM_SEEN, StageColours, Walls, apart, legible, mean, rim_share, walls_of
from game.screen.sprites import recoloured
from game.world.enemies.table import KINDS
from generator.nes.palette import CANONICAL, PALETTE_L
from tests.drawn.levels import rooms_level

SHEET = SpriteSheet.load()
SOLID_THINGS = sorted(
    {name for name in SHEET.sprites if name.startswith(("hero_", "whip", "item_"))}
    | {*KINDS, "dagger", "axe", "flask", "boomerang", "rosary", "potion", "one_up", "boss_orb", "orb"}
    | {"heart_small", "heart_large", "money", "roast", "treasure", "crown", "gem", "key", "candle", "points"}
)
"""All that has an outline; what shines, flies apart or belongs to tiles has none."""


def wall(*indices: int) -> Walls:
    """Walls of these colours of the NES, as much of each."""
    counts = np.bincount(indices, minlength=64)
    return Walls((mean(counts),), tuple((counts / len(indices)).tolist()))


@pytest.mark.parametrize("name", SOLID_THINGS)
def test_a_rim_is_seen_before_a_wall_of_any_colour(name: str) -> None:
    frames = SHEET.sprites[name]
    for index in CANONICAL.tolist():
        walls = wall(index)
        colours = legible(frames, walls, foe=name in KINDS)
        assert rim_share(frames, colours, walls) >= RIM_SEEN, f"{index:02X}"


@pytest.mark.parametrize("name", SOLID_THINGS)
def test_a_rim_is_seen_before_walls_of_many_colours(name: str) -> None:
    frames = SHEET.sprites[name]
    walls = wall(0x0F, 0x0F, 0x0F, 0x02, 0x08, 0x06, 0x11, 0x17, 0x10, 0x27)
    assert rim_share(frames, legible(frames, walls, foe=name in KINDS), walls) >= RIM_SEEN


def test_who_is_seen_in_his_own_colours_keeps_them() -> None:
    for name in ("hero_stand", "heart_large", "bat"):
        assert legible(SHEET.sprites[name], wall(0x0F), foe=name in KINDS) == ()


def test_the_hero_is_red_or_golden_and_the_same_in_every_frame() -> None:
    walls = wall(0x0F, 0x02)
    heroes = [frames for name, frames in SHEET.sprites.items() if name.startswith("hero_")]
    assert {legible(frames, walls, foe=False) for frames in heroes} == {(0x27, 0x37)}


def test_only_a_foe_may_be_of_another_hue() -> None:
    """Before red walls a foe is not red; a heart is."""
    red = wall(0x16, 0x26)
    heart = SHEET.sprites["heart_large"]
    assert {index % 16 for index in recoloured(heart[0].palette, legible(heart, red, foe=False))} <= {6, 15}
    foe = SHEET.sprites["great_bat"]
    lightness, colour = apart(foe[0], legible(foe, red), red)
    own_lightness, own_colour = apart(foe[0], (), red)
    assert (lightness, colour) >= (own_lightness, own_colour)


def test_walls_are_what_is_behind_everybody() -> None:
    level = rooms_level()
    walls = walls_of(level)
    assert sum(walls.shares) == pytest.approx(1.0)
    far = set(np.unique(level.bank.pixels[level.far[level.far >= 0]]).tolist())
    behind = level.backdrop[level.backdrop >= 0]
    near = set(np.unique(level.bank.pixels[np.concatenate([behind, level.tiles[level.tiles >= 0]])]).tolist())
    assert {index for index, share in enumerate(walls.shares) if share} <= far | near


def test_a_stage_decides_once_and_anew_for_another() -> None:
    first, second = rooms_level(), rooms_level()
    colours = StageColours(SHEET.sprites)
    expected = legible(SHEET.sprites["zombie"], walls_of(first))
    assert colours.of("zombie", first, foe=True) == colours.of("zombie", second, foe=True) == expected
    assert all(PALETTE_L[index] > 0 for index in expected)
