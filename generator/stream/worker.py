"""`python -m generator.stream.worker`: builds levels for a `LevelStream`, in a process of its own so that no
frame of the game waits.

It is spoken to through pipes, in frames (frames.py). The first request says what to load; every other one
asks for a level, and with "melt_from" also for the melt to it from the same stage in that art:

    {"model": path or null, "roles": path or null, "motion": what `travelling` told, or null,
     "main": path or null, "style": Style.to_dict() or null, "constraints": Constraints.to_dict() or null}
    {"seed": n, "stage": n, "art": n, "difficulty": n, "mode": text, "width": n, "theme": text,
     "melt_from": n or null, "urgent": bool}

It answers each with one of

    {"ready": true}
    {"level": bytes of the level, "dreams": their number, "melt": the tiles of each of its blends}
        body: Level.to_bytes(), the dreams' RGB, then each blend's pixels and palettes
    {"error": one line, "final": whether nothing else will work either}

and until it does, several times a second with a sign of life:

    {"beat": true, "doing": [what, number, of]}

Nothing is pickled. The end of the pipe ends the worker, in the midst of a level too.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from ..constraints import Constraints
from ..dream.loading import load_networks
from ..errors import GanvaniaError
from ..level import Level
from ..look.melt import melt
from ..motion import NES_MOTION, OwnMotion, arrived
from ..motion.own_step import WATCH
from ..progress import tell, told
from ..proof.pace import check_pace
from ..style import Style
from .build import build_level
from .frames import BrokenFrame, read_frame, write_frame
from .key import Built, LevelKey
from .parcel import write_built

NICENESS = 10
"""How far the priority of a thread is lowered that builds what nobody waits for."""
BEAT_S = 0.2
"""Between two signs of life."""
ORPHAN_CHECK_S = 0.5
"""How often an idle worker looks whether its game is still there."""
UNHEARD = 3
"""The exit code of a worker that nobody hears any more."""
STUCK = 4
"""The exit code of a worker in which a motion's `move` does not return."""
MOVE_S = 20.0
"""So long may one call of a motion's `move` take; usual are 10 to 50 millionths of a second. (ours)"""
KEPT_LEVELS = 4
"""The worker keeps so many levels that it built last, some 200 KB each: a melt from one of them needs no
second build."""


class _Builder:
    """What a worker builds with, and the levels that it built last."""

    def __init__(self, request: dict[str, Any]) -> None:
        """Loads what the first request names. Raises GanvaniaError."""
        paths = [request[name] for name in ("model", "roles")]
        told = request["motion"]
        self._motion = NES_MOTION if told is None else arrived(told, request.get("main"))
        if isinstance(self._motion, OwnMotion):
            check_pace(self._motion)
        style, constraints = request.get("style"), request.get("constraints")
        self._style = None if style is None else Style.from_dict(style)
        self._constraints = None if constraints is None else Constraints.from_dict(constraints)
        self._networks = load_networks(*(None if path is None else Path(path) for path in paths))
        self._kept: dict[LevelKey, Level] = {}  # the latest last

    def build(self, request: dict[str, Any]) -> Built:
        """The level that a request asks for, with its melt."""
        key = LevelKey(*(request[name] for name in LevelKey._fields))
        built = self._built(key)
        art = request.get("melt_from")
        if art is None:
            return built
        before = key._replace(art=art)
        old = self._kept.get(before) or self._built(before).level
        try:
            return replace(built, melt=melt(old, built.level, self._networks.generator))
        except GanvaniaError:  # the level itself is in order, and can come without
            traceback.print_exc()
            return built

    def _built(self, key: LevelKey) -> Built:
        built = build_level(
            **key._asdict(),
            motion=self._motion,
            networks=self._networks,
            style=self._style,
            constraints=self._constraints,
        )
        self._kept.pop(key, None)
        self._kept[key] = built.level
        if len(self._kept) > KEPT_LEVELS:
            del self._kept[next(iter(self._kept))]
        return built


class _Desks:
    """Two threads to build in: one for what somebody waits for, and one that steps back behind whatever else
    runs. A priority once lowered cannot be raised again, so each keeps its own. Only Linux has priorities of
    threads; elsewhere both are alike."""

    def __init__(self) -> None:
        self._urgent = ThreadPoolExecutor(1, "urgent")
        self._calm = ThreadPoolExecutor(1, "calm", _step_back)

    def build(self, builder: _Builder, request: dict[str, Any]) -> Built:
        """The level that a request asks for; raises what building it raises."""
        desk = self._urgent if request.get("urgent") else self._calm
        return desk.submit(builder.build, request).result()


def _step_back() -> None:
    """Lowers the priority of the thread that this is called in."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.nice(NICENESS)


class _Heart:
    """Gives signs of life while the worker builds; where nobody hears them any more, it ends the worker."""

    def __init__(self, answers: IO[bytes]) -> None:
        self._answers = answers
        self._parent = os.getppid()
        self._lock = threading.Lock()
        self._works = threading.Event()
        self._calls, self._since = 0, 0.0
        threading.Thread(target=self._beat, name="heart", daemon=True).start()

    @contextlib.contextmanager
    def beating(self) -> Iterator[None]:
        """Beats within its block, and nowhere else."""
        self._works.set()
        try:
            yield
        finally:
            with self._lock:
                self._works.clear()

    def _beat(self) -> None:
        while True:
            if not self._works.wait(ORPHAN_CHECK_S):
                self._end_orphan()
                continue
            time.sleep(BEAT_S)
            self._end_orphan()
            stuck = self._stuck()
            with self._lock:
                if not self._works.is_set():
                    continue
                try:
                    if stuck is not None:
                        write_frame(self._answers, {"error": stuck, "final": True})
                        os._exit(STUCK)
                    write_frame(self._answers, {"beat": True, "doing": told()})
                except (OSError, ValueError):
                    os._exit(UNHEARD)  # the game has gone; nothing here needs to be put in order

    def _stuck(self) -> str | None:
        """What is wrong where one call of a motion's `move` never returns, else None."""
        motion, now = WATCH.moving, time.monotonic()
        if motion is None or WATCH.calls != self._calls:
            self._calls, self._since = WATCH.calls, now
        if motion is None or now - self._since < MOVE_S:
            return None
        return (
            f"{motion}: one call of its move has not returned for {MOVE_S:.0f} s; it must never wait or loop"
        )

    def _end_orphan(self) -> None:
        """Ends a worker whose game has ended without its pipes: a child that the game forked may hold them.
        Only on POSIX does a process learn so."""
        if os.getppid() != self._parent:
            os._exit(UNHEARD)


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answers requests until the pipe ends."""
    builder: _Builder | None = None
    heart, desks = _Heart(answers), _Desks()
    while (frame := read_frame(requests)) is not None:
        request, _ = frame
        try:
            tell("")
            with heart.beating():
                if builder is None or "seed" not in request:
                    builder, built = _Builder(request), None
                else:
                    built = desks.build(builder, request)
        # A level that cannot be built must not take the others with it; the trace goes to the error pipe.
        except Exception as error:
            expected = isinstance(error, GanvaniaError)
            if not expected:
                traceback.print_exc()
            said = str(error) if expected else f"{type(error).__name__}: {error}"
            write_frame(answers, {"error": said, "final": builder is None})
            continue
        if built is None:
            write_frame(answers, {"ready": True})
        else:
            write_built(answers, built)


def main() -> int:
    """Serves on the standard pipes; what anything prints goes to the error pipe instead of into the
    frames."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the game's; the end of the pipe is ours
    # By their numbers: a frozen game without a console has no sys.stdin and no sys.stdout.
    requests, answers = os.fdopen(0, "rb", closefd=False), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        serve(requests, answers)
    except (BrokenPipeError, BrokenFrame) as error:
        print(f"worker: the pipe broke ({error})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
