"""What the plugin costs a game: its import, a stream with many keys, and a frame while levels arrive.

    python -m benchmarks.bench_plugin [--frames 1800]

Imports are processor time of a fresh interpreter, median of 15, beside `import numpy` in turns. A frame is
BUSY_MS of Python, a poll and a take, then a sleep until the next sixtieth of a second, as a game's is; the
control does the same beside an idle stream that nothing is asked of. What a frame costs is its wall time but
for the sleep, and the processor time of the main thread, which other programs do not lengthen. So that a
level arrives every second on any machine, a stand-in for the worker sends one that was built before,
with its signs of life. Then streams are closed, and games killed, while their worker idles and while it
dreams. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from generator.stream import Built, LevelKey, LevelStream
from generator.stream.parcel import write_built
from generator.stream.process import PIPE_BYTES

RUNS = 15
KEYS = 1000
BUSY_MS = 4.0
"""What the rest of a frame does in Python, a quarter of a frame."""
FRAME_S = 1 / 60
BLOCKS = 4
"""Frames of both kinds are measured in so many turns."""
IMPORTS = {"numpy": "numpy", "package": "generator", "stream": "generator; generator.LevelStream"}
STATUSES = "idle", "dreaming"
LOOK_S = 0.005
GAME = """
import sys, time
from generator import LevelKey, LevelStream
stream = LevelStream()
stream.want([LevelKey(seed) for seed in range(1000)] if sys.argv[1] == "dreaming" else [])
while stream.status != sys.argv[1]:
    stream.poll()
    time.sleep(0.01)
print(stream.worker_pid, flush=True)
time.sleep(600)
"""
"""A game that is killed."""
TIMED = "import time; began = time.process_time(); import {}; print(time.process_time() - began)"


def import_ms() -> dict[str, float]:
    """Processor time of each import, median, ms."""
    found: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(RUNS):
        for name, what in IMPORTS.items():
            code = TIMED.format(what)
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            found[name].append(float(done.stdout) * 1e3)
    return {name: statistics.median(times) for name, times in found.items()}


class Unanswered(LevelStream):
    """A stream without a worker."""

    def _supervise(self) -> None:
        """Does nothing."""


def many_keys_ms(built: Built) -> float:
    """All of a frame in which KEYS levels are there, are asked for again and are taken: want, poll, take."""
    stream = Unanswered()
    keys = [LevelKey(seed) for seed in range(KEYS)]
    stream.want(keys)
    for key in keys:
        stream._news.put(("built", (key, built)))
    began = time.thread_time()
    stream.want(keys)
    stream.poll()
    taken = [stream.take(key) for key in keys]
    spent = time.thread_time() - began
    assert all(one is built for one in taken)
    return spent * 1e3


STAND_IN = """
import sys, time
from generator.stream.frames import read_frame, write_frame
level = open(sys.argv[1], "rb").read()
requests, answers = sys.stdin.buffer, sys.stdout.buffer
while (frame := read_frame(requests)) is not None:
    if "seed" not in frame[0]:
        write_frame(answers, {"ready": True})
        continue
    for _ in range(4):
        time.sleep(0.2)
        write_frame(answers, {"beat": True, "doing": ["dreaming", 1, 2]})
    time.sleep(0.2)
    answers.write(level)
    answers.flush()
"""


class Supplied(LevelStream):
    """A stream whose worker sends the level in a file, once a second."""

    def __init__(self, level: Path) -> None:
        self._file = level
        super().__init__()

    def _start(self) -> subprocess.Popen[bytes]:
        """The stand-in."""
        pipe = subprocess.PIPE
        self._worker = subprocess.Popen(
            [sys.executable, "-c", STAND_IN, str(self._file)], stdin=pipe, stdout=pipe, pipesize=PIPE_BYTES
        )
        return self._worker


class Game:
    """A loop that asks for one level after another, or for none, and times its frames."""

    def __init__(self, stream: LevelStream) -> None:
        self.stream = stream
        self.levels = 0
        self.rounds = int(10_000 * BUSY_MS / min(work_ms(10_000) for _ in range(50)))

    def play(self, frames: int, *, asks: bool) -> list[tuple[float, float]]:
        """What each frame took but for its sleep: wall time, and processor time of this thread, ms."""
        spent = []
        self.stream.want([LevelKey(self.levels)] if asks else [])
        while not asks and self.stream.status != "idle":
            self.stream.poll()
            time.sleep(FRAME_S)
        for _ in range(frames):
            began, cpu = time.perf_counter(), time.thread_time()
            self.stream.poll()
            if self.stream.take(LevelKey(self.levels)) is not None:
                self.levels += 1
                self.stream.want([LevelKey(self.levels)])
            work_ms(self.rounds)
            took = time.perf_counter() - began
            spent.append((took * 1e3, (time.thread_time() - cpu) * 1e3))
            time.sleep(max(0.0, FRAME_S - took))
        return spent


def work_ms(rounds: int) -> float:
    """Python's own work, so many rounds of it, and how long it took."""
    began = time.perf_counter()
    total = 0
    for number in range(rounds):
        total += number & 7
    return (time.perf_counter() - began) * 1e3


def percentile(values: list[float], percent: float) -> float:
    """The value that so many percent are not above."""
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def close_s() -> float:
    """The longest that closing takes, of an idle stream and of one that dreams."""
    longest = 0.0
    for status in STATUSES:
        stream = LevelStream()
        stream.want([LevelKey(seed) for seed in range(KEYS)] if status == "dreaming" else [])
        while stream.status != status:
            stream.poll()
            time.sleep(LOOK_S)
        began = time.perf_counter()
        stream.close()
        longest = max(longest, time.perf_counter() - began)
    return longest


def left_s() -> float:
    """The longest that a worker outlives its game, which is killed while it idles and while it dreams."""
    longest = 0.0
    for status in STATUSES:
        game = subprocess.Popen([sys.executable, "-c", GAME, status], stdout=subprocess.PIPE, text=True)
        assert game.stdout is not None
        worker = psutil.Process(int(game.stdout.readline()))
        game.kill()
        began = time.perf_counter()
        while worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE:
            time.sleep(LOOK_S)
        longest = max(longest, time.perf_counter() - began)
        game.communicate()
    return longest


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_plugin", description=__doc__)
    parser.add_argument("--frames", type=int, default=3600, metavar="N", help="of each kind (default: 3600)")
    frames = parser.parse_args(arguments).frames
    imports = import_ms()
    with LevelStream() as stream:
        stream.want([LevelKey(0)])
        while (built := stream.take(LevelKey(0))) is None:
            time.sleep(FRAME_S)
    busy: list[tuple[float, float]] = []
    idle: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "level"
        with file.open("wb") as pipe:
            write_built(pipe, built)
        stream = Supplied(file)
        game = Game(stream)
        for _ in range(BLOCKS):  # in turns, for other programs come and go
            idle += game.play(frames // BLOCKS, asks=False)
            busy += game.play(frames // BLOCKS, asks=True)
        stream.close()
    many_ms = statistics.median(many_keys_ms(built) for _ in range(RUNS))
    figures: dict[str, Any] = {
        "bench": "plugin",
        "import_numpy_ms": round(imports["numpy"], 1),
        "import_ratio": round(imports["package"] / imports["numpy"], 2),
        "stream_ratio": round(imports["stream"] / imports["numpy"], 2),
        "many_keys_ms": round(many_ms, 2),
        "close_s": round(close_s(), 2),
        "left_s": round(left_s(), 2),
        "levels": game.levels,
    }
    for number, kind in enumerate(("wall", "cpu")):
        with_levels, without = ([frame[number] for frame in spent] for spent in (busy, idle))
        p99, idle_p99 = percentile(with_levels, 99), percentile(without, 99)
        figures[f"frame_{kind}_p99_ms"] = round(p99, 2)
        figures[f"idle_frame_{kind}_p99_ms"] = round(idle_p99, 2)
        figures[f"frame_{kind}_p99_more_ms"] = round(p99 - idle_p99, 2)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
