"""A game frozen by PyInstaller: its data are found without flags, one worker serves it, and goes with it.

Needs PyInstaller (the extra `freeze`); the wheel's hook is what is tested. Each freezing takes a minute.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import psutil
import pytest

from tests.drawn.waiting import HANGS_S

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("PyInstaller") is None, reason="needs PyInstaller"),
]

ROOT = Path(__file__).resolve().parents[2]
GAME = """
import sys, pygame
from ganvania import LevelKey, LevelStream

pygame.init()
screen = pygame.display.set_mode((256, 240))
stream = LevelStream()
stream.want([LevelKey(7)])
while (built := stream.take(LevelKey(7))) is None and stream.error is None:
    pygame.display.flip()
    pygame.time.wait(16)
print(stream.error or built.level.roles.shape, stream.worker_pid, stream.restarts, flush=True)
if "crash" in sys.argv:
    raise RuntimeError("the game's own fault")
while "on" in sys.argv:
    pygame.time.wait(16)
"""
"""The ten-line game: its stream begins when its window is open, it has no main guard and calls nothing."""


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The executable."""
    folder = tmp_path_factory.mktemp("frozen")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=HANGS_S)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    (folder / "castles.py").write_text(GAME, "utf-8")
    # -S: without site, so without the .pth file by which an editable install finds the checkout.
    freeze = "from PyInstaller.__main__ import run; run()"
    subprocess.run(
        [sys.executable, "-S", "-c", freeze, "--noconfirm", "--log-level", "ERROR", "castles.py"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{folder / 'site'}{os.pathsep}{sysconfig.get_path('purelib')}"},
        check=True,
        timeout=HANGS_S,
    )
    return folder / "dist" / "castles" / "castles"


def copies(frozen: Path) -> list[psutil.Process]:
    """All processes of the frozen game."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and process.exe() == str(frozen):
                found.append(process)
        except psutil.Error:
            continue
    return found


def wait_until_gone(frozen: Path) -> None:
    """Waits for the last of them."""
    _, alive = psutil.wait_procs(copies(frozen), HANGS_S)
    assert not [one for one in alive if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def start(frozen: Path, *arguments: str) -> subprocess.Popen[str]:
    """The game, in a folder that is not its own, without Python on its path."""
    environment = {"SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "PATH": "/nowhere"}
    return subprocess.Popen(
        [frozen, *arguments], cwd="/", env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("how", ["", "crash", "on"])
def test_it_has_one_worker_that_ends_with_it(frozen: Path, how: str) -> None:
    with start(frozen, how) as playing:
        assert playing.stdout is not None
        said = next((line for line in playing.stdout if line.startswith("(")), "")
        *shape, worker, restarts = said.split()
        assert len(shape) == 2, playing.stderr and playing.stderr.read()
        assert restarts == "0"
        if how == "on":
            assert {one.pid for one in copies(frozen)} == {playing.pid, int(worker)}
            playing.send_signal(signal.SIGKILL)
        assert (playing.wait(HANGS_S) == 0) == (how == "")
    wait_until_gone(frozen)
    assert not copies(frozen)
