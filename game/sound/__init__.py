"""Sound effects and music, made of the NES's voices."""

from .sound import Sounds

__all__ = ["Sounds"]
