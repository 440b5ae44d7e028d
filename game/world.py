"""One stage being played. `World.step(buttons)` is the only way that time passes.

The law: without enemies, `world.hero.state` is what folding `motion.step` over the buttons gives. So the
certificate of a level, played here, reaches the door.
"""

from __future__ import annotations

import copy
from enum import IntEnum
from typing import NamedTuple

from generator.level import Level
from generator.motion import SUB, EventKind, body_box, hurt_box, whip_box
from generator.rng import Pcg32, mix
from generator.roles import TILE

from .boxes import meet
from .enemies import ZOMBIES_AT_ONCE, Enemy, awaken, move
from .hero import Carry, Hero
from .items import CANDLE_POINTS, Candle, Item, drop, fall, pick_up

VIEW_PX = 256
"""Width of the view."""
WAKE_PX = 16
"""How far outside the view enemies wake."""
ASLEEP_PX = 64
"""How far outside the view they are forgotten."""
TIME = 300
"""Units of time a stage; one passes every TIME_TICKS."""
TIME_TICKS = 60
SPARK_TICKS = {"hit_spark": 8, "flame": 24}
_DROPS = 0xD0  # stream of the one random generator

CUE_OF_EVENT = {
    EventKind.JUMPED: "jump",
    EventKind.LANDED: "land",
    EventKind.LANDED_HARD: "land",
    EventKind.WHIPPED: "whip",
    EventKind.DIED: "death",
    EventKind.EXITED: "clear",
    EventKind.ENTERED: "door",
    EventKind.STEPPED: "stairs",
    EventKind.BROKE: "break",
    EventKind.KEY: "key",
    EventKind.UNLOCKED: "unlock",
    EventKind.LOCKED: "locked",
    EventKind.CRUMBLED: "crumble",
    EventKind.BOARDED: "platform",
}


class Outcome(IntEnum):
    """How it stands."""

    PLAYING = 0
    CLEARED = 1
    DEAD = 2


class Cue(NamedTuple):
    """What sound and drawing should know of a tick: jump, land, whip, hit, hurt, candle, heart, money,
    upgrade, death, clear."""

    kind: str
    x_px: int
    y_px: int


class Spark(NamedTuple):
    """A flame or a flash; no harm, no help."""

    kind: str
    x_px: int
    y_px: int
    born_tick: int


class World:
    """The hero, who and what is about, and the order in which they act."""

    def __init__(self, level: Level, *, carry: Carry | None = None, enemies: bool = True) -> None:
        self.level = level
        self.hero = Hero(level, carry or Carry())
        self.tick = 0
        self.outcome = Outcome.PLAYING
        self.enemies: list[Enemy] = []
        self.items: list[Item] = []
        self.sparks: list[Spark] = []
        self.candles = [Candle(s.x_px, s.y_px) for s in level.spawns if s.kind == "candle"]
        self._asleep = [s for s in level.spawns if s.kind != "candle"] if enemies else []
        self._chance = Pcg32(mix(level.seed, level.stage), _DROPS)

    @property
    def camera_px(self) -> int:
        """The left edge of the view in the level."""
        widest = self.level.width_tiles * TILE - VIEW_PX
        return min(max(self.hero.body.x_sub // SUB - VIEW_PX // 2, 0), widest)

    @property
    def time_left(self) -> int:
        """Units of time."""
        return max(0, TIME - self.tick // TIME_TICKS)

    def step(self, buttons: int) -> tuple[Cue, ...]:
        """One tick. The hero moves first, by the level's motion; then everybody else, in this order."""
        if self.outcome == Outcome.CLEARED:
            return ()
        self.tick += 1
        alive = self.hero.health > 0
        events = self.hero.step(self.level, self.level.motion, buttons)
        cues = [Cue(CUE_OF_EVENT[e.kind], e.x_px, e.y_px) for e in events if e.kind in CUE_OF_EVENT]
        self._wake()
        self._move_enemies()
        if alive:
            self._whip(cues)
            self._collect(cues)
            self._touch(cues)
            if not self.time_left and self.hero.health:
                self.hero.kill()
                cues.append(Cue("death", self.hero.body.x_sub // SUB, self.hero.body.y_sub // SUB))
        self.sparks = [s for s in self.sparks if self.tick - s.born_tick < SPARK_TICKS[s.kind]]
        if self.hero.dead:
            self.outcome = Outcome.DEAD
        elif any(e.kind == EventKind.EXITED for e in events):
            self.outcome = Outcome.CLEARED
        return tuple(cues)

    def redress(self, level: Level) -> None:
        """The same stage in another art: nothing that moves is touched.

        Raises ValueError where it is another stage.
        """
        if (level.roles != self.level.roles).any() or level.spawns != self.level.spawns:
            raise ValueError("a re-dreamed level must have the same structure")
        self.level = level

    def clone(self) -> World:
        """A world that goes on by itself; the bot looks ahead with it."""
        other = copy.copy(self)
        other.hero = copy.copy(self.hero)
        other.enemies = [enemy.clone() for enemy in self.enemies]
        other.items = [item.clone() for item in self.items]
        other.candles = list(self.candles)
        other._asleep = list(self._asleep)
        other._chance = copy.copy(self._chance)
        return other

    def _wake(self) -> None:
        """Enemies whose place comes into reach of the view from outside, zombies three at a time."""
        left, right = self.camera_px - WAKE_PX, self.camera_px + VIEW_PX + WAKE_PX
        zombies = sum(enemy.kind == "zombie" for enemy in self.enemies)
        still = []
        for spawn in self._asleep:
            room = spawn.kind != "zombie" or zombies < ZOMBIES_AT_ONCE
            if left < spawn.x_px < right and room:
                zombies += spawn.kind == "zombie"
                self.enemies.append(awaken(spawn, self.hero.body.x_sub // SUB))
            else:
                still.append(spawn)
        self._asleep = still

    def _move_enemies(self) -> None:
        left, right = self.camera_px - ASLEEP_PX, self.camera_px + VIEW_PX + ASLEEP_PX
        bottom = (self.level.height_tiles + 2) * TILE
        for enemy in self.enemies:
            move(enemy, self.level.terrain)
        self.enemies = [e for e in self.enemies if left <= e.x_px <= right and e.y_px < bottom]

    def _whip(self, cues: list[Cue]) -> None:
        box = whip_box(self.level.motion, self.hero.body, self.hero.whip_level)
        if box is None:
            return
        for enemy in [e for e in self.enemies if meet(box, e.box)]:
            enemy.hits -= 1
            cues.append(Cue("hit", enemy.x_px, enemy.middle_px))
            self.sparks.append(Spark("hit_spark", enemy.x_px, enemy.middle_px, self.tick))
            if enemy.hits <= 0:
                self.enemies.remove(enemy)
                self.hero.score += enemy.points
                self.sparks.append(Spark("flame", enemy.x_px, enemy.middle_px + TILE // 2, self.tick))
        for candle in [c for c in self.candles if meet(box, c.box)]:
            self.candles.remove(candle)
            self.hero.score += CANDLE_POINTS
            about = any(item.kind == "whip_upgrade" for item in self.items)
            self.items.append(drop(candle, self.hero, about, self._chance))
            self.sparks.append(Spark("flame", candle.x_px, candle.y_px, self.tick))
            cues.append(Cue("candle", candle.x_px, candle.y_px))

    def _collect(self, cues: list[Cue]) -> None:
        self.items = [item for item in self.items if fall(item, self.level.terrain)]
        box = body_box(self.level.motion, self.hero.body)
        for item in [i for i in self.items if meet(box, i.box)]:
            self.items.remove(item)
            cues.append(Cue(pick_up(item, self.hero), item.x_px, item.y_px))

    def _touch(self, cues: list[Cue]) -> None:
        box = hurt_box(self.level.motion, self.hero.body)
        for enemy in self.enemies:
            if meet(box, enemy.box):
                x_px = self.hero.body.x_sub // SUB
                dx = x_px - enemy.x_px or -self.hero.body.facing
                if self.hero.harm(enemy.damage, dx):
                    cues.append(
                        Cue("hurt" if self.hero.health else "death", x_px, self.hero.body.y_sub // SUB)
                    )
                    return
