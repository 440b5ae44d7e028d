"""The role network on what it is for: cells that were dreamed, labelled by a human eye."""

import json
from pathlib import Path

import numpy as np
from PIL import Image

from generator.network import load_roles
from generator.palette import to_rgb
from generator.roles import NEVER_TILES, SCREEN_PX, TILE, Role

FIXTURES = Path(__file__).parent / "fixtures"
NEIGHBOURHOOD_PX = 3 * TILE


def recognised() -> tuple[list[set[Role]], list[Role]]:
    """(the roles that a label allows, the role that the network finds) of each of the 200 cells."""
    labels = json.loads((FIXTURES / "dreamed_cells.json").read_text())["labels"]
    sheet = np.array(Image.open(FIXTURES / "dreamed_cells.png"))
    rows, columns = sheet.shape[0] // NEIGHBOURHOOD_PX, sheet.shape[1] // NEIGHBOURHOOD_PX
    patches = sheet.reshape(rows, NEIGHBOURHOOD_PX, columns, NEIGHBOURHOOD_PX).swapaxes(1, 2)
    # Side by side in screens: the middle of each patch has its true neighbourhood round it.
    screens = np.zeros((len(labels), SCREEN_PX, SCREEN_PX), np.uint8)
    screens[:, :NEIGHBOURHOOD_PX, :NEIGHBOURHOOD_PX] = patches.reshape(-1, NEIGHBOURHOOD_PX, NEIGHBOURHOOD_PX)
    network = load_roles(None)
    found = [Role(int(network.classify(to_rgb(screen)[None])[0, 1, 1].argmax())) for screen in screens]
    return [{Role[name] for name in names} for names in labels], found


def test_dreamed_cells_are_recognised_as_a_person_does() -> None:
    allowed, found = recognised()
    assert len(found) == 200
    right = sum(role in roles for roles, role in zip(allowed, found, strict=True))
    assert right >= 150, f"{right} of 200 right"


def test_a_glyph_is_never_taken_for_a_tile() -> None:
    allowed, found = recognised()
    glyphs = [role for roles, role in zip(allowed, found, strict=True) if roles <= NEVER_TILES]
    assert len(glyphs) == 7
    assert set(glyphs) <= NEVER_TILES
