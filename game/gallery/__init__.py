"""Pictures that are kept: favourites with their gallery, and screenshots."""

from .favourites import Favourites
from .screenshots import Screenshots, write_png

__all__ = ["Favourites", "Screenshots", "write_png"]
