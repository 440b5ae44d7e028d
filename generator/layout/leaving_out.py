"""What constraints leave out of rooms, and what is there instead.

Most of it is taken out once a room is drawn. Tall rooms that consist of stairs, or of a lift, are drawn as
towers: platforms to the top, a jump apart.
"""

from __future__ import annotations

import numpy as np

from ..constraints import Constraints
from ..motion.mechanisms import CollapsingFloor, Mechanism, MovingPlatform
from ..nes.roles import TILE, Role
from .canvas import Canvas

WITH_LIFTS, WITH_STAIRS = ("shaft",), ("stairwell", "hall")
"""The tall rooms that consist of a lift, and of stairs."""
INSTEAD = "tower"
_STAIRS = (Role.STAIRS_RIGHT, Role.STAIRS_LEFT)


def drawn_as(kind: str, constraints: Constraints | None) -> str:
    """The kind that a room is drawn as."""
    if constraints is None:
        return kind
    out = (() if constraints.lifts else WITH_LIFTS) + (() if constraints.stairs else WITH_STAIRS)
    return INSTEAD if kind in out else kind


def leave_out(canvas: Canvas, constraints: Constraints | None) -> None:
    """Takes out of a drawn room what the constraints do not allow."""
    if constraints is None:
        return
    if not constraints.water:  # pits instead: water always reaches down to the lowest row
        canvas.grid[canvas.grid == Role.WATER] = canvas.air
    if not constraints.stairs:  # a plank for each step, to jump from one to the next
        canvas.grid[np.isin(canvas.grid, _STAIRS)] = Role.PLATFORM
    kept: list[Mechanism] = []
    for m in canvas.mechanisms:
        if isinstance(m, MovingPlatform) and not constraints.lifts:  # planks all along
            across = abs(m.dx_px) // TILE + m.tiles
            canvas.platform(min(m.x_px, m.x_px + m.dx_px) // TILE, m.y_px // TILE, across)
        elif not isinstance(m, CollapsingFloor) or constraints.crumbling:
            kept.append(m)  # the planks of a floor that would crumble are drawn anyhow
    canvas.mechanisms = kept
