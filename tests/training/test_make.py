"""`make`: from nothing, or from a folder, to a network that plays; and how it divides its time."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from generator.dream.loading import asset, load_generator
from tests.drawn.pictures import console_picture
from tests.drawn.tiny_corpus import TINY, newest
from training.__main__ import main
from training.collect import Mix, collect
from training.commands import make
from training.corpus import Corpus
from training.errors import TrainingError
from training.gan import precision, schedule
from training.gan.config import TrainConfig
from training.gan.screens import Screens
from training.gan.warm_start import read_start, save_start

pytestmark = pytest.mark.slow


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, quick_grids: list[int]) -> None:
    """Tiny networks, twelve painted screens, and eight steps in all."""

    def tiny(**others: Any) -> TrainConfig:
        return replace(TINY, **others)

    def planned(corpus: Corpus, config: TrainConfig, *_: object) -> tuple[TrainConfig, int, str]:
        return replace(config, codec_images=8, codes_images=16), 32, "fp32"

    monkeypatch.setattr("training.gan.config.TrainConfig", tiny)
    monkeypatch.setattr(schedule, "lessons_for", planned)
    monkeypatch.setattr(make, "PAINTED", 12)
    monkeypatch.setattr(make, "GAMES", 4)
    monkeypatch.setattr(make, "BESIDE", 12)
    monkeypatch.setattr(make, "GAMES_BESIDE", 4)
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


def test_few_screenshots_begin_with_the_shipped_networks(
    small: None,
    twenty_steps: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ships = tmp_path / "start.safetensors"
    save_start(newest(twenty_steps), ships)
    monkeypatch.setattr(
        "generator.dream.loading.asset", lambda file: {ships.name: ships}.get(file, asset(file))
    )
    (tmp_path / "shots").mkdir()
    for game in range(5):
        Image.fromarray(console_picture(game)).save(tmp_path / "shots" / f"{game}.png")
    for number in range(6):
        (tmp_path / "shots" / f"broken {number}.png").write_bytes(b"no picture")
    out = tmp_path / "my.onnx"
    assert main(["make", "--screens", str(tmp_path / "shots"), "--out", str(out), "--threads", "1"]) == 0
    said = capsys.readouterr()
    assert "5 pictures" in said.out and "12 screens of 4 imaginary games" in said.out, "painted ones beside"
    assert "5 of 11 pictures could be used" in said.err
    assert load_generator(out).says_roles
    plan = json.loads((tmp_path / "my.work" / "run" / "plan.json").read_text())
    assert plan["config"]["own_share"] == make.OWN_SHARE
    assert plan["config"]["start_sha256"] == read_start(ships).sha256


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
    """By a clock of the test's: a step on tiles takes 1 s, on codes 2 s."""
    now = [0.0]

    class Timed:
        def __init__(self, corpus: Corpus, config: TrainConfig, device: torch.device) -> None:
            self.config = config

        def step(self, number: int, precision: str) -> None:
            now[0] += {"codec": 1.0, "codes": 2.0}[self.config.lesson_at(number * self.config.batch)]

    monkeypatch.setattr(schedule, "Trainer", Timed)
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr(precision, "fastest", lambda *_: ("fp32", {}))
    measured = (schedule.MEASURED_STEPS + 1) * (1 + 2)
    for longest in (10**6, 20 * TINY.batch):
        began, config = now[0], replace(TINY, codec_images=longest)
        config, images, name = schedule.lessons_for(corpus, config, torch.device("cpu"), began + 600)
        codec, codes = config.codec_images / TINY.batch, config.codes_images / TINY.batch
        left = 600 - measured
        assert codec == pytest.approx(min(left * schedule.CODEC_SHARE, longest / TINY.batch), abs=1)
        assert name == "fp32" and left - 2 <= codec + 2 * codes <= left
        assert images == config.codec_images + config.codes_images, "without the third lesson"


def test_few_screenshots_are_shown_more_often_than_what_is_painted_beside_them(
    small: None, tmp_path: Path
) -> None:
    for game in range(2):
        Image.fromarray(console_picture(game)).save(tmp_path / f"{game}.png")
    mix = Mix(games=4, screens=(str(tmp_path),), beside=12)
    mixed = collect(tmp_path / "c", mix, processes=1)
    own = np.array([source.kind == "screenshot" for source in mixed.sources])[mixed.source]
    assert own.sum() == 2
    for share, wanted in ((0.0, 2 / 14), (0.75, 0.75)):
        shown = Screens(mixed, replace(TINY, own_share=share), torch.device("cpu")).rows
        assert own[shown].mean() == pytest.approx(wanted, abs=0.02)
        assert set(shown) == set(mixed.training_rows())


def test_the_wheel_says_where_to_take_the_networks_that_few_begin_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.dream.loading.asset", lambda file: tmp_path / file)
    with pytest.raises(TrainingError, match=r"^start\.safetensors: fewer than 500 screens begin with it"):
        make._shipped()
