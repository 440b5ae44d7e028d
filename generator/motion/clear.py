"""Whether all that stands in a place from the beginning stands clear of its walls.

A body inside a wall cannot be moved, and a search that begins there proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..nes.roles import TILE
from .body import Place, room_at
from .mechanisms import KEY_HALF_PX
from .own import AnyMotion
from .rules import arrival_px
from .terrain import SOLID_KIND, Terrain

THING_PX = 12
"""Side of the box of what stands still, flies or is small: candles, treasures, bats. (FACTS)"""
TALL = frozenset({"zombie", "skeleton", "spear_knight", "fish_man", "armour", "shade"})
"""Spawns as high as the hero."""


class Stander(NamedTuple):
    """Something that stands in a room, and its box; the feet are the middle of its bottom edge."""

    what: str
    room: int
    x_px: int
    y_px: int
    half_px: int
    height_px: int


def is_clear(terrain: Terrain, x_px: int, y_px: int, half_px: int, height_px: int) -> bool:
    """Whether a box touches nothing solid; the feet (x, y) are the middle of its bottom edge."""
    return not any(
        terrain.kind(column, row) == SOLID_KIND
        for row in range((y_px - height_px) // TILE, (y_px - 1) // TILE + 1)
        for column in range((x_px - half_px) // TILE, (x_px + half_px - 1) // TILE + 1)
    )


def walled_in(place: Place, motion: AnyMotion, spawns: Iterable[tuple[str, int, int]] = ()) -> list[Stander]:
    """All that stands inside a wall from the beginning; walls that can be broken do not count.

    Args:
        spawns: kind, and the feet, px.
    """
    found = []
    terrains = [interior.terrain(interior.wall_bits) for interior in place.interiors]
    for stander in (*_bodies(place, motion), *_things(place, motion, spawns)):
        if not is_clear(terrains[stander.room], *stander[2:]):
            found.append(stander)
    return found


def _bodies(place: Place, motion: AnyMotion) -> Iterator[Stander]:
    """The standard body wherever it is put: at the start, behind each door, at the exit, on both ends of each
    platform's way."""
    size = motion.half_width_px, motion.height_px
    yield Stander("the start", 0, *place.start, *size)
    for room, interior in enumerate(place.interiors):
        for passage in interior.passages:
            yield Stander("a door", room, *arrival_px(interior, passage), *size)
        if interior.exit is not None:
            column, row = interior.exit
            yield Stander("the exit", room, column * TILE + TILE // 2, (row + 1) * TILE, *size)
        for platform in interior.platforms:
            middle = platform.tiles * TILE // 2
            for left, top in (
                (platform.x_px, platform.y_px),
                (platform.x_px + platform.dx_px, platform.y_px + platform.dy_px),
            ):
                # What is lifted is not held back by a ceiling, so all of the top must be clear.
                half = middle if platform.dy_px else motion.half_width_px
                yield Stander("a platform", room, left + middle, top, half, motion.height_px)


def _things(place: Place, motion: AnyMotion, spawns: Iterable[tuple[str, int, int]]) -> Iterator[Stander]:
    """What stands still, and who walks."""
    for room, interior in enumerate(place.interiors):
        for key in interior.keys:
            yield Stander("a key", room, key.x_px, key.y_px, KEY_HALF_PX, 2 * KEY_HALF_PX)
    for kind, x_px, y_px in spawns:
        height = motion.height_px if kind in TALL else THING_PX
        yield Stander(f"a {kind}", room_at(place, x_px, y_px), x_px, y_px, THING_PX // 2, height)
