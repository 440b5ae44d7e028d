"""What games do to a stream, and what happens to them: killed, crashed, run from one file, moved, read-only.

Each game here is a process of its own. It says on a line what it has come to, and the test waits for that.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

import generator
from generator.dream.loading import load_networks
from generator.dream.network import Networks
from generator.stream import LevelKey, LevelStream, build_level
from tests.drawn import onnx_files
from tests.drawn.waiting import HANGS_S, wait_until

pytestmark = pytest.mark.slow

ROOT = Path(generator.__file__).resolve().parent.parent
MODE = "endless"
"""The mode with the smallest first stages."""

OPENING = """
import os, sys, time
from pathlib import Path
from generator import LevelKey, LevelStream

def until(met):
    while not met():
        stream.poll()
        if stream.error:
            raise SystemExit(stream.error)
        time.sleep(0.01)

def key(seed):
    return LevelKey(seed, mode="endless")
"""
"""How the games of this file begin; `sys.argv` has the networks."""
STREAM = "\nstream = LevelStream(Path(sys.argv[1]), roles=Path(sys.argv[2]))\n"
IDLE = "\nuntil(lambda: stream.status == 'idle')\nprint(stream.worker_pid, flush=True)\n"
DREAMING = """
stream.want([key(seed) for seed in range(1000)])
until(lambda: stream.status == "dreaming")
print(stream.worker_pid, flush=True)
"""
FOREVER = "\nwhile True: time.sleep(1)\n"


@contextmanager
def game(
    folder: Path, code: str, networks: tuple[Path, Path], **more: str
) -> Iterator[subprocess.Popen[str]]:
    """A game of one file, `mygame.py`, that runs in a folder."""
    (folder / "mygame.py").write_text(code, "utf-8")
    playing = subprocess.Popen(
        [sys.executable, "mygame.py", *map(str, networks)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield playing
    finally:
        playing.kill()
        playing.communicate()


def line_of(playing: subprocess.Popen[str]) -> str:
    """The next line that a game says. Fails with its error where it says none."""
    assert playing.stdout is not None
    line = playing.stdout.readline().strip()
    if not line:
        assert playing.stderr is not None
        pytest.fail(playing.stderr.read())
    return line


def wait_until_gone(pid: int) -> None:
    """Waits for a process to end; one that nobody has asked about since has ended, too."""
    last = time.monotonic() + HANGS_S
    while psutil.pid_exists(pid):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return
        except psutil.NoSuchProcess:
            return
        assert time.monotonic() < last
        time.sleep(0.01)


@pytest.mark.parametrize("doing", [IDLE, DREAMING], ids=["idle", "dreaming"])
@pytest.mark.parametrize(
    "end", ["", "raise RuntimeError('mine')", "os._exit(5)", FOREVER], ids=["end", "raise", "exit", "kill"]
)
def test_the_worker_ends_with_its_game(
    doing: str, end: str, network_files: tuple[Path, Path], tmp_path: Path
) -> None:
    with game(tmp_path, OPENING + STREAM + doing + end, network_files) as playing:
        worker = int(line_of(playing))
        if end == FOREVER:
            playing.kill()
        playing.wait(HANGS_S)
        wait_until_gone(worker)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing is forked here")
@pytest.mark.parametrize("doing", [IDLE, DREAMING], ids=["idle", "dreaming"])
def test_the_worker_ends_though_a_child_of_its_game_holds_the_pipes(
    doing: str, network_files: tuple[Path, Path], tmp_path: Path
) -> None:
    fork = "\nchild = os.fork()\nif child == 0:\n    while True: time.sleep(1)\nprint(child, flush=True)\n"
    with game(tmp_path, OPENING + STREAM + doing + fork + FOREVER, network_files) as playing:
        worker, child = int(line_of(playing)), int(line_of(playing))
        try:
            playing.kill()
            playing.wait(HANGS_S)
            wait_until_gone(worker)
            assert psutil.pid_exists(child), "and it was not the child's end that ended it"
        finally:
            os.kill(child, signal.SIGKILL)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes are not stopped so here")
def test_closing_ends_a_worker_that_hangs(network_files: tuple[Path, Path]) -> None:
    stream = LevelStream(network_files[0], roles=network_files[1])
    stream.want([LevelKey(seed, mode=MODE) for seed in range(100)])
    wait_until(stream, lambda: stream.status == "dreaming")
    worker = stream.worker_pid
    assert worker is not None
    os.kill(worker, signal.SIGSTOP)
    stream.close()
    wait_until_gone(worker)
    assert stream.status == "closed"


def test_two_streams_with_two_networks_know_nothing_of_each_other(
    network_files: tuple[Path, Path], small_networks: Networks, tmp_path: Path
) -> None:
    other_file = onnx_files.write(onnx_files.noise_generator(), tmp_path / "other.onnx")
    other_networks = load_networks(other_file, network_files[1])
    wanted = LevelKey(5, mode=MODE)
    with (
        LevelStream(network_files[0], roles=network_files[1]) as one,
        LevelStream(other_file, roles=network_files[1]) as other,
    ):
        one.want([wanted])
        other.want([wanted])
        for stream, networks in ((one, small_networks), (other, other_networks)):
            wait_until(stream, lambda stream=stream: stream.ready(wanted))  # type: ignore[misc]
            built = stream.take(wanted)
            assert built is not None
            assert built.level.equals(build_level(5, mode=MODE, networks=networks).level)
        one.close()
        other.want([LevelKey(6, mode=MODE)])
        wait_until(other, lambda: other.ready(LevelKey(6, mode=MODE)))
        assert other.restarts == 0 and other.error is None


def test_a_thousand_keys_are_never_compared_with_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    class Key(LevelKey):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return tuple.__eq__(self, other)

        __hash__ = tuple.__hash__

    monkeypatch.setattr(LevelStream, "_supervise", lambda _: None)  # no worker: the keys are the subject
    stream = LevelStream()
    keys = [Key(seed) for seed in range(1000)]
    stream.want(keys)
    for each in keys:
        stream._news.put(("built", (each, object())))
    stream.want([Key(seed) for seed in range(1000)])
    stream.poll()
    assert all(stream.take(Key(seed)) is not None for seed in range(1000))
    assert compared <= 10 * len(keys)


def test_a_game_of_one_file_without_a_main_guard_is_started_once(
    network_files: tuple[Path, Path], tmp_path: Path
) -> None:
    started = "with open('started', 'a') as log: log.write('once')\n"
    play = "stream.want([key(5)])\nuntil(lambda: stream.ready(key(5)))\nprint(stream.restarts, flush=True)\n"
    with game(tmp_path, started + OPENING + STREAM + play, network_files) as playing:
        assert line_of(playing) == "0"
    assert (tmp_path / "started").read_text() == "once"


def test_a_network_that_is_deleted_is_missed_only_by_the_next_worker(
    network_files: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "mine.onnx"
    file.write_bytes(network_files[0].read_bytes())
    with LevelStream(file, roles=network_files[1]) as stream:
        wait_until(stream, lambda: stream.status == "idle")
        file.unlink()
        stream.want([LevelKey(4, mode=MODE)])
        wait_until(stream, lambda: stream.ready(LevelKey(4, mode=MODE)))
        assert stream.worker_pid is not None
        os.kill(stream.worker_pid, signal.SIGTERM)
        while stream.error is None:
            stream.poll()
            time.sleep(0.01)
        assert stream.error.startswith(f"{file}: no such file") and "\n" not in stream.error
        assert stream.ready(LevelKey(4, mode=MODE)), "what was finished is not lost"


def test_of_a_network_that_is_replaced_each_level_says_which_one_dreamed_it(
    network_files: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "mine.onnx"
    file.write_bytes(network_files[0].read_bytes())
    dreamed = []
    with LevelStream(file, roles=network_files[1]) as stream:
        wait_until(stream, lambda: stream.status == "idle")
        before = stream.worker_pid
        onnx_files.write(onnx_files.telling_generator_model(), file)
        for seed in (4, 5):
            wanted = LevelKey(seed, mode=MODE)
            stream.want([wanted])
            wait_until(stream, lambda wanted=wanted: stream.ready(wanted))  # type: ignore[misc]
            built = stream.take(wanted)
            assert built is not None
            dreamed.append(built.level.network)
            if seed == 4 and before is not None:
                os.kill(before, signal.SIGTERM)
                wait_until(stream, lambda: stream.restarts == 1)
    kept = load_networks(network_files[0], network_files[1]).generator.sha256
    assert dreamed == [kept, load_networks(file, network_files[1]).generator.sha256]


@pytest.mark.skipif(sys.platform == "win32", reason="resource limits are POSIX's")
def test_nothing_is_written_anywhere(network_files: tuple[Path, Path], tmp_path: Path) -> None:
    """No file may grow, none may be opened for writing, and there is no home and no place for what is
    temporary, neither for the game nor for its worker."""
    watch = tmp_path / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(
        """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
def refuse(event, given):
    path, mode = given[:2] if event == "open" else (0, "")
    writes = not isinstance(path, int) and set(mode or "") & set("wax+")
    if (writes and path != "/dev/null") or event in ("os.mkdir", "os.rename", "os.symlink"):
        raise PermissionError(f"{event} {given}")
sys.addaudithook(refuse)
"""
    )
    play = "stream.want([key(5)])\nuntil(lambda: stream.ready(key(5)))\nprint('built', flush=True)\n"
    more = {"PYTHONPATH": f"{watch}{os.pathsep}{ROOT}"}
    nowhere = {"HOME": "/nowhere", "TMPDIR": "/nowhere", "XDG_CACHE_HOME": "/nowhere"}
    with game(tmp_path, OPENING + STREAM + play, network_files, **more, **nowhere) as playing:
        assert line_of(playing) == "built"


def test_paths_may_have_spaces_and_any_letters(network_files: tuple[Path, Path], tmp_path: Path) -> None:
    """Of the package, of the networks and of the game, also where the system speaks ASCII alone."""
    folder = tmp_path / "Meine Spiele" / "Größe 城"
    (folder / "site packages ü").mkdir(parents=True)
    (folder / "site packages ü" / "generator").symlink_to(ROOT / "generator", target_is_directory=True)
    (folder / "site packages ü" / "assets").symlink_to(ROOT / "assets", target_is_directory=True)
    moved = folder / "träume.onnx", folder / "rollen 1.onnx"
    for old, new in zip(network_files, moved, strict=True):
        new.write_bytes(old.read_bytes())
    play = "stream.want([key(5)])\nuntil(lambda: stream.ready(key(5)))\nprint('built', flush=True)\n"
    more = {"PYTHONPATH": str(folder / "site packages ü"), "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}
    with game(folder, OPENING + STREAM + play, moved, **more) as playing:
        assert line_of(playing) == "built"


FROZEN = """
sys.frozen, sys.executable = True, str(Path("mygame").resolve())
with open("begun", "a") as log: log.write("once ")
"""
"""What makes a game look frozen: it has no interpreter beside it, and its executable is the game."""


@pytest.mark.skipif(sys.platform == "win32", reason="the executable is a script of the shell")
@pytest.mark.parametrize("first", ["", "from generator import freeze_support\nfreeze_support()\n"])
def test_the_copy_of_a_frozen_game_becomes_its_worker(
    first: str, network_files: tuple[Path, Path], tmp_path: Path
) -> None:
    """Where it calls `freeze_support`, and where it does not: then when it begins a stream."""
    here = "mygame.py " + " ".join(f"'{network}'" for network in network_files)
    (tmp_path / "mygame").write_text(f"#!/bin/sh\nexec '{sys.executable}' {here}\n")
    (tmp_path / "mygame").chmod(0o755)
    play = """
with open("played", "a") as log: log.write("once ")
stream.want([key(5)])
until(lambda: stream.ready(key(5)))
print("built", flush=True)
"""
    with game(tmp_path, OPENING + FROZEN + first + STREAM + play, network_files) as playing:
        assert line_of(playing) == "built"
    assert (tmp_path / "begun").read_text() == "once once ", "the game, and its copy"
    assert (tmp_path / "played").read_text() == "once "
