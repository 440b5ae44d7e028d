"""`python -m generator.worker`: builds levels for a `LevelStream`, in a process of its own so that no frame
waits.

It is spoken to through pipes, in frames: two little-endian uint32, the lengths of a JSON header and of a body
of bytes, then both. The first request says what to load, every other one asks for a level, and with
"melt_from" for the melt to it from the same stage in that art:

    {"model": path or null, "roles": path or null, "motion": "module:name"}
    {"seed": n, "stage": n, "art": n, "difficulty": n, "mode": text, "melt_from": n or null}

and each is answered by one of

    {"ready": true}
    {"level": bytes of the level, "dreams": their number, "melt": the tiles of each of its blends}
        body: Level.to_bytes(), the dreams' RGB, then each blend's pixels and palettes
    {"error": one line, "final": whether nothing else will work either}

Nothing is pickled, and the end of the pipe ends the worker.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import struct
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..errors import GanvaniaError

if TYPE_CHECKING:
    from ..level import Level
    from .build import Built

NICENESS = 10
"""Priority given away: the game's frame goes first."""
KEPT_LEVELS = 4
"""Levels last built that may be melted from without being built again; some 200 KB each."""
LARGEST_HEADER = 1 << 16
LARGEST_BODY = 1 << 28
"""Bytes; a frame that claims more is no frame of ours."""
_LENGTHS = struct.Struct("<II")


class BrokenFrame(Exception):
    """The pipe ended within a frame, or what came is no frame."""


def write_frame(pipe: IO[bytes], header: dict[str, Any], *body: Any) -> None:
    """Sends a header and a body of several buffers."""
    text = json.dumps(header).encode()
    views = [memoryview(part).cast("B") for part in body]
    pipe.write(_LENGTHS.pack(len(text), sum(len(view) for view in views)))
    pipe.write(text)
    for view in views:
        pipe.write(view)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """The next header and body, or None where the pipe has ended. Raises BrokenFrame."""
    lengths = pipe.read(_LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < _LENGTHS.size:
        raise BrokenFrame("cut off")
    header_length, body_length = _LENGTHS.unpack(lengths)
    if header_length > LARGEST_HEADER or body_length > LARGEST_BODY:
        raise BrokenFrame("too long")
    text, body = pipe.read(header_length), pipe.read(body_length)
    if len(text) < header_length or len(body) < body_length:
        raise BrokenFrame("cut off")
    try:
        header = json.loads(text)
    except ValueError as error:
        raise BrokenFrame("no JSON") from error
    if not isinstance(header, dict):
        raise BrokenFrame("no object")
    return header, body


def find_motion(name: str) -> Any:
    """The `Motion` called "module:name". Raises GanvaniaError where there is none."""
    from ..motion import Motion

    module, _, attribute = name.partition(":")
    try:
        motion = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise GanvaniaError(
            f"motion {name!r} cannot be imported ({error}); write it as module:name"
        ) from error
    if not isinstance(motion, Motion):
        raise GanvaniaError(f"motion {name!r} is no Motion; name an instance of {Motion.__module__}.Motion")
    return motion


class _Builder:
    """What a worker builds with, and the levels that it built last."""

    def __init__(self, request: dict[str, Any]) -> None:
        """Loads what the first request names. Raises GanvaniaError."""
        from ..dream.network import load_networks

        self._motion = find_motion(request["motion"])
        self._networks = load_networks(_path(request["model"]), _path(request["roles"]))
        self._kept: dict[tuple[Any, ...], Level] = {}  # by what they were built from, the latest last

    def build(self, request: dict[str, Any]) -> Built:
        """The level that a request asks for, with its melt."""
        from ..look.melt import melt

        built = self._built(request)
        art = request.get("melt_from")
        if art is None:
            return built
        before = request | {"art": art}
        old = self._kept.get(_which(before)) or self._built(before).level
        try:
            blends = melt(old, built.level, self._networks.generator)
        except GanvaniaError:  # the level itself is in order, and can come without
            traceback.print_exc()
            return built
        return replace(built, melt=blends)

    def _built(self, request: dict[str, Any]) -> Built:
        from .build import build_level

        seed, stage, art, difficulty, mode = which = _which(request)
        built = build_level(
            seed,
            stage,
            art=art,
            difficulty=difficulty,
            mode=mode,
            motion=self._motion,
            networks=self._networks,
        )
        self._kept.pop(which, None)
        self._kept[which] = built.level
        while len(self._kept) > KEPT_LEVELS:
            del self._kept[next(iter(self._kept))]
        return built


def _which(request: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(request[name] for name in ("seed", "stage", "art", "difficulty", "mode"))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answers requests until the pipe ends."""
    builder: _Builder | None = None
    while (frame := read_frame(requests)) is not None:
        request, _ = frame
        try:
            if builder is None or "seed" not in request:
                builder = _Builder(request)
                write_frame(answers, {"ready": True})
                continue
            built = builder.build(request)
            level = built.level.to_bytes()
            header = {
                "level": len(level),
                "dreams": len(built.dreams),
                "melt": [len(blend.pixels) for blend in built.melt],
            }
            blends = [array for blend in built.melt for array in (blend.pixels, blend.palettes)]
            write_frame(answers, header, level, built.dreams, *blends)
        except GanvaniaError as error:
            write_frame(answers, {"error": str(error), "final": True})
        # A level that cannot be built must not take the others with it; the trace goes to the error pipe.
        except (RuntimeError, ValueError, ArithmeticError, LookupError, MemoryError) as error:
            traceback.print_exc()
            write_frame(answers, {"error": f"{type(error).__name__}: {error}", "final": False})


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)


def main() -> int:
    """Serves on the standard pipes; what anything prints goes to the error pipe instead of into the
    frames."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the game's; the end of the pipe is ours
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(NICENESS)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        serve(sys.stdin.buffer, answers)
    except (BrokenPipeError, BrokenFrame) as error:
        print(f"worker: the pipe broke ({error})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
