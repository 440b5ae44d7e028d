"""The console's facts: its colours, its cells of 16 px, and what a cell is for."""

from .palette import BLACK, PALETTE_RGB, quantise, to_rgb
from .roles import CELLS, SCREEN_PX, TILE, Role

__all__ = ["BLACK", "CELLS", "PALETTE_RGB", "SCREEN_PX", "TILE", "Role", "quantise", "to_rgb"]
