"""Where the tiles of a picture begin."""

from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from generator.nes.palette import BLACK, quantise, to_rgb
from generator.nes.roles import TILE, Role
from training.collect import Mix, collect
from training.screenshots.phase import different_share, tile_phase

GAMES, BORDER = 60, 5


@pytest.fixture(scope="module")
def scrolled(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[NDArray[np.uint8], tuple[int, int]]]:
    """Painted screens, scrolled under their status bars as a console does it, and where their tiles begin."""
    corpus = collect(tmp_path_factory.mktemp("phase") / "corpus", Mix(painter=GAMES, games=GAMES, seed=8), 1)
    screens, dice = corpus.read(np.arange(GAMES)), np.random.default_rng(3)
    shown = []
    for screen, roles in zip(screens, corpus.roles, strict=True):
        by = int(dice.integers(TILE))
        bar = 2 * TILE if (roles[:3] == Role.GLYPH).any() else 0
        field = np.concatenate([screen[bar:], screen[bar:]], 1)[:, by : by + 256]
        top = np.concatenate([screen[:bar], screen[:bar]], 1)[:, :256]
        shown.append((np.concatenate([top, field]), (0, -by % TILE)))
    return shown


@pytest.mark.parametrize("border", [0, BORDER])
def test_tiles_are_found_under_status_bars_and_within_borders(
    scrolled: list[tuple[NDArray[np.uint8], tuple[int, int]]], border: int
) -> None:
    wrong = 0
    for picture, (y, x) in scrolled:
        framed = np.pad(picture, border, constant_values=BLACK)
        wrong += tile_phase(framed) != ((y + border) % TILE, (x + border) % TILE)
    assert wrong <= 2


def test_tiles_are_mostly_found_in_spoilt_pictures(
    scrolled: list[tuple[NDArray[np.uint8], tuple[int, int]]],
) -> None:
    right = 0
    for picture, phase in scrolled:
        spoilt = io.BytesIO()
        Image.fromarray(to_rgb(picture)).save(spoilt, "jpeg", quality=90)
        right += tile_phase(quantise(np.asarray(Image.open(spoilt)))) == phase
    assert right >= 0.5 * len(scrolled)


def test_equal_tiles_count_once_wherever_they_lie() -> None:
    dice = np.random.default_rng(2)
    for rows, columns in ((13, 13), (14, 15), (13, 14)):
        kinds = dice.integers(0, 64, (9, 16, 16)).astype(np.uint8)
        laid = kinds[dice.permutation(np.arange(rows * columns) % 9)].reshape(rows, columns, 16, 16)
        picture = laid.swapaxes(1, 2).reshape(rows * 16, columns * 16)
        assert different_share(picture, (0, 0)) == 9 / (rows * columns)
