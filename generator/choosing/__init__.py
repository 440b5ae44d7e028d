"""An artist's choice among the dreamed cells: a stage's tiles, and what they are good for together."""

from .chooser import choose
from .wardrobe import Wardrobe

__all__ = ["Wardrobe", "choose"]
