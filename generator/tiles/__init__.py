"""Dreamed cells, measured, and the tile bank that is made of some of them."""

from .bank import Bank
from .layers import Layers, Tiles

__all__ = ["Bank", "Layers", "Tiles"]
