"""Levels for heroes of one's own, out of the worker: the example of the docs, and a game of one file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.motion import MotionError
from generator.stream import LevelStream
from tests.drawn.heroes import Plain

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
LIMIT_S = 600
"""Only against hanging."""
GAME = """
print("begun", flush=True)
import time
from generator.motion import FreeMotion
from generator.stream import LevelKey, LevelStream
MINE = FreeMotion("mine", walk_sub=400)
stream, key = LevelStream(motion={motion}), LevelKey(3)
stream.want([key])
while (built := stream.take(key)) is None and not stream.error and not stream.failed:
    time.sleep(0.05)
stream.close()
print(stream.error, stream.failed, built is not None and built.level.motion == MINE)
"""


def played(game: Path) -> list[str]:
    """The lines that a game's file prints which is run in its folder."""
    done = subprocess.run(
        [sys.executable, game.name],
        cwd=game.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert not done.returncode, done.stderr
    return done.stdout.splitlines()


def test_the_example_of_the_docs(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "PLUGIN.md").read_text("utf-8")
    section = text[text.index("### With code of its own") :]
    hero, play = (
        code.replace("ganvania", "generator")
        for code in re.findall(r"```python\n(.*?)```", section, re.S)[:2]
    )
    assert len((hero + play).splitlines()) <= 100
    (tmp_path / "hero.py").write_text(hero, "utf-8")
    (tmp_path / "play.py").write_text(play, "utf-8")
    lines = played(tmp_path / "play.py")
    assert lines[-1].startswith("the exit is reached in room")
    assert any(line.startswith("EXITED ") for line in lines)


@pytest.mark.parametrize("motion", ["MINE", "'play:MINE'"])
def test_a_game_of_one_file_begins_once(tmp_path: Path, motion: str) -> None:
    (tmp_path / "play.py").write_text(GAME.format(motion=motion), "utf-8")
    assert played(tmp_path / "play.py") == ["begun", "None {} True"]


def test_what_cannot_be_told_to_the_worker_is_an_error_at_once() -> None:
    for what, said in (
        (Plain(), "no name in a module"),
        ("no.such:THING", "cannot be imported"),
        (7, "is no motion"),
    ):
        with pytest.raises(MotionError, match=said):
            LevelStream(motion=what)  # type: ignore[arg-type]
