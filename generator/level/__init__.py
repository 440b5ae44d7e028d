"""A finished stage as a value, its bytes and its share code."""

from .level import LEVEL_VERSION, SCREEN_COLUMNS, SCREEN_ROWS, Level, LevelError, Spawn

__all__ = ["LEVEL_VERSION", "SCREEN_COLUMNS", "SCREEN_ROWS", "Level", "LevelError", "Spawn"]
