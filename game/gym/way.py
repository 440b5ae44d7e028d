"""How far the hero has come on the certificate's way.

The way is read once a level, by replaying its certificate. Where it comes through a tile twice, to a key and
back, only who has the key is at the second time. So being asked once a step is a look into a table.
"""

from __future__ import annotations

from generator.level import Level
from generator.motion import spawn, step
from generator.motion.mechanisms import Key, Lock
from generator.nes.roles import TILE

Cell = tuple[int, int, int]
"""Room, column and row of the tile that the feet are in."""
_TILE_BITS = (TILE - 1).bit_length() + 8  # and 8 bits of parts of a pixel


class Way:
    """The tiles of a level's way from its start to its door, in their order. It never changes."""

    def __init__(self, level: Level) -> None:
        """Raises ValueError where the level's motion is not there, as in `generator.motion.step`."""
        used = {m.key_bit for m in level.mechanisms if isinstance(m, Lock)}
        self.key_bits = sum(1 << m.bit for m in level.mechanisms if isinstance(m, Key) and m.bit in used)
        """The flags of keys that open something."""
        self.tiles: list[tuple[Cell, int]] = []
        """Each tile of the way, and the keys that the hero has by then."""
        state = spawn(level)
        self._note(state.room, state.body.x_sub, state.body.y_sub, state.flags)
        for mask in level.certificate:
            state, _ = step(level, level.motion, state, mask)
            self._note(state.room, state.body.x_sub, state.body.y_sub, state.flags)
        self.length = len(self.tiles) - 1
        """Steps from tile to tile."""
        self._places: dict[Cell, tuple[tuple[int, int], ...]] = {}
        for place in range(self.length, -1, -1):
            cell, keys = self.tiles[place]
            self._places[cell] = (*self._places.get(cell, ()), (place, keys))

    def place(self, room: int, x_sub: int, y_sub: int, flags: int) -> int:
        """The farthest place of the way that a hero is at, 0 to `length`; -1 where he is beside it. x_sub,
        y_sub: his feet, px * 256; flags: those of his state."""
        found = self._places.get((room, x_sub >> _TILE_BITS, (y_sub - 1) >> _TILE_BITS))
        if found is not None:
            for place, keys in found:
                if not keys & ~flags:
                    return place
        return -1

    def _note(self, room: int, x_sub: int, y_sub: int, flags: int) -> None:
        entry = (room, x_sub >> _TILE_BITS, (y_sub - 1) >> _TILE_BITS), flags & self.key_bits
        if not self.tiles or self.tiles[-1] != entry:
            self.tiles.append(entry)
