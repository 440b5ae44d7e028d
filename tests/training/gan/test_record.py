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
        log.write('{"step": 3, "images": 12}\n{"step": 4, "im')  # logged, never saved
    train(corpus, run, TINY, budget(4))
    entries = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    assert [entry["step"] for entry in entries] == [1, 2, 3, 4]
    told = {"images", "seconds", "images_per_s", "lesson", "loss", "right", "precision", "threads"}
    assert told <= set(entries[2])


def test_grids_outlive_a_log_that_was_deleted(corpus: Corpus, tmp_path: Path, quick_grids: list[int]) -> None:
    train(corpus, tmp_path, TINY, budget(2, grid_every=4))
    (tmp_path / "log.jsonl").unlink()
    train(corpus, tmp_path, TINY, budget(3, grid_every=4))
    assert len(list((tmp_path / "samples").iterdir())) == 3


def test_every_lesson_logs_its_own_numbers(twenty_steps: Path) -> None:
    entries = [json.loads(line) for line in (twenty_steps / "log.jsonl").read_text().splitlines()]
    assert [entry["lesson"] for entry in entries] == ["codec"] * 6 + ["codes"] * 7 + ["screens"] * 7
    assert "loss_d" not in entries[5] and "loss_d" in entries[6] and "loss_d_codes" in entries[13]
    assert "r1" in entries[6] and "r1" in entries[16], "in the steps that take the penalty"
