"""Screens drawn with openly licensed tiles: which tiles, where they come from, how they are drawn."""

from .kits import add_kits
from .table import KITS, Kit

__all__ = ["KITS", "Kit", "add_kits"]
