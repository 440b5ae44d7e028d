"""Sprites and letters: the NES's limits, what every file must hold, surfaces, and errors of one line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.screen import SpriteSheet
from game.screen.sprites import ASSETS, UNKNOWN_GLYPH, SpriteError, parse_font, parse_sprites
from generator.nes.palette import CANONICAL, PALETTE_RGB

FRAMES = {
    "hero_stand": 1, "hero_walk": 3, "hero_jump": 1, "hero_crouch": 1, "hero_whip": 3, "hero_crouch_whip": 3,
    "hero_hurt": 1, "hero_dying": 2, "hero_dead": 1, "whip": 3, "whip_chain": 3, "whip_chain_long": 3,
    "candle": 2, "flame": 3,
    "heart_small": 2, "heart_large": 1, "zombie": 4, "bat": 4, "door": 1, "hit_spark": 2, "money": 1,
    "whip_upgrade": 1, "bar_full_player": 1, "bar_full_enemy": 1, "bar_empty": 1, "weapon_box": 1,
    "heart_icon": 1, "pip_player": 1, "pip_enemy": 1, "pip_empty": 1, "title": 1, "hero_climb": 2,
    "hero_descend": 2, "hero_climb_whip": 3, "key": 2, "key_small": 1, "lock": 1, "lock_open": 4,
    "doorway": 1, "platform_left": 1, "platform_middle": 1, "platform_right": 1, "crumble": 3,
    "crumble_dust": 3, "wall_crack": 1, "debris": 3, "roast": 1, "treasure": 1, "treasure_open": 1,
    "crown": 1, "gem": 1, "orb": 2, "map_start": 1, "map_exit": 1, "map_key": 1, "map_lock": 1,
    "map_treasure": 1, "map_here": 1, "ripple": 4, "splash": 3,
    "spike_tips": 1, "far_castle": 1,
}  # fmt: skip
"""What the game draws."""
SIZES = {
    "hero_stand": (16, 32), "hero_walk": (16, 32), "hero_jump": (16, 32), "hero_crouch": (16, 32),
    "hero_hurt": (16, 32), "hero_whip": (24, 32), "hero_crouch_whip": (24, 32), "hero_dead": (32, 16),
    "hero_dying": (32, 32),
    "door": (16, 32), "bar_full_player": (8, 8), "bar_empty": (8, 8),
    "pip_player": (4, 8), "title": (160, 40), "hero_climb": (16, 32), "hero_descend": (16, 32),
    "hero_climb_whip": (24, 32), "key": (16, 16), "key_small": (8, 8), "lock": (16, 48),
    "lock_open": (16, 48), "doorway": (16, 48), "platform_left": (16, 8), "platform_middle": (16, 8),
    "platform_right": (16, 8), "crumble": (16, 16), "crumble_dust": (16, 16), "wall_crack": (16, 16),
    "debris": (8, 8), "roast": (16, 16), "treasure": (16, 16), "treasure_open": (16, 16), "crown": (16, 16),
    "gem": (16, 16), "orb": (16, 16), "map_start": (8, 8), "map_exit": (8, 8), "map_key": (8, 8),
    "map_lock": (8, 8), "map_treasure": (8, 8), "map_here": (8, 8), "ripple": (16, 4), "spike_tips": (16, 17),
    "clang_spark": (16, 16), "splash": (16, 16), "far_castle": (120, 112),
}  # fmt: skip
ON_TILES = (
    "platform_left",
    "platform_middle",
    "platform_right",
    "crumble",
    "wall_crack",
    "ripple",
)
"""Anchored to their upper left."""
BY_THE_MIDDLE = (
    "debris", "map_start", "map_exit", "map_key", "map_lock", "map_treasure", "map_here",
)  # fmt: skip
ON_THE_FLOOR = (
    "key", "key_small", "lock", "lock_open", "doorway", "crumble_dust", "roast", "treasure", "treasure_open",
    "crown", "gem", "orb", "splash", "hero_climb", "hero_descend", "hero_climb_whip",
)  # fmt: skip
"""Anchored to the middle of the bottom edge."""
GLYPHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.,!?:/'()+#♥←→↑↓"
HEADER = "palette 0F 16 36\nframe thing 0 anchor 1 2\n"


@pytest.fixture
def sheet() -> SpriteSheet:
    return SpriteSheet.load()


@pytest.fixture
def display() -> Iterator[pygame.Surface]:
    pygame.display.init()
    yield pygame.display.set_mode((256, 240))
    pygame.display.quit()


def opaque(surface: pygame.Surface) -> np.ndarray:
    """bool[w, h]: where the surface is drawn."""
    key = surface.get_colorkey()
    assert key is not None
    return np.asarray((pygame.surfarray.array3d(surface) != np.array(key[:3])).any(-1))


def test_every_sprite_the_game_draws_is_there(sheet: SpriteSheet) -> None:
    assert {name: len(sheet.sprites[name]) for name in FRAMES} == FRAMES
    assert set(sheet.sprites) >= set(FRAMES)
    for name, size in SIZES.items():
        for frame in range(len(sheet.sprites[name])):
            assert sheet.get(name, frame).get_size() == size, name


def test_sprites_keep_to_the_palette_and_none_is_empty(sheet: SpriteSheet) -> None:
    for name, frames in sheet.sprites.items():
        for frame in frames:
            assert frame.pixels.max() <= 3
            assert set(frame.palette) <= set(CANONICAL.tolist()), name
            assert (frame.pixels > 0).mean() > 0.03, name
    for name in (name for name in sheet.sprites if name.startswith("hero_")):
        assert {frame.palette for frame in sheet.sprites[name]} == {sheet.sprites["hero_stand"][0].palette}


def test_frames_of_an_animation_differ(sheet: SpriteSheet) -> None:
    for name, frames in sheet.sprites.items():
        pictures = {(frame.pixels.tobytes(), frame.pixels.shape) for frame in frames}
        assert len(pictures) == len(frames), name


@pytest.mark.parametrize(
    ("names", "part"), [(ON_TILES, (0, 0)), (BY_THE_MIDDLE, (0.5, 0.5)), (ON_THE_FLOOR, (0.5, 1))]
)
def test_anchors_are_where_the_game_puts_things(
    sheet: SpriteSheet, names: tuple[str, ...], part: tuple[float, float]
) -> None:
    for name in names:
        for picture in sheet.sprites[name]:
            height, width = picture.pixels.shape
            assert picture.anchor_px == (part[0] * width, part[1] * height), name


def test_spikes_stand_out_of_any_floor(sheet: SpriteSheet) -> None:
    """Above the ground only steel with a dark rim; below, no hole through which a tile would show."""
    (spikes,) = sheet.sprites["spike_tips"]
    above = spikes.anchor_px[1]
    assert 3 <= above <= 4 and spikes.anchor_px[0] == 0
    out, within = spikes.pixels[:above], spikes.pixels[above:]
    assert (out == 0).any() and (out == 1).any() and (out == 3).any()
    assert (within > 0).all() and (within == 1).mean() > 0.15 and (within == 3).mean() > 0.3
    for row in out:
        for column in np.flatnonzero(row > 1):
            assert row[column - 1] and row[column + 1], "outlined"


def test_on_stairs_the_arms_are_those_that_the_whips_fit(sheet: SpriteSheet) -> None:
    for ground, stairs in zip(sheet.sprites["hero_whip"], sheet.sprites["hero_climb_whip"], strict=True):
        assert ground.anchor_px == stairs.anchor_px
        assert np.array_equal(ground.pixels[:20], stairs.pixels[:20]), "the same down to the belt"


def test_platforms_of_any_length_have_no_seams(sheet: SpriteSheet) -> None:
    """The pattern goes on across the pieces: its period of 4 px, from the first whole link to the last."""
    left, middle, right = (
        sheet.sprites[f"platform_{part}"][0].pixels for part in ("left", "middle", "right")
    )
    row = np.hstack([left, middle, middle, right])[:, 4:-4]
    assert np.array_equal(row[:, 4:], row[:, :-4])


STANDING = [
    "hero_stand", "hero_walk", "hero_crouch", "hero_whip", "hero_crouch_whip", "hero_dead", "zombie",
    "hero_climb", "hero_descend", "hero_climb_whip", "key", "lock", "lock_open", "doorway", "roast",
    "treasure", "treasure_open", "crown", "gem",
]  # fmt: skip


@pytest.mark.parametrize("name", STANDING)
def test_who_stands_touches_the_ground(sheet: SpriteSheet, name: str) -> None:
    for frame in range(len(sheet.sprites[name])):
        picture = sheet.sprites[name][frame]
        assert picture.anchor_px[1] == picture.pixels.shape[0]
        assert picture.pixels[-1].any()


@pytest.mark.parametrize(
    "name", ["hero_stand", "hero_walk", "hero_jump", "hero_climb", "hero_descend", "zombie"]
)
def test_bright_silhouettes_fill_the_body_and_read_on_black(sheet: SpriteSheet, name: str) -> None:
    """What is not black covers most of the 12x28 box that enemies meet: no one is hit by thin air."""
    for frame in sheet.sprites[name]:
        light = PALETTE_RGB[np.array([0, *frame.palette])].max(-1)[frame.pixels] > 80
        assert light[4:, 2:14].mean() > 0.45


def test_the_reach_of_the_whips_is_what_hits(sheet: SpriteSheet) -> None:
    """The extended whip ends within 3 px of its hit box (FACTS: centre 24/26/34, half width 16/18/26)."""
    for name, reach_px in (("whip", 40), ("whip_chain", 44), ("whip_chain_long", 60)):
        surface = sheet.get(name, 2)
        dx, dy = sheet.offset(name, 2)
        assert abs(dx + surface.get_width() - reach_px) <= 3
        assert dy < -18 < dy + surface.get_height()


def test_flipping_mirrors_about_the_feet(sheet: SpriteSheet) -> None:
    for name in FRAMES:
        for frame in range(len(sheet.sprites[name])):
            right, left = sheet.get(name, frame), sheet.get(name, frame, flip=True)
            assert np.array_equal(opaque(right)[::-1], opaque(left))
            right_px, top_px = sheet.offset(name, frame)
            left_px, other_top_px = sheet.offset(name, frame, flip=True)
            assert left_px == -(right_px + right.get_width())
            assert top_px == other_top_px


def test_surfaces_are_kept_and_follow_the_display(sheet: SpriteSheet) -> None:
    pygame.display.quit()  # another test may have left one
    before = sheet.get("hero_stand"), sheet.text("SCORE")
    assert sheet.get("hero_stand") is before[0]
    assert sheet.text("score") is before[1]
    pygame.display.init()
    display = pygame.display.set_mode((256, 240))
    try:
        after = sheet.get("hero_stand")
        assert after is not before[0]
        assert after.get_masks() == display.get_masks()
        assert np.array_equal(opaque(after), opaque(before[0]))
    finally:
        pygame.display.quit()
    assert sheet.get("hero_stand") is not after


def test_blitting_leaves_the_background_between_pixels(sheet: SpriteSheet, display: pygame.Surface) -> None:
    display.fill((1, 2, 3))
    display.blit(sheet.get("hero_stand"), (100, 100))
    picture = sheet.sprites["hero_stand"][0]
    drawn = pygame.surfarray.array3d(display)[100:116, 100:132].transpose(1, 0, 2)
    expected = PALETTE_RGB[np.array([0, *picture.palette])][picture.pixels]
    expected[picture.pixels == 0] = (1, 2, 3)
    assert np.array_equal(drawn, expected)


def test_the_font_has_what_the_game_writes_and_letters_differ(sheet: SpriteSheet) -> None:
    assert set(GLYPHS) <= set(sheet.font)
    shapes = {sheet.font[character].tobytes() for character in GLYPHS}
    assert len(shapes) == len(GLYPHS)


def test_text_is_drawn_in_its_colour_and_any_case(sheet: SpriteSheet) -> None:
    surface = sheet.text("Ab 1", colour=0x16)
    assert surface.get_size() == (32, 8)
    inked = opaque(surface)
    assert np.array_equal(inked[:8].T, sheet.font["A"])
    assert np.array_equal(inked[8:16].T, sheet.font["B"])
    assert not inked[16:24].any()
    assert (pygame.surfarray.array3d(surface)[inked] == PALETTE_RGB[0x16]).all()


@given(st.text(max_size=40), st.sampled_from(CANONICAL.tolist()))
def test_any_text_can_be_drawn(string: str, colour: int) -> None:
    surface = SHEET.text(string, colour)
    assert surface.get_size() == (8 * max(1, len(string.upper())), 8)


SHEET = SpriteSheet.load()


def test_unknown_characters_are_boxes_and_texts_do_not_pile_up(sheet: SpriteSheet) -> None:
    assert np.array_equal(opaque(sheet.text("é\n")).T, np.hstack([sheet.font[UNKNOWN_GLYPH]] * 2))
    for number in range(1000):
        sheet.text(f"SCORE-{number:06}")
    assert sheet._texts.cache_info().currsize <= 256


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("palette 0F 16\n", 1, "three numbers"),
        ("palette 0F 16 40\n", 1, "three numbers"),
        ("palette 0F 16 xx\n", 1, "three numbers"),
        ("palette 0F 16 36 or 0F 26\n", 1, "three numbers"),
        ("frame thing 0 anchor 1 2\n.1\n", 1, "no palette yet"),
        ("palette 0F 16 36\nframe thing zero anchor 1 2\n", 2, "a frame starts with"),
        ("palette 0F 16 36\nframe thing 0\n", 2, "a frame starts with"),
        ("palette 0F 16 36\nframe thing 1 anchor 1 2\n.1\n", 2, "renumber"),
        ("palette 0F 16 36\n.12.\n", 2, "row of no frame"),
        (HEADER + ".12.\n.14.\n", 4, "'4' is no pixel"),
        (HEADER + ".12.\n.12\n", 4, "make them even"),
        (HEADER, 2, "no rows"),
        (HEADER + "palette 0F 16 36\n", 2, "no rows"),
    ],
)
def test_a_broken_sprite_file_names_line_and_remedy(text: str, line: int, says: str) -> None:
    with pytest.raises(SpriteError) as caught:
        parse_sprites(text, "things.txt")
    assert str(caught.value).startswith(f"things.txt:{line}: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("glyph AB\n", "font.txt:1: expected 'glyph' and one character"),
        ("........\n", "font.txt:1: expected 'glyph' and one character"),
        ("glyph A\n........\n", "font.txt:1: glyph A is not 8 rows"),
        ("glyph A\n" + ".......\n" * 8, "font.txt:1: glyph A is not 8 rows"),
        ("glyph A\n" + ".......2\n" * 8, "font.txt:2: '2' is no pixel"),
        ("glyph A\n" + ".......1\n" * 8, f"font.txt: no glyph {UNKNOWN_GLYPH}"),
    ],
)
def test_a_broken_font_names_line_and_remedy(text: str, says: str) -> None:
    with pytest.raises(SpriteError) as caught:
        parse_font(text, "font.txt")
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)


def test_a_palette_may_name_another_that_stands_in_for_it() -> None:
    text = (
        HEADER.replace("36\n", "36 or 0F 26 20\n", 1)
        + ".12.\npalette 0F 11 21\nframe plain 0 anchor 0 0\n1\n"
    )
    found = parse_sprites(text, "things.txt")
    assert found["thing"][0].other == (0x0F, 0x26, 0x20) and found["thing"][0].palette == (0x0F, 0x16, 0x36)
    assert found["plain"][0].other is None


def test_missing_foreign_and_clashing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(SpriteError, match="no sprite files"):
        SpriteSheet.load(tmp_path)
    (tmp_path / "sprites").mkdir()
    (tmp_path / "sprites" / "a.txt").write_text(HEADER + ".1\n")
    with pytest.raises(SpriteError, match=r"font\.txt: .*restore"):
        SpriteSheet.load(tmp_path)
    (tmp_path / "sprites" / "b.txt").write_text(HEADER + ".1\n")
    with pytest.raises(SpriteError, match=r"b\.txt: thing is in another"):
        SpriteSheet.load(tmp_path)
    (tmp_path / "sprites" / "b.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SpriteError, match=r"b\.txt: not UTF-8"):
        SpriteSheet.load(tmp_path)


def test_what_is_not_there_is_a_key_error(sheet: SpriteSheet) -> None:
    with pytest.raises(KeyError):
        sheet.get("nobody")
    with pytest.raises(IndexError):
        sheet.get("hero_stand", 1)


def test_the_files_hold_nothing_but_text() -> None:
    for path in [ASSETS / "font.txt", *(ASSETS / "sprites").iterdir()]:
        assert path.suffix == ".txt"
        assert path.stat().st_size < 64_000
