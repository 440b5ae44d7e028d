"""Tiles as one picture, and a JSON file that says what each of them is.

sheets.write(level, Path("out"), "castle")      # out/castle.png, out/castle.json
"""

from __future__ import annotations

import json
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import path_of
from ..files import check_folder, png, write_whole
from ..nes.roles import Role
from ..tiles.shown import Shown, ShownBank, check_shown, colours_of, tile_px_of

__all__ = ["COLUMNS", "FORMAT", "described", "sheet", "write"]

FORMAT = 1
"""Version of the JSON file; it rises when a word of it changes its meaning."""
COLUMNS = 8
"""Tiles in a row of the picture."""
ADVICE = "choose another folder"
"""What to do where a file cannot be written."""


def write(level: Shown, folder: str | PathLike[str], name: str) -> list[Path]:
    """Writes NAME.png and NAME.json into a folder, which is made; returns their paths.

    Raises WriteError where it cannot. The picture is indexed: its colours' numbers are those of the bank.
    """
    check_shown(level)
    folder = path_of("folder", folder)
    check_folder(folder, ADVICE)
    picture, text = folder / f"{name}.png", folder / f"{name}.json"
    write_whole(picture, png(sheet(level.bank)), ADVICE)
    write_whole(text, json.dumps(described(level, picture.name), indent=1).encode(), ADVICE)
    return [picture, text]


def sheet(bank: ShownBank) -> Image.Image:
    """The tiles of a bank in rows of COLUMNS, by their indices, as an indexed picture."""
    side, rows = tile_px_of(bank), max(1, -(-len(bank) // COLUMNS))
    whole = np.full((rows * COLUMNS, side, side), bank.palettes[0, 0], np.uint8)
    whole[: len(bank)] = bank.pixels
    pixels = whole.reshape(rows, COLUMNS, side, side).swapaxes(1, 2).reshape(rows * side, COLUMNS * side)
    picture = Image.fromarray(np.ascontiguousarray(pixels), "L")
    picture.putpalette(colours_of(bank).reshape(-1).tolist())
    return picture


def described(level: Shown, picture: str) -> dict[str, Any]:
    """What the JSON file says: the tiles of the picture, then the grids of the level."""
    bank = level.bank
    return {
        "format": FORMAT,
        "picture": picture,
        "tile_px": tile_px_of(bank),
        "columns": COLUMNS,
        "colours": ["#{:02x}{:02x}{:02x}".format(*rgb) for rgb in colours_of(bank).tolist()],
        "palettes": bank.palettes.tolist(),
        "tiles": [tile_facts(bank, number) for number in range(len(bank))],
        "roles": [role.name.lower() for role in Role],
        "layers": {
            name: _rows(grid)
            for name, grid in (
                ("roles", level.roles),
                ("tiles", level.tiles),
                ("backdrop", level.backdrop),
                ("far", level.far),
            )
        },
    }


def tile_facts(bank: ShownBank, number: int) -> dict[str, Any]:
    """What is known about one tile."""
    z_seed, screen, row, column = bank.provenance[number].tolist()
    return {
        "role": Role(int(bank.role[number])).name.lower(),
        "sub_palette": int(bank.palette[number]),
        "quality": round(float(bank.quality[number]), 4),
        # Seeds have 63 bits, and most readers of JSON keep 53 of a number.
        "provenance": {"z_seed": str(z_seed), "screen": screen, "row": row, "column": column},
    }


def _rows(grid: NDArray[Any]) -> list[list[int]]:
    rows: list[list[int]] = grid.tolist()
    return rows
