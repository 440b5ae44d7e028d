"""The command line as a player meets it: an error is one line and exit code 2, a run ends in JSON."""

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from game.__main__ import _castle, build_parser, main
from generator.level.codes import MODES, CastleCode, daily_seed, encode
from tests.drawn import onnx_files
from tests.drawn.levels import level_from_ascii, proven_level
from tests.drawn.onnx_files import flat_generator
from tests.drawn.waiting import HANGS_S

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m game` with these arguments, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "game", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=HANGS_S,
        check=False,
    )


def assert_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


def told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that a command line that is wrong is answered with."""
    assert main(arguments) == 2
    line = capsys.readouterr().err
    assert line.startswith("error: ") and line.count("\n") == 1, line
    return line


def test_a_seed_that_is_no_number() -> None:
    assert_one_line(run("--seed", "castle"), "castle", "--seed")


CODE = encode(CastleCode(7, stage=2, art=1))
BEYOND = encode(CastleCode(7, stage=7))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--seed", "7", "--code", CODE], ["--seed", "--code", "not allowed with"]),
        (["--seed", "7", "--daily"], ["--seed", "--daily", "not allowed with"]),
        (["--daily", "--code", CODE], ["--daily", "--code", "not allowed with"]),
        (["--code", CODE, "--stage", "3"], ["--code", "--stage"]),
        (["--code", CODE, "--difficulty", "2"], ["--code", "--difficulty"]),
        (["--level", "a.level", "--stage", "5"], ["--level", "--stage"]),
        (["--level", "a.level", "--difficulty", "1"], ["--level", "--difficulty"]),
        (["--seed", "7", "--stage", "7"], ["--stage 7", "ends with stage 6"]),
        (["--code", BEYOND], [BEYOND, "no stage 7", "ends with stage 6"]),
        (["--endless", "--stage", "70000"], ["--stage", "70000", "1 to 65535"]),
        (["--difficulty", "4"], ["--difficulty", "1 to 3"]),
        (["--daily", "--level", "a.level"], ["--level", "--daily"]),
        (["--code", CODE, "--level", "a.level"], ["--level", "--code"]),
        (["--seed", "0", "--level", "a.level"], ["--level", "--seed"]),
        (["--favourites", "--level", "a.level"], ["--favourites", "--level"]),
        (["--favourites-dir", __file__], ["test_main.py", "no folder"]),
        (["--code", "C000-0084"], ["C000-0084", "mistyped"]),
        (["--code", "4000"], ["4000", "cut off"]),
        (["--code", ""], ["empty"]),
        (["--code", encode(CastleCode(7, "dream", network=1))], ["another network", "dream.onnx", "--model"]),
        (["--code", CODE, "--dream"], ["--code", "--dream"]),
        (["--endless", "--dream"], ["--endless", "--dream"]),
    ],
)
def test_castles_that_contradict_or_do_not_exist(
    arguments: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    line = told(arguments, capsys)
    assert all(word in line for word in words), line


@pytest.mark.parametrize("mode", MODES)
def test_a_code_names_mode_castle_stage_art_and_difficulty(mode: str) -> None:
    castle = CastleCode(2**40, mode, 3, 2, 1)
    assert _castle(build_parser().parse_args(["--code", encode(castle).lower()])) == castle


def test_difficulty_and_stage_go_where_they_are_asked_to() -> None:
    options = build_parser().parse_args(["--seed", "7", "--difficulty", "3", "--stage", "6"])
    assert _castle(options) == CastleCode(7, "castle", 3, 6)
    options = build_parser().parse_args(["--seed", "7", "--endless", "--stage", "65535"])
    assert _castle(options) == CastleCode(7, "endless", 1, 65535)


def test_today_is_a_day_of_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    class LateAtNight(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> "LateAtNight":
            assert tz is datetime.UTC
            return cls(2026, 3, 1, 23, 59, tzinfo=tz)

    monkeypatch.setattr(datetime, "datetime", LateAtNight)
    options = build_parser().parse_args(["--daily", "--stage", "2"])
    assert _castle(options) == CastleCode(daily_seed(datetime.date(2026, 3, 1)), stage=2)


def test_a_run_that_begins_in_the_gallery(tmp_path: Path) -> None:
    picture, kept = tmp_path / "out.png", str(tmp_path / "kept")
    done = run(
        "--headless", "--favourites", "--favourites-dir", kept, "--ticks", "9", "--screenshot", str(picture)
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["levels"] == 0, "no castle is entered before one is chosen"
    with Image.open(picture) as taken, Image.open(ROOT / "tests/pictures/gallery/empty.png") as empty:
        assert taken.convert("RGB").tobytes() == empty.convert("RGB").tobytes()


def test_what_cannot_be_dreamed_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, word in (
        (["--model", "/nowhere/dream.onnx"], "/nowhere/dream.onnx"),
        (["--watch", str(tmp_path)], str(tmp_path / "network.onnx")),
        (["--watch", str(tmp_path), "--model", "a.onnx"], "exclude one another"),
    ):
        assert word in told(["--headless", *arguments], capsys)


def test_a_model_that_is_none(tmp_path: Path) -> None:
    model = tmp_path / "mine.onnx"
    model.write_bytes(b"no network at all")
    assert_one_line(run("--headless", "--model", str(model), "--ticks", "5"), str(model))


def test_a_level_that_is_cut_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    level = tmp_path / "mine.level"
    level.write_bytes(proven_level(7).to_bytes()[:-20])
    assert str(level) in told(["--headless", "--level", str(level)], capsys)


def test_a_folder_for_pictures_that_cannot_be_written(
    tmp_path: Path, corridor_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("in the way")
    given = ["--headless", "--level", str(corridor_file)]
    for option, path in (("--screenshot", file / "out.png"), ("--screenshot-dir", file)):
        line = told([*given, option, str(path)], capsys)
        assert line.startswith(f"error: {file}: cannot be written (") and "choose another folder" in line


def test_no_display_names_headless() -> None:
    done = run("--mute", SDL_VIDEODRIVER="x11", DISPLAY=":97")
    assert_one_line(done, "display", "--headless")


@pytest.fixture(scope="module")
def level_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stage of a castle."""
    path = tmp_path_factory.mktemp("level") / "seven.level"
    path.write_bytes(proven_level(7).to_bytes())
    return path


@pytest.fixture(scope="module")
def corridor_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few steps to a door, which no seed leads to."""
    path = tmp_path_factory.mktemp("corridor") / "corridor.level"
    path.write_bytes(level_from_ascii(CORRIDOR).to_bytes())
    return path


CORRIDOR = f"{'.' * 40}\n{'.' * 38}D.\n.@{'.' * 36}D.\n{'#' * 40}"


def test_a_headless_bot_clears_a_level(corridor_file: Path) -> None:
    done = run("--headless", "--bot", "--level", str(corridor_file), "--ticks", "600")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["cleared"] is True and result["ticks"] == 600
    assert result["deaths"] == 0 and result["levels"] == 1 and result["code"] == ""


def test_two_headless_runs_are_the_same_run_and_end_with_json_and_a_picture(
    tmp_path: Path, level_file: Path
) -> None:
    results, pictures = [], [tmp_path / "one.png", tmp_path / "two.png"]
    for picture in pictures:
        done = run(
            "--headless", "--bot", "--level", str(level_file), "--ticks", "500", "--screenshot", str(picture)
        )
        assert done.returncode == 0, done.stderr
        results.append(json.loads(done.stdout.splitlines()[-1]))
    assert set(results[0].pop("tick_ms")) == {"median", "p99", "max"} == set(results[1].pop("tick_ms"))
    assert results[0] == results[1] and pictures[0].read_bytes() == pictures[1].read_bytes()
    assert results[0]["seed"] == 7 and results[0]["ticks"] == 500 and results[0]["levels"] == 1
    assert results[0]["code"] == encode(CastleCode(7))
    with Image.open(pictures[0]) as taken:
        assert taken.format == "PNG" and taken.info["ganvania-code"] == results[0]["code"]


def test_a_fresh_castle_from_a_code_and_the_shipped_network() -> None:
    done = run("--headless", "--bot", "--code", CODE.lower(), "--ticks", "200")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert (result["seed"], result["code"]) == (7, CODE)
    assert (result["ticks"], result["levels"], result["substitute"]) == (200, 1, False)


@pytest.mark.parametrize("dream", [[], ["--dream"]])
def test_a_network_that_paints_all_black_is_stood_in_for(tmp_path: Path, dream: list[str]) -> None:
    model, picture = onnx_files.write(flat_generator(-1), tmp_path / "black.onnx"), tmp_path / "out.png"
    given = ["--model", str(model), "--seed", "7", *dream]
    done = run("--headless", *given, "--ticks", "130", "--screenshot", str(picture))
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["substitute"] and result["proven"] and result["levels"] == 1
    with Image.open(picture) as taken:
        room = taken.convert("RGB").crop((0, 32, 256, 240))
        assert len(room.getcolors() or []) > 8, "there is something to see"


def test_no_sound_card_is_no_reason_not_to_play() -> None:
    code = "import game.sound as s; print(s.Sounds().silent_reason)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "SDL_AUDIODRIVER": "no-such-driver"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() not in ("", "None")


def test_a_run_is_kept_shown_again_and_held_to_its_sums(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs, again = tmp_path / "runs", tmp_path / "again"
    assert main(["--headless", "--bot", "--seed", "3", "--ticks", "900", "--replays-dir", str(runs)]) == 0
    (kept,) = runs.iterdir()
    assert main(["--replay", str(kept), "--verify"]) == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["equal"] and said["ticks"] > 600
    assert main(["--headless", "--replay", str(kept), "--ticks", "900", "--replays-dir", str(again)]) == 0
    (shown,) = again.iterdir()
    assert shown.read_bytes() == kept.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--verify"], "--replay"),
        (["--replay", "none.replay", "--seed", "3"], "leave out the castle"),
        (["--replay", "none.replay", "--bot"], "--bot"),
        (["--replay", "none.replay"], "none.replay"),
    ],
)
def test_a_replay_that_cannot_be_shown(
    arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert word in told(arguments, capsys)
