"""The user's own screenshots: found, decoded, brought back to their pixels, cut into screens."""

from .intake import take_in

__all__ = ["take_in"]
