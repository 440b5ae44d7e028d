"""Colours of other emulators: each of the console's own becomes that again."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from generator.nes.cells import colour_counts, cut
from generator.nes.palette import PALETTE_RGB, quantise, to_rgb
from tests.drawn.pictures import console_picture, jpeg, save
from training.collect import Mix, collect
from training.corpus import CorpusWriter, open_corpus
from training.screenshots import take_in
from training.screenshots.colours import common_palette, indices_of

FCC = ((0.946882, 0.623557), (-0.274788, -0.635691), (-1.108545, 1.709007))
BT_601 = ((0.956, 0.621), (-0.272, -0.647), (-1.105, 1.702))


def decoder(
    hue: float, saturation: float, gamma: float, matrix: tuple[tuple[float, float], ...]
) -> NDArray[np.uint8]:
    """A palette as the nesdev wiki's "NTSC video" has it, uint8[64, 3]: the wave is sampled and decoded."""
    low, high = (0.350, 0.518, 0.962, 1.550), (1.094, 1.506, 1.962, 1.962)
    palette = []
    for index in range(64):
        column, level = index % 16, index // 16
        volts = [low[level], high[level]] if column < 14 else [low[1], low[1]]
        volts = [volts[1]] * 2 if column == 0 else [volts[0]] * 2 if column > 12 else volts
        y = i = q = 0.0
        for at in range(12):
            wave = (volts[(column + at) % 12 < 6] - 0.518) / (1.962 - 0.518) / 12
            angle = math.radians(30 * at + 120 + hue)
            y, i, q = y + wave, i + wave * math.cos(angle), q + wave * math.sin(angle)
        rgb = [y + 1.5 * saturation * (i * of_i + q * of_q) for of_i, of_q in matrix]
        palette.append([round(255 * min(1, max(0, channel)) ** (2.2 / gamma)) for channel in rgb])
    return np.array(palette, np.uint8)


@pytest.fixture(scope="module")
def painted(tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.uint8]:
    """Screens of sixteen games, as one folder has them: palette indices uint8[16, 224, 224]."""
    corpus = collect(tmp_path_factory.mktemp("colours") / "corpus", Mix(painter=16, games=16, seed=4), 1)
    return corpus.read(np.arange(16))


def wrong(painted: NDArray[np.uint8], found: NDArray[np.uint8]) -> float:
    """The share of pixels of another index, up to the exchange of one pair of indices."""
    counts = np.zeros((64, 64), np.int64)
    np.add.at(counts, (painted.ravel(), found.ravel()), 1)
    np.fill_diagonal(counts, 0)
    return float((counts.sum() - (counts + counts.T).max()) / painted.size)


def check(painted: NDArray[np.uint8], palette: NDArray[np.uint8]) -> float:
    """Takes screens in other colours back; returns the share of wrong pixels."""
    shown = palette[painted]
    shared = common_palette(list(shown))
    assert shared is not None
    found = np.stack([indices_of(each, shared)[0] for each in shown])
    for was, became in zip(painted, found, strict=True):
        before, after = (colour_counts(cut(each).reshape(-1, 16, 16)) for each in (was, became))
        assert np.array_equal(before, after), "two colours of a cell became one"
    return wrong(painted, found)


DIALS = [
    (hue, saturation, gamma, matrix)
    for hue in (-14.0, -8.0, 0.0, 9.0, 14.0)  # by 30 degrees each would be its neighbour
    for saturation, gamma in ((0.7, 1.8), (0.7, 2.4), (1.0, 2.1), (1.4, 1.9), (1.4, 2.4))
    for matrix in (FCC, BT_601)
]


@pytest.mark.parametrize("number", range(0, len(DIALS), 7))
def test_a_decoders_colours_become_those_that_were_painted(painted: NDArray[np.uint8], number: int) -> None:
    assert check(painted, decoder(*DIALS[number])) <= 0.01


@pytest.mark.slow
def test_all_decoders(painted: NDArray[np.uint8]) -> None:
    shares = [check(painted, decoder(*dials)) for dials in DIALS]
    assert np.mean([share <= 0.01 for share in shares]) >= 0.95


def test_our_own_colours_stay(painted: NDArray[np.uint8]) -> None:
    assert check(painted, PALETTE_RGB) == 0
    assert indices_of(to_rgb(painted[0]))[1] == "our own"


def test_a_picture_with_stains_is_taken_pixel_by_pixel() -> None:
    spoilt = jpeg(console_picture(), 60)
    found, decoder = indices_of(spoilt)
    assert np.array_equal(found, quantise(spoilt)) and "too many colours" in decoder


def test_a_folder_shares_its_palette(tmp_path: Path, painted: NDArray[np.uint8]) -> None:
    (tmp_path / "in").mkdir()
    palette = decoder(-12.0, 1.3, 2.3, FCC)
    for number, screen in enumerate(painted):
        save(np.pad(palette[screen], ((0, 16), (0, 32), (0, 0))), tmp_path / "in" / f"{number:02}.png")
    with CorpusWriter(tmp_path / "corpus") as writer:
        take_in(writer, [tmp_path / "in"], tmp_path / "left-out.tsv")
    corpus = open_corpus(tmp_path / "corpus")
    kept = {source.name[-6:-4]: row for row, source in enumerate(corpus.sources)}
    for name, row in kept.items():
        shown = painted[int(name)]
        assert len(np.unique(corpus.screens[row])) >= len(np.unique(shown)) - 1
    words = {line.split("\t")[5] for line in (tmp_path / "kept.tsv").read_text("utf-8").splitlines()[1:]}
    assert len(words) == 1 and words.pop().startswith("FCC, hue -12")
