"""A finished stage as a value, its bytes and its share code."""

from .level import LEVEL_ROWS, LEVEL_VERSION, SCREEN_COLUMNS, Level, LevelError, Spawn

__all__ = ["LEVEL_ROWS", "LEVEL_VERSION", "SCREEN_COLUMNS", "Level", "LevelError", "Spawn"]
