"""The kinds of a room's tiles."""

from __future__ import annotations

import pytest

from generator.motion import DEADLY_KIND, EMPTY_KIND, ONE_WAY_KIND, SOLID_KIND, Terrain


def test_terrain_needs_a_kind_a_tile() -> None:
    with pytest.raises(ValueError):
        Terrain(2, 2, b"\0")


def test_feet_are_held_by_tiles_that_carry() -> None:
    terrain = Terrain(
        3, 3, bytes([EMPTY_KIND] * 3 + [ONE_WAY_KIND, EMPTY_KIND, DEADLY_KIND] + [SOLID_KIND] * 3)
    )
    held = [[bool(terrain.holds(x_px, y_px, 6)) for x_px in (8, 21, 22, 40)] for y_px in (16, 17, 32)]
    assert held == [[True, True, False, False], [False] * 4, [True] * 4]
    assert terrain.has_deadly
    assert not terrain.patched([(2, 1)], EMPTY_KIND).has_deadly
