"""The bot plays by pressing buttons. It follows the level's certificate, and looks before it leaps.

To look ahead it plays a clone of the world: is the plan's next second harmless? If not, it first does the
least harmful of a few things that a player would do. After a blow or a detour it finds back onto the
certificate, or has the proof's search make a new plan from where it stands. Where a boss shuts the doors it
fights: of the same few things it does what costs it least and the boss most.

How far it looks, how often, and how often it looks away, is its skill: so that what is hard can be measured.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import NamedTuple

from generator.motion import SUB, Body, Button, Posture, State, spawn, step, whip_box
from generator.proof import Search
from generator.rng import Pcg32

from .boxes import meet
from .world import Outcome, World

_LEFT, _RIGHT, _UP, _DOWN, _JUMP, _WHIP = (
    int(b) for b in (Button.LEFT, Button.RIGHT, Button.UP, Button.DOWN, Button.JUMP, Button.WHIP)
)


class Skill(NamedTuple):
    """How well the bot plays."""

    look_ticks: int
    """How far it looks ahead."""
    look_every_ticks: int
    """It looks ahead once in so many ticks: how slow it is to see what has changed."""
    attends_of_8: int
    """How many of eight times it looks at all, and does not go on as if nothing were there."""


CLUMSY, MIDDLING, GOOD = Skill(28, 20, 4), Skill(44, 12, 6), Skill(64, 4, 8)
"""Its skills. The good one looks as far as a jump and a bit. (ours)"""
SKILLS = {"clumsy": CLUMSY, "middling": MIDDLING, "good": GOOD}
FALL_TICKS = 60
"""How much farther it looks where that ends in the air."""
NEAR_PX = 176
"""Enemies farther away than this are not worth a look."""
WHIP_SCRIPT_TICKS, JUMP_SCRIPT_TICKS = 25, 44
"""How long a script waits after a blow and after a jump."""
PATIENCE_TICKS, CARELESS_TICKS = 180, 900
"""After so long without progress it is not careful until it has made some, or for so long: that it comes back
to what it was afraid of."""
PROGRESS_TICKS = 48
"""Ticks of moving by its plan that are progress: a step or two towards what it is afraid of are none."""

_WHIP_NOW = bytes([_WHIP]) + bytes(WHIP_SCRIPT_TICKS)
SCRIPTS: tuple[bytes, ...] = (
    _WHIP_NOW,
    bytes(12) + _WHIP_NOW,
    bytes(24) + _WHIP_NOW,
    bytes([_LEFT, 0]) + _WHIP_NOW,
    bytes([_RIGHT, 0]) + _WHIP_NOW,
    bytes([_DOWN, _DOWN | _WHIP]) + bytes([_DOWN]) * WHIP_SCRIPT_TICKS,
    bytes([_DOWN]) * 24,
    bytes(12),
    bytes([_JUMP]) + bytes(JUMP_SCRIPT_TICKS),
    bytes([_JUMP]) + bytes(5) + bytes([_WHIP]) + bytes(JUMP_SCRIPT_TICKS - 6),
    bytes([_LEFT]) * 24,
    bytes([_RIGHT]) * 24,
    bytes([_UP | _WHIP]) + bytes(WHIP_SCRIPT_TICKS),
)
"""What it can do instead of the plan, the most useful first: a mask a tick."""


def _resting(body: Body) -> bool:
    return body.posture == Posture.STAND and not body.whip_tick and not body.landing_tick


def _feet(state: State) -> tuple[int, ...]:
    return state.room, state.body.x_sub, state.body.y_sub


def _waypoint(state: State) -> tuple[int, ...]:
    """Room, feet and flags: what was taken, opened, broken or is falling."""
    return (*_feet(state), state.flags)


FIGHT_SCRIPTS: tuple[bytes, ...] = (
    *SCRIPTS,
    *(
        bytes([turn, 0])
        + bytes(wait)
        + bytes([_JUMP])
        + bytes(at)
        + bytes([_WHIP])
        + bytes(JUMP_SCRIPT_TICKS - 6)
        for turn in (_LEFT, _RIGHT)
        for wait in (0, 16)
        for at in (1, 8)
    ),
    bytes([_LEFT]) * 12,
    bytes([_RIGHT]) * 12,
    bytes([_LEFT | _JUMP]) + bytes([_LEFT]) * JUMP_SCRIPT_TICKS,
    bytes([_RIGHT | _JUMP]) + bytes([_RIGHT]) * JUMP_SCRIPT_TICKS,
    bytes([_LEFT | _JUMP]) + bytes(5) + bytes([_WHIP]) + bytes(JUMP_SCRIPT_TICKS - 6),
    bytes([_RIGHT | _JUMP]) + bytes(5) + bytes([_WHIP]) + bytes(JUMP_SCRIPT_TICKS - 6),
)
"""What it can do where a boss is."""
HARM_WORTH, BLOW_WORTH, WHIP_PX = 1000, 600, 36
"""What a bar of its own and a blow at a boss are worth; how far from the boss it likes to be."""
BOLD_TICKS, BOLD_HARM_WORTH = 600, 8
"""After so long without a blow that met the boss a bar of its own is worth so little, and one time in three
it does whatever comes to its mind: so that it comes down from where nobody reaches anybody."""


class Bot:
    """Ask it for `buttons` once a tick, and step the world with the answer."""

    def __init__(self, skill: Skill = GOOD, seed: int = 0) -> None:
        """seed: of when it looks away."""
        self.skill = skill
        self._chance = Pcg32(seed)
        self._world: World | None = None
        self._plan = b""
        self._at = 0
        self._way: list[tuple[int, ...]] = []
        """Room and feet before each tick of the plan, and after the last."""
        self._left: list[int] = []
        """How many ticks of the plan, from each on, move the hero: who waits makes no progress."""
        self._search: Search | None = None
        self._waypoints: dict[tuple[int, ...], int] = {}
        self._script = b""
        """What it does instead of the plan."""
        self._script_at = 0
        self._expected: tuple[int, ...] | None = None
        """Where the plan is now: room and feet, px * 256; None where it was left."""
        self._look_tick = 0
        self._best = 0
        """The fewest ticks that were ever left of its plans."""
        self._best_tick = 0
        self._boss_hits = 0
        """Blows that the bosses of the room stood when they last changed, and when that was."""
        self._boss_tick = 0

    def buttons(self, world: World) -> int:
        """The mask for the next tick of this world."""
        if world is not self._world:
            self._world = world
            self._script = b""
            self._search = None
            self._follow(world, world.level.certificate, spawn(world.level))
            self._look_tick = self._best_tick = world.tick
            self._best = self._left[0] + 1
        body = world.hero.body
        if self._script_at < len(self._script):
            self._script_at += 1
            if body.posture not in (Posture.HURT, Posture.DEAD):
                return self._script[self._script_at - 1]
            self._script = b""
        if body.posture == Posture.STAIRS:
            # On stairs no plan begins: up, wherever they lead.
            return self._advance() if self._expected == _feet(world.hero.state) else int(Button.UP)
        if body.posture in (Posture.HURT, Posture.DEAD) or (
            body.posture != Posture.AIR and not _resting(body)
        ):
            self._expected = None
            return 0
        if world.bosses and _resting(body):
            return self._fight(world)
        if _feet(world.hero.state) != self._expected or self._at >= len(self._plan):
            if body.posture == Posture.AIR:
                return 0
            self._find_back(world)
        careful = world.tick - self._best_tick < PATIENCE_TICKS
        left = self._left[self._at]
        if left <= self._best - PROGRESS_TICKS:
            self._best, self._best_tick = left, world.tick
        elif world.tick - self._best_tick > PATIENCE_TICKS + CARELESS_TICKS:
            self._best_tick = world.tick
        if careful and _resting(body) and world.tick >= self._look_tick and _threatened(world):
            self._look_tick = world.tick + self.skill.look_every_ticks
            script = self._choose(world) if self._attends() else b""
            if script:
                self._script, self._script_at = script, 1
                self._expected = None
                return script[0]
        elif _resting(body) and _candle_in_reach(world):
            self._script, self._script_at, self._expected = _WHIP_NOW, 1, None
            return _WHIP_NOW[0]
        return self._advance()

    def _attends(self) -> bool:
        """Whether it looks this time."""
        return self.skill.attends_of_8 >= 8 or self._chance.chance(self.skill.attends_of_8, 8)

    def _fight(self, world: World) -> int:
        """The first mask of what is best against a boss."""
        self._expected = None
        self._best_tick = world.tick
        left = sum(boss.hits for boss in world.bosses)
        if left != self._boss_hits:
            self._boss_hits, self._boss_tick = left, world.tick
        bold = world.tick - self._boss_tick > BOLD_TICKS
        if bold and self._chance.chance(1, 3):
            self._script, self._script_at = self._chance.choice(FIGHT_SCRIPTS), 1
            return self._script[0]
        harm_worth = BOLD_HARM_WORTH if bold else HARM_WORTH
        scripts = FIGHT_SCRIPTS if self._attends() else (_WHIP_NOW,)
        costs = [
            _fight_cost(world, script, self.skill.look_ticks, harm_worth) + order
            for order, script in enumerate(scripts)
        ]
        self._script, self._script_at = scripts[costs.index(min(costs))], 1
        return self._script[0]

    def _advance(self) -> int:
        """The plan's next mask; notes where it leads."""
        if self._at >= len(self._plan):
            return 0
        self._at += 1
        self._expected = self._way[self._at]
        return self._plan[self._at - 1]

    def _follow(self, world: World, plan: bytes, state: State) -> None:
        """Takes up a plan from its beginning."""
        self._plan, self._at = plan, 0
        self._expected = _feet(state)
        self._way = [self._expected]
        self._waypoints = {}
        for at, mask in enumerate(plan):
            if _resting(state.body) and not state.body.jump_held:
                self._waypoints[_waypoint(state)] = at
            state, _ = step(world.level, world.motion, state, mask)
            self._way.append(_feet(state))
        moves = [one != other for one, other in pairwise(self._way)]
        self._left = [*accumulate(reversed(moves), initial=0)][::-1]

    def _find_back(self, world: World) -> None:
        """Goes on with the plan where it passes here, else with a new one, if the search finds one."""
        state = world.hero.state
        at = self._waypoints.get(_waypoint(state))
        if at is not None and not world.level.interiors[state.room].platforms:
            self._at = at
            return
        self._search = self._search or Search(world.level, world.motion)
        # The safe ticks after a blow do not change the way; without them more states are equal.
        body = state.body._replace(safe_tick=0, jump_held=0, whip_held=0, vx_sub=0)
        plan = self._search.way(state._replace(body=body))
        if plan is not None:
            self._follow(world, plan, state)

    def _choose(self, world: World) -> bytes:
        """The least harmful script; b"" where the plan is harmless, or less harmful than all of them."""
        look_ticks = self.skill.look_ticks
        plan = self._plan[self._at : self._at + look_ticks]
        best, best_cost = b"", _cost(world, plan, 0)
        if not best_cost:
            return b""
        for order, script in enumerate(SCRIPTS, 1):
            cost = _cost(world, script + bytes(max(0, look_ticks - len(script))), order)
            if cost < best_cost:
                best, best_cost = script, cost
        return best


def _candle_in_reach(world: World) -> bool:
    """Whether a stroke from here would break a candle."""
    motion = world.motion
    body = world.hero.body._replace(whip_tick=motion.whip_hit_first)
    box = whip_box(motion, body, world.hero.whip_level)
    return box is not None and any(meet(box, candle.box) for candle in world.candles)


def _threatened(world: World) -> bool:
    x_px = world.hero.body.x_sub // SUB
    return any(abs(enemy.x_px - x_px) < NEAR_PX for enemy in world.enemies)


def _fight_cost(world: World, script: bytes, look_ticks: int, harm_worth: int) -> int:
    """What a script does to a clone where a boss is: harm, less the blows that meet it, then its distance."""
    ahead = _played(world, script + bytes(max(0, look_ticks - len(script))))
    if ahead.outcome == Outcome.DEAD:
        return 1_000_000
    left = sum(boss.hits for boss in ahead.bosses)
    x_px = ahead.hero.body.x_sub // SUB
    away = min((abs(abs(boss.x_px - x_px) - WHIP_PX) for boss in ahead.bosses), default=0)
    return harm_worth * (world.hero.health - ahead.hero.health) + BLOW_WORTH * left + away


def _cost(world: World, masks: bytes, order: int) -> int:
    """What these masks do to a clone: harm counts most, then points not won, then the scripts' order."""
    ahead = _played(world, masks)
    if ahead.outcome == Outcome.DEAD:
        return 1_000_000 + order
    harm = world.hero.health - ahead.hero.health
    won = min(ahead.hero.score - world.hero.score, 900) // 100
    return 1000 * harm + (10 * (9 - won) + order if order else 0)


def _played(world: World, masks: bytes) -> World:
    """A clone that has played these masks, and fallen as far as it falls then."""
    ahead = world.clone()
    for mask in masks:
        ahead.step(mask)
        if ahead.outcome != Outcome.PLAYING:
            break
    for _ in range(FALL_TICKS):
        # A hero who was struck may still fall into a pit.
        if ahead.hero.body.posture not in (Posture.AIR, Posture.HURT) or ahead.outcome != Outcome.PLAYING:
            break
        ahead.step(0)
    return ahead
