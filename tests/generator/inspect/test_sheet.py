"""The contact sheet, as a command: a picture, and one line for everything that is wrong."""

import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.command_line import seed_list
from generator.dream.network import Networks
from generator.inspect.sheet import WIDTH_PX, render
from generator.level import Level
from generator.level.codes import CastleCode, encode
from generator.levels import main
from generator.nes.palette import PALETTE_RGB
from generator.stream import build_level
from tests.drawn.levels import proven_level

pytestmark = pytest.mark.slow


def failing(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith("error: ")
    assert "\n" not in error
    return error


def test_the_rendered_level_is_of_the_nes(small_networks: Networks) -> None:
    level = build_level(4, mode="endless", networks=small_networks).level
    picture = render(level)
    assert picture.shape == (level.height_tiles * 16, level.width_tiles * 16, 3)
    colours = {tuple(c) for c in np.unique(picture.reshape(-1, 3), axis=0).tolist()}
    assert colours <= {tuple(PALETTE_RGB[c].tolist()) for c in np.unique(level.bank.palettes)}
    assert len(colours) <= 13


def test_unwritable_pictures(
    network_options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "no" / "such" / "folder" / "sheet.png"
    assert str(missing) in failing(capsys, "--out", str(missing), *network_options)
    assert "is a folder" in failing(capsys, "--out", str(tmp_path), *network_options)
    assert failing(capsys, "--out", "/dev/full/sheet.png", *network_options)


def test_an_old_picture_is_kept_when_the_network_is_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheet.png"
    out.write_bytes(b"precious")
    assert "nothing.onnx: no such file" in failing(
        capsys, "--out", str(out), "--model", str(tmp_path / "nothing.onnx")
    )
    assert out.read_bytes() == b"precious"


def test_a_sheet_and_levels_are_written(
    network_options: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, folder = tmp_path / "sheet.png", tmp_path / "new"
    given = ["--seeds", "3-4", "--stage", "2", "--out", str(out), "--levels", str(folder)]
    assert main([*given, *network_options]) == 0
    with Image.open(out) as picture:
        assert picture.width == WIDTH_PX
        assert picture.height > 2 * 800
    levels = [Level.from_bytes(file.read_bytes()) for file in sorted(folder.iterdir())]
    assert [(level.seed, level.stage) for level in levels] == [(3, 2), (4, 2)]
    said = capsys.readouterr()
    assert said.out.split() == [*map(str, sorted(folder.iterdir())), str(out)]
    assert [line.split(":")[0] for line in said.err.splitlines()] == [
        f"seed {seed}, code {encode(CastleCode(seed, stage=2))}" for seed in (3, 4)
    ]


def test_a_code_is_written_for_the_game(network_options: list[str], tmp_path: Path) -> None:
    castle = CastleCode(4, "endless", difficulty=2, stage=2, art=1)
    assert main(["--code", encode(castle), "--levels", str(tmp_path), *network_options]) == 0
    level = Level.from_bytes((tmp_path / f"{encode(castle)}.level").read_bytes())
    assert CastleCode(level.seed, level.mode, level.difficulty, level.stage, level.art) == castle


def test_a_code_beside_seeds_or_a_stage(capsys: pytest.CaptureFixture[str]) -> None:
    code = encode(CastleCode(3))
    assert "not allowed with" in failing(capsys, "--code", code, "--seeds", "3", "--out", "x.png")
    assert "leave out --stage" in failing(capsys, "--code", code, "--stage", "2", "--out", "x.png")
    assert "--difficulty" in failing(capsys, "--code", code, "--difficulty", "2", "--out", "x.png")


def test_a_stage_or_difficulty_that_no_castle_has(capsys: pytest.CaptureFixture[str]) -> None:
    beyond = encode(CastleCode(3, stage=7))
    assert f"code {beyond}: there is no stage 7" in failing(capsys, "--code", beyond, "--out", "x.png")
    assert "ends with stage 6" in failing(capsys, "--stage", "7", "--out", "x.png")
    assert "1 to 3" in failing(capsys, "--difficulty", "4", "--out", "x.png")


def test_a_harder_castle_is_another_one(network_options: list[str], tmp_path: Path) -> None:
    assert main(["--seed", "11", "--difficulty", "3", "--levels", str(tmp_path), *network_options]) == 0
    plain, hard = proven_level(11), Level.from_bytes((tmp_path / "11-1-3.level").read_bytes())
    assert (plain.difficulty, hard.difficulty) == (1, 3)
    assert plain.roles.shape != hard.roles.shape or (plain.roles != hard.roles).any()


def test_seeds() -> None:
    assert seed_list("7") == [7]
    assert seed_list("0-3") == [0, 1, 2, 3]
    assert seed_list("1, 5,8-9") == [1, 5, 8, 9]
    for text in ("", "x", "-1", "3-1", "1-", "0-99999999999", "1.5", "²", str(2**64)):
        with pytest.raises(argparse.ArgumentTypeError):
            seed_list(text)


@pytest.mark.parametrize(
    "arguments", [["--seeds", "seven", "--out", "x.png"], ["--out", "x.png", "--stage", "0"]]
)
def test_the_command_explains_wrong_arguments(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    failing(capsys, *arguments)


def test_the_command_explains_that_nothing_is_asked_for() -> None:
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-m", "generator"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1
