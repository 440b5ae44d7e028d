"""What many tests of the training begin with, made once: a corpus, runs, and training without exports."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # several wait for one another most of the time

import shutil
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.drawn.tiny_corpus import TINY, budget, tiny_corpus
from training.corpus import Corpus
from training.gan import sample, sample_grids
from training.gan.train import train


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """36 screens, 34 of which are trained on."""
    return tiny_corpus(tmp_path_factory.mktemp("corpus") / "c")


def trained(corpus: Corpus, run: Path, steps: int, **others: object) -> Path:
    """A run of so many steps; on one thread, as every test, since equal bits need equal thread counts."""
    torch.set_num_threads(1)
    assert train(corpus, run, TINY, budget(steps, **others))
    return run


@pytest.fixture(scope="session")
def twenty_steps(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 20 steps without an interruption, and without the export at the end of a lesson."""
    with pytest.MonkeyPatch.context() as patched:
        leave_exports_out(patched)
        return trained(corpus, tmp_path_factory.mktemp("twenty") / "run", 20)


@pytest.fixture(scope="session")
def two_steps(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 2 steps, both on tiles, with a sample grid after the last one, to be read only."""
    return trained(corpus, tmp_path_factory.mktemp("two") / "run", 2, grid_every=8)


@pytest.fixture(scope="session")
def seven_steps(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 7 steps, the last one on codes, with a grid and an export after it, to be read only."""
    return trained(corpus, tmp_path_factory.mktemp("seven") / "run", 7, grid_every=28)


@pytest.fixture
def run(two_steps: Path, tmp_path: Path) -> Path:
    """A run of 2 steps, for the test alone."""
    return Path(shutil.copytree(two_steps, tmp_path / "run"))


@pytest.fixture
def quick_grids(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Makes sample grids cheap: 8 dreams to calibrate with, and no export.

    Returns: the images seen at each export that was left out.
    """
    monkeypatch.setattr(sample, "RECALIBRATE_BATCH", 8)
    return leave_exports_out(monkeypatch)


def leave_exports_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A training exports at each grid and at the end of each lesson; one takes as long as a hundred steps.

    Returns: the images seen at each export that was left out.
    """
    left_out: list[int] = []

    def export(generator: object, saved: Any, path: Path) -> None:
        left_out.append(saved.description["images"])

    monkeypatch.setattr(sample_grids, "export_generator", export)
    return left_out
