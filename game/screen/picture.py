"""A picture to draw: a sprite's frame at a point of the level."""

from __future__ import annotations

from typing import NamedTuple


class Picture(NamedTuple):
    """A sprite's frame with its anchor at a point of the level, px."""

    name: str
    frame: int
    x_px: int
    y_px: int
    flip: bool = False
    colours: tuple[int, ...] = ()
    """What it is drawn in instead of its own colours; see `sprites.recoloured`."""
    cloth: bytes = b""
    """A tile, palette indices, that its third colour is a hole onto."""
    foe: bool = False
    """Whether it is drawn lighter where the walls are as bright as it is."""
    lit: int = 0
    """How much lighter it is drawn because it was struck; see `foes.struck`."""
