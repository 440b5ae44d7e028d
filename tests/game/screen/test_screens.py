"""What stands over the picture: that a pause shows the castle's code, whole."""

from __future__ import annotations

import dataclasses

import pygame
import pytest

from game.screen import SpriteSheet
from game.screen.screens import Screens, code_lines
from game.screen.sprites import GLYPH_PX
from game.session import Command, Phase, Session
from game.world.camera import VIEW_SIZE
from generator.level.codes import CastleCode, decode, encode
from generator.stream import Built
from tests.drawn.levels import built

LONGEST = CastleCode(2**64 - 1, "dream", 2**16 - 1, 2**16 - 1, 2**32 - 1)
STAMPED = LONGEST._replace(network=2**20 - 1, grid=2**20 - 1)


def pause(castle: CastleCode) -> list[str]:
    """The lines of a pause in this castle."""
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    sheet, lines = SpriteSheet.load(), list[str]()
    draw = sheet.text

    def noted(line: str, colour: int) -> pygame.Surface:
        lines.append(line)
        return draw(line, colour)

    sheet.text = noted  # type: ignore[method-assign, assignment]  # on purpose
    given = built(7)
    integers = {name: getattr(castle, name) for name in ("seed", "mode", "difficulty", "stage", "art")}
    session = Session(None, Built(dataclasses.replace(given.level, **integers), given.dreams))
    session.skip_show()
    session.command(Command.PAUSE)
    assert session.phase == Phase.PAUSED
    Screens(sheet).over(pygame.Surface(VIEW_SIZE, depth=32), session, 0)
    return lines


def test_a_pause_shows_the_code_in_groups() -> None:
    lines = pause(CastleCode(7, stage=2))
    assert "PAUSE" in lines and "CASTLE 7" in lines
    assert f"CODE {encode(CastleCode(7, stage=2))}" in lines


@pytest.mark.parametrize("castle", [CastleCode(7), CastleCode(2**64 - 1, stage=300)])
def test_every_code_is_shown(castle: CastleCode) -> None:
    assert all(line in pause(castle) for line in code_lines(encode(castle)))


@pytest.mark.parametrize("castle", [CastleCode(7), CastleCode(2**64 - 1, stage=300), LONGEST, STAMPED])
def test_every_code_fits(castle: CastleCode) -> None:
    shown = code_lines(encode(castle))
    assert len(shown) <= 2
    assert all((len(line) + 2) * GLYPH_PX <= VIEW_SIZE[0] for line in shown)
    assert decode("".join(shown).removeprefix("CODE ")) == castle


def test_a_castle_without_a_code_shows_none() -> None:
    assert code_lines("") == []
    assert not any("CODE" in line for line in pause(CastleCode(7, art=2**32)))
