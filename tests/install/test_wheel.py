"""The wheel: one package, `ganvania`, out of which the game plays where there is no checkout."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections import defaultdict
from pathlib import Path

import pytest

import generator
from install.launch import TRAINING
from tests.drawn.waiting import HANGS_S
from training.__main__ import COMMANDS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 26_000_000
"""What the wheel may weigh, with networks, index and game."""
SMALL_BYTES = 2000
"""Texts that are shorter may be the same by chance: files that are empty, packages of one sentence."""

USERS_FILE = """
from typing import assert_type

import numpy as np
from numpy.typing import NDArray

from ganvania import Built, GanvaniaError, Level, LevelKey, LevelStream, Role, Spawn, __version__
from ganvania.motion import AnyMotion
from ganvania.stream import build_level

assert_type(__version__, str)
stream = LevelStream(motion_name="mine:MOTION")
stream.want([LevelKey(7)])
stream.want((LevelKey(7, stage=2),), shown=LevelKey(7), waited=False)


def solid(level: Level) -> NDArray[np.bool_]:
    assert_type(level.roles, NDArray[np.uint8])
    assert_type(level.tiles, NDArray[np.int16])
    assert_type(level.bank.palettes, NDArray[np.uint8])
    assert_type(level.start, tuple[int, int])
    assert_type(level.spawns, tuple[Spawn, ...])
    assert_type(level.motion, AnyMotion)
    return np.isin(level.roles, [Role.GROUND_TOP])


if (built := stream.take(LevelKey(7))) is not None:
    assert_type(built, Built)
    solid(built.level)
try:
    Level.from_bytes(b"")
except GanvaniaError as error:
    print(error)
"""
"""What a game maker writes; mypy is to find no fault, and no `Any` where a type is promised."""
WRONG = {
    "from ganvania import Castle\n": 'has no attribute "Castle"',
    "from ganvania import LevelStream\nLevelStream().want([7])\n": "list-item",
    "from ganvania import Level\ndef f(level: Level) -> str:\n    return level.seed\n": "return-value",
}
"""What mypy is to find fault with, and its words."""


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel."""
    folder = tmp_path_factory.mktemp("packed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=HANGS_S)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel puts into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(packed) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def run(
    installed: Path, *arguments: str, hidden: str = "", module: str = "ganvania"
) -> subprocess.CompletedProcess[str]:
    """`python -m ganvania`, or a module of it, without the checkout and without a library that is hidden."""
    libraries = sysconfig.get_path("purelib")
    code = f"import sys, runpy; sys.modules.update({{name: None for name in {hidden.split()!r}}}); "
    code += f"runpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
    # -S: without site, so without the .pth file by which an editable install finds the checkout.
    return subprocess.run(
        [sys.executable, "-S", "-c", code, *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), libraries])},
        capture_output=True,
        text=True,
        timeout=HANGS_S,
        check=False,
    )


def test_it_holds_one_package_that_knows_no_checkout(installed: Path) -> None:
    names = {path.name.split("-")[0] for path in installed.iterdir()}
    assert names == {"ganvania"}
    assert (installed / "ganvania" / "assets" / "dream.onnx").exists()
    for path in installed.rglob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r"^\s*(from|import) (generator|game|training|examples)\b", text, re.MULTILINE), (
            path
        )
        assert "python -m training" not in text and "python -m game" not in text, path


def test_it_is_light_and_holds_nothing_twice(packed: Path, installed: Path) -> None:
    assert packed.stat().st_size <= MOST_BYTES
    same = defaultdict(list)
    for path in installed.rglob("*"):
        if path.is_file() and path.stat().st_size > SMALL_BYTES:
            same[hashlib.sha256(path.read_bytes()).digest()].append(path)
    assert [paths for paths in same.values() if len(paths) > 1] == []
    assert not (installed / "ganvania" / "assets" / "start.safetensors").exists(), "of training alone"


def test_its_version_is_the_package_s(packed: Path, installed: Path) -> None:
    assert packed.name.split("-")[1] == generator.__version__
    (metadata,) = installed.glob("*.dist-info/METADATA")
    assert f"\nVersion: {generator.__version__}\n" in metadata.read_text("utf-8")


def test_a_stranger_s_file_is_type_checked_strictly(installed: Path, tmp_path: Path) -> None:
    # An environment of its own that finds the wheel and the libraries, for mypy reads only what is installed.
    venv.create(tmp_path / "venv", with_pip=False)
    (site,) = (path for path in (tmp_path / "venv").rglob("site-packages") if path.is_dir())
    (site / "wheel.pth").write_text(f"{installed}\n{sysconfig.get_path('purelib')}\n", "utf-8")
    python = next(path for path in (tmp_path / "venv").glob("*/python*") if path.is_file())

    def complaints(code: str) -> str:
        (tmp_path / "mine.py").write_text(code, "utf-8")
        options = ["--strict", "--no-incremental", "--config-file="]
        done = subprocess.run(
            [sys.executable, "-m", "mypy", *options, "--python-executable", str(python), "mine.py"],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=HANGS_S,
        )  # fmt: skip
        return done.stdout + done.stderr

    assert complaints(USERS_FILE).startswith("Success"), complaints(USERS_FILE)
    for code, said in WRONG.items():
        assert said in complaints(code)


def test_it_speaks_of_itself_by_the_name_that_it_was_started_by(installed: Path) -> None:
    for words in (["--help"], ["levels", "--help"], ["dance"]):
        done = run(installed, *words)
        assert "usage: python -m ganvania" in done.stdout + done.stderr, words
    assert "see python -m ganvania levels --help" in run(installed, "levels", "--seed", "x").stderr


def test_the_command_knows_every_command_of_the_training() -> None:
    assert set(TRAINING) == {command.__name__.rpartition(".")[2] for command in COMMANDS}


def test_it_tells_pyinstaller_where_its_hooks_are(installed: Path) -> None:
    (points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "[pyinstaller40]\nhook-dirs = ganvania._pyinstaller:hook_dirs" in points.read_text("utf-8")
    hooks = installed / "ganvania" / "_pyinstaller"
    names = {"hook-ganvania.py", "hook-ganvania.game.py", "rthooks.dat", "rthooks/pyi_rth_ganvania.py"}
    assert all((hooks / name).is_file() for name in names)


def test_it_plays_outside_the_checkout(installed: Path) -> None:
    done = run(installed, "--headless", "--seed", "7", "--ticks", "5", "--mute")
    assert done.returncode == 0, done.stderr
    assert '"code": "C000-0074"' in done.stdout


def test_its_examples_run_outside_the_checkout(installed: Path) -> None:
    listed = run(installed, module="ganvania.examples")
    assert "ten_lines" in listed.stdout
    picture = installed.parent / "ten_lines.png"
    options = ("ten_lines", "--frames", "2", "--picture", str(picture))
    done = run(installed, *options, module="ganvania.examples")
    assert done.returncode == 0 and picture.exists(), done.stderr


def test_a_missing_library_is_one_line_that_names_the_extra(installed: Path) -> None:
    for command, library, extra in (("play", "pygame", "game"), ("export", "torch", "train")):
        done = run(
            installed, command, *(["run", "--out", "x.onnx"] if command == "export" else []), hidden=library
        )
        assert done.returncode == 2
        assert done.stderr.splitlines() == [
            f"error: {command} needs {library}; install it with: pip install 'ganvania[{extra}]'"
        ]


def test_an_unknown_command_names_those_that_exist(installed: Path) -> None:
    done = run(installed, "dance")
    assert done.returncode == 2
    assert "no command 'dance'" in done.stderr and "originality" in done.stderr
