"""A stream of finished levels for a game that must never wait: a worker process builds, a thread listens.

stream = LevelStream()
stream.want([LevelKey(7, 1, 0)])        # most urgent first
... each frame: stream.poll(); if stream.ready(key): built = stream.take(key)
stream.close()
"""

from __future__ import annotations

import collections
import contextlib
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from os import PathLike
from typing import IO, TYPE_CHECKING, Any, Self

from ..errors import ArgumentError, GanvaniaError
from ..progress import NOTHING, doing_of
from .frames import BrokenFrame, read_frame, write_frame
from .greeting import greeting
from .key import Built, LevelKey, check_key
from .process import check_not_a_worker, start_worker, stop

if TYPE_CHECKING:
    from ..constraints import Constraints
    from ..motion import AnyMotion
    from ..style import Style

MOST_DEATHS = 3
"""Deaths of the worker in a row, without a level between them, that are survived; one more and it is left
dead."""
MOST_DEATHS_OF_ONE = 2
"""Deaths of the worker over the same level, after which that level has failed."""
MOST_FAILURES = 8
"""Levels in a row that could not be built; then no others will be tried."""
SILENCE_S = 60.0
"""A worker that has given no sign of life for so long is replaced.

It gives one every second while it works, from a thread of its own, so one that gives none is stopped or
hangs. What holds that thread up longest is making the networks' sessions, 0.2 s on the machine that this was
written on; no machine that can play is 300 times slower."""
HEAR_S = 0.25
"""How often the stream looks whether the worker was silent for too long."""
RESTART_DELAY_S = 0.25
"""Before the first restart; doubled before each further one in a row."""
IDLE_CHECK_S = 0.5
"""How often the stream looks whether an idle worker is still alive."""
FAREWELL_S = 0.5
"""How long a worker may take to end before it is killed. It has nothing to put in order."""
STDERR_LINES = 20
"""The last lines of the worker's error pipe that are kept."""

Answer = tuple[dict[str, Any], bytes] | BrokenFrame
"""What a worker answers; BrokenFrame: that it answers no more."""


class LevelStream:
    """Levels that are built elsewhere. All methods are for one thread, and none of them blocks but `close`.

    Attributes:
        status: "starting", "dreaming", "idle", "restarted" (until the next level comes), "failed" or
            "closed".
        restarts: how often the worker died and was started again.
        networks: how many networks it has dreamed with, always 1 here.
        error: one line for the user where no more levels will come, else None.
        failed: levels that could not be built, with the reason; they are not tried again. A level that the
            worker has died of twice is one of them.
    """

    def __init__(
        self,
        model: str | PathLike[str] | None = None,
        motion_name: str | None = None,
        roles: str | PathLike[str] | None = None,
        *,
        motion: AnyMotion | str | None = None,
        style: Style | None = None,
        constraints: Constraints | None = None,
    ) -> None:
        """What all levels of the stream have in common.

        Args:
            model, roles: files of the networks, by default those that ship.
            motion: whom levels are proven for, as `load_motion` takes it; `motion_name` is its older name.
            style: which dreams they are made of; its palette and its tiles are for `Style.apply`.
            constraints: what they keep to. A curve is a list here, no function.

        Raises GanvaniaError, one line that begins with the argument's name, for what is none of these;
        MotionError for a motion that is none, or cannot be told to the worker.
        """
        check_not_a_worker()
        self.status = "starting"
        self.restarts = 0
        self.networks = 1
        self.doing = NOTHING
        """What the worker does now."""
        self.error: str | None = None
        self.failed: dict[LevelKey, str] = {}
        self._greeting = greeting(model, roles, motion or motion_name, style, constraints)
        self._as_dreamed = next((name for name in ("constraints", "style") if self._greeting[name]), None)
        """What dream rooms cannot keep to and this stream's levels do; None where it is nothing."""
        self._ready: dict[LevelKey, Built] = {}
        self._wanted: dict[LevelKey, None] = {}  # in order, and soon searched however many there are
        self._shown: LevelKey | None = None
        self._waited = False
        self._done: set[LevelKey] = set()  # built or failed, and not to be asked for again
        self._news: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._closing = False
        self._deaths_of: collections.Counter[LevelKey] = collections.Counter()
        self._failures = 0
        """Levels in a row that could not be built."""
        self._worker: subprocess.Popen[bytes] | None = None
        self._stderr: collections.deque[str] = collections.deque(maxlen=STDERR_LINES)
        self._thread = threading.Thread(target=self._supervise, name="level stream", daemon=True)
        self._thread.start()

    def want(self, keys: Sequence[LevelKey], shown: LevelKey | None = None, *, waited: bool = True) -> None:
        """Names the levels to have, most urgent first. Others that were wanted before are forgotten.

        A level that is `shown` in another art comes with a melt from there. `waited`: somebody waits for the
        first of them, so it is built at full priority; the others step back behind whatever else runs.
        Raises GanvaniaError, one line, for a key that no level can be built from, and once the stream is
        closed.
        """
        if self._closing:
            raise GanvaniaError("this LevelStream is closed and builds nothing more; begin another one")
        wanted = dict.fromkeys([self._checked(key) for key in keys])
        with self._changed:
            self.poll()  # or what has just been built would be built again
            self._ready = {key: built for key, built in self._ready.items() if key in wanted}
            self._wanted = wanted
            self._shown = None if shown is None else self._checked(shown)
            self._waited = waited
            self._done = {key for key in self._done if key in self._ready or key in self.failed}
            self._changed.notify()

    def poll(self) -> None:
        """Takes notice of what has happened meanwhile. Call it once a frame."""
        while not self._news.empty():  # nobody else takes anything out of it
            what, news = self._news.get_nowait()
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
        return self._checked(key) in self._ready

    def take(self, key: LevelKey) -> Built | None:
        """This level, which then is no longer kept here; None where it is not ready."""
        self.poll()
        key = self._checked(key)
        built = self._ready.pop(key, None)
        if built is not None:
            with self._changed:
                self._wanted.pop(key, None)
                self._done.discard(key)
        return built

    def _checked(self, key: LevelKey) -> LevelKey:
        """A key in plain data. One that is wanted already was checked: a game asks for the same, frame by
        frame. Raises ArgumentError."""
        if type(key) is LevelKey and key.is_plain and key in self._wanted:
            return key
        key = check_key(key)
        if self._as_dreamed is not None and key.mode == "dream":
            raise ArgumentError(
                f"{self._as_dreamed}: dream rooms are as they are dreamed; ask a LevelStream without for them"
            )
        if self._as_dreamed == "constraints" and key.mode == "endless":
            raise ArgumentError("constraints: the castle without end keeps to none; take another shape")
        return key

    def end(self) -> None:
        """Ends the worker without waiting for it. No level comes any more."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._worker is not None:
            stop(self._worker)
        self.status = "closed"

    def close(self) -> None:
        """Ends the worker and waits for it, for a second at most."""
        self.end()
        self._thread.join(2 * FAREWELL_S)

    def __enter__(self) -> Self:
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
        deaths = 0
        try:
            while not self._closing:
                levels, why = self._one_life()
                if self._closing or why is None:
                    return
                deaths = 1 if levels else deaths + 1
                if deaths > MOST_DEATHS:
                    last = f": {self._stderr[-1]}" if self._stderr else ""
                    self._news.put(("error", f"the dream worker died {deaths} times in a row ({why}){last}"))
                    return
                with self._changed:
                    self._changed.wait_for(lambda: self._closing, RESTART_DELAY_S * 2 ** (deaths - 1))
                if not self._closing:
                    self._news.put(("restarted", None))
        except Exception as error:
            # Whatever it is: a stream that silently builds nothing more would be waited for forever.
            self._news.put(("error", f"the level stream broke: {type(error).__name__}: {error}"))
            raise

    def _one_life(self) -> tuple[int, str | None]:
        """Starts a worker and feeds it until it dies; how many levels it gave, and why it died.

        None for the reason: it ended for good, because the stream closes or because nothing will help.
        """
        levels = 0
        try:
            worker = self._start()
        except OSError as error:
            return levels, str(error)
        from . import parcel  # noqa: F401 - numpy and what a level is: now, while the worker starts

        answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        _in_background("level stream answers", _read_all, worker, answers)
        key: LevelKey | None = None
        try:
            request: dict[str, Any] = self._greeting
            while True:
                header, body = self._ask(worker, request, answers)
                if "error" in header and header.get("final"):
                    self._news.put(("error", str(header["error"])))
                    return levels, None
                if key is not None:
                    self._receive(key, header, body)
                    levels += 1
                    if self._failures >= MOST_FAILURES:
                        why = f"{self._failures} levels in a row could not be built: {header.get('error')}"
                        self._news.put(("error", why))
                        return levels, None
                key = self._next_key(worker)
                if key is None:
                    return levels, None
                self._news.put(("status", "dreaming"))
                with self._changed:
                    urgent = self._waited and next(iter(self._wanted), None) == key
                request = key._asdict() | {"melt_from": self._melt_from(key), "urgent": urgent}
        except (OSError, ValueError, KeyError, BrokenFrame) as error:
            worker.kill()
            why = str(error) or type(error).__name__
            if key is not None and not self._closing:
                self._count_death_of(key, why)
            return levels, why
        finally:
            _end(worker)

    def _ask(
        self, worker: subprocess.Popen[bytes], request: dict[str, Any], answers: queue.SimpleQueue[Answer]
    ) -> tuple[dict[str, Any], bytes]:
        """One request and its answer. Raises OSError or BrokenFrame where the worker is gone or hangs."""
        assert worker.stdin is not None
        write_frame(worker.stdin, request)
        heard = time.monotonic()
        while True:
            try:
                answer = answers.get(timeout=HEAR_S)
            except queue.Empty:
                if self._closing:
                    raise BrokenFrame("it is not heard any more") from None
                silent_s = time.monotonic() - heard
                if self._is_too_long(worker, silent_s):
                    raise BrokenFrame(f"it gave no sign of life for {silent_s:.0f} s") from None
                continue
            heard = time.monotonic()
            if isinstance(answer, BrokenFrame):
                raise answer
            if "beat" not in answer[0]:
                self.doing = NOTHING
                return answer
            self.doing = doing_of(answer[0].get("doing"))

    def _is_too_long(self, worker: subprocess.Popen[bytes], silent_s: float) -> bool:
        """Whether a worker that was silent for so long is not waited for any more."""
        return silent_s > SILENCE_S

    def _count_death_of(self, key: LevelKey, why: str) -> None:
        """Notes that the worker died while it built this level."""
        self._deaths_of[key] += 1
        if self._deaths_of[key] >= MOST_DEATHS_OF_ONE:
            with self._changed:
                self._done.add(key)
                self._news.put(("failed", (key, f"the dream worker died of it: {why}")))

    def _receive(self, key: LevelKey, header: dict[str, Any], body: bytes) -> None:
        """Decodes an answer here, in the thread, so that no frame has to."""
        from .parcel import unpack_built

        news: tuple[str, Any]
        try:
            if "error" in header:
                news = "failed", (key, str(header["error"]))
            else:
                news = "built", (key, unpack_built(header, body, f"the level of seed {key.seed}"))
        except GanvaniaError as error:
            news = "failed", (key, str(error))
        self._failures = self._failures + 1 if news[0] == "failed" else 0
        with self._changed:
            self._done.add(key)
            self._news.put(news)

    def _melt_from(self, key: LevelKey) -> int | None:
        """The art that a level's melt begins at; None where another level is shown."""
        shown = self._shown
        return shown.art if shown and shown != key and shown._replace(art=key.art) == key else None

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
        """A fresh worker. Raises OSError."""
        worker = start_worker()
        self._worker = worker
        _in_background("level stream errors", self._listen, worker.stderr)
        if self._closing:  # `end` may have looked before there was a worker
            stop(worker)
        return worker

    def _listen(self, pipe: IO[bytes]) -> None:
        """Keeps the last lines that the worker complained with."""
        with contextlib.suppress(OSError), pipe:
            for line in pipe:
                self._stderr.append(line.decode("utf-8", "replace").rstrip())


def _read_all(worker: subprocess.Popen[bytes], answers: queue.SimpleQueue[Answer]) -> None:
    """Reads a worker's answers until there are no more; the last one says why."""
    assert worker.stdout is not None
    try:
        with worker.stdout as pipe:
            while (answer := read_frame(pipe)) is not None:
                answers.put(answer)
        answers.put(BrokenFrame(f"it ended with exit code {worker.wait()}"))
    except OSError as error:
        answers.put(BrokenFrame(str(error)))
    except BrokenFrame as error:
        answers.put(error)


def _in_background(name: str, work: Callable[..., None], *given: object) -> None:
    threading.Thread(target=work, args=given, name=name, daemon=True).start()


def _end(worker: subprocess.Popen[bytes]) -> None:
    """Ends the pipe, which ends an idle worker; kills a worker that goes on. Its readers close its pipes."""
    if worker.stdin is not None:
        with contextlib.suppress(OSError):
            worker.stdin.close()
    try:
        worker.wait(FAREWELL_S)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
