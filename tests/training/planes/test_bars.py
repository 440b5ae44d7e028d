"""Status bars are found by their letters, at the top and at the bottom, whatever the letters look like."""

from __future__ import annotations

import numpy as np
import pytest

from generator.nes.roles import TILE, Role
from training.painter import paint_game, paint_screen
from training.planes.bars import bar_rows, roles_of_bars

GAMES = range(40_000, 40_060)


@pytest.fixture(scope="module")
def painted() -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Of sixty games the height of the bar in cells, and a screen with its roles."""
    found = []
    for seed in GAMES:
        game = paint_game(seed)
        found.append((game.bar_rows, *paint_screen(game, 0)))
    return found


def test_every_bar_is_found_and_hardly_any_that_is_none(
    painted: list[tuple[int, np.ndarray, np.ndarray]],
) -> None:
    """A cell more or less: a box may hang out of the bar, or what is below it belong to it by its looks."""
    without = [bar_rows(screen)[0] for rows, screen, _ in painted if not rows]
    assert np.count_nonzero(without) <= 1 and len(without) >= 10
    with_bar = [(rows, screen) for rows, screen, _ in painted if rows]
    top = [bar_rows(screen)[0] - rows for rows, screen in with_bar]
    bottom = [bar_rows(np.roll(screen, -TILE * rows, 0))[1] - rows for rows, screen in with_bar]
    for off in (top, bottom):
        assert all(-1 <= each <= 2 for each in off)
        assert np.count_nonzero(off) <= len(off) // 2


def test_letters_get_their_role_and_what_lies_below_keeps_its_own(
    painted: list[tuple[int, np.ndarray, np.ndarray]],
) -> None:
    right = total = 0
    for rows, screen, roles in painted:
        if not rows:
            continue
        rolled, wanted = np.roll(screen, -TILE * rows, 0), np.roll(roles, -rows, 0)
        unsaid = np.where(np.arange(14)[:, None] >= 14 - rows, Role.SPIKES, wanted).astype(np.uint8)
        said = roles_of_bars(rolled, unsaid)
        right += int((said == wanted)[-rows:].sum())
        total += rows * 14
        assert (said == wanted)[4 : 14 - rows - 2].all(), "the middle of the screen is let alone"
    assert right / total > 0.9
