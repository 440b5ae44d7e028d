"""The worker and the stream: levels arrive, deaths are survived, bad networks are told of, and the end ends
it."""

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import generator
from generator.dream.network import load_networks
from generator.errors import GanvaniaError
from generator.motion import NES_MOTION
from generator.stream import LevelKey, LevelStream
from generator.stream.build import build_level
from generator.stream.worker import BrokenFrame, find_motion, read_frame, write_frame
from tests.drawn import onnx_files
from tests.drawn.waiting import PATIENCE_S, wait_until


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("networks")
    return (
        onnx_files.write(onnx_files.generator_model(), folder / "dream.onnx"),
        onnx_files.write(onnx_files.roles_model(), folder / "roles.onnx"),
    )


@pytest.fixture
def stream(networks: tuple[Path, Path]) -> Iterator[LevelStream]:
    with LevelStream(networks[0], roles=networks[1]) as opened:
        yield opened


def test_levels_arrive_and_equal_those_built_here(stream: LevelStream, networks: tuple[Path, Path]) -> None:
    first, second = LevelKey(7), LevelKey(7, art=1)
    assert stream.take(first) is None
    stream.want([first, second])
    wait_until(stream, lambda: stream.ready(first) and stream.ready(second))
    built, redreamed = stream.take(first), stream.take(second)
    assert built is not None and redreamed is not None
    here = build_level(7, networks=load_networks(*networks))
    assert built.level.equals(here.level)
    assert np.array_equal(built.dreams, here.dreams)
    assert np.array_equal(redreamed.level.roles, built.level.roles), "art does not touch the structure"
    assert redreamed.level.certificate == built.level.certificate
    assert stream.take(first) is None
    wait_until(stream, lambda: stream.status == "idle")
    assert stream.error is None


def test_what_is_no_longer_wanted_is_forgotten(stream: LevelStream) -> None:
    stream.want([LevelKey(1), LevelKey(2)])
    stream.want([LevelKey(3)])
    wait_until(stream, lambda: stream.ready(LevelKey(3)))
    assert not stream.ready(LevelKey(2))
    stream.want([])
    assert not stream.ready(LevelKey(3))


def test_a_dead_worker_is_replaced(stream: LevelStream) -> None:
    stream.want([LevelKey(1)])
    wait_until(stream, lambda: stream.ready(LevelKey(1)))
    assert stream.worker_pid is not None
    os.kill(stream.worker_pid, signal.SIGTERM)
    wait_until(stream, lambda: stream.restarts == 1)
    assert stream.status == "restarted"
    assert stream.ready(LevelKey(1)), "what was finished is not lost"
    stream.want([LevelKey(1), LevelKey(2)])
    wait_until(stream, lambda: stream.ready(LevelKey(2)))
    wait_until(stream, lambda: stream.status == "idle")
    assert stream.error is None


def test_a_worker_that_always_dies_is_given_up(
    networks: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.stream.stream.RESTART_DELAY_S", 0.001)
    monkeypatch.setattr(sys, "executable", str(networks[0].with_name("no-such-python")))
    with LevelStream(networks[0], roles=networks[1]) as stream:
        wait_until(stream, lambda: stream.error is not None)
        assert stream.status == "failed"
        assert stream.error is not None and "\n" not in stream.error
        assert stream.restarts == 3


def test_a_bad_network_is_an_error_and_no_restart(tmp_path: Path) -> None:
    with LevelStream(tmp_path / "nothing.onnx") as stream:
        stream.want([LevelKey(1)])
        wait_until(stream, lambda: stream.error is not None)
        assert stream.error is not None
        assert stream.error.startswith(str(tmp_path / "nothing.onnx"))
        assert stream.status == "failed"
        assert stream.restarts == 0
        assert not stream.ready(LevelKey(1))


def test_output_that_is_not_finite_is_an_error_too(networks: tuple[Path, Path], tmp_path: Path) -> None:
    bad = onnx_files.write(onnx_files.generator_model(scale=np.nan), tmp_path / "nan.onnx")
    with LevelStream(bad, roles=networks[1]) as stream:
        stream.want([LevelKey(1)])
        wait_until(stream, lambda: stream.error is not None)
        assert stream.error is not None and "not finite" in stream.error


def test_a_level_that_cannot_be_built_does_not_stop_the_others(stream: LevelStream) -> None:
    impossible = LevelKey(-1)
    stream.want([impossible, LevelKey(4)])
    wait_until(stream, lambda: stream.ready(LevelKey(4)))
    assert impossible in stream.failed
    assert stream.error is None
    assert stream.restarts == 0


def test_closing_ends_the_worker(networks: tuple[Path, Path]) -> None:
    stream = LevelStream(networks[0], roles=networks[1])
    stream.want([LevelKey(1)])
    wait_until(stream, lambda: stream.worker_pid is not None)
    worker = stream._worker
    stream.close()
    assert stream.status == "closed"
    assert worker is not None and worker.poll() is not None


def test_the_end_of_the_pipe_ends_the_worker(networks: tuple[Path, Path]) -> None:
    root = Path(generator.__file__).parent.parent
    worker = subprocess.Popen(
        [sys.executable, "-m", "generator.stream.worker"],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert worker.stdin is not None and worker.stdout is not None
    greeting = {
        "model": str(networks[0]),
        "roles": str(networks[1]),
        "motion": "generator.motion:NES_MOTION",
    }
    write_frame(worker.stdin, greeting)
    assert read_frame(worker.stdout) == ({"ready": True}, b"")
    worker.stdin.close()
    assert worker.wait(PATIENCE_S) == 0
    worker.stdout.close()


def test_it_works_under_another_name(networks: tuple[Path, Path], tmp_path: Path) -> None:
    """As in the wheel, where the package is called `ganvania`; and beside a foreign `generator` folder."""
    root = Path(generator.__file__).parent
    (tmp_path / "ganvania").symlink_to(root, target_is_directory=True)
    (tmp_path / "elsewhere" / "generator").mkdir(parents=True)
    (tmp_path / "elsewhere" / "generator" / "__init__.py").write_text(
        "raise SystemExit('the wrong generator')"
    )
    code = f"""
import sys, time
sys.path.insert(0, {str(tmp_path)!r})
from pathlib import Path
from ganvania.stream import LevelKey, LevelStream
with LevelStream(Path({str(networks[0])!r}), roles=Path({str(networks[1])!r})) as stream:
    stream.want([LevelKey(5)])
    while not stream.ready(LevelKey(5)) and stream.error is None:
        time.sleep(0.01)
    print(stream.error or len(stream.take(LevelKey(5)).level.bank.pixels))
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path / "elsewhere",
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


def test_frames_survive_the_way() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, {"level": 3}, b"abc", np.arange(4, dtype=np.uint8))
    write_frame(pipe, {})
    pipe.seek(0)
    assert read_frame(pipe) == ({"level": 3}, b"abc\0\1\2\3")
    assert read_frame(pipe) == ({}, b"")
    assert read_frame(pipe) is None


@pytest.mark.parametrize(
    "data",
    [
        b"abc",
        b"\5\0\0\0\0\0\0\0{}",
        b"\xff" * 8,
        b"\2\0\0\0\0\0\0\0[]",
        b"\2\0\0\0\0\0\0\0}{",
        b"\2\0\0\0\1\0\0\0{}",
    ],
)
def test_broken_frames_are_told_from_the_end(data: bytes) -> None:
    with pytest.raises(BrokenFrame):
        read_frame(io.BytesIO(data))


def test_motions_by_name() -> None:
    assert find_motion("generator.motion:NES_MOTION") is NES_MOTION
    for name in ("generator.motion.step", "no.such:THING", "generator.motion.step:step", "", ":"):
        with pytest.raises(GanvaniaError):
            find_motion(name)


def test_a_key_is_plain_data() -> None:
    assert json.loads(json.dumps(LevelKey(3, 2, 1))) == [3, 2, 1, 1, "castle"]


def test_numpy_s_integers_are_integers(stream: LevelStream) -> None:
    key = LevelKey(np.int64(5), np.uint8(1))  # type: ignore[arg-type]
    stream.want([key])
    wait_until(stream, lambda: stream.ready(key))
    assert stream.take(LevelKey(5)) is not None
    with pytest.raises(TypeError):
        stream.want([LevelKey("five")])  # type: ignore[arg-type]


def test_a_stream_that_breaks_says_so(networks: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    monkeypatch.setattr(LevelStream, "_one_life", broken)
    with LevelStream(networks[0], roles=networks[1]) as opened:
        wait_until(opened, lambda: opened.error is not None)
        assert opened.status == "failed" and "a bug" in str(opened.error)
