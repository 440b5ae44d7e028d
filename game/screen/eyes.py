"""What a player's eyes can do without: flicker, shaking, and colours as the only difference."""

from __future__ import annotations

from typing import NamedTuple

from generator.motion import EMPTY_KIND, ONE_WAY_KIND
from generator.motion.interior import Interior
from generator.nes.roles import TILE

from ..world import World
from ..world.camera import VIEW_HEIGHT_PX, VIEW_PX
from ..world.enemies import is_there

BLINK_TICKS, CALM_BLINK_TICKS = 2, 15
"""How long what blinks is there, and then not. Calm, it does so twice a second: flicker below three times a
second does no harm (WCAG 2.2, 2.3.1)."""


WARNING_TICKS = 8
"""The same of what warns."""


class Eyes(NamedTuple):
    """What they want."""

    flash: bool = True
    shake: bool = True
    shapes: bool = False

    def blinks(self, tick: int) -> bool:
        """Whether what blinks is there in this tick."""
        return bool(tick // (BLINK_TICKS if self.flash else CALM_BLINK_TICKS) % 2)

    def warned(self, tick: int) -> bool:
        """Whether what warns stands out in this tick."""
        return bool(tick // (WARNING_TICKS if self.flash else CALM_BLINK_TICKS) % 2)

    def shaken(self, aside_px: int) -> int:
        """How far aside that shakes which would be so far aside, px."""
        return aside_px if self.shake else 0


EYES = Eyes()
"""What they want if nobody says otherwise."""


class Sign(NamedTuple):
    """A sprite that says what something is, anchored at a point of the level, px."""

    name: str
    x_px: int
    y_px: int


def signs(world: World) -> list[Sign]:
    """Signs in white and black beside what the dream's colours alone might tell: who harms, where one may
    stand and fall through, where there is no ground at all, where a room can be left."""
    left, top = world.camera_px
    found = [Sign("sign_foe", e.x_px, e.box[1] - 2) for e in world.enemies if is_there(e)]
    interior = world.interior
    found += [Sign("sign_ledge", x_px, y_px) for x_px, y_px in _ledges(interior, world.hero.state.flags)]
    found += [Sign("sign_pit", x_px, y_px) for x_px, y_px in _pits(interior, world.hero.state.flags)]
    for passage in interior.passages:
        x_px = interior.right_px - TILE if passage.side > 0 else interior.left_px + TILE
        found.append(Sign("sign_right" if passage.side > 0 else "sign_left", x_px, passage.row * TILE))
    return [
        sign
        for sign in found
        if left - TILE < sign.x_px < left + VIEW_PX + TILE and top < sign.y_px < top + VIEW_HEIGHT_PX + TILE
    ]


def _pits(interior: Interior, flags: int) -> list[tuple[int, int]]:
    """The middle of the lowest tile of every column of a room that nothing closes below, px."""
    terrain = interior.terrain(flags)
    left, top, width, height = interior.room
    row = top + height - 1
    return [
        (column * TILE + TILE // 2, row * TILE + TILE // 2)
        for column in range(left, left + width)
        if terrain.kind(column, row) == EMPTY_KIND
    ]


def _ledges(interior: Interior, flags: int) -> list[tuple[int, int]]:
    """The top left of every tile of a room that carries from above only, px."""
    terrain = interior.terrain(flags)
    left, top, width, height = interior.room
    columns, rows = range(left, left + width), range(top, top + height)
    return [
        (column * TILE, row * TILE)
        for row in rows
        for column in columns
        if terrain.kind(column, row) == ONE_WAY_KIND
    ]
