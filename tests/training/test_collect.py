"""A corpus out of any mix, from the command line, and what is said of one that is too small."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.drawn.pictures import console_picture, resized, save
from tests.drawn.tiny_corpus import TINY
from training.__main__ import main
from training.collect import FEW_SCREENS, Mix, collect, complaints
from training.corpus import open_corpus
from training.gan.config import Budget
from training.gan.train import train


@pytest.fixture(scope="module")
def nine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine screenshots, each of another game and twice as large as it was."""
    folder = tmp_path_factory.mktemp("nine") / "shots"
    folder.mkdir()
    for game in range(9):
        save(resized(console_picture(game), 512, 480), folder / f"{game}.png")
    return folder


def test_nine_pictures_are_taken_with_a_warning_of_what_will_happen(
    nine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "c"
    assert main(["corpus", "--screens", str(nine), "--out", str(corpus), "--processes", "1"]) == 0
    said = capsys.readouterr()
    assert "warning: " in said.err and "only 9 screens to train on" in said.err
    assert "learn them by heart" in said.err
    assert "9 screens" in said.out
    assert len(open_corpus(corpus)) == 9
    assert (corpus / "sheet.png").exists()
    config = replace(TINY, batch=16)
    budget = Budget(images=32, grid_every=10**9, precision="fp32", grid=2, calibration=64)
    assert train(open_corpus(corpus), tmp_path / "run", config, budget)


def test_the_painter_and_screenshots_make_one_corpus(nine: Path, tmp_path: Path) -> None:
    (nine / "notes.txt").write_text("mine")
    before = {path: path.read_bytes() for path in nine.iterdir()}
    mix = Mix(painter=12, games=3, screens=(str(nine),))
    corpus = collect(tmp_path / "c", mix, processes=1)
    assert [source.kind for source in corpus.sources] == ["painter"] * 3 + ["screenshot"] * 9
    assert len(corpus) == 21
    assert (tmp_path / "c" / "left-out.tsv").read_text().count("\n") == 1
    assert {path: path.read_bytes() for path in nine.iterdir()} == before
    alone = collect(tmp_path / "alone", Mix(screens=(str(nine),)), processes=1)
    assert np.array_equal(corpus.read(np.arange(12, 21)), alone.read(np.arange(9)))


def test_a_corpus_that_is_large_enough_is_not_complained_about(tmp_path: Path) -> None:
    corpus = collect(tmp_path / "c", Mix(painter=32, games=2), processes=1)
    assert ["only 32 screens" in said for said in complaints(corpus)] == [True]
    many = replace(corpus, source=np.zeros(FEW_SCREENS, np.uint32))
    assert not complaints(many)


def test_few_good_pictures_among_many_bad_ones_are_told(
    nine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shots = Path(shutil.copytree(nine, tmp_path / "shots", ignore=shutil.ignore_patterns("*.txt")))
    dice = np.random.default_rng(0)
    for number in range(20):
        save(dice.integers(0, 256, (480, 640, 3)).astype(np.uint8), shots / f"photograph-{number}.png")
    assert main(["corpus", "--screens", str(shots), "--out", str(tmp_path / "c"), "--processes", "1"]) == 0
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("warning: ")]
    assert "9 of 29 pictures could be used" in said[0] and "left-out.tsv" in said[0]
    assert len(said) == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--painter", "3", "--games", "0"], "--games"),
        (["--kits", "10"], "kits need --art DIR"),
        (["--screens", "nowhere/*.png"], "no such folder, file or pattern"),
    ],
)
def test_what_cannot_be_mixed_is_a_line(
    asked: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        assert main(["corpus", *asked, "--out", str(tmp_path / "c"), "--processes", "1"]) == 2
    except SystemExit as refused:  # by argparse
        assert refused.code == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "c" / "corpus.json").exists()


def test_where_nothing_is_fit_every_file_is_listed_and_the_former_corpus_stays(
    nine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = collect(tmp_path / "c", Mix(screens=(str(nine),)), processes=1)
    (tmp_path / "bad").mkdir()
    for name in ("a.png", "b.png"):
        (tmp_path / "bad" / name).write_bytes(b"")
    arguments = ["corpus", "--screens", str(tmp_path / "bad"), "--out", str(tmp_path / "c")]
    assert main([*arguments, "--processes", "1"]) == 2
    listing = tmp_path / "c" / "left-out.tsv"
    assert f"; {listing} has every file" in capsys.readouterr().err
    lines = listing.read_text().splitlines()
    assert [line.endswith("\tempty: the file has no bytes") for line in lines] == [True, True]
    assert open_corpus(tmp_path / "c").sha256 == corpus.sha256
