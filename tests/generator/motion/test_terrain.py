"""The kinds of a room's tiles."""

from __future__ import annotations

import pytest

from generator.motion import DEADLY_KIND, EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND, Terrain
from generator.rng import Pcg32


def test_terrain_needs_a_kind_a_tile() -> None:
    with pytest.raises(ValueError):
        Terrain(2, 2, b"\0")


def test_a_box_is_free_where_none_of_its_tiles_is_solid() -> None:
    rng = Pcg32(1)
    kinds = bytes(rng.below(4) for _ in range(9 * 6))
    terrain = Terrain(9, 6, kinds, (3, 2), [(12, 4), (2, 5)])
    for _ in range(3000):
        left, top = rng.between(0, 16 * 16), rng.between(-6 * 16, 13 * 16)
        right, bottom = left + rng.between(1, 40), top + rng.between(1, 50)
        solid = any(
            terrain.kind(column, row) == SOLID_KIND
            for row in range(top // 16, (bottom + 15) // 16)
            for column in range(left // 16, (right + 15) // 16)
        )
        assert terrain.is_free(left, top, right, bottom) == (not solid)


def test_feet_are_held_by_tiles_that_carry() -> None:
    terrain = Terrain(
        3, 3, bytes([EMPTY_KIND] * 3 + [ONE_WAY_KIND, EMPTY_KIND, DEADLY_KIND] + [SOLID_KIND] * 3)
    )
    held = [[bool(terrain.holds(x_px, y_px, 6)) for x_px in (8, 21, 22, 40)] for y_px in (16, 17, 32)]
    assert held == [[True, True, False, False], [False] * 4, [True] * 4]
    assert terrain.has_deadly
    assert not terrain.patched([(2, 1)], EMPTY_KIND).has_deadly
