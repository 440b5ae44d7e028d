"""What a jump could reach at most in one room, so that most jumps need not be tried."""

from __future__ import annotations

import numpy as np

from ..motion import DEADLY_KIND, ONE_WAY_KIND, SOLID_KIND, SUB, AnyMotion, Body, Motion
from ..motion.interior import Interior
from ..nes.roles import TILE
from .gait import gait_of


class Sight:
    """Tables of one room, its walls unbroken and its floors there: a byte a tile, with a border of a jump's
    size, so that no look-up needs bounds."""

    def __init__(self, interior: Interior, motion: AnyMotion) -> None:
        self.motion = motion
        if isinstance(motion, Motion):
            far_px = motion.walk_sub * 2 * len(motion.jump_curve_px) // SUB
            rise_px = sum(motion.jump_curve_px)
        else:
            far_px, rise_px = gait_of(motion).reach_px, gait_of(motion).rise_px
        self.reach_columns = (far_px + 2 * motion.half_width_px) // TILE + 1
        self.reach_rows = rise_px // TILE
        terrain = interior.whole
        beside, above = self.reach_columns + 1, self.reach_rows + 1
        kinds = np.frombuffer(terrain.kinds, np.uint8).reshape(terrain.height, terrain.width)
        carries = np.isin(kinds, (SOLID_KIND, ONE_WAY_KIND))
        open_above = (
            np.vstack([kinds[:1], kinds[:-1]]) != SOLID_KIND
        )  # what is solid at the top goes on above
        border = ((above, 2), (beside, beside))
        left, top = terrain.origin
        surfaces = np.pad(carries & open_above, border)
        for key in interior.keys:
            for up in (1, 2):  # a key in the air is worth a jump
                surfaces[key.y_px // TILE - up - top + above, key.x_px // TILE - left + beside] = True
        self.surfaces = surfaces.tobytes()
        """1 where a body could land: carried from below and not walled in; and at keys."""
        self.carrying = np.pad(carries, border).tobytes()
        self.deadly = np.pad(kinds == DEADLY_KIND, border).tobytes()
        self.stride = terrain.width + 2 * beside
        self.base = (above - top) * self.stride + beside - left
        """The byte of a tile (column, row) is at `base + row * stride + column`."""
        self.nothing, self.everything = bytes(beside), bytes([1]) * beside
        self.sweeps = [platform.sweep_px for platform in interior.platforms]

    def near_platform(self, x_px: int, y_px: int) -> bool:
        """Whether a platform can come within a jump of the feet."""
        far, high = self.reach_columns * TILE, (self.reach_rows + 1) * TILE
        return any(
            left - far <= x_px <= right + far and top - high <= y_px <= bottom + high
            for left, top, right, bottom in self.sweeps
        )

    def sweeps_meet(self, path_px: list[tuple[int, int]]) -> bool:
        """Whether feet that go this way come where a platform ever is."""
        half = self.motion.half_width_px
        x_px, y_px = zip(*path_px, strict=True)
        return any(
            left - half < max(x_px)
            and min(x_px) < right + half
            and top <= max(y_px)
            and min(y_px) <= bottom + 1
            for left, top, right, bottom in self.sweeps
        )

    def dull(self, body: Body, direction: int) -> bool:
        """Whether a jump can only end on the floor that walking reaches as fast."""
        x_px, y_px = body.x_sub // SUB, body.y_sub // SUB
        if y_px % TILE or self.near_platform(x_px, y_px):
            return False
        left = (x_px - self.motion.half_width_px) // TILE
        right = (x_px + self.motion.half_width_px - 1) // TILE
        at = self.base + y_px // TILE * self.stride
        if direction:
            at += left if direction > 0 else right - self.reach_columns
            length = self.reach_columns + 1
            if self.carrying[at : at + length] != self.everything[:length]:
                return False
        else:
            at += left
            length = right - left + 1
        nothing = self.nothing[:length]
        if self.deadly[at - self.stride : at - self.stride + length] != nothing:
            return False
        rows = range(at - self.stride, at - (self.reach_rows + 1) * self.stride, -self.stride)
        return all(self.surfaces[row : row + length] == nothing for row in rows)
