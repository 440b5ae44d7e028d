"""Expressive range: what is level, what is harmless, and where on the grid."""

from __future__ import annotations

import json

import numpy as np

from benchmarks.bench_stages import STRIPS, result_text
from benchmarks.expressive import BINS, bins, leniency, linearity
from generator.nes.roles import Role


def test_level_ground_and_slopes_are_linear_and_towers_are_not() -> None:
    assert linearity([(0, x, 192) for x in range(0, 4000, 4)]) > 0.9999
    assert linearity([(0, x, 100 + x // 4) for x in range(0, 400, 2)]) > 0.99
    tower = [(0, x, 192) for x in range(0, 800, 4)]
    tower += [(0, 800, 192 - y) for y in range(0, 480, 4)] + [(0, x, -288) for x in range(800, 1600, 4)]
    assert linearity(tower) < 0.9
    saw = [(0, x, 100 + 60 * (x // 32 % 2)) for x in range(0, 2000, 4)]
    assert 0.85 < linearity(saw) < 0.9, "a mean of 30 px, of 240"


def test_what_kills_counts_and_calm_screens_make_up_for_it() -> None:
    roles = np.full((15, 64), Role.SKY, np.uint8)
    roles[12:] = Role.GROUND_FILL
    rooms = ((0, 0, 32, 15), (32, 0, 32, 15))
    assert leniency(roles, rooms, (), ()) == 1
    assert leniency(roles, rooms, ((5, 11),), ()) == (3 - 1) / 4
    roles[12:, 20:23] = Role.SKY  # a gap
    roles[12, 36:38] = roles[12, 40:42] = Role.SPIKES  # two hazards on one screen
    assert leniency(roles, rooms, (), ()) == (2 - 3) / 4
    assert leniency(roles, rooms, ((5, 11),), ((21, 12),)) == (1 - 5) / 4


def test_the_result_that_is_kept_is_whole_and_holds_the_bars() -> None:
    kept = json.loads((STRIPS.parent / "stages1000.json").read_text(encoding="utf-8"))
    counts = np.array(kept["counts"])
    assert counts.shape == (BINS, BINS) and counts.sum() == kept["stages"] == 1000
    assert (counts > 0).sum() == kept["range_bins"] >= 3 * kept["strips_range_bins"]
    assert kept["proven_percent"] == 100 and kept["exceptions"] == 0
    grid = bins([(0.5, -1.5), (0.5, -1.5)])
    again = json.loads(result_text({"stages": 2, "repairs": {"rolls": 0}}, grid))
    assert again == {"stages": 2, "repairs": {"rolls": 0}, "counts": grid.tolist()}


def test_every_stage_falls_into_one_bin() -> None:
    grid = bins([(0.0, -9.0), (1.0, 1.0), (0.5, -1.5), (0.5, -1.5)])
    assert grid.shape == (BINS, BINS) and grid.sum() == 4
    assert grid[0, 0] == 1 and grid[-1, -1] == 1 and grid[10, 10] == 2
