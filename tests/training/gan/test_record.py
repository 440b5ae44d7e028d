"""What a run leaves behind: a line a step in its log, its sample grids, whatever happened to the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.drawn.tiny_corpus import TINY, budget
from training.corpus import Corpus
from training.gan.train import train

pytestmark = pytest.mark.slow


def test_the_log_has_one_line_a_step_even_after_a_crash(corpus: Corpus, run: Path) -> None:
    with (run / "log.jsonl").open("a") as log:
        log.write('{"step": 3, "images": 6}\n{"step": 4, "im')  # logged, never saved
    train(corpus, run, TINY, budget(4))
    entries = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    assert [entry["step"] for entry in entries] == [1, 2, 3, 4]
    assert {"images", "seconds", "images_per_s", "loss_d", "loss_g", "r1", "precision", "threads"} <= set(
        entries[2]
    )


def test_grids_outlive_a_log_that_was_deleted(corpus: Corpus, tmp_path: Path, quick_grids: list[int]) -> None:
    train(corpus, tmp_path, TINY, budget(2, grid_every=2))
    (tmp_path / "log.jsonl").unlink()
    train(corpus, tmp_path, TINY, budget(3, grid_every=2))
    assert len(list((tmp_path / "samples").iterdir())) == 3
