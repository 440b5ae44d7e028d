"""The worker's process: how it is started, also by a frozen game, and how a process knows that it is one.

A frozen game has no Python interpreter to start: its executable is the game. So the game is started once more
with WORKER in its environment, and `freeze_support` makes that copy the worker before it does anything else.
With PyInstaller nobody has to call it: the hook in the wheel does (install/pyinstaller).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

WORKER = "GANVANIA_WORKER"
"""The environment variable that workers have."""
THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""Environment variables by which numerical libraries are kept to one thread."""
NO_SCREEN = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
"""What keeps a game's file from opening a window, where the worker has to import it for its motion."""
PIPE_BYTES = 1 << 20
"""The pipes' size, where the system lets us choose: a level with its dreams is 4 MB, and each piece that is
read takes the interpreter from the game for a moment."""


class BegunInWorker(BaseException):
    """A LevelStream was begun in a worker: it imports a game's file for its motion, and that file plays.

    No Exception, so that no game catches it and plays on: what imports the file does (worker.py).
    """


def is_frozen() -> bool:
    """Whether this program has no interpreter beside it (PyInstaller, cx_Freeze, py2exe say so alike)."""
    return bool(getattr(sys, "frozen", False))


def freeze_support() -> None:
    """Makes this process the worker, if a frozen game started it as one; otherwise does nothing.

    Call it first in a game that is frozen by another tool than PyInstaller, before a window is opened, as
    `multiprocessing.freeze_support` is called. In a worker it never returns.
    """
    if is_frozen() and WORKER in os.environ:
        from .worker import main

        code = main()
        sys.stderr.flush() if sys.stderr else None
        os._exit(code)  # what the game does at its end is not for its copy to do


def check_not_a_worker() -> None:
    """Called where a stream begins, so that a worker never starts a worker.

    The copy of a frozen game that did not call `freeze_support` becomes the worker here, and never returns.
    Raises BegunInWorker in another worker.
    """
    freeze_support()
    if WORKER in os.environ:
        raise BegunInWorker


def start_worker() -> subprocess.Popen[bytes]:
    """A fresh worker, on one thread, that finds the modules which this process finds. Raises OSError."""
    environment = os.environ | dict.fromkeys(THREAD_LIMITS, "1") | NO_SCREEN | {WORKER: "1"}
    command = [sys.executable]
    if not is_frozen():
        # -P: a `generator` that happens to lie in the player's folder is none of ours.
        command += ["-P", "-m", f"{__package__}.worker"]
        root = str(Path(__file__).resolve().parents[2])
        entries = [root, *(entry or str(Path.cwd()) for entry in sys.path)]
        environment["PYTHONPATH"] = os.pathsep.join(entries)
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        pipesize=PIPE_BYTES,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # Windows: no console beside the game
    )


def stop(worker: subprocess.Popen[bytes]) -> None:
    """Ends a worker at once, also one that is stopped; it has nothing to put in order.

    A frozen game in one file has a parent that unpacks it, and only hands on what can be caught.
    """
    if is_frozen():
        worker.terminate()
    else:
        worker.kill()
