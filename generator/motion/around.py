"""What a room offers to a body of a motion of one's own: ground to stand on, walls, ceilings, platforms.

All positions are those of the feet, px * 256; steps are at most 8 px. Whatever is told here is true for one
tick, after moving platforms have carried the body.
"""

from __future__ import annotations

from ..nes.roles import TILE
from .body import Body
from .interior import Interior
from .numbers import SUB
from .own import MOST_MOVED_SUB, MotionError, OwnMotion
from .rules import boarded, ridden
from .terrain import SOLID_KIND, Terrain

FARTHEST_ASKED_PX = TILE
"""How far from where the body is a motion may ask."""
ABOVE_PX = 64
"""How far above the room's upper edge the feet rise at most. (ours: as the highest jump of a `Motion`)"""


class Around:
    """The surroundings of a body in one tick."""

    __slots__ = ("bumped", "half", "height", "interior", "room_tick", "terrain", "top_px")

    def __init__(self, interior: Interior, terrain: Terrain, motion: OwnMotion, room_tick: int) -> None:
        self.interior, self.terrain, self.room_tick = interior, terrain, room_tick
        self.half, self.height = motion.half_width_px, motion.height_px
        self.top_px = interior.room[1] * TILE - ABOVE_PX
        self.bumped = False
        """Whether the head has met a ceiling."""

    def stands(self, x_sub: int, y_sub: int) -> bool:
        """Whether feet there stand on ground, on a platform that is there, or on one that moves."""
        x, y, half = x_sub >> 8, y_sub >> 8, self.half
        if self.terrain.holds(x, y, half):
            return True
        platforms = self.interior.platforms
        return bool(platforms) and ridden(platforms, self.room_tick + 1, x, y, half) is not None

    def slide(self, x_sub: int, y_sub: int, by_sub: int) -> tuple[int, bool]:
        """Sideways, as far as no wall is in the way. Returns x_sub, and whether a wall was met."""
        if not by_sub:
            return x_sub, False
        if not -MOST_MOVED_SUB <= by_sub <= MOST_MOVED_SUB:
            raise _too_far(by_sub)
        terrain, half = self.terrain, self.half
        was, y = x_sub >> 8, y_sub >> 8
        x_sub += by_sub
        x = x_sub >> 8
        column = (x + half - (x > was) if by_sub > 0 else x - half) >> 4
        above = terrain.base + ((y - self.height) >> 4) * terrain.stride + column
        below = terrain.base + ((y - 1) >> 4) * terrain.stride + column
        if SOLID_KIND not in terrain.padded[above : below + 1 : terrain.stride]:
            return x_sub, False
        x = column * TILE - half if by_sub > 0 else column * TILE + TILE + half
        return x << 8, True

    def rise(self, x_sub: int, y_sub: int, by_sub: int) -> tuple[int, bool]:
        """Upwards by `by_sub`, as far as no ceiling is in the way. Returns y_sub, and whether one was met."""
        if not 0 <= by_sub <= MOST_MOVED_SUB:
            raise _too_far(by_sub)
        terrain, half, x = self.terrain, self.half, x_sub >> 8
        y_sub -= by_sub
        top = (y_sub >> 8) - self.height
        if y_sub >> 8 < self.top_px:
            self.bumped = True
            return self.top_px << 8, True
        row = terrain.base + (top >> 4) * terrain.stride
        left, right = row + ((x - half) >> 4), row + ((x + half - 1) >> 4)
        if terrain.padded[left] != SOLID_KIND and terrain.padded[right] != SOLID_KIND:
            return y_sub, False
        self.bumped = True
        return (((top >> 4) + 1) * TILE + self.height) << 8, True

    def fall(self, x_sub: int, y_sub: int, by_sub: int) -> tuple[int, bool]:
        """Downwards by `by_sub`, until something carries the feet. Returns y_sub, and whether it does."""
        if not 0 <= by_sub <= MOST_MOVED_SUB:
            raise _too_far(by_sub)
        terrain, half, x, y = self.terrain, self.half, x_sub >> 8, y_sub >> 8
        y_sub += by_sub
        new = y_sub >> 8
        row = new >> 4
        at = terrain.base + row * terrain.stride
        landed = y <= row << 4 and bool(
            terrain.carries[at + ((x - half) >> 4)] or terrain.carries[at + ((x + half - 1) >> 4)]
        )
        if landed:
            new = row << 4
        if self.interior.platforms:
            top = boarded(self.interior.platforms, self.room_tick, x, y, new, half)
            if top is not None:
                landed, new = True, top
        return (new << 8, True) if landed else (y_sub, False)

    def is_free(self, x_sub: int, y_sub: int) -> bool:
        """Whether the body's box there touches nothing solid."""
        x, y = x_sub >> 8, y_sub >> 8
        return self.terrain.is_free(x - self.half, y - self.height, x + self.half, y)


class NearAround(Around):
    """The same, but nothing is told of places that are far from the body.

    The proof remembers what a motion did where the same tiles lay near the same body; so what lies farther
    away must not matter. It raises MotionError where it is asked for.
    """

    __slots__ = ("_x_sub", "_y_sub")

    def __init__(
        self, interior: Interior, terrain: Terrain, motion: OwnMotion, room_tick: int, body: Body
    ) -> None:
        super().__init__(interior, terrain, motion, room_tick)
        self._x_sub, self._y_sub = body.x_sub, body.y_sub

    def stands(self, x_sub: int, y_sub: int) -> bool:
        self._check_near(x_sub, y_sub)
        return super().stands(x_sub, y_sub)

    def slide(self, x_sub: int, y_sub: int, by_sub: int) -> tuple[int, bool]:
        self._check_near(x_sub, y_sub)
        return super().slide(x_sub, y_sub, by_sub)

    def rise(self, x_sub: int, y_sub: int, by_sub: int) -> tuple[int, bool]:
        self._check_near(x_sub, y_sub)
        return super().rise(x_sub, y_sub, by_sub)

    def fall(self, x_sub: int, y_sub: int, by_sub: int) -> tuple[int, bool]:
        self._check_near(x_sub, y_sub)
        return super().fall(x_sub, y_sub, by_sub)

    def is_free(self, x_sub: int, y_sub: int) -> bool:
        self._check_near(x_sub, y_sub)
        return super().is_free(x_sub, y_sub)

    def _check_near(self, x_sub: int, y_sub: int) -> None:
        if max(abs(x_sub - self._x_sub), abs(y_sub - self._y_sub)) > FARTHEST_ASKED_PX * SUB:
            raise MotionError(
                f"its move asks about a place more than {FARTHEST_ASKED_PX} px from the body; a motion knows "
                "what is near"
            )


def _too_far(by_sub: int) -> MotionError:
    return MotionError(
        f"its move asks to go {by_sub / SUB:.1f} px in one tick; a body moves at most "
        f"{MOST_MOVED_SUB // SUB} px, and `rise` and `fall` take how far, from 0 on"
    )
