"""A level as the hero moves in it while a boss lives: the room of the boss has no way out."""

from __future__ import annotations

from generator.level import Level


class Shut:
    """A level with one room whose ways are shut."""

    def __init__(self, level: Level, room: int) -> None:
        self.room = room
        self.start = level.start
        rooms = list(level.interiors)
        rooms[room] = rooms[room].shut()
        self.interiors = tuple(rooms)
