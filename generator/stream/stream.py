"""A stream of finished levels for a game that must never wait: a worker process builds, a thread listens.

stream = LevelStream()
stream.want([LevelKey(7, 1, 0)])        # most urgent first
... each frame: stream.poll(); if stream.ready(key): built = stream.take(key)
stream.close()
"""

from __future__ import annotations

import collections
import contextlib
import operator
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np

from .. import motion
from ..level import Level, LevelError
from ..level.codes import CastleCode
from ..look.melt import Blend
from ..nes.palette import OWN_COLOURS, SUB_PALETTES
from ..nes.roles import SCREEN_PX, TILE
from .build import Built
from .worker import BrokenFrame, read_frame, write_frame

MOST_DEATHS = 3
"""Deaths of the worker in a row, without a level between them, after which it is left dead."""
RESTART_DELAY_S = 0.25
"""Before the first restart; doubled before each further one in a row."""
IDLE_CHECK_S = 0.5
"""How often an idle worker is looked after."""
FAREWELL_S = 2.0
"""How long a worker may take to end before it is killed."""
STDERR_LINES = 20
PALETTES_BYTES = SUB_PALETTES * (OWN_COLOURS + 1)


class LevelKey(NamedTuple):
    """What a level is built from."""

    seed: int
    stage: int = 1
    art: int = 0
    difficulty: int = 1
    mode: str = "castle"

    @classmethod
    def of(cls, castle: CastleCode | Level) -> LevelKey:
        """What a share code leads to, or what a level was built from."""
        return cls(castle.seed, castle.stage, castle.art, castle.difficulty, castle.mode)


@dataclass(frozen=True)
class _Death:
    """Why a worker is gone."""

    why: str


class LevelStream:
    """Levels that are built elsewhere. All methods are for one thread, and none of them blocks but `close`.

    Attributes:
        status: "starting", "dreaming", "idle", "restarted" (until the next level comes), "failed" or
        "closed". restarts: how often the worker died and was started again. networks: how many it has
        dreamed with, always 1 here. error: one line for the user
        where no more levels will come, else None. failed: levels that could not be built, with the reason;
        they are not tried again.
    """

    def __init__(
        self, model: Path | None = None, motion_name: str | None = None, roles: Path | None = None
    ) -> None:
        self.status = "starting"
        self.restarts = 0
        self.networks = 1
        self.error: str | None = None
        self.failed: dict[LevelKey, str] = {}
        self._greeting = {
            "model": None if model is None else str(model),
            "roles": None if roles is None else str(roles),
            "motion": motion_name or f"{motion.__name__}:NES_MOTION",
        }
        self._ready: dict[LevelKey, Built] = {}
        self._wanted: tuple[LevelKey, ...] = ()
        self._shown: LevelKey | None = None
        self._done: set[LevelKey] = set()  # built or failed, and not to be asked for again
        self._news: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._closing = False
        self._worker: subprocess.Popen[bytes] | None = None
        self._stderr: collections.deque[str] = collections.deque(maxlen=STDERR_LINES)
        self._thread = threading.Thread(target=self._supervise, name="level stream", daemon=True)
        self._thread.start()

    def want(self, keys: Sequence[LevelKey], shown: LevelKey | None = None) -> None:
        """Names the levels to have, most urgent first. Others that were wanted before are forgotten.

        One that is the level `shown` in another art comes with a melt from there.
        """
        wanted = tuple(_plain(key) for key in keys)
        with self._changed:
            self.poll()  # or what has just been built would be built again
            self._ready = {key: built for key, built in self._ready.items() if key in wanted}
            self._wanted = wanted
            self._shown = None if shown is None else _plain(shown)
            self._done = {key for key in self._done if key in self._ready or key in self.failed}
            self._changed.notify()

    def poll(self) -> None:
        """Takes notice of what has happened meanwhile. Call it once a frame."""
        while True:
            try:
                what, news = self._news.get_nowait()
            except queue.Empty:
                return
            if what == "built":
                key, built = news
                if key in self._wanted:
                    self._ready[key] = built
                else:
                    with self._changed:
                        self._done.discard(key)
            elif what == "failed":
                key, why = news
                self.failed[key] = why
            elif what == "restarted":
                self.restarts += 1
                self.status = "restarted"
            elif what == "error":
                self.error = news
                self.status = "failed"
            elif what == "status" and not (self.status == "restarted" and news == "dreaming"):
                self.status = news

    def ready(self, key: LevelKey) -> bool:
        """Whether `take` would give this level now."""
        self.poll()
        return _plain(key) in self._ready

    def take(self, key: LevelKey) -> Built | None:
        """This level, which then is no longer kept here; None where it is not ready."""
        self.poll()
        key = _plain(key)
        built = self._ready.pop(key, None)
        if built is not None:
            with self._changed:
                self._wanted = tuple(other for other in self._wanted if other != key)
                self._done.discard(key)
        return built

    def close(self) -> None:
        """Ends the worker and waits for it, for two seconds at most."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        worker = self._worker
        if worker is not None:
            worker.terminate()
        self._thread.join(FAREWELL_S)
        self.status = "closed"

    def __enter__(self) -> LevelStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the worker, for those who measure it."""
        return None if self._worker is None else self._worker.pid

    # The rest runs in the thread.

    def _supervise(self) -> None:
        """Keeps a worker alive, within limits, until the stream is closed."""
        try:
            self._supervise_lives()
        except Exception as error:
            # Whatever it is: a stream that silently builds nothing more would be waited for forever.
            self._news.put(("error", f"the level stream broke: {type(error).__name__}: {error}"))
            raise

    def _supervise_lives(self) -> None:
        deaths = 0
        while not self._closing:
            levels, death = self._one_life()
            if self._closing or death is None:
                return
            deaths = 1 if levels else deaths + 1
            if deaths > MOST_DEATHS:
                last = f": {self._stderr[-1]}" if self._stderr else ""
                self._news.put(
                    ("error", f"the dream worker died {deaths} times in a row ({death.why}){last}")
                )
                return
            with self._changed:
                self._changed.wait_for(lambda: self._closing, RESTART_DELAY_S * 2 ** (deaths - 1))
            if not self._closing:
                self._news.put(("restarted", None))

    def _one_life(self) -> tuple[int, _Death | None]:
        """Starts a worker and feeds it until it dies; how many levels it gave, and why it died.

        None instead of a death: it ended for good, because the stream closes or because nothing will help.
        """
        levels = 0
        try:
            worker = self._start()
        except OSError as error:
            return levels, _Death(str(error))
        try:
            key: LevelKey | None = None
            request: dict[str, Any] = self._greeting
            while True:
                header, body = _ask(worker, request)
                if "error" in header and (key is None or header.get("final")):
                    self._news.put(("error", str(header["error"])))
                    return levels, None
                if key is not None:
                    self._receive(key, header, body)
                    levels += 1
                key = self._next_key(worker)
                if key is None:
                    return levels, None
                self._news.put(("status", "dreaming"))
                request = key._asdict() | {"melt_from": self._melt_from(key)}
        except (OSError, ValueError, KeyError, BrokenFrame) as error:
            worker.kill()
            return levels, _Death(str(error) or type(error).__name__)
        finally:
            _end(worker)

    def _receive(self, key: LevelKey, header: dict[str, Any], body: bytes) -> None:
        """Decodes an answer here, in the thread, so that no frame has to."""
        if "error" in header:
            self._tell_done(key, "failed", (key, str(header["error"])))
            return
        length, count = int(header["level"]), int(header["dreams"])
        try:
            level = Level.from_bytes(body[:length], f"the level of seed {key.seed}")
        except LevelError as error:
            self._tell_done(key, "failed", (key, str(error)))
            return
        rest = np.frombuffer(body, np.uint8, offset=length)
        dreams, rest = np.split(rest, [count * SCREEN_PX * SCREEN_PX * 3])
        dreams = dreams.reshape(count, SCREEN_PX, SCREEN_PX, 3)
        blends = []
        for tiles in header["melt"]:
            bank, palettes, rest = np.split(rest, np.cumsum([tiles * TILE * TILE, PALETTES_BYTES]))
            blends.append(Blend(bank.reshape(tiles, TILE, TILE), palettes.reshape(SUB_PALETTES, -1)))
        self._tell_done(key, "built", (key, Built(level, dreams, tuple(blends))))

    def _melt_from(self, key: LevelKey) -> int | None:
        """The art that a level's melt begins at; None where it is another one than is shown."""
        shown = self._shown
        return shown.art if shown and shown != key and shown._replace(art=key.art) == key else None

    def _tell_done(self, key: LevelKey, what: str, news: Any) -> None:
        with self._changed:
            self._done.add(key)
            self._news.put((what, news))

    def _next_key(self, worker: subprocess.Popen[bytes]) -> LevelKey | None:
        """Waits for the most urgent level that is still to be built; None where the stream closes.

        Raises BrokenFrame where the worker dies meanwhile.
        """
        told_idle = False
        with self._changed:
            while not self._closing:
                for key in self._wanted:
                    if key not in self._done:
                        return key
                if not told_idle:
                    self._news.put(("status", "idle"))
                    told_idle = True
                self._changed.wait(IDLE_CHECK_S)
                if worker.poll() is not None:
                    raise BrokenFrame(f"it ended with exit code {worker.returncode}")
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        """A fresh worker, on one thread, that finds the modules which this process finds. Raises OSError."""
        environment = dict(os.environ)
        environment.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
        root = str(Path(__file__).resolve().parents[2])
        environment["PYTHONPATH"] = os.pathsep.join([root, *(entry or str(Path.cwd()) for entry in sys.path)])
        # -P: a `generator` that happens to lie in the player's folder is none of ours.
        command = [sys.executable, "-P", "-m", f"{__package__}.worker"]
        priority = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)  # Windows has no nice
        worker = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            creationflags=priority,
        )
        self._worker = worker
        assert worker.stderr is not None
        threading.Thread(
            target=self._listen, args=(worker.stderr,), name="level stream errors", daemon=True
        ).start()
        if self._closing:  # `close` may have looked before there was a worker
            worker.terminate()
        return worker

    def _listen(self, pipe: IO[bytes]) -> None:
        """Keeps the last lines that the worker complained with."""
        with contextlib.suppress(OSError, ValueError):
            for line in pipe:
                self._stderr.append(line.decode("utf-8", "replace").rstrip())


def _plain(key: LevelKey) -> LevelKey:
    """Of Python's own integers, which JSON can write. Raises TypeError for anything but integers."""
    seed, stage, art, difficulty = (operator.index(number) for number in key[:4])
    return LevelKey(seed, stage, art, difficulty, str(key.mode))


def _ask(worker: subprocess.Popen[bytes], request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """One request and its answer. Raises OSError or BrokenFrame where the worker is gone."""
    assert worker.stdin is not None and worker.stdout is not None
    write_frame(worker.stdin, request)
    answer = read_frame(worker.stdout)
    if answer is None:
        code = worker.wait()
        raise BrokenFrame(f"it ended with exit code {code}")
    return answer


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Ends the pipe, which ends the worker; kills one that does not take the hint."""
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    try:
        worker.wait(FAREWELL_S / 2)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
