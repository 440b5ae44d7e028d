"""Screens taken apart as the NES builds them, and put together again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from generator.nes.palette import CANONICAL
from generator.nes.roles import Role
from tests.drawn.tiny_corpus import tiny_corpus
from training.corpus import Corpus, CorpusWriter, Source, open_corpus
from training.painter import paint_games
from training.planes import tile_set as module
from training.planes.planes import put_together, take_apart
from training.planes.tile_set import tile_set


@pytest.fixture(scope="module")
def painted() -> np.ndarray:
    """Painted screens of four games."""
    return np.concatenate([screens for _, screens, _ in paint_games(16, 4, seed=1, processes=1)])


def test_what_the_nes_can_show_comes_back_to_the_pixel(painted: np.ndarray) -> None:
    for screen in painted:
        planes = take_apart(screen)
        assert np.array_equal(put_together(planes), screen)
        assert planes.shades.max() < 4 and planes.attributes.max() < 4
        assert len(set(planes.palettes[:, 0].tolist())) == 1, "one backdrop colour"


def test_the_same_screen_in_other_colours_has_the_same_shades() -> None:
    screen = np.full((224, 224), 0x0F, np.uint8)
    screen[32:48, 32:48] = np.kron([[0x01, 0x11], [0x21, 0x01]], np.ones((8, 8), np.uint8))
    reds = screen.copy()
    for blue, red in ((0x01, 0x06), (0x11, 0x16), (0x21, 0x26)):
        reds[screen == blue] = red
    assert np.array_equal(take_apart(screen).shades, take_apart(reds).shades)


def test_noise_becomes_the_nearest_that_the_nes_can_show() -> None:
    noise = np.random.default_rng(0).choice(CANONICAL, (224, 224)).astype(np.uint8)
    shown = put_together(take_apart(noise))
    cells = shown.reshape(14, 16, 14, 16).swapaxes(1, 2).reshape(196, 256)
    assert max(len(set(cell.tolist())) for cell in cells) <= 4
    assert len(set(shown.ravel().tolist())) <= 13


def test_one_colour_alone() -> None:
    planes = take_apart(np.full((224, 224), 0x21, np.uint8))
    assert not planes.shades.any()
    assert (planes.palettes == 0x21).all()


def test_a_tile_set_holds_every_screen(corpus: Corpus) -> None:
    found = tile_set(corpus)
    assert len(np.unique(found.tiles.reshape(len(found.tiles), -1), axis=0)) == len(found.tiles)
    for row in (0, 7, len(corpus) - 1):
        planes = take_apart(corpus.screens[row])
        assert np.array_equal(found.tiles[found.numbers[row].ravel()], planes.shades)
        assert np.array_equal(found.palettes[row], planes.palettes)


def test_it_is_kept_and_made_again_for_another_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tiny_corpus(tmp_path / "c")
    first = tile_set(corpus)
    with monkeypatch.context() as patched:
        patched.setattr(module, "take_apart", lambda _: pytest.fail("it was kept"))
        kept = tile_set(corpus)
    assert np.array_equal(kept.numbers, first.numbers) and np.array_equal(kept.tiles, first.tiles)
    (corpus.path / "planes.npz").write_bytes(b"cut off")
    assert np.array_equal(tile_set(corpus).numbers, first.numbers)
    other = tiny_corpus(tmp_path / "c", seed=9)
    assert not np.array_equal(tile_set(other).palettes, first.palettes)


def test_of_screens_whose_roles_nobody_knows_the_role_network_says_them(tmp_path: Path) -> None:
    _, screens, roles = next(iter(paint_games(2, 1, seed=1, processes=1)))
    with CorpusWriter(tmp_path) as writer:
        writer.add(Source("screenshot", "a.png", "unknown", "", False), screens)
        writer.add(Source("painter", "game", "MIT", "", False), screens, roles)
    said, known = np.split(tile_set(open_corpus(tmp_path)).roles, 2)
    assert np.array_equal(known, roles)
    assert said.max() < len(Role)
    assert (said == roles).mean() > 0.5
