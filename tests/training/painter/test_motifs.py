"""The painter's motifs: whole cells of few shades, the same for the same game, lit from the upper left."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from generator.nes.roles import BASE, CELLS, FOLDED, Role
from training.painter import paint_game, paint_screen
from training.painter.lettering import font
from training.painter.painting import Painting
from training.painter.shading import HOLE, from_text, lit, mirrored, outlined
from training.painter.styles import INDOORS, OUTDOORS

GAMES = range(300, 312)
AT_HOME = {
    "arcades": {Role.ARCH},
    "gallery": {Role.CURTAIN},
    "crypt": {Role.GRAVE, Role.ARCH, Role.CHAIN},
    "dungeon": {Role.CHAIN},
    "chapel": {Role.WINDOW, Role.STATUE},
    "hall": {Role.COLUMN, Role.STATUE},
    "graveyard": {Role.GRAVE, Role.FENCE, Role.TREE},
    "forest": {Role.TREE, Role.BUSH},
    "gatehouse": {Role.ARCH, Role.DOOR, Role.FENCE},
    "terrace": {Role.FENCE, Role.STATUE, Role.MOON, Role.CLOUD},
    "falls": {Role.WATER},
}
"""Some roles that each layout is the home of."""


def test_motifs_are_whole_cells_of_few_shades_with_a_sub_palette() -> None:
    for seed in GAMES:
        game = paint_game(seed)
        assert game.motifs.keys() == game.subs.keys()
        for name, piece in game.motifs.items():
            assert piece.dtype == np.uint8, name
            assert piece.size, name
            assert not any(side % 16 for side in piece.shape), name
            assert max(piece.shape) <= 224, name
            assert piece.max() <= HOLE, name
            assert 0 <= game.subs[name] < 4


def test_a_game_draws_its_motifs_and_letters_the_same_again() -> None:
    one, two = paint_game(31), paint_game(31)
    for name, piece in one.motifs.items():
        assert np.array_equal(piece, two.motifs[name]), name
    first, again = (font(np.random.default_rng(one.bar_style)) for _ in range(2))
    assert all(np.array_equal(first[letter], again[letter]) for letter in first)


@pytest.mark.parametrize("layout", sorted({*INDOORS, *OUTDOORS}))
def test_every_layout_paints_screens_whose_ground_can_be_stood_on(layout: str) -> None:
    found: set[int] = set()
    for seed in GAMES:
        outside = float(layout in OUTDOORS and layout not in INDOORS)
        game = replace(paint_game(seed), indoors=(layout,), outdoors=(layout,), outdoor_share=outside)
        for screen in range(3):
            pixels, roles = paint_screen(game, screen)
            assert pixels.shape == (224, 224)
            stood_on = np.isin(roles, (Role.GROUND_TOP, Role.PLATFORM, Role.STAIRS_LEFT, Role.STAIRS_RIGHT))
            assert stood_on.any(), (seed, screen)
            found.update(np.unique(roles).tolist())
    assert found >= AT_HOME.get(layout, set())


def test_a_screen_repeats_its_tiles_as_an_artist_does() -> None:
    counts = []
    for seed in range(300, 330):
        game = paint_game(seed)
        pixels, _ = paint_screen(game, 0)
        seen = pixels[16 * game.bar_rows :]
        cells = seen.reshape(-1, 16, CELLS, 16).swapaxes(1, 2).reshape(-1, 256)
        counts.append(len(np.unique(cells, axis=0)))
    assert 20 <= np.median(counts) <= 45
    assert np.mean(np.array(counts) <= 70) > 0.9


def test_letters_differ_from_game_to_game_and_from_one_another() -> None:
    fonts = [font(np.random.default_rng(seed)) for seed in range(64)]
    assert len({b"".join(letters[a].tobytes() for a in sorted(letters)) for letters in fonts}) > 15
    for letters in fonts:
        assert all(picture.shape == (8, 8) for picture in letters.values())
        assert all(picture.any() and picture.max() <= 3 for picture in letters.values())
        assert len({picture.tobytes() for picture in letters.values()}) == len(letters)


def test_every_other_role_folds_into_what_the_painter_called_it_before() -> None:
    free = {role for role in FOLDED if FOLDED[role] in (Role.SKY, Role.BACKDROP)}
    assert free == {Role.ARCH, Role.MOON, Role.CLOUD, Role.CHAIN, Role.CURTAIN}
    assert Role.STATUE not in BASE


def test_whole_things_keep_their_place() -> None:
    painting = Painting(paint_game(5))
    painting.roles[:] = Role.BACKDROP
    height, width = painting.size("bookshelf")
    assert painting.put_if_free(5, 3, "bookshelf", Role.BACKDROP, (height, width))
    assert not painting.free(5, 3)
    assert not painting.put_if_free(5 + height - 1, 3 + width - 1, "candle", Role.CANDLE)
    assert painting.free(5, 3 + width)


def test_an_opening_hides_the_wall_and_is_backdrop() -> None:
    painting = Painting(paint_game(5))
    painting.fill(painting.rows >= 0, "wall", Role.BACKDROP)
    painting.put(5, 4, "gateway", Role.ARCH, hole=Role.BACKDROP)
    height, width = painting.size("gateway")
    area = painting.roles[5 : 5 + height, 4 : 4 + width]
    assert set(np.unique(area).tolist()) <= {Role.ARCH, Role.BACKDROP}
    assert area[-1, 0] == area[-1, -1] == Role.ARCH
    middle = painting.shades[16 * (4 + height) : 16 * (5 + height), 16 * 5 : 16 * 6]
    assert (middle[:, 8:] == 0).all()


def test_light_falls_from_the_upper_left() -> None:
    shape = np.zeros((6, 6), bool)
    shape[1:5, 1:5] = True
    shades = lit(shape)
    assert shades[1, 1:5].tolist() == [3, 3, 3, 3]
    assert shades[1:5, 1].tolist() == [3, 3, 3, 3]
    assert shades[4, 2:5].tolist() == [1, 1, 1]
    assert shades[2:4, 2:4].tolist() == [[2, 2], [2, 2]]
    assert not shades[~shape].any()


def test_outlines_mirrors_and_pictures_in_characters() -> None:
    drawn = from_text("32\n#.", 1, 1)
    assert drawn.shape == (16, 16)
    assert drawn[14:, 7:9].tolist() == [[3, 2], [HOLE, 0]]
    around = outlined(drawn)
    assert around[13, 7] == around[14, 6] == around[15, 8] == HOLE
    assert around[12, 7] == around[13, 6] == 0
    assert mirrored(drawn).shape == (16, 32)
    assert mirrored(drawn)[14, 23:25].tolist() == [1, 2]
