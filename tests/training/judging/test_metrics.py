"""The metrics: each tells what it is for, on pictures made to have it or to lack it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dream.loading import asset
from generator.inspect.novelty import is_plain
from generator.nes.palette import CANONICAL, PALETTE_RGB
from generator.nes.roles import BASE_ROLES, Role
from generator.tiles.measure import SAME_PX, SEAM_R
from tests.drawn.tiny_corpus import tiny_corpus
from training.corpus import Corpus, CorpusWriter, open_corpus
from training.errors import TrainingError
from training.gan.health import diversity
from training.judging import metrics
from training.judging.metrics import (
    Judge,
    _spread,
    distinct_tiles,
    lone_shares,
    moved_by_quantising,
    seam_ratios,
)
from training.painter import paint_games

pytestmark = pytest.mark.slow

LIGHT, DARK = 0x30, 0x0F
FEW = 12
"""Screens to judge by: the metrics' own number takes minutes."""


def noise_cells(count: int, colours: int = 64, seed: int = 1) -> np.ndarray:
    dice = np.random.default_rng(seed)
    return CANONICAL[dice.integers(0, min(colours, len(CANONICAL)), (count, 16, 16))].astype(np.uint8)


def bricks(offset: int = 0) -> np.ndarray:
    """A cell that repeats: courses of 4 px, every second one moved by half a brick."""
    rows, columns = np.indices((16, 16))
    joint = (rows % 4 == 0) | ((columns + 4 * (rows // 4 % 2) + offset) % 8 == 0)
    return np.where(joint, DARK, LIGHT).astype(np.uint8)


def odds_of(count: int, role: Role = Role.GROUND_FILL) -> np.ndarray:
    odds = np.zeros((count, BASE_ROLES), np.float32)
    odds[:, role] = 1
    return odds


@pytest.mark.parametrize("offset", [2, 3, 6, 7])  # where no joint lies on the seam itself
def test_a_wall_has_no_seam_and_a_slope_of_light_has_one(offset: int) -> None:
    slope = np.broadcast_to(np.array([0x0F, 0x00, 0x10, 0x30], np.uint8).repeat(4), (16, 16))
    sideways, down = seam_ratios(np.stack([bricks(offset), slope]))
    assert sideways[0] <= SEAM_R < sideways[1]
    assert down[1] == pytest.approx(1)


def test_flat_cells_are_those_with_next_to_nothing_in_them() -> None:
    cells = np.full((3, 16, 16), LIGHT, np.uint8)
    cells[1, 5, 5] = 0x20  # nearly the same white
    cells[2] = bricks()
    assert is_plain(cells).tolist() == [True, True, False]


def test_lone_pixels_are_counted() -> None:
    cells = np.full((3, 16, 16), LIGHT, np.uint8)
    cells[1, 4, 4] = DARK
    cells[2] = np.where(np.indices((16, 16)).sum(0) % 2, LIGHT, DARK)
    assert lone_shares(cells).tolist() == [0, pytest.approx(1 / 256), 1]


def test_a_tile_counts_once_and_only_where_a_level_could_use_it() -> None:
    nearly = bricks()
    nearly[4, 4:6] = DARK
    flat = np.full((16, 16), LIGHT, np.uint8)
    cells = np.stack([bricks(), nearly, bricks(4), flat, *noise_cells(3)])
    assert len(distinct_tiles(cells, odds_of(len(cells)))) == 2
    assert not len(distinct_tiles(cells, odds_of(len(cells), Role.GLYPH)))


@given(st.integers(0, 30))
def test_distinct_tiles_differ_pairwise_and_leave_none_out(seed: int) -> None:
    dice = np.random.default_rng(seed)
    cells = np.stack([np.roll(bricks(), dice.integers(0, 16, 2), (0, 1)) for _ in range(30)])
    kept = distinct_tiles(cells, odds_of(len(cells)))
    apart = (kept[:, None] != kept[None]).sum((2, 3))
    assert (apart[~np.eye(len(kept), dtype=bool)] > SAME_PX).all()
    assert ((cells[:, None] != kept[None]).sum((2, 3)).min(1) <= SAME_PX).all()


def test_quantising_moves_nothing_that_is_in_the_palette() -> None:
    screens = np.tile(noise_cells(1), (1, 14, 14))
    assert moved_by_quantising(PALETTE_RGB[screens], screens) == pytest.approx(0, abs=1e-6)
    shifted = np.clip(PALETTE_RGB[screens].astype(int) + 9, 0, 255).astype(np.uint8)
    assert moved_by_quantising(shifted, screens) > 0.005


def test_diversity_is_none_of_one_screen_repeated() -> None:
    screen = np.tile(noise_cells(1), (1, 14, 14))
    assert diversity(screen) == diversity(screen.repeat(5, 0)) == 0
    black_and_white = np.stack([np.full((224, 224), index, np.uint8) for index in (DARK, LIGHT)])
    assert diversity(black_and_white) == pytest.approx(
        0.947, abs=0.001
    )  # the palette's white is a light grey
    assert diversity(np.concatenate([black_and_white] * 2)) == pytest.approx(0.947 * 4 / 6, abs=0.001)


@given(st.integers(1, 500), st.integers(1, 300))
def test_rows_are_taken_evenly_and_again_where_they_are_few(have: int, want: int) -> None:
    counts = np.bincount(_spread(np.arange(have), want), minlength=have)
    assert counts.sum() == want
    assert counts.max() - counts.min() <= 1


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Every second game is held out."""
    folder = tmp_path_factory.mktemp("metrics") / "c"
    with CorpusWriter(folder) as writer:
        for number, (source, *painted) in enumerate(paint_games(96, 48, 1, processes=1)):
            writer.add(replace(source, held_out=number % 2 == 1), *painted)
    return open_corpus(folder)


@pytest.fixture(scope="module")
def judge(corpus: Corpus) -> Iterator[Judge]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(metrics, "SCREENS", FEW)
        yield Judge(corpus, asset("roles.onnx"))


def test_halves_of_the_held_out_games_share_no_game(corpus: Corpus, judge: Judge) -> None:
    assert len(judge.reference) == len(judge.others) == FEW
    screens = {screen.tobytes() for screen in judge.reference}
    assert not screens & {screen.tobytes() for screen in judge.others}
    trained = {corpus.screens[row].tobytes() for row in corpus.training_rows()}
    assert not screens & trained


def test_screens_of_games_are_nearer_to_games_than_noise_and_one_flat_colour_are(judge: Judge) -> None:
    games = judge.held_out
    noise = judge.measure(np.tile(noise_cells(FEW), (1, 14, 14)), None)
    flat = judge.measure(np.full((FEW, 224, 224), LIGHT, np.uint8), None)
    for other in (noise, flat):
        assert games.cell_distance < 0.5 * other.cell_distance
        assert games.pyramid_distance < 0.5 * other.pyramid_distance
        assert games.recall > other.recall + 0.3
        assert games.tiles > other.tiles == 0
    assert games.tidy == flat.tidy == 1 > noise.tidy
    assert (games.tidy_patterned, flat.tidy_patterned) == (1, 0)
    assert games.diversity > flat.diversity == 0


def test_the_same_screens_measure_the_same_whatever_was_measured_before(judge: Judge) -> None:
    before = judge.held_out
    judge.measure(judge.reference, None)
    assert judge.measure(judge.others, None) == before


def test_a_screen_that_repeats_counts_once_among_neighbours(judge: Judge) -> None:
    few = judge.others[: FEW // 4]
    again = judge.measure(np.repeat(few, 4, axis=0), None)
    assert again.precision > 0.5 * judge.held_out.precision
    assert again.recall > 0.3 * judge.held_out.recall


def test_too_few_screens_and_too_few_games_are_refused(judge: Judge, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"{FEW} screens are needed"):
        judge.measure(judge.others[:5], None)
    with pytest.raises(TrainingError, match="holds back 1 games, two are needed"):
        Judge(tiny_corpus(tmp_path / "c"), asset("roles.onnx"))
