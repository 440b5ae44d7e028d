"""A finished stage as a value, its bytes and its share code."""

from .level import Level, LevelError, Spawn

__all__ = ["Level", "LevelError", "Spawn"]
