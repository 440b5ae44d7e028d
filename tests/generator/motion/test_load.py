"""Motions by name, by file and as they are; what travels to another process, and what a file keeps."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from generator.motion import (
    FLOATY_MOTION,
    NES_MOTION,
    RELAXED_MOTION,
    RUN_MOTION,
    AbsentMotion,
    Body,
    FreeMotion,
    Motion,
    MotionError,
    OwnMotion,
    arrived,
    load_motion,
    motion_of,
    spawn,
    step,
    travelling,
)
from tests.drawn.ascii_levels import place_from_ascii
from tests.drawn.heroes import PLAIN, Plain

HERO = """
from generator.motion import FreeMotion, OwnMotion
class Still(OwnMotion):
    name = "still"
    def move(self, around, body, buttons):
        return body
STILL, FAST, SEVEN = Still(), FreeMotion("fast", walk_sub=500), 7
"""


@pytest.fixture
def hero(tmp_path: Path) -> Path:
    path = tmp_path / "my heroes é" / "hero.py"
    path.parent.mkdir()
    path.write_text(HERO, "utf-8")
    return path


def test_by_name_by_module_and_as_it_is() -> None:
    for motion in (NES_MOTION, RELAXED_MOTION, RUN_MOTION, FLOATY_MOTION):
        assert load_motion(motion.name) is load_motion(motion) is motion
    assert load_motion("generator.motion:NES_MOTION") is NES_MOTION
    assert load_motion("tests.drawn.heroes:PLAIN") is load_motion(PLAIN) is PLAIN


def test_by_file(hero: Path) -> None:
    still = load_motion(f"{hero}:STILL")
    assert isinstance(still, OwnMotion) and still.name == "still"
    assert load_motion(f"{hero}:STILL") is still, "the file is run once"
    assert load_motion(f"{hero}:FAST") == FreeMotion("fast", walk_sub=500)
    assert type(still).__module__ != "__main__"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("", "there is no motion ''; write it as module:NAME or as file.py:NAME"),
        (":", "there is no motion ':'"),
        ("running", "or name one of nes, relaxed, run, floaty"),
        ("no.such:THING", "cannot be imported .ModuleNotFoundError: No module named 'no'"),
        ("no_such.py:THING", "there is no file no_such.py"),
        ("tests.drawn.heroes:NOBODY", "there is no 'NOBODY' in tests.drawn.heroes"),
        ("tests.drawn.heroes:NO_MOTION", "is int; it must be a Motion, a FreeMotion or an instance"),
        ("tests.drawn.heroes:Plain", "is a class; name an instance of it, such as PLAIN = Plain.."),
        (7, "^7 is no motion"),
        (Plain, "^Plain is a class; write Plain.., an instance of it"),
    ],
)
def test_what_is_no_motion_is_named(what: object, said: str) -> None:
    with pytest.raises(MotionError, match=said) as told:
        load_motion(what)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 // 0", "ZeroDivisionError: integer division"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("def (", "SyntaxError"),
    ],
)
def test_a_file_that_does_not_run_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "broken.py").write_text(text, "utf-8")
    with pytest.raises(MotionError, match=said):
        load_motion(f"{tmp_path / 'broken.py'}:HERO")


def test_motions_of_numbers_travel_as_their_numbers(hero: Path) -> None:
    for motion in (NES_MOTION, RUN_MOTION, Motion("mine", walk_sub=300), FreeMotion("own", air_jumps=2)):
        assert isinstance(travelling(motion), dict)
        assert arrived(travelling(motion), None) == motion
        assert motion_of(motion.to_dict()) == motion
    assert travelling(f"{hero}:FAST") == FreeMotion("fast", walk_sub=500).to_dict()


def test_motions_with_code_travel_by_name(hero: Path) -> None:
    assert travelling(PLAIN) == "tests.drawn.heroes:PLAIN"
    assert travelling(f"{hero}:STILL") == f"{hero.resolve()}:STILL"
    with pytest.raises(MotionError, match=r"no name in a module.*another process.*hero\.py:NAME"):
        travelling(Plain())


def test_who_inherits_from_numbers_has_code_of_his_own() -> None:
    class Lazy(FreeMotion):
        def move(self, around: object, body: Body, buttons: int) -> Body:
            return body

    assert not Lazy("lazy").is_trusted and FreeMotion("free").is_trusted
    assert Lazy("lazy").to_dict()["kind"] == "own"
    with pytest.raises(MotionError, match="no name in a module"):
        travelling(Lazy("lazy"))


def test_a_files_motion_is_never_imported(hero: Path) -> None:
    kept = {"kind": "own", "name": "x", "source": "nowhere.py:X", "half_width_px": 6, "height_px": 28}
    absent = motion_of(kept)
    assert absent == AbsentMotion("x", "nowhere.py:X", 6, 28) and absent.to_dict() == kept
    place = place_from_ascii("....\n....\n@...\n####")
    with pytest.raises(MotionError, match=r"motion 'x', of nowhere\.py:X; load it with load_motion"):
        step(place, absent, spawn(place), 0)
    still = load_motion(f"{hero}:STILL")
    told = still.to_dict()
    assert told["source"] == "hero.py:STILL", "no folder of the maker's"
    assert motion_of(told) is still, "who has loaded it has it"
    code = str(told["code"])
    assert motion_of(told | {"height_px": 20}) == AbsentMotion("still", "hero.py:STILL", 6, 20, code)
    del told["code"]
    assert motion_of(told) is still, "older files do not say which file it was"


def test_two_files_of_one_name_are_told_apart(hero: Path, tmp_path: Path) -> None:
    other = tmp_path / "alt" / "hero.py"
    other.parent.mkdir()
    other.write_text(HERO.replace('"still"', '"quiet"'), "utf-8")
    here, there = load_motion(f"{hero}:STILL"), load_motion(f"{other}:STILL")
    assert motion_of(here.to_dict()) is here and motion_of(there.to_dict()) is there
    changed = motion_of(here.to_dict() | {"code": "another"})
    assert isinstance(changed, AbsentMotion), "neither of them is taken for it"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "flying"}, {"kind": "free", "walk_sub": -1}, {"kind": "free", "speed": 1}, {"kind": "own"},
        {"kind": "free", "walk_sub": 1.5}, {"walk_sub": 1.5}, {"kind": 7},
        {"kind": "own", "name": "x", "source": "y", "half_width_px": 99, "height_px": 28},
        {"kind": "own", "name": "x" * 999, "source": "y", "half_width_px": 6, "height_px": 28},
    ],
)  # fmt: skip
def test_numbers_of_a_strangers_file(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        motion_of(wrong)
    with pytest.raises(MotionError):
        arrived(wrong, None)


GAME = """
import sys
sys.path.insert(0, {root!r})
print("begun as", __name__, flush=True)
from generator.motion import FreeMotion, MotionError, OwnMotion, load_motion, travelling
class Still(OwnMotion):
    def move(self, around, body, buttons):
        return body
STILL, FAST = Still(), FreeMotion("fast", walk_sub=500)
for what in (FAST, "play:FAST", {game!r} + ":FAST", STILL, "play:STILL"):
    try:
        print(type(travelling(what)).__name__)
    except MotionError as error:
        print(error)
"""


def test_a_game_of_one_file_is_not_run_again(tmp_path: Path) -> None:
    """Its numbers travel; its code cannot, and it says so."""
    game = tmp_path / "play.py"
    game.write_text(GAME.format(root=str(Path.cwd()), game=str(game)), "utf-8")
    done = subprocess.run([sys.executable, game], capture_output=True, text=True, cwd=tmp_path, check=True)
    lines = done.stdout.splitlines()
    assert lines[:4] == ["begun as __main__", "dict", "dict", "dict"]
    for line in lines[4:]:
        assert "in the file that is the game" in line and "hero.py:NAME" in line
    assert len(lines) == 6


@pytest.mark.parametrize("imports", ["", "import play"])
def test_another_process_does_not_run_the_game_either(tmp_path: Path, imports: str) -> None:
    """Not where it is named, and not where a hero's file imports it."""
    (tmp_path / "play.py").write_text("raise SystemExit('begun again')", "utf-8")
    (tmp_path / "hero.py").write_text(f"{imports}\n{HERO}", "utf-8")
    code = (
        f"import sys; sys.path[:0] = [{str(Path.cwd())!r}, {str(tmp_path)!r}]\n"
        "from generator.motion import MotionError, arrived\n"
        "for what in sys.argv[2:]:\n"
        "    try:\n"
        "        print(arrived(what, sys.argv[1]).name)\n"
        "    except MotionError as error:\n"
        "        print(error)\n"
    )
    names = ["play:STILL", f"{tmp_path / 'play.py'}:STILL", "hero:STILL", f"{tmp_path / 'hero.py'}:STILL"]
    command = [sys.executable, "-c", code, str((tmp_path / "play.py").resolve()), *names]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    would = "the game would start again|game, which would start again"
    for line in lines if imports else lines[:2]:
        assert any(part in line for part in would.split("|")) and "begun again" not in line
    if not imports:
        assert lines[2:] == ["still", "still"]


def test_numbers_changed_are_another_motion() -> None:
    assert replace(RUN_MOTION, air_jumps=1, air_jump_sub=600) != RUN_MOTION
