"""Which frame an enemy shows, and how it is seen that a blow has met it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from generator.nes.palette import BLACK, PALETTE_L

from ..world import World
from ..world.enemies import (
    Enemy,
    armour,
    fish_man,
    flea_man,
    ghost,
    great_bat,
    raven,
    shade,
    skeleton,
    slime,
    spear_knight,
)
from ..world.enemies.fish_man import SPIT_EVERY_TICKS
from .eyes import Eyes
from .legible import LIGHTEST_ROW, ROW
from .sprites import WHITE

WALK_AND_BACK = (1, 2)
"""The wings of the great bat, up and down; its first frame hangs."""
CYCLES: dict[str, tuple[tuple[int, ...], int]] = {
    "zombie": ((0, 1), 10), "bat": ((0, 1, 2, 1), 5), "medusa_head": ((0, 1), 8), "skeleton": ((0, 1), 8),
    "spear_knight": ((0, 1), 10), "ghost": ((0, 1), 16), "fish_man": ((1, 2), 8), "flea_man": ((0,), 1),
    "raven": ((1, 2), 6), "slime": ((0, 1), 14), "bone": ((0, 1, 2, 3), 5), "spit": ((0, 1), 4),
    "fireball": ((0, 1), 4), "great_bat": (WALK_AND_BACK, 7), "armour": ((0, 1), 14), "shade": ((0,), 1),
}  # fmt: skip
"""The frames that an enemy moves in, and how many ticks each is shown."""
DOING = {
    ("skeleton", skeleton.RAISED): 2, ("spear_knight", spear_knight.THRUSTING): 2,
    ("spear_knight", spear_knight.AIMING): 3, ("spear_knight", spear_knight.GUARDING): 4,
    ("fish_man", fish_man.LEAPING): 0, ("flea_man", flea_man.HOPPING): 1,
    ("great_bat", great_bat.HANGING): 0, ("great_bat", great_bat.AIMING): 1,
    ("great_bat", great_bat.SWOOPING): 3, ("armour", armour.STANDING): 0, ("armour", armour.SWINGING): 2,
    ("armour", armour.LIFTING): 3, ("armour", armour.RESTING): 4, ("shade", shade.RAISING): 1,
    ("shade", shade.OPEN): 2, ("raven", raven.PERCHED): 0, ("raven", raven.SWOOPING): 3,
    ("slime", slime.GATHERING): 4, ("slime", slime.LEAPING): 2, ("shade", shade.COMING): 3,
}  # fmt: skip
"""The frame that an enemy shows while it does something."""


class Moment(NamedTuple):
    """A frame that an enemy shows for a part of what it does: before an attack, and after one."""

    frame: int
    is_now: Callable[[Enemy], bool]


SWELL_TICKS, SPITTING_TICKS, THROWN_TICKS, CROUCH_TICKS = 24, 14, 14, 10
"""How long a fish man's throat swells before he spits, how long his mouth stays open, how long a skeleton's
arm stays out after a throw, and how long a flea man crouches lower before a hop. (ours)"""
STRETCH_TICKS, SPLAT_TICKS = 8, 10
"""How long a slime rises before it leaps, and lies flat after that. (ours)"""
UNFOLD_TICKS, FOLD_TICKS, REEL_TICKS = 8, 12, 10
"""How long the shade parts its cloak before it lifts its arms, folds it before it goes, and reels from a
blow. (ours)"""
REACH_PX = {"zombie": 56, "bat": 48, "medusa_head": 56}
"""How near a hero is, in front of them, at whom they reach, scream and hiss. (ours)"""
REACHING: dict[str, tuple[int, ...]] = {"zombie": (2, 3), "bat": (3, 1, 2, 1), "medusa_head": (2, 3)}
"""The frames that they move in then."""
MOMENTS: dict[tuple[str, int], tuple[Moment, ...]] = {
    ("fish_man", fish_man.WALKING): (
        Moment(3, lambda enemy: _spits_in(enemy) <= SWELL_TICKS),
        Moment(
            4,
            lambda enemy: (
                enemy.clock >= SPIT_EVERY_TICKS and _spits_in(enemy) > SPIT_EVERY_TICKS - SPITTING_TICKS
            ),
        ),
    ),
    ("skeleton", skeleton.WALKING): (
        # One that has not thrown yet has walked since it woke.
        Moment(3, lambda enemy: enemy.clock < THROWN_TICKS and enemy.tick != enemy.clock),
    ),
    ("ghost", 0): (Moment(2, lambda enemy: 0 <= enemy.struck_tick > enemy.tick - ghost.RECOIL_TICKS),),
    ("flea_man", flea_man.CROUCHED): (Moment(2, lambda enemy: enemy.clock >= -CROUCH_TICKS),),
    ("slime", slime.CRAWLING): (
        # One that has not leapt yet has crawled since it woke.
        Moment(3, lambda enemy: enemy.clock < SPLAT_TICKS and enemy.tick != enemy.clock),
    ),
    ("slime", slime.GATHERING): (Moment(1, lambda enemy: enemy.clock >= slime.GATHER_TICKS - STRETCH_TICKS),),
    ("shade", shade.RAISING): (Moment(4, lambda enemy: enemy.clock < UNFOLD_TICKS),),
    ("shade", shade.OPEN): (
        Moment(5, lambda enemy: 0 <= enemy.struck_tick > enemy.tick - REEL_TICKS),
        Moment(4, lambda enemy: enemy.clock >= shade.OPEN_TICKS - FOLD_TICKS),
    ),
}
"""Moments by kind and by what it does; the first that is now counts."""
LIT_TICKS, WHITE_TICKS = 8, 2
"""How long one who was struck and lives is seen lighter; how long a boss is white, and then lighter.
(ours)"""
LIGHTER, ALL_WHITE = 1, 2
"""How light one who was struck is drawn."""
NO_LIGHTER = 0x27
"""What stands for a lighter colour than the lightest: orange, or who is white would not change."""


def _spits_in(enemy: Enemy) -> int:
    """How many ticks a fish man who walks does not spit yet."""
    return SPIT_EVERY_TICKS - enemy.clock % SPIT_EVERY_TICKS


def foe_frame(enemy: Enemy, hero_x_px: int | None = None) -> int:
    """Which of its frames an enemy shows: that of the moment, else of what it does, else the next of those
    that it moves in. `hero_x_px`: where the hero is; None: nowhere near."""
    for moment in MOMENTS.get((enemy.kind, enemy.phase), ()):
        if moment.is_now(enemy):
            return moment.frame
    doing = DOING.get((enemy.kind, enemy.phase))
    if doing is not None:
        return doing
    cycle, ticks = CYCLES[enemy.kind]
    if hero_x_px is not None and 0 <= (hero_x_px - enemy.x_px) * enemy.facing < REACH_PX.get(enemy.kind, 0):
        cycle = REACHING[enemy.kind]
    return cycle[enemy.tick // ticks % len(cycle)]


def struck(enemy: Enemy, world: World, eyes: Eyes) -> int:
    """How much lighter an enemy is drawn that was struck just now: LIGHTER, a boss ALL_WHITE in turns, where
    the eyes bear flashes; 0 for nobody else."""
    age = enemy.tick - enemy.struck_tick
    if enemy.struck_tick < 0 or not 0 <= age < LIT_TICKS or _parried(enemy, age):
        return 0
    # An enemy whose time stands still does not grow older: so a blow must have landed just now, too.
    landed = (s for s in world.sparks if s.kind == "hit_spark" and world.tick - s.born_tick < LIT_TICKS)
    if next(landed, None) is None:
        return 0
    flashes = enemy.traits.boss and eyes.flash and age // WHITE_TICKS % 2 == 0
    return ALL_WHITE if flashes else LIGHTER


def _parried(enemy: Enemy, age: int) -> bool:
    """Whether the shield took the blow: one that harms begins the guard anew."""
    return enemy.kind == "spear_knight" and enemy.phase == spear_knight.GUARDING and enemy.clock > age


@lru_cache(maxsize=256)
def lit_colours(palette: tuple[int, ...], colours: tuple[int, ...], lit: int) -> tuple[int, ...]:
    """The colours of somebody who was struck, as `recoloured` takes them, from a sprite's palette and the
    colours that it is drawn in otherwise."""
    shades = sorted({index for index in palette if index != BLACK}, key=lambda index: float(PALETTE_L[index]))
    drawn = colours[len(colours) - len(shades) :] if len(colours) >= len(shades) else tuple(shades)
    return tuple(WHITE if lit == ALL_WHITE else _lighter(index) for index in drawn)


def _lighter(index: int) -> int:
    if index // ROW * ROW >= LIGHTEST_ROW or index == WHITE:
        return NO_LIGHTER
    return index + ROW
