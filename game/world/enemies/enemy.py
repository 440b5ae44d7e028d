"""What an enemy is while it is awake, and what it sees of the world when it moves. Integers only, 60 ticks a
second."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from generator.motion import SUB, Terrain
from generator.rng import Pcg32

from ..boxes import Box, Placed, around


class Traits(NamedTuple):
    """What all enemies of a kind have in common."""

    damage: int
    """Bars of health that a touch takes."""
    points: int
    hits: int
    """Blows of the whip that it stands."""
    half_width_px: int
    half_height_px: int
    stands: bool = True
    """Whether its position is that of its feet; else it is that of its middle."""
    at_once: int = 4
    """How many of the kind are awake at most."""
    drops: bool = True
    """Whether it may leave something behind, as who is thrown by others does not."""
    boss: bool = False
    """Whether the doors stay shut while it lives."""


@dataclass(slots=True)
class Enemy(Placed):
    """One enemy that is awake. x and y: the feet of one that stands, else the middle; px * 256."""

    kind: str
    traits: Traits
    x_sub: int
    y_sub: int
    facing: int
    hits: int
    """Blows of the whip that it still stands."""
    vx_sub: int = 0
    vy_sub: int = 0
    tick: int = 0
    """Its age."""
    phase: int = 0
    """What it is doing; each kind has its own."""
    clock: int = 0
    """Ticks since that began."""
    line_sub: int = 0
    """The height that it waves round, or came from."""
    struck_tick: int = -1
    """When it was struck, by its age; -1: never."""
    gone: bool = False

    @property
    def middle_px(self) -> int:
        """The middle of its box, px from the top."""
        traits, y_px = self.traits, self.y_sub // SUB
        return y_px - traits.half_height_px if traits.stands else y_px

    @property
    def box(self) -> Box:
        """What the whip and the hero meet."""
        traits = self.traits
        return around(self.x_sub // SUB, self.middle_px, traits.half_width_px, traits.half_height_px)

    def begin(self, phase: int) -> None:
        """Goes over to doing something else."""
        self.phase, self.clock = phase, 0


class Scene(NamedTuple):
    """What enemies see."""

    terrain: Terrain
    hero_x_px: int
    hero_y_px: int
    """His feet."""
    chance: Pcg32
    hard: int = 0
    """How hard the stage is, 0 to HARDEST."""

    def side(self, enemy: Enemy) -> int:
        """-1 where the hero is to the left of an enemy, else 1."""
        return -1 if self.hero_x_px < enemy.x_px else 1

    def away_px(self, enemy: Enemy) -> int:
        """How far the hero is from it, sideways."""
        return abs(self.hero_x_px - enemy.x_px)

    def level_with(self, enemy: Enemy, reach_px: int) -> bool:
        """Whether his feet are about as high as those of one that stands."""
        return abs(self.hero_y_px - enemy.y_px) <= reach_px
