"""The worker: motions by name, and the end of the pipe ends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import generator
from generator.errors import GanvaniaError
from generator.motion import NES_MOTION
from generator.stream.frames import read_frame, write_frame
from generator.stream.worker import find_motion
from tests.drawn.waiting import HANGS_S


def test_the_end_of_the_pipe_ends_the_worker(network_files: tuple[Path, Path]) -> None:
    root = Path(generator.__file__).parent.parent
    worker = subprocess.Popen(
        [sys.executable, "-m", "generator.stream.worker"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert worker.stdin is not None and worker.stdout is not None
    dream, roles = map(str, network_files)
    greeting = {"model": dream, "roles": roles, "motion": "generator.motion:NES_MOTION"}
    write_frame(worker.stdin, greeting)
    assert read_frame(worker.stdout) == ({"ready": True}, b"")
    worker.stdin.close()
    assert worker.wait(HANGS_S) == 0
    worker.stdout.close()


def test_motions_by_name() -> None:
    assert find_motion("generator.motion:NES_MOTION") is NES_MOTION
    for name in ("generator.motion.step", "no.such:THING", "generator.motion.step:step", "", ":"):
        with pytest.raises(GanvaniaError):
            find_motion(name)
