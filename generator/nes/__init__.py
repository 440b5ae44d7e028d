"""The console's facts: its colours, its cells of 16 px, and what a cell is for."""

from .palette import BLACK, PALETTE_RGB, quantise, to_rgb
from .roles import CELLS, DEADLY, ONE_WAY, SCREEN_PX, SOLID, TILE, Role

__all__ = [
    "BLACK",
    "CELLS",
    "DEADLY",
    "ONE_WAY",
    "PALETTE_RGB",
    "SCREEN_PX",
    "SOLID",
    "TILE",
    "Role",
    "quantise",
    "to_rgb",
]
