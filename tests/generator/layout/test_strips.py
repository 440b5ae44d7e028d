"""Strips: one long room that is proven, the same on every machine, and not dull."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from generator.layout import strips
from generator.layout.canvas import FLOOR_ROW, Canvas
from generator.layout.plan import OUTDOORS, WINGS
from generator.layout.single import build_room
from generator.layout.strips import MOST_SCREENS, STRIP_SECTIONS, build_strip, strip_plan
from generator.level import SCREEN_COLUMNS, SCREEN_ROWS
from generator.motion import NES_MOTION
from generator.nes.roles import SOLID, TILE, Role
from generator.proof import replay
from generator.rng import Pcg32

THEMES = tuple(WINGS)
PINNED = {(1, 1, "gate"): 1702268517, (2, 6, "hall"): 3539825623, (3, 12, "works"): 195874874}
"""Check sums by seed, width and wing. A change of one is a new LEVEL_VERSION once levels are shared."""


def check_sum(seed: int, width: int, wing: str) -> int:
    """Of all that a strip's structure is."""
    structure = build_strip(seed, width, wing).structure
    told = repr((structure.mechanisms, structure.spawns, structure.start, structure.exit))
    return zlib.crc32(told.encode(), zlib.crc32(structure.roles.tobytes()))


@pytest.mark.parametrize("width", [1, 2, 5, 12])
def test_a_strip_is_one_proven_room(width: int) -> None:
    built = build_strip(width, width, THEMES[width % 6], stage=2)
    structure = built.structure
    columns = width * SCREEN_COLUMNS
    assert structure.roles.shape == (SCREEN_ROWS, columns)
    assert structure.rooms == ((0, 0, columns, SCREEN_ROWS),)
    assert structure.start[0] < 5 * TILE, "in at the left"
    assert structure.exit[0] >= columns - 4, "out at the right"
    assert built.proof.proven
    assert replay(structure, NES_MOTION, built.proof.certificate) is not None


def test_strips_are_the_same_on_every_machine() -> None:
    assert {key: check_sum(*key) for key in PINNED} == PINNED


@pytest.mark.slow
def test_the_longest_strip_is_proven() -> None:
    built = build_strip(1, MOST_SCREENS, "works", stage=5, difficulty=2)
    assert built.proof.proven and not built.repairs
    with pytest.raises(ValueError, match="no width of 65 screens; write 1 to 64"):
        build_strip(1, MOST_SCREENS + 1, "works")


def test_every_part_holds_something_to_do() -> None:
    for seed in range(12):
        structure = build_strip(seed, 6, THEMES[seed % 6]).structure
        solid = np.isin(structure.roles, sorted(SOLID))
        for x, _, w, _ in structure.parts:
            part = structure.roles[:, x : x + w]
            level = solid[FLOOR_ROW, x : x + w] & ~solid[FLOOR_ROW - 1, x : x + w]
            things = np.isin(part, [Role.PLATFORM, Role.SPIKES, Role.WATER, Role.STAIRS_RIGHT])
            assert not level.all() or things.any(), (seed, x)


def test_parts_meet_at_the_same_height_and_hang_lintels_indoors() -> None:
    structure = build_strip(4, 12, "keep").structure
    solid = np.isin(structure.roles, sorted(SOLID))
    rooms = structure.plan.rooms
    for number, (x, _, _, _) in enumerate(structure.parts[1:], 1):
        beside = solid[:, x - 1 : x + 1]
        assert (beside[8:, 0] == beside[8:, 1]).all()
        if not rooms[number].outdoors:
            assert beside[4, 1]


def test_a_strip_has_the_kinds_that_its_wing_likes() -> None:
    kinds = [room.kind for seed in range(40) for room in strip_plan(Pcg32(seed), "works", 12).rooms]
    own = sum(kind in WINGS["works"] for kind in kinds if kind not in OUTDOORS)
    assert own > 0.6 * sum(kind not in OUTDOORS for kind in kinds)
    assert set(kinds) <= set(STRIP_SECTIONS)
    assert "planks" not in STRIP_SECTIONS, "what collapses in one long room stays away"


def test_a_bad_part_is_rolled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def walled_up(c: Canvas) -> None:
        drawn.append("wall")
        c.flat(4)
        c.grid[:, c.x - 1] = Role.GROUND_FILL

    monkeypatch.setitem(strips.STRIP_SECTIONS, "bridge", (walled_up,))
    monkeypatch.setattr(strips, "_kinds", lambda rng, wing, count: ("corridor", "bridge", "corridor")[:count])
    monkeypatch.setattr(strips, "_sizes", lambda rng, width: [2, 2, 2])
    built = build_strip(1, 6, "gate")
    assert drawn and built.proof.proven
    assert built.repairs.rolls >= 3 and built.repairs.templates >= 1
    x, _, w, _ = built.structure.parts[1]
    assert not np.isin(built.structure.roles[5:9, x + 1 : x + w - 1], sorted(SOLID)).any(), "no wall any more"


@pytest.mark.parametrize(("width", "height"), [(None, None), (1, None), (2, None), (5, 1)])
def test_a_room_by_itself(width: int | None, height: int | None) -> None:
    built = build_room(3, width, "crypt", stage=3)
    rows, columns = built.structure.roles.shape
    assert width is None or columns == width * SCREEN_COLUMNS
    assert height is None or rows == SCREEN_ROWS
    assert len(built.structure.rooms) == 1 and built.proof.proven
