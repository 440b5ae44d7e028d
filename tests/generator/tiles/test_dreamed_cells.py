"""The role network on what it is for: cells that were dreamed, labelled by a human eye."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from generator.dream.network import load_roles
from generator.nes.palette import to_rgb
from generator.nes.roles import NEVER_TILES, SCREEN_PX, SOLID, Role

FIXTURES = Path(__file__).parents[2] / "fixtures"


class Cell(NamedTuple):
    """The roles that its label allows, and the one that the network finds."""

    allowed: frozenset[Role]
    found: Role


@cache
def labelled_cells() -> tuple[Cell, ...]:
    labels = json.loads((FIXTURES / "dreamed_cells.json").read_text())["cells"]
    sheet = np.array(Image.open(FIXTURES / "dreamed_cells.png"))
    rows, columns = sheet.shape[0] // SCREEN_PX, sheet.shape[1] // SCREEN_PX
    screens = sheet.reshape(rows, SCREEN_PX, columns, SCREEN_PX).swapaxes(1, 2)
    found = load_roles().classify(to_rgb(screens.reshape(-1, SCREEN_PX, SCREEN_PX))).argmax(-1)
    return tuple(
        Cell(frozenset(Role[name] for name in label["roles"]), Role(int(found[tuple(label["at"])])))
        for label in labels
    )


def share_right(cells: tuple[Cell, ...]) -> float:
    return sum(cell.found in cell.allowed for cell in cells) / len(cells)


def test_dreamed_cells_are_recognised_as_a_person_does() -> None:
    cells = labelled_cells()
    assert len(cells) == 400
    assert share_right(cells) >= 0.85
    empty = frozenset({Role.SKY, Role.BACKDROP})
    assert share_right(tuple(cell for cell in cells if cell.allowed != empty)) >= 0.75


def test_what_can_be_stood_on_is_told_from_what_cannot() -> None:
    cells = labelled_cells()
    told = [(cell.found in SOLID) in {role in SOLID for role in cell.allowed} for cell in cells]
    assert sum(told) / len(told) >= 0.95


def test_a_glyph_is_never_taken_for_a_tile() -> None:
    glyphs = [cell for cell in labelled_cells() if cell.allowed == {Role.GLYPH}]
    assert len(glyphs) == 7
    assert {cell.found for cell in glyphs} <= NEVER_TILES
