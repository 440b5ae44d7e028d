"""Set pieces: connected cells, and the runs within them."""

import numpy as np

from generator.nes.roles import Role
from generator.tiles.pieces import components, runs, vertical_runs


def test_components_are_whole() -> None:
    roles = np.full((2, 14, 14), Role.BACKDROP, np.uint8)
    roles[0, 3:6, 4:6] = Role.WINDOW
    roles[0, 10, 13] = Role.WINDOW
    roles[1, 10, 0] = Role.WINDOW  # another screen: not of the one before it
    found = [c for c in components(roles.reshape(-1), np.ones(392, bool)) if c.role == Role.WINDOW]
    assert [c.block.shape for c in found] == [(3, 2), (1, 1), (1, 1)]
    assert found[0].block[0, 0] == 3 * 14 + 4
    assert [c.at_edge for c in found] == [False, True, True]
    assert [run.tolist() for run in vertical_runs(found[0])] == [[46, 60, 74], [47, 61, 75]]


def test_runs_have_a_first_index_and_an_end() -> None:
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert runs(np.zeros(3, bool)) == []
