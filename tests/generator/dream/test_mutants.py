"""Damaged network files: each ends in an error of one line, or in a level that is proven."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.bench_mutants import mutants
from generator.stream import LevelKey, LevelStream
from tests.drawn.waiting import HANGS_S, wait_until

pytestmark = pytest.mark.slow

MUTANTS = 24


@pytest.mark.skipif(sys.platform == "win32", reason="each is built in a fork")
def test_a_damaged_network_ends_in_one_line_or_in_a_proven_level(network_files: tuple[Path, Path]) -> None:
    model, roles = map(str, network_files)
    command = [sys.executable, "-m", "benchmarks.bench_mutants", "--mutants", str(MUTANTS)]
    done = subprocess.run(
        [*command, "--model", model, "--roles", roles],
        capture_output=True, text=True, check=True, timeout=HANGS_S,
    )  # fmt: skip
    (said,) = done.stdout.splitlines()  # nothing else was printed, by no library
    found = json.loads(said)
    assert found["bad"] == 0, done.stderr
    assert found["errors"] + found["levels"] == MUTANTS
    assert found["errors"] > 0 and found["levels"] > 0, "mutants of both kinds are among them"
    assert found["peak_mb"] < 1000


def test_the_mutants_of_a_seed_are_the_same_every_time(network_files: tuple[Path, Path]) -> None:
    data = network_files[0].read_bytes()
    once, again, others = (list(mutants(data, 6, seed)) for seed in (0, 0, 1))
    assert once == again and once != others and data not in once


def test_a_stream_outlives_a_damaged_network(network_files: tuple[Path, Path], tmp_path: Path) -> None:
    """The stream tells of it in a line; another stream with a whole network is not harmed."""
    cut = tmp_path / "cut.onnx"
    cut.write_bytes(network_files[0].read_bytes()[:-1000])
    with (
        LevelStream(cut, roles=network_files[1]) as broken,
        LevelStream(network_files[0], roles=network_files[1]) as whole,
    ):
        wanted = LevelKey(5, mode="endless")
        whole.want([wanted])
        wait_until(whole, lambda: whole.ready(wanted))
        while broken.error is None:
            broken.poll()
        assert broken.error.startswith(str(cut)) and "\n" not in broken.error
        assert broken.restarts == 0
