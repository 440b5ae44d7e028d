"""Tiles as a picture and a JSON file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator import tiled
from generator.adapters import godot, ldtk, sheets
from generator.errors import GanvaniaError
from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import TILE
from tests.drawn.levels import noise_level, rooms_level


def test_every_tile_is_in_the_picture_at_its_place(tmp_path: Path) -> None:
    level = rooms_level()
    picture, _ = sheets.write(level, tmp_path / "out", "castle")
    indexed = Image.open(picture)
    assert indexed.mode == "P"
    indices, shown = np.asarray(indexed), np.asarray(indexed.convert("RGB"))
    for number, pixels in enumerate(level.bank.pixels):
        row, column = divmod(number, sheets.COLUMNS)
        at = np.s_[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
        assert np.array_equal(indices[at], pixels)
        assert np.array_equal(shown[at], PALETTE_RGB[pixels])


def test_the_file_says_what_each_tile_is_and_where_it_stands(tmp_path: Path) -> None:
    level = noise_level()
    told = json.loads(sheets.write(level, tmp_path, "castle")[1].read_bytes())
    assert (told["format"], told["picture"], told["tile_px"], told["columns"]) == (1, "castle.png", 16, 8)
    assert [tile["role"] for tile in told["tiles"]] == ["sky", "backdrop", "window", "column", "ground_top"]
    z_seed, screen, row, column = level.bank.provenance[2].tolist()
    assert told["tiles"][2]["provenance"] == {
        "z_seed": str(z_seed), "screen": screen, "row": row, "column": column,
    }  # fmt: skip
    assert told["colours"][0x16] == "#982220"
    for name in ("roles", "tiles", "backdrop", "far"):
        assert np.array_equal(told["layers"][name], getattr(level, name))
    assert told["roles"][4] == "ground_top"


def test_one_folder_holds_what_all_wrote_of_a_level(tmp_path: Path) -> None:
    """Their pictures have one name, and are one file."""
    level = noise_level()
    tmx, *_ = tiled.write_map(level, tmp_path, "castle")
    ldtk.write(level, str(tmp_path / "castle.ldtk"))
    sheets.write(level, str(tmp_path), "castle")
    godot.write(level, str(tmp_path), "castle")
    assert tiled.write_map(level, str(tmp_path), "castle")[0] == tmx, "nothing there is another's"
    assert np.array_equal(tiled.read_roles(tmx).roles, level.roles)


def test_folders_and_files_that_are_none_are_said() -> None:
    level = noise_level()
    for call in (
        lambda: sheets.write(level, 7, "x"),  # type: ignore[arg-type]
        lambda: godot.write(level, 7, "x"),  # type: ignore[arg-type]
        lambda: ldtk.write(level, 7),  # type: ignore[arg-type]
        lambda: ldtk.read(7),  # type: ignore[arg-type]
        lambda: tiled.write_map(level, 7, "x"),  # type: ignore[arg-type]
        lambda: tiled.read_map(7),  # type: ignore[arg-type]
    ):
        with pytest.raises(GanvaniaError, match=r"^(folder|path): 7 is no path; write a text such as"):
            call()
