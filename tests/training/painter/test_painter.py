"""The corpus painter: its promises about palettes, roles and repeatability."""

from __future__ import annotations

import numpy as np
import pytest

from generator.nes.palette import BLACK, PALETTE_RGB
from generator.nes.roles import CELLS, Role
from training.painter import paint_game, paint_games, paint_screen

pytestmark = pytest.mark.slow

GAMES = range(100, 124)


def test_game_and_screen_are_functions_of_their_seeds() -> None:
    first, again = paint_game(7), paint_game(7)
    assert np.array_equal(first.palettes, again.palettes)
    for seed in range(4):
        pixels, roles = paint_screen(first, seed)
        pixels_again, roles_again = paint_screen(again, seed)
        assert np.array_equal(pixels, pixels_again)
        assert np.array_equal(roles, roles_again)


def test_every_cell_uses_one_sub_palette_of_its_game() -> None:
    for seed in GAMES:
        game = paint_game(seed)
        palettes = [set(row.tolist()) for row in game.palettes]
        for screen in range(3):
            pixels, _ = paint_screen(game, screen)
            for row in range(CELLS):
                for column in range(CELLS):
                    cell = pixels[16 * row : 16 * row + 16, 16 * column : 16 * column + 16]
                    colours = set(np.unique(cell).tolist())
                    assert any(colours <= palette for palette in palettes), (seed, screen, row, column)


def test_palettes_are_canonical_indices_and_share_the_backdrop() -> None:
    for seed in range(100):
        palettes = paint_game(seed).palettes
        assert palettes.shape == (4, 4)
        assert palettes.dtype == np.uint8
        assert len(set(palettes[:, 0].tolist())) == 1
        for index in set(palettes.ravel().tolist()):
            colour = PALETTE_RGB[index]
            first = BLACK if not colour.any() else int(np.argmax((colour == PALETTE_RGB).all(axis=1)))
            assert index == first, f"game {seed}: 0x{index:02X} is not canonical"


def test_corpus_shapes_and_all_roles() -> None:
    painted = list(paint_games(160, 40, seed=3, processes=1))
    pixels = np.concatenate([screens for _, screens, _ in painted])
    roles = np.concatenate([roles for *_, roles in painted])
    assert pixels.shape == (160, 224, 224)
    assert pixels.dtype == roles.dtype == np.uint8
    assert roles.shape == (160, CELLS, CELLS)
    assert len({source.name for source, *_ in painted}) == 40
    assert [source.held_out for source, *_ in painted].count(True) == 2
    assert pixels.max() < 64


def test_every_role_is_painted_in_some_of_64_games() -> None:
    grids = [grid for *_, grid in paint_games(192, 64, seed=3, processes=1)]
    games_of = {role: sum(bool((grid == role).any()) for grid in grids) for role in Role}
    assert min(games_of.values()) >= 3, games_of


def test_processes_do_not_change_the_corpus() -> None:
    alone = paint_games(12, 4, seed=5, processes=1)
    together = paint_games(12, 4, seed=5, processes=2)
    for one, two in zip(alone, together, strict=True):
        assert one[0] == two[0]
        assert np.array_equal(one[1], two[1])
        assert np.array_equal(one[2], two[2])


def test_games_differ_and_screens_differ() -> None:
    screens = [paint_screen(paint_game(seed), 0)[0].tobytes() for seed in GAMES]
    assert len(set(screens)) == len(screens)
    game = paint_game(1)
    assert len({paint_screen(game, seed)[0].tobytes() for seed in range(12)}) == 12


def test_too_few_screens_is_an_error() -> None:
    with pytest.raises(ValueError, match="every game"):
        next(paint_games(3, 4, seed=0))
