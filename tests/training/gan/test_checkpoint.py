"""Checkpoints: whole or not at all, never code, and the one before where the newest is damaged."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from tests.drawn.tiny_corpus import TINY, budget, newest
from training.corpus import Corpus
from training.errors import TrainingError
from training.gan import checkpoint
from training.gan.train import train


def test_no_code_is_run_from_a_checkpoint(corpus: Corpus, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "owned"),)

    (tmp_path / "checkpoints").mkdir()
    torch.save({"x": Evil()}, tmp_path / "checkpoints" / "step-00000002.safetensors")
    with pytest.raises(TrainingError, match="not a readable checkpoint"):
        train(corpus, tmp_path, TINY, budget(3))
    assert not (tmp_path / "owned").exists()


def test_a_checkpoint_of_wrong_shapes_is_named(corpus: Corpus, run: Path) -> None:
    saved = newest(run)
    tampered = {**saved.tensors, "generator.layout.larger.weight": torch.zeros(3)}
    checkpoint.save_checkpoint(run / "checkpoints", {**saved.description, "step": 3}, tampered)
    with pytest.raises(TrainingError, match=r"generator\.layout\.larger\.weight has shape \[3\], not"):
        train(corpus, run, TINY, budget(4))


def test_killed_while_saving_leaves_the_checkpoint_before(
    corpus: Corpus, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(os, "fsync", killed)
        checkpoint.save_checkpoint(run / "checkpoints", {"step": 3}, {"x": torch.zeros(3)})
    # A real kill leaves the temporary file behind as well; it is no checkpoint.
    (run / "checkpoints" / ".step-00000003.safetensors.1.tmp").write_bytes(b"half of")
    assert newest(run).description["step"] == 2
    train(corpus, run, TINY, budget(3))
    assert not list((run / "checkpoints").glob(".*")), "the next save sweeps away the half of a file"


def test_a_damaged_newest_checkpoint_falls_back_to_the_one_before(corpus: Corpus, run: Path) -> None:
    train(corpus, run, TINY, budget(3))
    damaged = run / "checkpoints" / "step-00000003.safetensors"
    damaged.write_bytes(damaged.read_bytes()[:-100])
    assert newest(run).description["step"] == 2
    (run / "checkpoints" / "step-00000002.safetensors").write_bytes(b"")
    with pytest.raises(TrainingError, match=r"step-0000000\d\.safetensors: not a readable checkpoint"):
        train(corpus, run, TINY, budget(5))


def test_a_run_of_the_old_recipe_says_how_to_begin_anew(corpus: Corpus, run: Path) -> None:
    path = run / "checkpoints" / "step-00000002.safetensors"
    with safe_open(path, framework="pt") as file:
        told = json.loads(file.metadata()["ganvania"])
    save_file({"x": torch.zeros(3)}, path, {"ganvania": json.dumps({**told, "format": 2})})
    with pytest.raises(
        TrainingError, match=r"format 2, of an older recipe than 3; begin anew: .*train --corpus"
    ):
        train(corpus, run, TINY, budget(3))
