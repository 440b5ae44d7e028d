"""F1 looks into a level that stands still: what every tile is, and where it came from."""

from .cursor import Overlay
from .inspector import Inspector

__all__ = ["Inspector", "Overlay"]
