"""A body: its buttons, its state, its boxes, and what a blow does to it.

The position of a body is that of its feet, the middle of the bottom edge of its box. The box covers the pixel
columns x-6..x+5 and the pixel rows y-28..y-1. x grows to the right and y downwards, in level pixels.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..nes.roles import TILE
from .interior import Interior
from .numbers import SUB

if TYPE_CHECKING:
    from .own import AnyMotion

HURT_VX_SUB = 1 * SUB
"""How fast a blow throws a body aside, px * 256 a tick. The same for all motions. (FACTS)"""
HURT_VY_SUB = -2 * SUB
"""How fast it throws it up at first. (FACTS)"""
HURT_GRAVITY_SUB = SUB // 8
"""What a body that was struck falls faster by each tick, px * 256. (FACTS)"""
HURT_FALL_MAX_SUB = 5 * SUB
"""Its fastest fall a tick, px * 256. (FACTS)"""
HURT_SAFE_TICKS = 120
"""How long nothing can hurt after a blow. (FACTS)"""


class Button(IntFlag):
    """Bits of a button mask. Masks are plain integers where speed matters."""

    RIGHT = 1
    LEFT = 2
    UP = 4
    DOWN = 8
    JUMP = 16
    WHIP = 32


class Posture(IntEnum):
    """What a body is doing."""

    STAND = 0  # on the ground, walking included
    CROUCH = 1
    AIR = 2  # jumping or falling
    HURT = 3  # knocked back, until it lands
    LANDING = 4  # recovering from a long fall
    DEAD = 5
    STAIRS = 6


class Body(NamedTuple):
    """A body with all its timers: hashable integers. Its fields are in px * 256 and in ticks."""

    x_sub: int
    y_sub: int
    posture: int = Posture.STAND
    facing: int = 1
    vx_sub: int = 0
    vy_sub: int = 0
    air_tick: int = 0
    """AIR: index into `Motion.air_dy_px` of the next tick. HURT: ticks since the blow, at most 1."""
    whip_tick: int = 0
    """0 while not whipping, then 1, 2, ... until the whip is done."""
    safe_tick: int = 0
    """Ticks left in which nothing can hurt."""
    landing_tick: int = 0
    """LANDING: ticks of recovery left."""
    jump_held: int = 0
    """Ticks that JUMP has been held; at `buffer_ticks + 1` it stays, and is no press any more."""
    whip_held: int = 0
    """Ticks that WHIP has been held, in the same way."""
    stairs: int = 0
    """STAIRS: 1 + the index of the flight in its room; else 0."""


class State(NamedTuple):
    """All that a step reads and writes. For the bits of `flags` see `mechanisms`."""

    room: int
    room_tick: int
    body: Body
    flags: int = 0


class Place(Protocol):
    """All of a level that moving reads: a `Level`, a `Structure`, a drawing of a test."""

    @property
    def interiors(self) -> tuple[Interior, ...]:
        """The rooms. A body starts in the first."""

    @property
    def start(self) -> tuple[int, int]:
        """Where the feet stand at first, px."""


def spawn(place: Place) -> State:
    """The standard body, standing at the place's start and looking to the right."""
    x_px, y_px = place.start
    return State(0, 0, Body(x_px * SUB, y_px * SUB))


def hurt(body: Body, dx: int) -> Body:
    """The body after a blow that pushes it to the right, or to the left where `dx` is negative.

    A dead body comes back unchanged, and so does one whose `safe_tick` still runs. On stairs nothing pushes a
    body. (FACTS)
    """
    if body.posture == Posture.DEAD or body.safe_tick:
        return body
    if body.posture == Posture.STAIRS:
        return body._replace(whip_tick=0, safe_tick=HURT_SAFE_TICKS)
    away = -1 if dx < 0 else 1
    return body._replace(
        posture=Posture.HURT,
        facing=-away,
        vx_sub=away * HURT_VX_SUB,
        vy_sub=HURT_VY_SUB,
        air_tick=0,
        whip_tick=0,
        safe_tick=HURT_SAFE_TICKS,
        landing_tick=0,
    )


def body_box(motion: AnyMotion, body: Body) -> tuple[int, int, int, int]:
    """The box that terrain meets: left, top, right, bottom, px. Right and bottom are just outside of it."""
    x_px, y_px = body.x_sub // SUB, body.y_sub // SUB
    half = motion.half_width_px
    return x_px - half, y_px - motion.height_px, x_px + half, y_px


def hurt_box(motion: AnyMotion, body: Body) -> tuple[int, int, int, int]:
    """The box that enemies meet. It is lower than `body_box` while the body crouches."""
    left, top, right, bottom = body_box(motion, body)
    if body.posture in (Posture.CROUCH, Posture.LANDING):
        top = bottom - motion.crouch_height_px
    return left, top, right, bottom


def whip_box(motion: AnyMotion, body: Body, level: int = 1) -> tuple[int, int, int, int] | None:
    """The box that a whip of level 1 to 3 hits, px, or None where it does not hit now."""
    if not 0 <= body.whip_tick - motion.whip_hit_first < motion.whip_hit_ticks:
        return None
    above = motion.whip_crouch_px if body.posture == Posture.CROUCH else motion.whip_stand_px
    x_px = body.x_sub // SUB + body.facing * motion.whip_ahead_px[level - 1]
    y_px = body.y_sub // SUB - above
    width, height = motion.whip_half_width_px[level - 1], motion.whip_half_height_px[level - 1]
    return x_px - width, y_px - height, x_px + width, y_px + height


def room_at(place: Place, x_px: int, y_px: int) -> int:
    """The room whose rectangle holds a point (the feet), px; 0 where none does."""
    for number, interior in enumerate(place.interiors):
        if (
            interior.left_px <= x_px < interior.right_px
            and interior.room[1] * TILE < y_px <= interior.bottom_px
        ):
            return number
    return 0
