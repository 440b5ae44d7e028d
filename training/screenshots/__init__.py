"""The user's own screenshots: found, decoded, brought back to their pixels, cut into screens."""

from .intake import NothingUsable, take_in, write_left_out

__all__ = ["NothingUsable", "take_in", "write_left_out"]
