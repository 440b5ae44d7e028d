"""The way that the hero has walked through a stage, for its map."""

from __future__ import annotations

from generator.motion import SUB
from generator.nes.roles import TILE

from ..world import World


class Way:
    """The tiles that his feet were in, each once, in the order in which he came to them: so no way is longer
    than a level has tiles."""

    def __init__(self) -> None:
        self._room_of: dict[tuple[int, int], int] = {}

    def note(self, world: World) -> None:
        """Takes notice of where he is."""
        state = world.hero.state
        x_px, y_px = state.body.x_sub // SUB, state.body.y_sub // SUB
        self._room_of.setdefault((x_px // TILE, (y_px - 1) // TILE), state.room)

    @property
    def tiles(self) -> tuple[tuple[int, int], ...]:
        """Columns and rows in the level."""
        return tuple(self._room_of)

    @property
    def rooms(self) -> frozenset[int]:
        """The rooms that it leads through."""
        return frozenset(self._room_of.values())
