"""Candles and what falls out of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.motion import ONE_WAY_KIND, SOLID_KIND, Terrain
from generator.nes.roles import TILE
from generator.rng import Pcg32

from .boxes import Box, around
from .hero import HEALTH_MAX, SHOTS_MAX, WHIP_LEVEL_MAX, Hero
from .weapons import DOUBLE_HITS, TRIPLE_HITS, WEAPONS

CANDLE_HALF_PX = ITEM_HALF_PX = 6
"""Half the side of their boxes. (candles: FACTS)"""
FALL_PX = 2
"""How far an item falls in a tick. A small heart sinks a pixel in two ticks, swaying."""
SHOWN_TICKS = 16
"""How long an item falls before it can be picked up: what falls onto the hero is seen, too."""
LIFE_TICKS = 300
"""How long an item lies there; in the last quarter it blinks."""
UPGRADE_HEARTS = (4, 8)
"""Hearts from which on a candle holds the whip's second and third level. (FACTS)"""
SWAY_PX = (
    0, 1, 1, 2, 2, 3, 3, 3, 3, 3, 2, 2, 1, 1, 0, 0,
    0, -1, -1, -2, -2, -3, -3, -3, -3, -3, -2, -2, -1, -1, 0, 0,
)  # fmt: skip
"""How far aside a small heart is, by half its ticks."""

ITEM, WEAPON = "item_", "weapon"
"""What a second weapon's item is called is ITEM and its name."""
HELD = ("heart_small", "heart_large", "money", WEAPON)
"""What candles hold, if nothing else is due."""
RARE_OF, RARE, RARE_WEIGHTS = (1, 32), ("rosary", "potion", "one_up"), (3, 3, 1)
"""One candle in 32 holds something rare instead. (ours)"""
POTION_TICKS = 480
"""How long nothing harms a hero who has drunk the potion. (ours)"""
HEARTS_IN = {"heart_small": 1, "heart_large": 5}
"""Hearts in an item. (FACTS)"""
MOST_HEARTS = 99
MONEY_POINTS = (100, 400)
"""What money may be worth. (FACTS)"""
CANDLE_POINTS = 10
LEFT_BEHIND = 1, 4
"""One enemy in four leaves a small heart. (ours)"""


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


def weights(hard: int, armed: bool = True) -> tuple[int, ...]:
    """How many candles of twenty hold each of HELD: hearts grow rare where it is hard, and who has no second
    weapon finds one sooner. (ours)"""
    small, large, weapon = 11 - hard, 4 - hard // 2, 2 if armed else 4
    return small, large, 20 - small - large - weapon, weapon


def drop(candle: Candle, hero: Hero, about: frozenset[str], chance: Pcg32, hard: int = 0) -> Item:
    """What falls out of a broken candle: what is due to the hero, where none of it lies about; something rare
    now and then; else what candles hold.

    about: kinds of what lies about. hard: 0 to HARDEST, as `hardness` of generator.layout.structure says.
    """
    kind = HELD[chance.weighted(weights(hard, bool(hero.weapon)))]
    if chance.chance(*RARE_OF):
        kind = RARE[chance.weighted(RARE_WEIGHTS)]
    elif kind == WEAPON:
        kind = ITEM + chance.choice([name for name in WEAPONS if name != hero.weapon])
    for due in _due(hero):
        if due not in about:
            kind = due
            break
    worth = chance.choice(MONEY_POINTS) if kind == "money" else 0
    return Item(kind, candle.x_px, candle.y_px, worth, start_px=candle.x_px)


def _due(hero: Hero) -> Iterator[str]:
    """What the next candle should hold for a hero who has done so much."""
    level = hero.whip_level
    if level < WHIP_LEVEL_MAX and hero.hearts >= UPGRADE_HEARTS[level - 1]:
        yield "whip_upgrade"
    if hero.shots == 1 and hero.weapon_hits >= DOUBLE_HITS:
        yield "item_double"
    if hero.shots == 2 and hero.weapon_hits >= TRIPLE_HITS:
        yield "item_triple"


def leave(x_px: int, y_px: int, chance: Pcg32) -> list[Item]:
    """What an enemy leaves where it fell: mostly nothing."""
    if not chance.chance(*LEFT_BEHIND):
        return []
    return [Item("heart_small", x_px, y_px, start_px=x_px)]


def fall(item: Item, terrain: Terrain) -> bool:
    """One tick of an item in the room of this terrain; False once it is gone."""
    item.tick += 1
    left, top = terrain.origin
    if (item.tick > LIFE_TICKS and item.kind != "boss_orb") or item.y_px > (top + terrain.height + 1) * TILE:
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
    """Gives the hero what an item is worth; returns the cue's name. What a rosary does, the world does."""
    if item.kind in HEARTS_IN:
        hero.hearts = min(MOST_HEARTS, hero.hearts + HEARTS_IN[item.kind])
        return "heart" if item.kind == "heart_small" else item.kind
    if item.kind == "money":
        hero.win(item.worth)
        return "money"
    if item.kind == "boss_orb":
        hero.health = HEALTH_MAX
        return "orb"
    if item.kind == "whip_upgrade":
        hero.whip_level = min(WHIP_LEVEL_MAX, hero.whip_level + 1)
    elif item.kind in ("item_double", "item_triple"):
        hero.shots = min(SHOTS_MAX, hero.shots + 1)
        return "multiply"
    elif item.kind == "potion":
        hero.safe_ticks = POTION_TICKS
    elif item.kind == "one_up":
        hero.lives += 1
    elif item.kind.startswith(ITEM):
        hero.arm(item.kind.removeprefix(ITEM))
        return "weapon"
    return "upgrade" if item.kind == "whip_upgrade" else item.kind
