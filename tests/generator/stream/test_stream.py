"""The stream: levels arrive, deaths are survived, bad networks are told of, and closing ends the worker."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import generator
from generator.constraints import Constraints
from generator.dream.network import Networks
from generator.errors import GanvaniaError
from generator.nes.roles import Role
from generator.stream import LevelKey, LevelStream, build_level
from generator.stream.stream import MOST_FAILURES
from generator.style import Style
from tests.drawn import onnx_files
from tests.drawn.waiting import HANGS_S, wait_until

pytestmark = pytest.mark.slow

MODE = "endless"
"""The mode with the smallest first stages."""


@pytest.fixture(scope="module")
def stream(network_files: tuple[Path, Path]) -> Iterator[LevelStream]:
    """One stream for all tests that leave its worker alive."""
    with LevelStream(network_files[0], roles=network_files[1]) as opened:
        yield opened


class Told(LevelStream):
    """A stream that remembers every status that it had: one may be gone before a slow test looks."""

    told: list[object]

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name == "status":
            self.__dict__.setdefault("told", []).append(value)


def key(seed: int, art: int = 0) -> LevelKey:
    """A small level's key."""
    return LevelKey(seed, art=art, mode=MODE)


def test_levels_arrive_and_equal_those_built_here(stream: LevelStream, small_networks: Networks) -> None:
    first, second = key(5), key(5, art=1)
    assert stream.take(first) is None
    stream.want([first, second])
    wait_until(stream, lambda: stream.ready(first) and stream.ready(second))
    built, redreamed = stream.take(first), stream.take(second)
    assert built is not None and redreamed is not None
    here = build_level(5, mode=MODE, networks=small_networks)
    assert built.level.equals(here.level)
    assert np.array_equal(built.dreams, here.dreams)
    assert np.array_equal(redreamed.level.roles, built.level.roles), "art does not touch the structure"
    assert redreamed.level.certificate == built.level.certificate
    assert stream.take(first) is None
    wait_until(stream, lambda: stream.status == "idle")
    assert stream.error is None


def test_a_strip_arrives_like_any_level(stream: LevelStream, small_networks: Networks) -> None:
    strip = LevelKey(3, mode="strip", width=2, theme="cave")
    stream.want([strip])
    wait_until(stream, lambda: stream.ready(strip))
    built = stream.take(strip)
    assert built is not None
    own = build_level(3, mode="strip", width=2, theme="cave", networks=small_networks)
    assert built.level.equals(own.level)


def test_what_is_no_longer_wanted_is_forgotten(stream: LevelStream) -> None:
    stream.want([key(4), key(7)])
    stream.want([key(8)])
    wait_until(stream, lambda: stream.ready(key(8)))
    assert not stream.ready(key(7))
    stream.want([])
    assert not stream.ready(key(8))


def test_a_dead_worker_is_replaced(network_files: tuple[Path, Path]) -> None:
    with Told(network_files[0], roles=network_files[1]) as stream:
        stream.want([key(4)])
        wait_until(stream, lambda: stream.ready(key(4)))
        assert stream.worker_pid is not None
        os.kill(stream.worker_pid, signal.SIGTERM)
        wait_until(stream, lambda: stream.restarts == 1)
        assert stream.ready(key(4)), "what was finished is not lost"
        stream.want([key(4), key(8)])
        wait_until(stream, lambda: stream.ready(key(8)))
        wait_until(stream, lambda: stream.status == "idle")
        assert "restarted" in stream.told
        assert stream.error is None


def test_a_worker_that_always_dies_is_given_up(
    network_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.stream.stream.RESTART_DELAY_S", 0.001)
    monkeypatch.setattr(sys, "executable", str(network_files[0].with_name("no-such-python")))
    with LevelStream(network_files[0], roles=network_files[1]) as stream:
        wait_until(stream, lambda: stream.error is not None)
        assert stream.status == "failed"
        assert stream.error is not None and "\n" not in stream.error
        assert stream.restarts == 3


def test_a_bad_network_is_an_error_and_no_restart(tmp_path: Path) -> None:
    with LevelStream(tmp_path / "nothing.onnx") as stream:
        stream.want([key(1)])
        wait_until(stream, lambda: stream.error is not None)
        assert stream.error is not None
        assert stream.error.startswith(str(tmp_path / "nothing.onnx"))
        assert stream.status == "failed"
        assert stream.restarts == 0
        assert not stream.ready(key(1))


def test_output_that_is_not_finite_fails_its_levels_and_in_the_end_the_stream(
    network_files: tuple[Path, Path], tmp_path: Path
) -> None:
    bad = onnx_files.write(onnx_files.generator_model(scale=np.nan), tmp_path / "nan.onnx")
    with LevelStream(bad, roles=network_files[1]) as stream:
        stream.want([key(1)])
        wait_until(stream, lambda: key(1) in stream.failed)
        assert "not finite" in stream.failed[key(1)] and stream.error is None
        stream.want([key(seed) for seed in range(1, MOST_FAILURES + 1)])
        wait_until(stream, lambda: stream.error is not None)
        assert stream.error is not None and "not finite" in stream.error and "\n" not in stream.error


class Listening(LevelStream):
    """A stream that notes which levels are asked for as urgent."""

    def __init__(self, *networks: Path) -> None:
        self.asked: list[tuple[LevelKey, bool]] = []
        super().__init__(networks[0], roles=networks[1])

    def _ask(
        self, worker: subprocess.Popen[bytes], request: dict[str, Any], *rest: Any
    ) -> tuple[dict[str, Any], bytes]:
        if "seed" in request:
            self.asked.append((key(request["seed"]), request["urgent"]))
        return super()._ask(worker, request, *rest)


def test_only_what_is_waited_for_is_urgent(network_files: tuple[Path, Path]) -> None:
    with Listening(*network_files) as stream:
        stream.want([key(4), key(5)])
        wait_until(stream, lambda: stream.ready(key(5)))
        stream.want([key(6)], waited=False)
        wait_until(stream, lambda: stream.ready(key(6)))
        assert stream.asked == [(key(4), True), (key(5), False), (key(6), False)]


class Impatient(LevelStream):
    """A stream that waits for signs of life of every worker but those that were stopped."""

    stopped: set[int]

    def _is_too_long(self, worker: subprocess.Popen[bytes], silent_s: float) -> bool:
        return worker.pid in self.stopped


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes are not stopped so here")
def test_a_worker_that_hangs_is_replaced(network_files: tuple[Path, Path]) -> None:
    Impatient.stopped = set()
    with Impatient(network_files[0], roles=network_files[1]) as stream:
        wait_until(stream, lambda: stream.status == "idle")
        assert stream.worker_pid is not None
        os.kill(stream.worker_pid, signal.SIGSTOP)
        stream.stopped.add(stream.worker_pid)
        stream.want([key(4)])
        wait_until(stream, lambda: stream.ready(key(4)))
        assert stream.restarts == 1 and stream.error is None


class Deadly(LevelStream):
    """A stream whose worker dies whenever it begins one level."""

    def _melt_from(self, wanted: LevelKey) -> int | None:
        if wanted == key(6):
            assert self._worker is not None
            self._worker.kill()
            self._worker.wait()
        return super()._melt_from(wanted)


def test_a_level_that_the_worker_dies_of_fails_alone(
    network_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.stream.stream.RESTART_DELAY_S", 0.001)
    with Deadly(network_files[0], roles=network_files[1]) as stream:
        stream.want([key(6), key(4)])
        wait_until(stream, lambda: stream.ready(key(4)))
        assert "died of it" in stream.failed[key(6)]
        assert stream.error is None and stream.restarts == 2


def test_a_level_that_cannot_be_built_does_not_stop_the_others(
    stream: LevelStream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.stream.key.LevelKey.checked", lambda it: it)  # or it would not get so far
    beyond = LevelKey(4, shape="strip", width=65)
    stream.want([beyond, key(4)])
    wait_until(stream, lambda: stream.ready(key(4)))
    assert stream.failed[beyond] == "width: 65 is no whole number from 1 to 64", "in the error's own words"
    assert stream.error is None
    assert stream.restarts == 0


def test_closing_ends_the_worker(network_files: tuple[Path, Path]) -> None:
    stream = LevelStream(network_files[0], roles=network_files[1])
    stream.want([key(1)])
    wait_until(stream, lambda: stream.worker_pid is not None)
    worker = stream._worker
    stream.end()
    assert stream.status == "closed"
    assert worker is not None and worker.wait(HANGS_S) is not None
    stream.close()
    assert stream.status == "closed"


def test_it_works_under_another_name(network_files: tuple[Path, Path], tmp_path: Path) -> None:
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
from typing import Any
from ganvania.stream import LevelKey, LevelStream
with LevelStream(Path({str(network_files[0])!r}), roles=Path({str(network_files[1])!r})) as stream:
    key = LevelKey(5, mode={MODE!r})
    stream.want([key])
    while not stream.ready(key) and stream.error is None:
        time.sleep(0.01)
    print(stream.error or len(stream.take(key).level.bank))
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path / "elsewhere",
        capture_output=True,
        text=True,
        timeout=HANGS_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


def test_a_key_is_plain_data() -> None:
    assert json.loads(json.dumps(LevelKey(3, 2, 1))) == [3, 2, 1, 1, "castle", 0, ""]


def test_numpy_s_integers_are_integers(stream: LevelStream) -> None:
    wanted = LevelKey(np.int64(5), np.uint8(1), mode=MODE)  # type: ignore[arg-type]
    stream.want([wanted])
    wait_until(stream, lambda: stream.ready(wanted))
    assert stream.take(key(5)) is not None
    with pytest.raises(GanvaniaError, match=r"^seed: 'five' is no whole number from 0 to"):
        stream.want([LevelKey("five")])  # type: ignore[arg-type]


def test_what_cannot_be_built_is_refused_where_it_is_asked_for(stream: LevelStream) -> None:
    refused = dict(stream.failed)
    calls: tuple[Callable[[Any], object], ...] = (
        stream.ready,
        stream.take,
        lambda wrong: stream.want([wrong]),
    )
    for call in calls:
        with pytest.raises(GanvaniaError, match=r"^shape: there is no 'stripe'; write castle, strip, room"):
            call(LevelKey(7, shape="stripe"))
        with pytest.raises(GanvaniaError, match=r"^keys: 7 is no LevelKey"):
            call(7)
    with pytest.raises(GanvaniaError, match=r"^keys: 7 is no LevelKey"):
        stream.want(LevelKey(7))  # type: ignore[arg-type] # the brackets are missing
    assert stream.failed == refused, "and the worker never hears of it"


def test_a_closed_stream_says_so(network_files: tuple[Path, Path]) -> None:
    stream = LevelStream(str(network_files[0]), roles=str(network_files[1]))
    stream.close()
    with pytest.raises(GanvaniaError, match=r"this LevelStream is closed and builds nothing more; begin ano"):
        stream.want([key(1)])


def test_style_and_constraints_travel_as_plain_data(
    network_files: tuple[Path, Path], small_networks: Networks
) -> None:
    style = Style(hues=[(330, 60)], vary=0.2, palette="gameboy")
    own = Constraints(spawns={"goomba": "ground"}, curve=[0, 2], lifts=False)
    plain = json.loads(json.dumps([style.to_dict(), own.to_dict()]))
    assert Style.from_dict(plain[0]).wish == style.wish and Constraints.from_dict(plain[1]) == own
    strip = LevelKey(3, shape="strip", width=2, theme="hall")
    with LevelStream(network_files[0], roles=network_files[1], constraints=own) as opened:
        opened.want([strip])
        wait_until(opened, lambda: opened.ready(strip) or strip in opened.failed)
        built = opened.take(strip)
        assert built is not None, opened.failed
        with pytest.raises(GanvaniaError, match=r"^constraints: dream rooms are as they are dreamed"):
            opened.want([LevelKey(3, shape="dream")])
        with pytest.raises(GanvaniaError, match=r"^constraints: the castle without end keeps to none"):
            opened.want([LevelKey(3, shape="endless")])
    here = build_level(3, mode="strip", width=2, theme="hall", constraints=own, networks=small_networks).level
    assert built.level.equals(here) and "goomba" in {spawn.kind for spawn in built.level.spawns}


def test_a_style_is_asked_of_the_worker_s_dreams(network_files: tuple[Path, Path]) -> None:
    wish = Style(roles={"window": 3}, z=12 << 8)
    with LevelStream(network_files[0], roles=network_files[1], style=wish) as opened:
        opened.want([key(5)])
        wait_until(opened, lambda: opened.ready(key(5)) or key(5) in opened.failed)
        built = opened.take(key(5))
        if built is None:  # this little network may dream too few of them, and the worker says so
            assert "window" in opened.failed[key(5)]
        else:
            assert (built.level.bank.role == Role.WINDOW).sum() >= 3


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"style": 3}, "style: 3 is no Style; write Style"),
        ({"constraints": {"water": False}}, "constraints: .* is no Constraints; write Constraints"),
        (
            {"constraints": Constraints(curve=lambda at: at)},
            "curve: a function cannot be sent to the process",
        ),
        ({"model": 3}, "model: 3 is no path"),
    ],
)
def test_a_stream_that_cannot_be_is_an_error_at_once(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(GanvaniaError, match=f"^{told}"):
        LevelStream(**wrong)


def test_a_stream_that_breaks_says_so(
    network_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    monkeypatch.setattr(LevelStream, "_one_life", broken)
    with LevelStream(network_files[0], roles=network_files[1]) as opened:
        wait_until(opened, lambda: opened.error is not None)
        assert opened.status == "failed" and "a bug" in str(opened.error)
