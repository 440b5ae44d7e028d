"""The contact sheet, as a command: a picture, and one line for everything that is wrong."""

import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.__main__ import main
from generator.command_line import seed_list
from generator.dream.network import load_networks
from generator.inspect.sheet import WIDTH_PX, render
from generator.level import Level
from generator.level.codes import CastleCode, encode
from generator.nes.palette import PALETTE_RGB
from generator.stream.build import build_level
from tests.drawn import onnx_files


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("networks")
    dream = onnx_files.write(onnx_files.generator_model(), folder / "dream.onnx")
    roles = onnx_files.write(onnx_files.roles_model(), folder / "roles.onnx")
    return ["--model", str(dream), "--roles", str(roles)]


def failing(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 2
    error = capsys.readouterr().err.strip()
    assert error.startswith("error: ")
    assert "\n" not in error
    return error


def test_a_sheet_is_written(networks: list[str], tmp_path: Path) -> None:
    out = tmp_path / "sheet.png"
    assert main(["--seeds", "0-1", "--out", str(out), *networks]) == 0
    with Image.open(out) as picture:
        assert picture.width == WIDTH_PX
        assert picture.height > 2 * 800


def test_the_rendered_level_is_of_the_nes(networks: list[str]) -> None:
    level = build_level(3, networks=load_networks(Path(networks[1]), Path(networks[3]))).level
    picture = render(level)
    assert picture.shape == (level.height_tiles * 16, level.width_tiles * 16, 3)
    colours = {tuple(c) for c in np.unique(picture.reshape(-1, 3), axis=0).tolist()}
    assert colours <= {tuple(PALETTE_RGB[c].tolist()) for c in np.unique(level.bank.palettes)}
    assert len(colours) <= 13


def test_unwritable_pictures(networks: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "no" / "such" / "folder" / "sheet.png"
    assert str(missing) in failing(capsys, "--out", str(missing), *networks)
    assert "is a folder" in failing(capsys, "--out", str(tmp_path), *networks)
    assert failing(capsys, "--out", "/dev/full/sheet.png", *networks)


def test_an_old_picture_is_kept_when_the_network_is_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheet.png"
    out.write_bytes(b"precious")
    assert "nothing.onnx: no such file" in failing(
        capsys, "--out", str(out), "--model", str(tmp_path / "nothing.onnx")
    )
    assert out.read_bytes() == b"precious"


def test_levels_are_written_for_the_game(
    networks: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--seeds", "3-4", "--stage", "2", "--levels", str(tmp_path / "new"), *networks]) == 0
    files = sorted((tmp_path / "new").iterdir())
    levels = [Level.from_bytes(file.read_bytes()) for file in files]
    assert [(level.seed, level.stage) for level in levels] == [(3, 2), (4, 2)]
    news = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in news] == [
        f"seed {seed}, code {encode(CastleCode(seed, stage=2))}" for seed in (3, 4)
    ]


def test_a_code_is_written_for_the_game(networks: list[str], tmp_path: Path) -> None:
    castle = CastleCode(3, difficulty=2, stage=2, art=1)
    assert main(["--code", encode(castle), "--levels", str(tmp_path), *networks]) == 0
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


def test_a_harder_castle_is_another_one(networks: list[str], tmp_path: Path) -> None:
    for difficulty in ("1", "3"):
        assert main(["--seed", "3", "--difficulty", difficulty, "--levels", str(tmp_path), *networks]) == 0
    plain, hard = (Level.from_bytes((tmp_path / name).read_bytes()) for name in ("3-1.level", "3-1-3.level"))
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
    "arguments", [["--seeds", "seven", "--out", "x.png"], ["--out", "x.png", "--stage", "0"], []]
)
def test_the_command_explains_wrong_arguments(arguments: list[str], tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1
