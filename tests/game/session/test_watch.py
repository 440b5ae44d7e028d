"""A training's newest network: changed over to when it has a level, never to one that is broken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.session.watch import LOOK_EVERY_POLLS, NothingToWatch, WatchedStream
from generator.stream import LevelKey
from tests.drawn.sessions import FakeStream

KEY = LevelKey(3)


class Worker(FakeStream):
    """A stream that remembers whether it was closed."""

    closed = False

    def close(self) -> None:
        self.closed = True

    end = close


def watched(folder: Path) -> tuple[WatchedStream, list[Worker]]:
    workers: list[Worker] = []

    def begin(path: Path) -> Worker:
        assert path == folder / "network.onnx"
        workers.append(Worker())
        return workers[-1]

    export(folder, 1)
    stream = WatchedStream(folder, begin)  # type: ignore[arg-type]  # it behaves as a LevelStream does
    stream.want([KEY])
    return stream, workers


def export(folder: Path, number: int) -> None:
    """As a training does it: another file in its place."""
    fresh = folder / "fresh"
    fresh.write_bytes(b"x" * number)
    os.utime(fresh, ns=(number, number))
    fresh.replace(folder / "network.onnx")


def polls(stream: WatchedStream, count: int = LOOK_EVERY_POLLS) -> None:
    for _ in range(count):
        stream.poll()


def test_the_same_network_is_kept(tmp_path: Path) -> None:
    stream, workers = watched(tmp_path)
    polls(stream, 10 * LOOK_EVERY_POLLS)
    assert (len(workers), stream.networks) == (1, 1)
    assert stream.take(KEY) is not None


def test_a_newer_one_takes_over_once_it_has_a_level(tmp_path: Path) -> None:
    stream, workers = watched(tmp_path)
    export(tmp_path, 2)
    polls(stream, LOOK_EVERY_POLLS - 1)
    assert len(workers) == 1
    polls(stream, 1)
    assert workers[1].wanted == (KEY,)
    assert stream.networks == 2
    stream.want([KEY._replace(seed=9)])
    assert workers[1].wanted == (KEY._replace(seed=9),)
    assert workers[0].wanted == (KEY,)


def test_while_it_is_slow_the_older_one_dreams_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream, workers = watched(tmp_path)
    monkeypatch.setattr(Worker, "slow", True, raising=False)
    monkeypatch.setattr(Worker, "ready", lambda self, key: self is workers[0])
    export(tmp_path, 2)
    polls(stream, 3 * LOOK_EVERY_POLLS)
    assert (len(workers), stream.networks) == (2, 1)
    assert not workers[0].closed


def test_a_broken_one_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream, workers = watched(tmp_path)
    monkeypatch.setattr(Worker, "ready", lambda self, key: False)
    export(tmp_path, 2)
    polls(stream)
    workers[1].error = "not a network"
    polls(stream, 1)
    assert stream.error is None
    monkeypatch.undo()
    export(tmp_path, 3)
    polls(stream)
    assert (len(workers), stream.networks) == (3, 2)


def test_a_run_without_a_network(tmp_path: Path) -> None:
    with pytest.raises(NothingToWatch, match=r"network\.onnx: no such file yet"):
        WatchedStream(tmp_path)
