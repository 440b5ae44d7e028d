"""Screens drawn with tiles that others made: which tiles, where they come from, how they are drawn."""

from .art import art_kits
from .kits import DrawnKit, add_kits
from .motifs import sheet_kits
from .table import KITS, Kit

__all__ = ["KITS", "DrawnKit", "Kit", "add_kits", "art_kits", "sheet_kits"]
