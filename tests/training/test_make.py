"""`make`: from nothing, or from a folder, to a network that plays; and how it divides its time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from generator.dream.network import load_generator
from tests.drawn.pictures import console_picture
from tests.drawn.tiny_corpus import TINY
from training.__main__ import main
from training.commands import make
from training.corpus import Corpus
from training.gan import precision, schedule
from training.gan.config import TrainConfig

pytestmark = pytest.mark.slow


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiny networks, twelve painted screens, and eight steps in all."""

    def tiny(**others: Any) -> TrainConfig:
        return replace(TINY, **others)

    def planned(corpus: Corpus, config: TrainConfig, *_: object) -> tuple[TrainConfig, int, str]:
        return replace(config, codec_images=8, codes_images=16), 32, "fp32"

    monkeypatch.setattr("training.gan.config.TrainConfig", tiny)
    monkeypatch.setattr(schedule, "lessons_for", planned)
    monkeypatch.setattr(make, "PAINTED", 12)
    monkeypatch.setattr(make, "GAMES", 4)
    monkeypatch.setattr(make, "GRIDS", 1)
    torch.set_num_threads(1)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to be in."""
    monkeypatch.chdir(tmp_path)


def test_from_nothing_to_a_network_that_plays(
    small: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "my.onnx"
    assert main(["make", "--out", str(out), "--threads", "1"]) == 0
    assert f"python -m game --model {out}" in capsys.readouterr().out
    assert load_generator(out).metadata["images_seen"] == "32"
    assert (tmp_path / "my.tiles.npz").exists(), "the inspector's index"
    assert json.loads((tmp_path / "my.work" / "run" / "plan.json").read_text())["budget"]["images"] == 32
    before = out.read_bytes()
    assert main(["make", "--out", str(out), "--threads", "1"]) == 0, "it goes on where it was: at the end"
    assert out.read_bytes() == before


def test_from_a_folder_of_screenshots(
    small: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shots").mkdir()
    for game in range(5):
        Image.fromarray(console_picture(game)).save(tmp_path / "shots" / f"{game}.png")
    out = tmp_path / "my.onnx"
    assert main(["make", "--screens", str(tmp_path / "shots"), "--out", str(out), "--threads", "1"]) == 0
    said = capsys.readouterr()
    assert "5 pictures" in said.out and "warning" in said.err, "so few are learnt by heart"
    assert load_generator(out).says_roles


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "my.txt"], "no name for a network"),
        (["--out", "my.onnx", "--minutes", "1"], "--minutes 1 are too few"),
        (["--out", "my.onnx", "--screens", "nowhere"], "nowhere"),
        (["--out", "my.onnx", "--start", "nowhere"], "nothing that a run can begin with"),
    ],
)
@pytest.mark.usefixtures("small", "elsewhere")
def test_what_it_refuses(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["make", *arguments]) == 2
    error = capsys.readouterr().err
    assert [line.startswith("error: ") for line in error.splitlines()].count(True) == 1 and said in error


def test_a_plan_that_is_damaged_is_named(
    small: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "my.work" / "run" / "plan.json"
    plan.parent.mkdir(parents=True)
    plan.write_text("{}")
    assert main(["make", "--out", str(tmp_path / "my.onnx"), "--threads", "1"]) == 2
    assert f"{plan}: cannot be read" in capsys.readouterr().err


def test_lessons_take_their_shares_of_the_time(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a clock of the test's: a step on tiles takes 1 s, on codes 2 s, on screens 8 s."""
    now = [0.0]

    class Timed:
        def __init__(self, corpus: Corpus, config: TrainConfig, device: torch.device) -> None:
            self.config = config

        def step(self, number: int, precision: str) -> None:
            now[0] += {"codec": 1.0, "codes": 2.0, "screens": 8.0}[
                self.config.lesson_at(number * self.config.batch)
            ]

    monkeypatch.setattr(schedule, "Trainer", Timed)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(precision, "fastest", lambda *_: ("fp32", {}))
    config, images, name = schedule.lessons_for(corpus, TINY, torch.device("cpu"), 600)
    seconds = config.codec_images / TINY.batch + 2 * config.codes_images / TINY.batch
    seconds += 8 * (images - config.codec_images - config.codes_images) / TINY.batch
    measured = 4 * (1 + 2 + 8)
    assert name == "fp32" and 580 - measured <= seconds <= 600 - measured
    share = schedule.SHARES["codec"]
    assert config.codec_images / TINY.batch == pytest.approx((600 - measured) * share, abs=1)
