"""Measuring cells and choosing tiles: the measures on cells whose answer is known, and what every bank keeps
to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.choosing.chooser import choose
from generator.choosing.wardrobe import Wardrobe
from generator.nes.cells import cut
from generator.nes.palette import BLACK, CANONICAL
from generator.nes.roles import NEVER_TILES, Role
from generator.tiles.bank import Bank
from generator.tiles.candidates import FALLBACK
from generator.tiles.colours import DISTANCE, to_palette
from generator.tiles.measure import SAME_PX, measure, occurrences, seamless
from generator.tiles.pieces import components, vertical_runs
from generator.tiles.subpalettes import SubPalettes
from tests.drawn import onnx_files
from tests.drawn.drawn_dreams import blocks, dream, flat

RED, WHITE, BLUE, GREEN = 0x16, 0x20, 0x11, 0x1A


def sure(role: Role, screens: int = 1) -> np.ndarray:
    return onnx_files.certain_odds(np.full((screens, 14, 14), role, np.uint8))


def bricks() -> np.ndarray:
    """A cell with mortar on its border, as a hewn block has."""
    cell = np.full((16, 16), RED, np.uint8)
    cell[0], cell[:, 0], cell[15], cell[:, 15] = WHITE, WHITE, BLACK, BLACK
    return cell


def of_cells(*cells: np.ndarray) -> np.ndarray:
    """A screen of these cells in turn, each of them a vertical stripe."""
    return np.concatenate([np.tile(cells[column % len(cells)], (14, 1)) for column in range(14)], axis=1)[
        None
    ]


def test_flat_cells_are_perfect_and_flat() -> None:
    cells = measure(np.full((1, 224, 224), BLUE, np.uint8), sure(Role.SKY))
    assert len(cells) == 196
    assert np.allclose(cells.crisp, 1)
    assert np.allclose(cells.contrast, 0)
    assert (cells.role == Role.SKY).all()
    blocks = np.array([[[0]]])
    assert seamless(cells.seam_x(blocks))[0] == 1


def test_mortar_on_the_border_is_no_seam_where_it_was_dreamed_so() -> None:
    cells = measure(of_cells(bricks()), sure(Role.GROUND_FILL))
    blocks = np.array([[[20]], [[100]]])
    assert (cells.seam_x(blocks) <= 1.25).all()
    assert (cells.seam_y(blocks[:, 0], blocks[:, 0]) <= 1.25).all()


def test_half_a_picture_has_a_seam() -> None:
    ramp = np.repeat(np.array([[BLACK, 0x2D, 0x00, 0x10]], np.uint8), 4, axis=1).repeat(16, axis=0)
    cells = measure(of_cells(ramp, ramp[:, ::-1]), sure(Role.BACKDROP))
    assert cells.seam_x(np.array([[[16]]]))[0] > 1.25  # alone, dark meets light
    assert cells.seam_x(np.array([[[16, 17]]]))[0] <= 1.25  # together with its mirror image it goes on


def test_noise_is_not_crisp() -> None:
    noise = np.random.default_rng(0).choice(CANONICAL, (1, 224, 224)).astype(np.uint8)
    assert measure(noise, sure(Role.BACKDROP)).crisp.max() < 0.05


def test_cleaning_drops_strays_and_keeps_four_colours() -> None:
    cell = bricks()
    cell[4, 4] = 0x06  # a dark red speck
    cells = measure(of_cells(cell, np.full((16, 16), BLACK, np.uint8)), sure(Role.GROUND_FILL))
    assert cells.backdrop == BLACK
    assert np.array_equal(cells.clean[0], bricks())
    assert np.array_equal(cells.pixels[0], cell), "what was dreamed is kept"


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_measures_are_shares(seed: int) -> None:
    rng = np.random.default_rng(seed)
    screens = rng.choice(CANONICAL[: rng.integers(1, 54)], (1, 224, 224)).astype(np.uint8)
    cells = measure(screens, rng.dirichlet(np.ones(17), (1, 14, 14)).astype(np.float32))
    assert np.array_equal(cells.pixels.reshape(14, 14, 16, 16), cut(screens[0]))
    for share in (cells.crisp, cells.certain):
        assert ((share >= 0) & (share <= 1 + 1e-6)).all()
    assert not np.isin(cells.role, list(NEVER_TILES)).any()
    assert (np.sort(cells.histogram, axis=1)[:, :-4] == 0).all()
    assert np.allclose(cells.histogram.sum(1), 256)


def barred(**written: float) -> np.ndarray:
    """bool[14, 14]: what is no tile of a wall with these odds of glyphs in it; r8c5: row 8, column 5."""
    odds = np.zeros((1, 14, 14, len(Role)), np.float32)
    for place, likely in written.items():
        row, column = place[1:].split("c")
        odds[0, int(row), int(column), Role.GLYPH] = likely
    odds[..., Role.BACKDROP] = 1 - odds[..., Role.GLYPH]
    return measure(np.full((1, 224, 224), BLACK, np.uint8), odds).barred.reshape(14, 14)


def test_a_cell_that_may_be_a_glyph_or_a_figure_is_no_tile() -> None:
    assert np.argwhere(barred(r8c5=0.4, r9c9=0.3, r12c0=0.6)).tolist() == [[8, 5], [12, 0]]


def test_words_go_on_beside_a_glyph_but_not_cornerwise() -> None:
    found = barred(r8c5=0.6, r8c4=0.05, r8c6=0.05, r7c5=0.05, r9c5=0.02, r7c4=0.05, r10c10=0.05)
    assert np.argwhere(found).tolist() == [[7, 5], [8, 4], [8, 5], [8, 6]]
    assert not barred(r8c5=0.3, r8c4=0.05)[8, 4], "nothing is sure beside it"


def test_all_above_the_last_line_of_a_status_bar_is_no_tile() -> None:
    assert barred(r2c1=0.6, r2c9=0.6).all(1).tolist() == [True] * 3 + [False] * 11
    assert not barred(r2c1=0.6).all(1).any(), "one glyph is no bar"
    assert not barred(r6c1=0.6, r6c9=0.6).all(1).any(), "a bar is at the top"


def test_occurrences_counts_cells_that_are_nearly_the_same() -> None:
    base = bricks()
    near, far = base.copy(), base.copy()
    near.reshape(-1)[40 : 40 + SAME_PX] = BLUE
    far.reshape(-1)[40 : 40 + SAME_PX + 1] = BLUE
    assert occurrences(np.stack([base, near, far])).tolist() == [2, 3, 2]


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


def test_sub_palettes_share_and_fill_up() -> None:
    sub_palettes = SubPalettes(BLACK)

    def histogram(*colours: int) -> np.ndarray:
        out = np.zeros(64, np.float32)
        out[list(colours)] = 64
        return out

    first = sub_palettes.take(sub_palettes.offer(histogram(BLACK, RED, WHITE)))
    assert sub_palettes.offer(histogram(BLACK, RED)).index == first
    grown = sub_palettes.offer(histogram(BLACK, RED, WHITE, GREEN))
    assert (grown.index, grown.cost) == (first, pytest.approx(0))
    sub_palettes.take(grown)
    for colours in ((0x01, 0x11, 0x21), (0x08, 0x18, 0x28), (0x04, 0x14, 0x24)):
        sub_palettes.take(sub_palettes.offer(histogram(*colours)))
    last = sub_palettes.offer(histogram(0x0A, 0x1B, 0x2B))
    assert last.index < 4
    assert last.cost > 0
    assert sub_palettes.array().shape == (4, 4)
    assert (sub_palettes.array()[:, 0] == BLACK).all()


@given(st.lists(st.sampled_from(CANONICAL.tolist()), min_size=4, max_size=4))
def test_to_palette_takes_the_nearest(colours: list[int]) -> None:
    own = np.array(colours, np.uint8)
    mapped = to_palette(CANONICAL, own)
    assert np.isin(mapped, own).all()
    assert np.allclose(DISTANCE[CANONICAL, mapped], DISTANCE[CANONICAL][:, own].min(1))
    assert np.array_equal(to_palette(own, own), own)


def test_components_are_whole() -> None:
    roles = np.full((2, 14, 14), Role.BACKDROP, np.uint8)
    roles[0, 3:6, 4:6] = Role.WINDOW
    roles[0, 10, 13] = Role.WINDOW
    roles[1, 10, 0] = Role.WINDOW  # another screen: not of the one before it
    found = [c for c in components(roles.reshape(-1), np.ones(392, bool)) if c.role == Role.WINDOW]
    assert [c.block.shape for c in found] == [(3, 2), (1, 1), (1, 1)]
    assert found[0].block[0, 0] == 3 * 14 + 4
    assert [c.at_edge for c in found] == [False, True, True]
    assert [run.tolist() for run in vertical_runs(found[0])] == [[46, 60, 74], [47, 61, 75]]


def test_every_role_that_a_level_needs_has_a_fallback() -> None:
    assert set(FALLBACK) == {
        Role.GROUND_TOP, Role.GROUND_FILL, Role.PLATFORM, Role.BACKDROP, Role.SKY, Role.WATER, Role.SPIKES,
        Role.STAIRS_RIGHT, Role.STAIRS_LEFT,
    }  # fmt: skip
    for role, stand_ins in FALLBACK.items():
        assert role not in stand_ins
        assert not NEVER_TILES & set(stand_ins)


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
    of = {role: bank.role == role for role in Role}
    assert of[Role.GROUND_TOP].any()
    assert of[Role.GROUND_FILL].any()
    # Painted tiles have four colours as they are: the shared sub-palettes must not harm the ground.
    for number in wardrobe.inside.fill.reshape(-1):
        place = bank.provenance[number]
        dreamed = screens[place[1]][place[2] * 16 :, place[3] * 16 :][:16, :16]
        assert (dreamed != bank.pixels[number]).mean() < 0.1


def test_the_ground_stands_out_from_the_wall() -> None:
    from generator.tiles.colours import LIGHTNESS

    for game in (1, 2, 3, 4):
        screens, roles = onnx_files.painted(game, 12)
        bank, wardrobe = chosen(screens, onnx_files.certain_odds(roles))
        ground = LIGHTNESS[bank.pixels[wardrobe.inside.fill.reshape(-1)]].mean()
        wall = LIGHTNESS[bank.pixels[wardrobe.walls[0].plain.reshape(-1)]].mean()
        assert ground > wall + 0.05, game


@pytest.mark.parametrize("role", list(Role))
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
    needed += [wall.plain for wall in wardrobe.walls]
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
