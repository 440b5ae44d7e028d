"""The user's own screenshots: found, decoded, brought back to their pixels, cut into screens."""

from .intake import Wishes, take_in

__all__ = ["Wishes", "take_in"]
