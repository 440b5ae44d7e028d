"""The worker: motions by name, and the end of the pipe ends it."""

from __future__ import annotations

import io
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import generator
from generator.errors import GanvaniaError
from generator.motion import NES_MOTION, load_motion
from generator.motion.own_step import WATCH
from generator.stream import Built
from generator.stream import worker as worker_module
from generator.stream.frames import read_frame, write_frame
from tests.drawn.heroes import PLAIN
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
    assert load_motion("generator.motion:NES_MOTION") is NES_MOTION
    for name in ("generator.motion.step", "no.such:THING", "generator.motion.step:step", "", ":"):
        with pytest.raises(GanvaniaError):
            load_motion(name)


def test_signs_of_life_come_while_a_level_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = threading.Event()

    class Slow:
        def __init__(self, request: dict[str, object]) -> None:
            pass

        def build(self, request: dict[str, object]) -> Built:
            assert heard.wait(HANGS_S)
            raise ValueError("made up")

    monkeypatch.setattr(worker_module, "_Builder", Slow)
    monkeypatch.setattr(worker_module, "BEAT_S", 0.001)
    (from_here, to_worker), (from_worker, to_here) = os.pipe(), os.pipe()
    with (
        os.fdopen(from_here, "rb") as requests,
        os.fdopen(to_worker, "wb") as asked,
        os.fdopen(from_worker, "rb") as answered,
        os.fdopen(to_here, "wb") as answers,
    ):
        thread = threading.Thread(target=worker_module.serve, args=(requests, answers))
        thread.start()
        write_frame(asked, {"model": None})
        write_frame(asked, {"seed": 1})
        told: list[dict[str, Any]] = []
        while not told or "error" not in told[-1]:
            frame = read_frame(answered)
            assert frame is not None
            told.append(frame[0])
            if "beat" in told[-1] and {"ready": True} in told:
                heard.set()
        assert told[-1] == {"error": "ValueError: made up", "final": False}
        asked.close()
        thread.join(HANGS_S)
        assert not thread.is_alive()


def test_a_worker_that_nobody_hears_ends_in_the_midst_of_a_level(monkeypatch: pytest.MonkeyPatch) -> None:
    left = queue.SimpleQueue[int]()

    def leave(code: int) -> None:
        left.put(code)
        raise SystemExit  # ends the thread, where it would end the process

    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    monkeypatch.setattr(os, "_exit", leave)
    monkeypatch.setattr(worker_module, "BEAT_S", 0.001)
    reader, writer = os.pipe()
    os.close(reader)
    answers = os.fdopen(writer, "wb", buffering=0)
    with worker_module._Heart(answers).beating():
        assert left.get(timeout=HANGS_S) == worker_module.UNHEARD
    answers.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities of threads")
def test_what_somebody_waits_for_is_built_at_full_priority() -> None:
    here = os.nice(0)
    seen: list[tuple[bool, int]] = []

    class Builder:
        def build(self, request: dict[str, Any]) -> None:
            seen.append((request["urgent"], os.nice(0) - here))

    desks = worker_module._Desks()
    for urgent in (False, True, False, True):
        desks.build(Builder(), {"urgent": urgent})  # type: ignore[arg-type]
    steps_back = min(worker_module.NICENESS, 19 - here)
    assert seen == [(False, steps_back), (True, 0)] * 2
    assert os.nice(0) == here, "the thread that speaks with the game keeps its own"


def test_a_move_that_never_returns_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_module, "MOVE_S", 0.0)
    heart = worker_module._Heart(io.BytesIO())
    assert heart._stuck() is None, "nobody moves"
    monkeypatch.setattr(WATCH, "moving", PLAIN)
    told = heart._stuck()
    assert told is not None and told.startswith("motion 'plain': one call of its move has not returned for")
    monkeypatch.setattr(worker_module, "MOVE_S", 1e9)
    assert heart._stuck() is None
