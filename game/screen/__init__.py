"""Everything that is drawn, and the window that shows it; it reads worlds and sessions, never writes."""

from .sprites import SpriteSheet
from .view import View
from .window import Window

__all__ = ["SpriteSheet", "View", "Window"]
