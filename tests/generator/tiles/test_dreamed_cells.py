"""What says what cells are for, on what it is for: dreamed cells, labelled by eye."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from generator.dream.loading import load_generator, load_roles
from generator.dream.z import normals
from generator.nes.palette import quantise, to_rgb
from generator.nes.roles import FOLD, NEVER_TILES, SCREEN_PX, SOLID, Role, fold_odds
from generator.rng import Pcg32

FIXTURES = Path(__file__).parents[2] / "fixtures"


class Cell(NamedTuple):
    """The base roles that its label allows, and the one that is found."""

    allowed: frozenset[Role]
    found: Role


@cache
def labelled_z() -> NDArray[np.float32]:
    """The z of the labelled screens: what `z_of` made of their seeds when its SPREAD was 0.3."""
    latent = load_generator().latent
    found = []
    for number in range(2000, 2050):
        centre, noise = normals(Pcg32(number, 1), latent), normals(Pcg32(number << 8, 2), latent)
        found.append((0.7**0.5 * centre + 0.3**0.5 * noise).astype(np.float32))
    return np.stack(found)


@cache
def labelled_screens() -> NDArray[np.uint8]:
    sheet = np.array(Image.open(FIXTURES / "dreamed_cells.png"))
    rows, columns = sheet.shape[0] // SCREEN_PX, sheet.shape[1] // SCREEN_PX
    screens = sheet.reshape(rows, SCREEN_PX, columns, SCREEN_PX).swapaxes(1, 2)
    return screens.reshape(-1, SCREEN_PX, SCREEN_PX)


@cache
def labelled_cells(who: str) -> tuple[Cell, ...]:
    if who == "role network":
        odds = load_roles().classify(to_rgb(labelled_screens()))
    else:
        odds, _ = load_generator().glance(labelled_z())
    labels = json.loads((FIXTURES / "dreamed_cells.json").read_text())["cells"]
    found = fold_odds(odds).argmax(-1)
    return tuple(
        Cell(
            frozenset(Role(int(FOLD[Role[name]])) for name in label["roles"]),
            Role(int(found[tuple(label["at"])])),
        )
        for label in labels
    )


def share_right(cells: tuple[Cell, ...]) -> float:
    return sum(cell.found in cell.allowed for cell in cells) / len(cells)


def test_they_are_cells_of_the_network_that_ships() -> None:
    network = load_generator()
    for number in (0, 24, 49):
        (dreamed,) = network.dream(labelled_z()[[number]])
        same = quantise(dreamed) == labelled_screens()[number]
        assert same.mean() > 0.99, "other processors round otherwise"


@pytest.mark.parametrize(
    ("who", "all_cells", "things"), [("role network", 0.85, 0.75), ("dreamer", 0.9, 0.85)]
)
def test_dreamed_cells_are_recognised_as_a_person_does(who: str, all_cells: float, things: float) -> None:
    cells = labelled_cells(who)
    assert len(cells) == 400
    assert share_right(cells) >= all_cells
    empty = frozenset({Role.SKY, Role.BACKDROP})
    assert share_right(tuple(cell for cell in cells if not cell.allowed <= empty)) >= things


@pytest.mark.parametrize("who", ["role network", "dreamer"])
def test_what_can_be_stood_on_is_told_from_what_cannot(who: str) -> None:
    cells = labelled_cells(who)
    told = [(cell.found in SOLID) in {role in SOLID for role in cell.allowed} for cell in cells]
    assert sum(told) / len(told) >= 0.95


@pytest.mark.parametrize("who", ["role network", "dreamer"])
def test_glyphs_are_hardly_ever_taken_for_tiles(who: str) -> None:
    glyphs = [cell for cell in labelled_cells(who) if cell.allowed == {Role.GLYPH}]
    assert len(glyphs) == 32
    assert sum(cell.found in NEVER_TILES for cell in glyphs) >= 31
