"""The hero's second weapon: he throws it with up and whip, and it costs hearts.

Shots are integers that move 60 times a second, as enemies are. How one flies is one small function a weapon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from generator.motion import DEADLY_KIND, SOLID_KIND, SUB, Body, Posture, Terrain
from generator.nes.roles import TILE

from .boxes import Box, Placed, around
from .enemies.paces import CARRYING

HAND_PX, KNEELING_HAND_PX = 20, 12
"""Height of the hand over the feet. (by eye)"""
DAGGER_SUB = 4 * SUB
"""How far a dagger flies in a tick. (ours)"""
AXE_VX_SUB, AXE_VY_SUB, AXE_GRAVITY_SUB = SUB * 5 // 4, -6 * SUB, SUB // 4
"""How an axe flies: 72 px up, over what the whip cannot reach. (ours)"""
FLASK_VX_SUB, FLASK_VY_SUB, FLASK_GRAVITY_SUB = SUB * 3 // 2, -SUB, SUB // 4
"""How a flask of holy water flies: to the ground some 40 px ahead. (ours)"""
FALL_MAX_SUB = 6 * SUB
FIRE_TICKS, FIRE_EVERY_TICKS = 60, 15
"""How long its fire burns, and from one of its blows to the next. (ours)"""
BOOMERANG_SUB, BOOMERANG_TURN_TICKS = 3 * SUB, 36
"""How far a boomerang flies in a tick, and when it turns. (ours)"""
LIFE_TICKS = 180
STOP_TICKS = 240
"""How long the stopwatch stops everybody. (ours)"""
DOUBLE_HITS, TRIPLE_HITS = 10, 20
"""Hits of a second weapon after which a candle holds its double, and its triple. (FACTS)"""


@dataclass(slots=True)
class Shot(Placed):
    """One thing in flight, or its fire. x, y: its middle; of fire, the ground under it; px * 256."""

    kind: str
    x_sub: int
    y_sub: int
    facing: int
    vx_sub: int = 0
    vy_sub: int = 0
    tick: int = 0
    gone: bool = False

    @property
    def box(self) -> Box:
        """What it hits."""
        half_px, high_px, above_px = HALVES[self.kind]
        return around(self.x_px, self.y_px - above_px, half_px, high_px)


HALVES = {
    "dagger": (8, 4, 0),
    "axe": (7, 7, 0),
    "flask": (4, 4, 0),
    "holy_fire": (8, 8, 8),
    "boomerang": (7, 7, 0),
}
"""Half width and half height of what each hits, and how much higher than its position that is, px. (ours)"""


class Weapon(NamedTuple):
    """A second weapon."""

    hearts: int
    """What a throw costs. (FACTS)"""
    blows: int
    """How many blows of the whip it is worth."""
    fly: Callable[[Shot, Terrain, Body], None] | None
    """One tick of its shot; None where there is none."""


def thrown(kind: str, body: Body) -> Shot:
    """What leaves the hero's hand."""
    vx_sub, vy_sub = {
        "dagger": (DAGGER_SUB, 0),
        "axe": (AXE_VX_SUB, AXE_VY_SUB),
        "flask": (FLASK_VX_SUB, FLASK_VY_SUB),
        "boomerang": (BOOMERANG_SUB, 0),
    }[kind]
    hand_px = KNEELING_HAND_PX if body.posture == Posture.CROUCH else HAND_PX
    return Shot(kind, body.x_sub, body.y_sub - hand_px * SUB, body.facing, body.facing * vx_sub, vy_sub)


def _straight(shot: Shot, terrain: Terrain, _body: Body) -> None:
    shot.x_sub += shot.vx_sub
    shot.gone = _kind(shot, terrain) == SOLID_KIND


def _lobbed(shot: Shot, _terrain: Terrain, _body: Body) -> None:
    """An axe flies over walls: it is meant for who stands above."""
    shot.x_sub += shot.vx_sub
    shot.vy_sub = min(shot.vy_sub + AXE_GRAVITY_SUB, FALL_MAX_SUB)
    shot.y_sub += shot.vy_sub


def _poured(shot: Shot, terrain: Terrain, _body: Body) -> None:
    """A flask breaks on what carries it, and burns there; in water it is gone."""
    shot.x_sub += shot.vx_sub
    if _kind(shot, terrain) == SOLID_KIND:
        shot.x_sub, shot.vx_sub = shot.x_sub - shot.vx_sub, 0
    shot.vy_sub = min(shot.vy_sub + FLASK_GRAVITY_SUB, FALL_MAX_SUB)
    above = shot.y_px
    shot.y_sub += shot.vy_sub
    met = _kind(shot, terrain)
    if met in CARRYING and shot.y_px // TILE > above // TILE:
        shot.kind, shot.tick = "holy_fire", 0
        shot.y_sub, shot.vx_sub, shot.vy_sub = shot.y_px // TILE * TILE * SUB, 0, 0
    shot.gone = met == DEADLY_KIND


def _there_and_back(shot: Shot, _terrain: Terrain, body: Body) -> None:
    """A boomerang comes back to who threw it."""
    if shot.tick == BOOMERANG_TURN_TICKS:
        shot.vx_sub = -shot.vx_sub
    shot.x_sub += shot.vx_sub
    home = abs(shot.x_sub - body.x_sub) < 8 * SUB and shot.tick > BOOMERANG_TURN_TICKS
    shot.gone = home and abs(shot.y_sub - body.y_sub) < 3 * TILE * SUB


def _burn(shot: Shot, _terrain: Terrain, _body: Body) -> None:
    shot.gone = shot.tick >= FIRE_TICKS


WEAPONS: dict[str, Weapon] = {
    "dagger": Weapon(1, 1, _straight),
    "axe": Weapon(1, 2, _lobbed),
    "flask": Weapon(1, 1, _poured),
    "boomerang": Weapon(1, 1, _there_and_back),
    "stopwatch": Weapon(5, 0, None),
}
"""All of them; candles hold them. (hearts: FACTS; blows: ours)"""


def fly(shot: Shot, terrain: Terrain, body: Body) -> None:
    """One tick of a shot."""
    shot.tick += 1
    move = _burn if shot.kind == "holy_fire" else WEAPONS[shot.kind].fly
    assert move is not None
    move(shot, terrain, body)
    shot.gone = shot.gone or shot.tick >= LIFE_TICKS


def blows(shot: Shot) -> int:
    """How many blows of the whip its touch is worth now; fire burns in bursts."""
    if shot.kind == "holy_fire":
        return 1 if shot.tick % FIRE_EVERY_TICKS == 1 else 0
    return WEAPONS[shot.kind].blows


def _kind(shot: Shot, terrain: Terrain) -> int:
    return terrain.kind(shot.x_px // TILE, shot.y_px // TILE)
