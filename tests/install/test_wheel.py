"""The wheel: one package, `ganvania`, out of which the game plays where there is no checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.drawn.waiting import HANGS_S

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel puts into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=HANGS_S)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *arguments: str, hidden: str = "") -> subprocess.CompletedProcess[str]:
    """`python -m ganvania` without the checkout, and without a library that is `hidden`."""
    libraries = sysconfig.get_path("purelib")
    code = f"import sys, runpy; sys.modules.update({{name: None for name in {hidden.split()!r}}}); "
    code += "runpy.run_module('ganvania', run_name='__main__', alter_sys=True)"
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
        assert not re.search(r"^\s*(from|import) (generator|game|training)\b", text, re.MULTILINE), path
        assert "python -m training" not in text and "python -m game" not in text, path


def test_it_plays_outside_the_checkout(installed: Path) -> None:
    done = run(installed, "--headless", "--seed", "7", "--ticks", "5", "--mute")
    assert done.returncode == 0, done.stderr
    assert '"code": "C000-0074"' in done.stdout


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
