"""Choosing tiles: what every bank and every wardrobe keep to, however poor the dream."""

import numpy as np
import pytest

from generator.choosing.chooser import choose
from generator.choosing.wardrobe import Wardrobe
from generator.nes.palette import BLACK, CANONICAL
from generator.nes.roles import BASE, NEVER_TILES, Role
from generator.tiles.bank import Bank
from generator.tiles.colours import LIGHTNESS, to_palette
from generator.tiles.measure import measure
from tests.drawn import onnx_files
from tests.drawn.drawn_dreams import blocks, bricks, dream, flat, of_cells, sure


def test_water_is_unlike_the_ground() -> None:
    """Of two waters the one that passes for the ground is left, though it is the bluer one."""
    ground, like, unlike = blocks(0x11, 0x21), blocks(0x21, 0x11, 2), blocks(0x1C, 0x0C)
    kinds = {
        "F": (ground, Role.GROUND_FILL), "T": (ground, Role.GROUND_TOP), "#": (flat(BLACK), Role.BACKDROP),
        "l": (like, Role.WATER), "u": (unlike, Role.WATER),
    }  # fmt: skip
    water = "\n".join(["l.l.l.l.l.l.l.", "u.u.u.u.u.u.u."] * 2)
    masonry = "\n".join(["T" * 14, *["F" * 14] * 3, *["#" * 14] * 5])
    bank, wardrobe = choose(dream(kinds, f"{water}\n{masonry}"), [0])
    body = bank.pixels[wardrobe.water[0, 0]]
    assert np.array_equal(body, unlike)


def chosen(screens: np.ndarray, odds: np.ndarray) -> tuple[Bank, Wardrobe]:
    return choose(measure(screens, odds), list(range(100, 100 + len(screens))))


def check_bank(bank: Bank, screens: np.ndarray) -> None:
    """What DESIGN's second rule asks of every tile: where it comes from, and that it was only quantised."""
    assert len(bank.pixels) > 0
    assert bank.palettes.shape == (4, 4)
    assert (bank.palettes[:, 0] == bank.palettes[0, 0]).all()
    assert not np.isin(bank.role, list(NEVER_TILES)).any()
    assert np.isfinite(bank.quality).all()
    for pixels, palette, place in zip(bank.pixels, bank.palette, bank.provenance, strict=True):
        z_seed, screen, row, column = place
        assert z_seed == 100 + screen
        dreamed = screens[screen, row * 16 : row * 16 + 16, column * 16 : column * 16 + 16]
        assert np.array_equal(pixels, to_palette(dreamed, bank.palettes[palette]))


@pytest.mark.parametrize("game", [1, 2, 3])
def test_a_bank_of_painted_screens(game: int) -> None:
    screens, roles = onnx_files.painted(game, 12)
    bank, wardrobe = chosen(screens, onnx_files.certain_odds(roles))
    check_bank(bank, screens)
    of = {role: bank.role == role for role in BASE}
    assert of[Role.GROUND_TOP].any()
    assert of[Role.GROUND_FILL].any()
    # Painted tiles have four colours as they are: the shared sub-palettes must not harm the ground.
    for number in wardrobe.inside.fill.reshape(-1):
        place = bank.provenance[number]
        dreamed = screens[place[1]][place[2] * 16 :, place[3] * 16 :][:16, :16]
        assert (dreamed != bank.pixels[number]).mean() < 0.1


def test_the_ground_stands_out_from_the_wall() -> None:
    for game in (1, 2, 3, 4):
        screens, roles = onnx_files.painted(game, 12)
        bank, wardrobe = chosen(screens, onnx_files.certain_odds(roles))
        ground = LIGHTNESS[bank.pixels[wardrobe.inside.fill.reshape(-1)]].mean()
        wall = LIGHTNESS[bank.pixels[wardrobe.walls[0].tiles.reshape(-1)]].mean()
        assert ground > wall + 0.05, game


@pytest.mark.parametrize("role", list(BASE))
@pytest.mark.parametrize("screen", ["flat", "noise", "bricks"])
def test_even_a_poor_dream_gives_everything(role: Role, screen: str) -> None:
    """One role everywhere, glyphs included: nothing may be missing."""
    made = {
        "flat": np.full((1, 224, 224), BLACK, np.uint8),
        "noise": np.random.default_rng(0).choice(CANONICAL, (1, 224, 224)).astype(np.uint8),
        "bricks": of_cells(bricks()),
    }[screen]
    bank, wardrobe = chosen(made, sure(role))
    check_bank(bank, made)
    needed = [wardrobe.sky, wardrobe.water, wardrobe.water_surface, wardrobe.spikes]
    needed += [wall.tiles for wall in wardrobe.walls + wardrobe.dark]
    needed += [
        g for ground in (wardrobe.inside, wardrobe.outside) for g in (ground.top, ground.fill, ground.core)
    ]
    needed += [wardrobe.platform.middle, wardrobe.stairs_right, wardrobe.stairs_left]
    for tiles in needed:
        assert tiles.size > 0
        assert ((tiles >= 0) & (tiles < len(bank.pixels))).all()


def test_the_same_dreams_give_the_same_bank() -> None:
    screens, roles = onnx_files.painted(2, 12)
    one, _ = chosen(screens, onnx_files.certain_odds(roles))
    two, _ = chosen(screens.copy(), onnx_files.certain_odds(roles))
    assert np.array_equal(one.pixels, two.pixels)
    assert np.array_equal(one.provenance, two.provenance)
