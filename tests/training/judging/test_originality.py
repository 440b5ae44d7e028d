"""How new tiles are: what is copied is found, what is new is far, the shortcut finds what a full search
finds."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from generator.nes.palette import CANONICAL
from generator.tiles.colours import pixel_distance
from tests.drawn import onnx_files
from tests.drawn.tiny_corpus import tiny_corpus
from training.__main__ import main
from training.collect import Mix, collect
from training.commands.options import warn_of_other_corpus
from training.judging.originality import (
    corpus_tiles,
    measure_originality,
    nearest,
    originality_report,
    patterned_tiles,
)
from training.painter import paint_game, paint_screen

pytestmark = pytest.mark.slow


def painted(*games: int) -> np.ndarray:
    return np.stack([paint_screen(paint_game(game), number)[0] for game in games for number in range(2)])


def test_a_copy_is_at_no_distance_and_its_place_is_named() -> None:
    index = corpus_tiles(painted(1, 2), np.array([0, 0, 1, 1], np.uint32))
    some = np.arange(0, len(index.tiles), 7)
    found = nearest(index.tiles[some], index)
    assert found.distance.max() == 0
    assert found.different_px.max() == 0
    assert np.array_equal(index.tiles[found.index], index.tiles[some])


def test_tiles_of_the_same_source_can_be_left_aside() -> None:
    index = corpus_tiles(painted(1, 2), np.array([0, 0, 1, 1], np.uint32))
    some = np.arange(0, len(index.tiles), 5)
    found = nearest(index.tiles[some], index, not_of=index.source[some])
    assert (index.source[found.index] != index.source[some]).all()


def test_the_shortcut_finds_what_a_full_search_finds() -> None:
    index = corpus_tiles(painted(*range(20, 40)), np.repeat(np.arange(20), 2).astype(np.uint32))
    queries = patterned_tiles(painted(50, 51, 52))[::9]
    found = nearest(queries, index)
    exact = np.stack([pixel_distance(index.tiles, query[None]).mean((1, 2)) for query in queries])
    # Tiles of bars, trunks and folds have many neighbours that are nearly as near: the distance counts.
    assert (found.distance <= exact.min(1) + 1e-6).mean() >= 0.8
    assert (found.distance <= 1.1 * exact.min(1) + 1e-6).mean() >= 0.97


def test_noise_is_new_and_copies_are_not(tmp_path: Path) -> None:
    corpus = collect(tmp_path / "c", Mix(painter=64, games=32), processes=1)
    noise = CANONICAL[np.random.default_rng(0).integers(0, len(CANONICAL), (2, 224, 224))].astype(np.uint8)
    new = measure_originality(corpus, noise).originality
    assert (new.dreamed_near, new.dreamed_same) == (0, 0)
    copied = measure_originality(corpus, corpus.read(corpus.training_rows()[:6])).originality
    assert copied.dreamed_same == 1
    assert copied.dreamed_median == 0
    assert 0 < new.held_out_near < 1


def test_the_page_holds_its_pictures_itself(tmp_path: Path) -> None:
    corpus = collect(tmp_path / "c", Mix(painter=32, games=16), processes=1)
    screens = corpus.read(corpus.held_out_rows())
    found = measure_originality(corpus, screens)
    report = originality_report(found, len(screens))
    report.write(tmp_path / "out")
    page = (tmp_path / "out" / "originality.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == 3
    assert "http" not in re.sub(r'data:image/png;base64,[^"]*', "", page)  # those letters mean nothing
    assert report.table[1][1] in page
    assert (tmp_path / "out" / "originality.json").exists()


def test_flat_tiles_do_not_count(tmp_path: Path) -> None:
    assert not len(patterned_tiles(tiny_corpus(tmp_path).read(np.arange(3))))


def test_a_corpus_that_the_network_does_not_know_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, other = (collect(tmp_path / str(seed), Mix(painter=4, games=2, seed=seed), 1) for seed in (1, 2))
    model = onnx_files.generator_model(onnx_files.GENERATOR_METADATA | {"corpus_sha256": mine.sha256})
    network = onnx_files.write(model, tmp_path / "my.onnx")
    for corpus, warned in ((mine, False), (other, True)):
        assert main(["index", "--corpus", str(corpus.path), "--out", str(tmp_path / "my.tiles.npz")]) == 0
        said = capsys.readouterr().err
        assert ("was trained on another corpus" in said) == warned
    warn_of_other_corpus(network, other)
    assert f"warning: {network}" in capsys.readouterr().err
