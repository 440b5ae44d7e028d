"""Finished levels while a game runs: built in a worker process, handed over once a frame."""

from .build import Built, LevelKey, build_level
from .stream import LevelStream

__all__ = ["Built", "LevelKey", "LevelStream", "build_level"]
