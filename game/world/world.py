"""One stage being played. `World.step(buttons)` is the only way that time passes.

The law: without enemies, `world.hero.state` is what folding `motion.step` over the buttons gives. So the
certificate of a level, played here, reaches the door.

Everybody but the hero belongs to the room that he is in: who was in the room before is dropped when he
leaves it, and its enemies sleep again; what he took stays taken.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from enum import IntEnum

from generator.layout.structure import hardness
from generator.level import Level, Spawn
from generator.level.level import BOSS_KINDS
from generator.motion import (
    SUB,
    Event,
    EventKind,
    Place,
    Posture,
    State,
    body_box,
    room_at,
)
from generator.motion.interior import Interior
from generator.motion.mechanisms import STAYING, Key, Lock
from generator.nes.roles import TILE, Role
from generator.rng import Pcg32, mix

from .assists import NO_ASSISTS, Assists
from .blows import move_shots, throw, whip
from .boxes import Box, around
from .camera import first_top_edge, left_edge, next_top_edge, room_px
from .cues import LOCKED_EVERY_TICKS, SPARK_TICKS, Cue, Spark, cues_of, cues_of_foes, sparks_of
from .dust import dust_of
from .enemies import ENEMIES, Enemy
from .hero import HEALTH_MAX, Carry, Hero
from .items import Candle, Item
from .others import move_everybody, wake
from .shut import Shut
from .touches import collect, touch
from .treasures import CHEST, Treasure, treasures_of
from .weapons import Shot

ENTRANCE_PX = 3 * TILE
"""How near to where the hero came into a room no enemy wakes: a door is no trap. (ours)"""
GRACE_TICKS = 45
"""So long nobody moves in a room that the hero has just come into: he should see who is there. (ours)"""
STAGE_TIME = 300
"""What a stage's clock begins with, in units of TIME_TICKS: seconds. (the NES game; ours)"""
TIME_TICKS = 60
_HURT, _NONE = int(Posture.HURT), frozenset[EventKind]()
_DROPS = 0xD0
"""The stream of the one random generator."""


class Outcome(IntEnum):
    """Whether the stage is over."""

    PLAYING = 0
    CLEARED = 1
    DEAD = 2


# As plain integers: looking a member up costs more than comparing it.
_CLEARED, _DEAD = int(Outcome.CLEARED), int(Outcome.DEAD)


class World:
    """The hero, everybody and everything in his room, and the order in which they act."""

    def __init__(
        self,
        level: Level,
        *,
        carry: Carry | None = None,
        enemies: bool = True,
        assists: Assists = NO_ASSISTS,
    ) -> None:
        self.level = level
        self.help(assists)
        self.hero = Hero(level, carry or Carry())
        self.tick = 0
        self.outcome = Outcome.PLAYING
        self.drowned = False
        """Whether he lies under water."""
        self.visited: frozenset[int] = frozenset()
        """The rooms that the hero has been in."""
        self.ended_tick = 0
        """When he died."""
        self._with_enemies = enemies
        self.spawns = _by_room(level)
        self.taken: frozenset[tuple[str, int, int]] = frozenset()
        self.entrance: Box | None = None
        """Where nobody wakes, since the hero came in there."""
        self._locked_tick = -LOCKED_EVERY_TICKS
        self._top_px = 0
        self.enemies: list[Enemy] = []
        self.items: list[Item] = []
        self.sparks: list[Spark] = []
        self.candles: list[Candle] = []
        self.treasures: list[Treasure] = []
        self.shots: list[Shot] = []
        """What the hero has thrown, and what burns of it."""
        self.throwing = ""
        """The second weapon in his hand while his arm swings; "": he swings the whip, or nothing."""
        self.stopped_until = 0
        """The tick up to which the stopwatch stops everybody."""
        self.emptied: list[Treasure] = []
        """Chests of his room that were opened."""
        self.asleep: list[Spawn] = []
        """Who is in his room and has not woken yet."""
        self._shut: Shut | None = None
        self.chance = Pcg32(mix(level.seed, level.stage), _DROPS)
        self.hard = hardness(level.mode, level.stage, level.difficulty)
        self.arrived = self.hero.state
        """The hero as he came into the room where he is."""
        self._settle()

    @property
    def interior(self) -> Interior:
        """The room where the hero is."""
        return self.level.interiors[self.hero.state.room]

    @property
    def room_px(self) -> Box:
        """The rectangle of that room."""
        return room_px(self.level.interiors[self.hero.state.room])

    @property
    def camera_px(self) -> tuple[int, int]:
        """The left and the top edge of the view; it is inside the room."""
        state = self.hero.state
        return left_edge(room_px(self.level.interiors[state.room]), state.body.x_sub // SUB), self._top_px

    @property
    def time_left(self) -> int:
        """Units of time that are left."""
        return max(0, STAGE_TIME - self.tick // TIME_TICKS)

    @property
    def keys_held(self) -> int:
        """How many keys were taken and have not opened their lock yet."""
        flags = self.hero.state.flags
        if not flags:
            return 0
        used = [m.key_bit for m in self.level.mechanisms if isinstance(m, Lock) and flags >> m.bit & 1]
        keys = [m.bit for m in self.level.mechanisms if isinstance(m, Key)]
        return sum(flags >> bit & 1 and bit not in used for bit in keys)

    def step(self, buttons: int) -> tuple[Cue, ...]:
        """One tick. The hero moves first, by the level's motion; then everybody else, in this order. Returns
        what is heard of it."""
        if self.outcome == _CLEARED:
            return ()
        self.tick += 1
        if self.outcome == _DEAD:
            self.hero.step(self._place(), self.motion, buttons)
            self._forget_sparks()  # everybody else stands still
            return ()
        # What nothing happened to is not asked for: most ticks have no event, and many nobody about.
        hero = self.hero
        alive = hero.health > 0
        before, interior = hero.state, self.interior
        events = hero.step(self._place(), self.motion, buttons)
        if before.body.posture == _HURT:
            events = self._keep_inside(before, events, buttons)
        if self.sparks:
            self._forget_sparks()
        state = hero.state
        if state.flags != before.flags:
            self.sparks += sparks_of(before, state.flags, interior, self.tick)
        if events or state.body.vx_sub != before.body.vx_sub:
            self.sparks += dust_of(before.body, state.body, events, self.sparks, self.tick)
        cues: list[Cue] = []
        kinds: frozenset[EventKind] = _NONE
        if events:
            cues = [
                cue for cue in cues_of(events, interior) if cue.kind != "locked" or self._may_say_locked()
            ]
            kinds = frozenset(event.kind for event in events)
            for _, x_px, y_px in (event for event in events if event.kind == EventKind.DIED):
                if self.in_water(x_px, y_px):
                    self.drowned = True
                    cues.append(Cue("splash", x_px, y_px))
                    self.sparks.append(Spark("splash", x_px, y_px // TILE * TILE + TILE // 4, self.tick))
            if EventKind.ENTERED in kinds:
                self._enter()
        if state.body.whip_tick or self.throwing:
            throw(self, buttons, kinds, cues)
        self._top_px = next_top_edge(self.room_px, self._top_px, state.body.y_sub // SUB)
        if self.asleep:
            wake(self)
        if self.enemies and self.tick >= self.stopped_until and hero.state.room_tick >= GRACE_TICKS:
            phases = [(boss, boss.phase) for boss in self.enemies if boss.traits.boss]
            move_everybody(self)
            cues += cues_of_foes(phases, self.enemies)
        if self.shots:
            move_shots(self, cues)
        if alive:
            if hero.body.whip_tick:
                whip(self, cues)
            if self.items or self.treasures:
                collect(self, cues)
            if self.enemies:
                touch(self, cues)
            if self.tick >= STAGE_TIME * TIME_TICKS and hero.health:
                hero.kill()
                cues.append(Cue("death", hero.body.x_sub // SUB, hero.body.y_sub // SUB))
        if hero.dead:
            self.outcome, self.ended_tick = Outcome.DEAD, self.tick
        elif EventKind.EXITED in kinds:
            self.outcome = Outcome.CLEARED
        return tuple(cues)

    @property
    def bosses(self) -> list[Enemy]:
        """The bosses of the room where the hero is that still live."""
        return [enemy for enemy in self.enemies if enemy.traits.boss]

    @property
    def boss_bars(self) -> int:
        """What the bosses of this room have left, of HEALTH_MAX bars; all of them where there is no boss."""
        bosses = self.bosses
        waiting = [s for s in self.spawns[self.hero.state.room] if s.kind in BOSS_KINDS]
        if not bosses:
            return 0 if any(self._had(spawn) for spawn in waiting) else HEALTH_MAX
        most = sum(ENEMIES[spawn.kind].traits.hits for spawn in waiting) or sum(b.traits.hits for b in bosses)
        return -(-HEALTH_MAX * sum(boss.hits for boss in bosses) // most)

    def _keep_inside(self, before: State, events: tuple[Event, ...], buttons: int) -> tuple[Event, ...]:
        """A blow throws nobody out of a room, nor into the frame of a door, where he is not seen: there he
        falls straight down. Returns what happened."""
        half, interior = self.motion.half_width_px, self.level.interiors[before.room]
        if self.hero.state.room != before.room:
            self.hero.state = before._replace(body=before.body._replace(vx_sub=0))
            events = self.hero.step(self._place(), self.motion, buttons)
        body = self.hero.body
        least, most = (interior.left_px + half) * SUB, (interior.right_px - half) * SUB
        if not least <= body.x_sub <= most:
            body = body._replace(x_sub=min(max(body.x_sub, least), most), vx_sub=0)
            self.hero.state = self.hero.state._replace(body=body)
        return events

    def _place(self) -> Place:
        """The level as the hero moves in it: while a boss lives, the ways out of its room are shut."""
        if not self.enemies or not self.bosses:
            return self.level
        if self._shut is None or self._shut.room != self.hero.state.room:
            self._shut = Shut(self.level, self.hero.state.room)
        return self._shut

    def help(self, assists: Assists) -> None:
        """Gives the player these helps, from the next tick on."""
        self.assists, self.motion = assists, assists.motion(self.level.motion)

    def redress(self, level: Level) -> None:
        """Shows the same stage in another art; nothing that moves is touched. Raises ValueError where it is
        another stage."""
        mine = self.level
        same = level.rooms == mine.rooms and level.mechanisms == mine.mechanisms
        if not same or (level.roles != mine.roles).any() or level.spawns != mine.spawns:
            raise ValueError("a re-dreamed level must have the same structure")
        self.level = level

    def again(self, carry: Carry) -> World:
        """The stage after a death: the hero stands where he came into the room that he died in. What he took
        and opened stays so, a boss that fell stays away; candles burn again, and the clock begins anew."""
        other = World(self.level, carry=carry, enemies=self._with_enemies, assists=self.assists)
        flags = self.hero.state.flags & STAYING
        other.hero.state = self.arrived._replace(
            flags=flags, body=self.arrived.body._replace(safe_tick=0, jump_held=0, whip_held=0)
        )
        other.arrived, other.visited, other.entrance = other.hero.state, self.visited, self.entrance
        other.taken = frozenset(thing for thing in self.taken if thing[0] != "candle")
        other.chance = copy.copy(self.chance)
        other._settle()
        return other

    def clone(self) -> World:
        """A world that goes on by itself; the bot looks ahead with it."""
        other = copy.copy(self)
        other.hero = copy.copy(self.hero)
        other.enemies = [replace(enemy) for enemy in self.enemies]
        other.items = [replace(item) for item in self.items]
        other.shots = [replace(shot) for shot in self.shots]
        other.candles = list(self.candles)
        other.treasures, other.emptied = list(self.treasures), list(self.emptied)
        other.asleep = list(self.asleep)
        other.chance = copy.copy(self.chance)
        return other

    @property
    def left_over(self) -> list[Spawn]:
        """Chests that he has not had in rooms where he has been."""
        spawns = (spawn for room in sorted(self.visited) for spawn in self.spawns[room])
        return [spawn for spawn in spawns if spawn.kind == CHEST and not self._had(spawn)]

    def in_water(self, x_px: int, y_px: int) -> bool:
        """Whether there is water at a point."""
        row, column = y_px // TILE, x_px // TILE
        height, width = self.level.roles.shape
        inside: bool = 0 <= row < height and 0 <= column < width
        wet: bool = inside and self.level.roles[row, column] == Role.WATER
        return wet

    def _forget_sparks(self) -> None:
        self.sparks = [s for s in self.sparks if self.tick - s.born_tick < SPARK_TICKS[s.kind]]

    def _had(self, thing: Spawn | Treasure) -> bool:
        return (thing.kind, thing.x_px, thing.y_px) in self.taken

    def _may_say_locked(self) -> bool:
        """Whether a locked door that is pushed at is heard: at once, then now and then."""
        if self.tick - self._locked_tick < LOCKED_EVERY_TICKS:
            return False
        self._locked_tick = self.tick
        return True

    def _enter(self) -> None:
        """Goes into another room. What was in the one before is gone, except a door that still opens."""
        self.arrived = self.hero.state
        left, top, right, bottom = body_box(self.motion, self.hero.body)
        opening = [spark for spark in self.sparks if spark.kind == "lock_open"]
        self.entrance = around((left + right) // 2, (top + bottom) // 2, ENTRANCE_PX + 1, ENTRANCE_PX + 1)
        self._settle()
        for spark in opening:
            # The other side of the same door, one tile on.
            x_px = spark.x_px + spark.side * TILE
            self.sparks.append(spark._replace(born_tick=self.tick))
            self.sparks.append(spark._replace(x_px=x_px, side=-spark.side, born_tick=self.tick))

    def _settle(self) -> None:
        """Puts everything into the room as it is when the hero comes in."""
        room = self.hero.state.room
        here = [s for s in self.spawns[room] if not self._had(s)]
        self.visited |= {room}
        self.enemies, self.items, self.sparks, self.shots = [], [], [], []
        self.throwing, self.stopped_until = "", 0
        self.candles = [Candle(s.x_px, s.y_px) for s in here if s.kind == "candle"]
        treasures = treasures_of(self.level, room, self.spawns[room])
        self.treasures = [t for t in treasures if not self._had(t)]
        self.emptied = [t for t in treasures if self._had(t) and t.look == CHEST]
        self.asleep = [s for s in here if s.kind in ENEMIES] if self._with_enemies else []
        self._top_px = first_top_edge(self.room_px, self.hero.body.y_sub // SUB)


def _by_room(level: Level) -> tuple[tuple[Spawn, ...], ...]:
    """The level's spawns by the room that they are in."""
    found: list[list[Spawn]] = [[] for _ in level.rooms]
    for spawn in level.spawns:
        found[room_at(level, spawn.x_px, spawn.y_px)].append(spawn)
    return tuple(tuple(spawns) for spawns in found)
