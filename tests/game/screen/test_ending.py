"""The end of a castle: after the last stage, once, with a press into the next castle; and how it looks."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from game.app import App
from game.controls import Presses
from game.screen import SpriteSheet, Window
from game.screen.ending import HORIZON_PX, LINES_TOP_PX, Ending
from game.session import Command, Phase, Session
from game.session.phases import ENDING_TICKS
from game.session.route import next_castle
from game.sound import Sounds
from game.world.camera import VIEW_SIZE
from generator.layout.plan import WINGS
from generator.level.codes import STAGES, CastleCode, encode
from generator.stream import LevelKey
from tests.drawn.levels import built
from tests.drawn.sessions import JUMP, FakeStream, follow_certificate

SEED = 3


def at_its_end(stream: FakeStream | None = None, stage: int = STAGES, mode: str = "castle") -> Session:
    """A session whose hero has just gone through a stage's door, long before his time was up."""
    session = Session(stream or FakeStream(), LevelKey(SEED, stage, mode=mode))
    session.tick(0)
    session.skip_show()
    follow_certificate(session)
    return session


def until(session: Session, phase: Phase, ticks: int = 1000) -> None:
    for _ in range(ticks):
        if session.phase == phase:
            return
        session.tick(0)
    raise AssertionError(f"no {phase} after {ticks} ticks, but {session.phase}")


def test_a_castle_has_as_many_stages_as_themes() -> None:
    assert len(WINGS) == STAGES == 6


def test_the_last_door_leads_to_the_ending_and_a_press_on_to_the_next_castle() -> None:
    session = at_its_end()
    assert session.phase == Phase.TALLY and session.playthrough.levels == 1
    until(session, Phase.ENDING)
    assert session.world is not None
    score, hero = session.world.hero.score, session.world.hero
    for tick in range(ENDING_TICKS + 10):
        if session.phase == Phase.ENDING:
            session.tick(JUMP if tick % 2 else 0)
    assert session.phase == Phase.SHOW and session.playthrough.key == LevelKey(next_castle(SEED), 1)
    assert (
        session.playthrough.levels == 2
        and session.world.hero is not hero
        and session.world.hero.score == score
    )
    session.skip_show()
    session.command(Command.BACK)
    assert session.playthrough.key == LevelKey(SEED, STAGES), "the castle can be gone back to"


def test_a_press_held_from_before_does_not_skip_it() -> None:
    session = at_its_end()
    until(session, Phase.ENDING)
    for _ in range(ENDING_TICKS):
        session.tick(JUMP)
    assert session.phase == Phase.ENDING


@pytest.mark.parametrize("command", [Command.REGENERATE, Command.CONTINUE])
def test_r_and_start_lead_on_too(command: Command) -> None:
    session = at_its_end()
    until(session, Phase.ENDING)
    for _ in range(ENDING_TICKS + 1):
        session.tick(0)
    session.command(command)
    session.tick(0)
    assert session.playthrough.key == LevelKey(next_castle(SEED), 1)


def test_nothing_beyond_the_last_stage_is_wanted() -> None:
    stream = FakeStream()
    at_its_end(stream)
    assert stream.wanted[:3] == (
        LevelKey(next_castle(SEED), STAGES), LevelKey(next_castle(SEED), 1), LevelKey(SEED, STAGES, 1),
    )  # fmt: skip


def test_r_before_the_door_does_not_take_the_ending_away() -> None:
    session = at_its_end()
    session.command(Command.REGENERATE)
    until(session, Phase.ENDING)
    assert session.playthrough.key.seed == SEED


def test_where_the_next_castle_is_late_the_ending_waits_and_time_may_stand_still() -> None:
    stream = FakeStream()
    session = at_its_end(stream)
    until(session, Phase.ENDING)
    assert not session.stalled, "it is looked at first"
    stream.slow = True
    for _ in range(ENDING_TICKS + 1):
        session.tick(0)
    session.command(Command.CONTINUE)
    assert session.stalled and session.message == "DREAMING..."
    stream.slow = False
    session.tick(0)
    assert session.phase == Phase.SHOW


def test_earlier_stages_and_the_castle_without_end_go_on() -> None:
    for stage, mode in ((STAGES - 1, "castle"), (STAGES, "endless")):
        session = at_its_end(stage=stage, mode=mode)
        for _ in range(1000):
            session.tick(0)
            assert session.phase != Phase.ENDING
        assert session.playthrough.key == LevelKey(SEED, stage + 1, mode=mode)


def test_what_the_castle_took_is_counted() -> None:
    session = at_its_end()
    assert session.world is not None and session.playthrough.record.deaths == 0
    played = session.playthrough.record.ticks
    assert played == len(session.world.level.certificate)
    until(session, Phase.ENDING)
    assert session.playthrough.record.ticks == played, "counting points is no playing"
    assert session.playthrough.castle_code == encode(CastleCode(SEED))


def test_there_it_does_not_dream_anew() -> None:
    session = at_its_end()
    until(session, Phase.ENDING)
    session.command(Command.REDREAM)
    session.tick(0)
    assert session.message == "" and session.phase == Phase.ENDING


def drawn(session: Session, tick: int = 0) -> np.ndarray:
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    canvas = pygame.Surface(VIEW_SIZE, depth=32)
    canvas.fill((1, 2, 3))
    Ending(SpriteSheet.load()).draw(canvas, session, tick)
    pixels: np.ndarray = pygame.surfarray.array3d(canvas).swapaxes(0, 1)
    return pixels


def test_it_covers_the_screen_and_the_sun_comes_up() -> None:
    session = Session(None, built(SEED))
    session.phase = Phase.ENDING
    first = drawn(session)
    assert not (first == (1, 2, 3)).all(-1).any()
    session.phase_tick = 600
    changed = (drawn(session) != first).any(-1)
    assert changed[:HORIZON_PX].sum() > 1000
    session.playthrough.record.deaths = 7
    told = (drawn(session) != first).any(-1)
    assert told[LINES_TOP_PX:].any(), "deaths are told"


def test_the_app_shows_it_plays_its_tune_and_the_bot_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    pygame.display.init()
    session = at_its_end()
    heard: list[str | None] = []
    sounds = Sounds(mute=True)
    monkeypatch.setattr(sounds, "music", lambda name, **_: heard.append(name))
    app = App(session, Window(1), sounds, bot=True)
    for _ in range(1000):
        app.tick(Presses(0, ()), app.buttons(Presses(0, ())))
        if session.phase == Phase.SHOW:
            break
    assert session.playthrough.key == LevelKey(next_castle(SEED), 1)
    assert "ending" in heard
