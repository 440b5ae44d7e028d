"""The status bar: what it says, and that it is drawn anew only when a number changes."""

from itertools import pairwise
from typing import Any

import numpy as np
import pygame
import pytest

from game.screen import SpriteSheet
from game.screen.eyes import EYES, Eyes
from game.screen.hud import (
    BOX_LEFT_PX,
    BOX_TOP_PX,
    HUD_PX,
    LEFT_PX,
    LINES_PX,
    LOW_LIFE,
    LOW_TIME,
    MOST_KEYS,
    Hud,
    Numbers,
)
from game.screen.sprites import GLYPH_PX
from game.session import Session
from game.world.camera import VIEW_SIZE
from game.world.hero import HEALTH_MAX
from game.world.world import STAGE_TIME, TIME_TICKS
from generator.stream import Built, LevelKey
from tests.drawn.levels import KEY_BIT, LOCK_BIT, built, rooms_level
from tests.drawn.sessions import named

PLAIN = Numbers(score=1200, time=287, stage=3, health=16, enemy=16, hearts=5, lives=3, weapon="")


@pytest.fixture(scope="module")
def sheet() -> SpriteSheet:
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    return SpriteSheet.load()


def picture(sheet: SpriteSheet, numbers: Numbers) -> np.ndarray:
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    canvas.fill((9, 9, 9))
    Hud(sheet).draw(canvas, numbers)
    return pygame.surfarray.array3d(canvas).swapaxes(0, 1)


def on_black(sprite: pygame.Surface) -> np.ndarray:
    canvas = pygame.Surface(sprite.get_size(), depth=32)
    canvas.blit(sprite, (0, 0))
    return pygame.surfarray.array3d(canvas).swapaxes(0, 1)


def test_it_covers_the_top_two_rows_and_no_more(sheet: SpriteSheet) -> None:
    shown = picture(sheet, PLAIN)
    assert not (shown[:HUD_PX] == 9).any()
    assert (shown[HUD_PX:] == 9).all()


def test_no_part_of_it_covers_another(sheet: SpriteSheet) -> None:
    """The frame of the weapon's box once cut the bottom off the time."""
    time_px, box = LEFT_PX + 13 * GLYPH_PX, sheet.get("weapon_box")
    shown = picture(sheet, PLAIN._replace(time=8888))
    word = on_black(sheet.text("TIME 8888"))
    top = LINES_PX[0]
    assert np.array_equal(shown[top : top + GLYPH_PX, time_px : time_px + word.shape[1]], word)
    whole = on_black(box)
    bottom = shown[BOX_TOP_PX + len(whole) - 1, BOX_LEFT_PX + 1 : BOX_LEFT_PX + whole.shape[1] - 1]
    assert BOX_TOP_PX + len(whole) <= HUD_PX and np.array_equal(bottom, whole[-1, 1:-1])


@pytest.mark.parametrize(
    "changed",
    [
        {"score": 1210}, {"time": 286}, {"stage": 4}, {"health": 15}, {"enemy": 12}, {"hearts": 6},
        {"lives": 2}, {"weapon": "axe"}, {"keys": 1}, {"kept": True},
    ],
)  # fmt: skip
def test_every_number_is_seen(sheet: SpriteSheet, changed: dict[str, Any]) -> None:
    assert not np.array_equal(picture(sheet, PLAIN), picture(sheet, PLAIN._replace(**changed)))


def test_numbers_that_run_over_stay_inside(sheet: SpriteSheet) -> None:
    huge = Numbers(10**9, 10**6, 1000, 99, 99, 1000, 1000, "axe")
    assert np.array_equal(
        picture(sheet, huge), picture(sheet, Numbers(999999, 9999, 99, 16, 16, 99, 99, "axe"))
    )
    assert picture(sheet, PLAIN._replace(lives=-1)).shape == (240, 256, 3)


def test_health_shows_as_so_many_full_bars(sheet: SpriteSheet) -> None:
    """From full to none, the bars differ from the full ones in more and more columns."""
    full = picture(sheet, PLAIN)
    widths = []
    for health in range(HEALTH_MAX, -1, -1):
        differs = (picture(sheet, PLAIN._replace(health=health)) != full).any(axis=(0, 2))
        widths.append(int(differs.sum()))
    assert widths[0] == 0 and widths == sorted(widths) and len(set(widths)) == HEALTH_MAX + 1


def test_it_is_drawn_anew_only_when_a_number_changes(
    sheet: SpriteSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    hud, canvas = Hud(sheet), pygame.Surface(VIEW_SIZE, depth=32)
    redrawn: list[Numbers] = []
    plain = hud._redraw

    def redraw(numbers: Numbers) -> None:
        redrawn.append(numbers)
        plain(numbers)

    monkeypatch.setattr(hud, "_redraw", redraw)
    for numbers in (PLAIN, PLAIN, PLAIN._replace(), PLAIN._replace(time=286), PLAIN._replace(time=286)):
        hud.draw(canvas, numbers)
    assert redrawn == [PLAIN, PLAIN._replace(time=286)]


def test_numbers_come_from_the_session() -> None:
    session = Session(None, named(LevelKey(1, 2)))
    world = session.world
    assert world is not None
    hero, numbers = world.hero, Numbers.of(world, session.playthrough.stage)
    assert (numbers.stage, numbers.health, numbers.hearts, numbers.lives) == (2, 16, hero.hearts, hero.lives)
    assert numbers.time == world.time_left > 0


def test_keys_are_shown_while_they_are_held(sheet: SpriteSheet) -> None:
    session = Session(None, Built(rooms_level(), built(3).dreams))
    assert session.world is not None
    state = session.world.hero.state
    for flags, keys in ((0, 0), (1 << KEY_BIT, 1), (1 << KEY_BIT | 1 << LOCK_BIT, 0)):
        session.world.hero.state = state._replace(flags=flags)
        assert Numbers.of(session.world, 1).keys == keys
    rows = [picture(sheet, PLAIN._replace(keys=keys)) for keys in range(7)]
    assert [np.array_equal(a, b) for a, b in pairwise(rows)] == [False] * MOST_KEYS + [True, True]


def test_little_life_and_little_time_are_warned_of() -> None:
    session = Session(None, named(LevelKey(1, 2)))
    world = session.world
    assert world is not None

    def warned(eyes: Eyes) -> list[tuple[bool, bool]]:
        told = []
        for world.tick in range(start, start + 60):
            numbers = Numbers.of(world, 1, eyes=eyes)
            told.append((numbers.life_warns, numbers.time_warns))
        return told

    start = 60
    assert not any(map(any, warned(EYES)))
    world.hero.health = LOW_LIFE - 1
    assert {life for life, _ in warned(EYES)} == {True, False}
    assert not any(time for _, time in warned(EYES))
    start = (STAGE_TIME - LOW_TIME + 1) * TIME_TICKS
    assert {time for _, time in warned(EYES)} == {True, False}
    for eyes, most in ((EYES, 10), (Eyes(flash=False), 4)):
        lives = [life for life, _ in warned(eyes)]
        assert sum(one != other for one, other in pairwise(lives)) <= most, "changes in a second"


def test_a_warning_is_seen_where_it_stands(sheet: SpriteSheet) -> None:
    low = PLAIN._replace(health=3, time=9)
    life, time = low._replace(life_warns=True), low._replace(time_warns=True)
    for warned, line in ((life, LINES_PX[1]), (time, LINES_PX[0])):
        rows = np.nonzero((picture(sheet, warned) != picture(sheet, low)).any((1, 2)))[0]
        assert line <= rows.min() and rows.max() < line + GLYPH_PX
