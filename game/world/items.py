"""Candles and what falls out of them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.motion import ONE_WAY_KIND, SOLID_KIND, Terrain
from generator.nes.roles import TILE
from generator.rng import Pcg32

from .boxes import Box, around
from .hero import WHIP_LEVEL_MAX, Hero

CANDLE_HALF_PX = ITEM_HALF_PX = 6
"""Half the side of their boxes. (candles: FACTS)"""
FALL_PX = 2
"""How far an item falls in a tick. A small heart sinks a pixel in two ticks, swaying."""
LIFE_TICKS = 300
"""How long an item lies there; in the last quarter it blinks."""
UPGRADE_HEARTS = (4, 8)
"""Hearts from which on a candle holds the whip's second and third level. (FACTS)"""
SWAY_PX = (
    0, 1, 1, 2, 2, 3, 3, 3, 3, 3, 2, 2, 1, 1, 0, 0,
    0, -1, -1, -2, -2, -3, -3, -3, -3, -3, -2, -2, -1, -1, 0, 0,
)  # fmt: skip
"""How far aside a small heart is, by half its ticks."""

HELD = ("heart_small", "heart_large", "money")
"""What candles hold, if not the whip's upgrade."""
HEARTS_IN = {"heart_small": 1, "heart_large": 5}
"""Hearts in an item. (FACTS)"""
MOST_HEARTS = 99
MONEY_POINTS = (100, 400)
"""What money may be worth. (FACTS)"""
CANDLE_POINTS = 10


@dataclass(slots=True)
class Candle:
    """A candle that burns on a wall until the whip meets it. y: the bottom of its cell."""

    x_px: int
    y_px: int

    @property
    def box(self) -> Box:
        return around(self.x_px, self.y_px - TILE // 2, CANDLE_HALF_PX, CANDLE_HALF_PX)


@dataclass(slots=True)
class Item:
    """Something to pick up. x: its middle, y: its bottom."""

    kind: str
    x_px: int
    y_px: int
    worth: int = 0
    """Points."""
    tick: int = 0
    """Its age."""
    start_px: int = 0
    """Where it began to fall, x."""

    @property
    def box(self) -> Box:
        return around(self.x_px, self.y_px - ITEM_HALF_PX, ITEM_HALF_PX, ITEM_HALF_PX)


def weights(hard: int) -> tuple[int, int, int]:
    """How many candles of twenty hold each of HELD: hearts grow rare where it is hard. (ours)"""
    small, large = 12 - hard, 4 - hard // 2
    return small, large, 20 - small - large


def drop(candle: Candle, hero: Hero, upgrade_about: bool, chance: Pcg32, hard: int = 0) -> Item:
    """What falls out of a broken candle: the whip's upgrade where it is due and none lies about.

    `hard`: 0 to HARDEST, as `hardness` of generator.layout.structure says.
    """
    kind = HELD[chance.weighted(weights(hard))]
    level = hero.whip_level
    if level < WHIP_LEVEL_MAX and hero.hearts >= UPGRADE_HEARTS[level - 1] and not upgrade_about:
        kind = "whip_upgrade"
    worth = chance.choice(MONEY_POINTS) if kind == "money" else 0
    return Item(kind, candle.x_px, candle.y_px, worth, start_px=candle.x_px)


def fall(item: Item, terrain: Terrain) -> bool:
    """One tick of an item in the room of this terrain; False once it is gone."""
    item.tick += 1
    left, top = terrain.origin
    if item.tick > LIFE_TICKS or item.y_px > (top + terrain.height + 1) * TILE:
        return False
    speed_px = item.tick % 2 if item.kind == "heart_small" else FALL_PX
    column = min(max(item.x_px // TILE, left), left + terrain.width - 1)
    for _ in range(speed_px):
        # One pixel at a time: it lands on the top of what carries it, and not inside.
        if item.y_px % TILE == 0 and terrain.kind(column, item.y_px // TILE) in (SOLID_KIND, ONE_WAY_KIND):
            return True
        item.y_px += 1
        if item.kind == "heart_small":
            item.x_px = item.start_px + SWAY_PX[item.tick // 2 % len(SWAY_PX)]
    return True


def pick_up(item: Item, hero: Hero) -> str:
    """Gives the hero what an item is worth; returns the cue's name."""
    if item.kind in HEARTS_IN:
        hero.hearts = min(MOST_HEARTS, hero.hearts + HEARTS_IN[item.kind])
        return "heart"
    if item.kind == "whip_upgrade":
        hero.whip_level = min(WHIP_LEVEL_MAX, hero.whip_level + 1)
        return "upgrade"
    hero.score += item.worth
    return "money"
