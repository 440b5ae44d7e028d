"""Tiles as a picture and a JSON file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image

from generator.adapters import sheets
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
