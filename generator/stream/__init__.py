"""Finished levels while a game runs: built in a worker process, handed over once a frame."""

from .stream import LevelKey, LevelStream

__all__ = ["LevelKey", "LevelStream"]
