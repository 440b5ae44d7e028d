"""Boxes, and whether they meet: (left, top, right, bottom) in level px, right and bottom just outside."""

from __future__ import annotations

from generator.motion import SUB

Box = tuple[int, int, int, int]


class Placed:
    """What moves by parts of a pixel, and where that is in whole ones."""

    __slots__ = ()

    x_sub: int
    y_sub: int

    @property
    def x_px(self) -> int:
        return self.x_sub // SUB

    @property
    def y_px(self) -> int:
        return self.y_sub // SUB


def around(x_px: int, y_px: int, half_width_px: int, half_height_px: int) -> Box:
    """The box of these half sizes round a point."""
    return x_px - half_width_px, y_px - half_height_px, x_px + half_width_px, y_px + half_height_px


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share a pixel."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
