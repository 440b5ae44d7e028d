"""What many tests of the training begin with, made once: a corpus, runs, and training without exports."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.drawn.tiny_corpus import TINY, budget, tiny_corpus
from training.corpus import Corpus
from training.gan import sample_grids
from training.gan.train import train


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """36 screens, 34 of which are trained on."""
    return tiny_corpus(tmp_path_factory.mktemp("corpus") / "c")


@pytest.fixture(scope="session")
def twenty_steps(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 20 steps without an interruption."""
    run = tmp_path_factory.mktemp("twenty") / "run"
    assert train(corpus, run, TINY, budget(20))
    return run


@pytest.fixture(scope="session")
def two_steps(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 2 steps, to be read only."""
    run = tmp_path_factory.mktemp("two") / "run"
    assert train(corpus, run, TINY, budget(2))
    return run


@pytest.fixture
def run(two_steps: Path, tmp_path: Path) -> Path:
    """A run of 2 steps, for the test alone."""
    return Path(shutil.copytree(two_steps, tmp_path / "run"))


@pytest.fixture
def exports(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Leaves out the exports of sample grids, which take seconds; lists the images seen at each of them."""
    left_out: list[int] = []

    def export(generator: object, saved: Any, path: Path) -> None:
        left_out.append(saved.description["images"])

    monkeypatch.setattr(sample_grids, "export_generator", export)
    return left_out
