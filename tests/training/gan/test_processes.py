"""Two processes that train together, from the command line, and what one of them would do alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from generator.dream.loading import load_generator
from tests.drawn.waiting import HANGS_S
from training.corpus import Corpus

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import sys
sys.path[:0] = [{root!r}]
from dataclasses import dataclass
from pathlib import Path
from tests.drawn.tiny_corpus import TINY
from training.__main__ import main
from training.gan import config, sample, sample_grids
@dataclass(frozen=True)
class SmallBudget(config.Budget):
    grid: int = 1
    calibration: int = 8
config.Budget = SmallBudget
config.RECIPES["ganvania"] = TINY
sample.RECALIBRATE_BATCH = 8
sample.load_generator.__defaults__ = (8,)
sample_grids.export_generator = lambda *_: None
code = main(sys.argv[1:])
names = [path.read_text() for path in Path("/proc/self/task").glob("*/comm")]
assert not [name for name in names if "gloo" in name], names
sys.exit(code)
"""
"""The command line with tiny networks, grids of one screen, few dreams to calibrate with. No thread of
gloo may be left: one that outlives its process group crashes the process now and then as it ends."""


@pytest.fixture(scope="module")
def together(
    corpus: Corpus, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The run of two processes, twenty steps with a sample grid on the way, and what they said."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "main.py").write_text(SCRIPT.format(root=str(ROOT)))
    launch = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone"]
    command = [*launch, str(folder / "main.py"), "train", "--threads", "1"]
    options = {"corpus": corpus.path, "out": folder / "run", "images": 80, "batch": 4, "seed": 5}
    for name, value in {**options, "precision": "fp32", "grid-every": 32}.items():
        command += [f"--{name}", str(value)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, timeout=HANGS_S)
    assert ended.returncode == 0, ended.stderr
    return folder / "run", ended


def test_two_processes_have_the_losses_of_one(
    together: tuple[Path, subprocess.CompletedProcess[str]], twenty_steps: Path
) -> None:
    logs = []
    for run in (twenty_steps, together[0]):
        lines = (run / "log.jsonl").read_text().splitlines()
        logs.append([json.loads(line) for line in lines])
    assert len(logs[0]) == len(logs[1]) == 20
    for one, two in zip(*logs, strict=True):
        assert one.keys() == two.keys()
        for name in one.keys() & {"loss", "right", "loss_d", "loss_g", "r1", "loss_d_codes", "r1_codes"}:
            np.testing.assert_allclose(one[name], two[name], rtol=2e-3, atol=2e-4, err_msg=f"{name} {one}")


def test_two_processes_speak_and_write_as_one(
    together: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    run, ended = together
    assert ended.stderr.count("2 processes") == 1
    assert ended.stdout.count("network.onnx") == 1
    marks = sorted(path.stem[-2:] for path in (run / "samples").iterdir())
    assert marks == ["24", "32", "52", "64"], "every 32 images, and at the ends of lessons"
    assert load_generator(run / "network.onnx").metadata["images_seen"] == "80"
