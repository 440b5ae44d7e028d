"""Dream rooms between stages: where they come, where they lead, and what R, T and Backspace do in them."""

from __future__ import annotations

from game.session import Command, Phase, Session
from game.session.phases import SHOW_TICKS
from game.session.route import Route, next_castle
from game.texts import text
from game.world.world import Outcome
from generator.level.codes import decode
from generator.level.stamps import code_of
from generator.stream import LevelKey
from tests.drawn.sessions import FakeStream, named


def playing(key: LevelKey) -> tuple[Session, FakeStream]:
    """A session that has just come into a stage."""
    stream = FakeStream()
    session = Session(stream, key)
    show(session)
    return session, stream


def show(session: Session) -> None:
    for _ in range(SHOW_TICKS + 2):
        session.tick(0)
    assert session.phase == Phase.PLAYING


def through_the_door(session: Session) -> None:
    """As if the hero had just gone out, and all points were counted."""
    world = session.world
    assert world is not None
    world.step = lambda buttons: ()  # type: ignore[method-assign]
    world.outcome, world.tick = Outcome.CLEARED, 10**9
    world.hero.hearts = 0
    for _ in range(200):
        session.tick(0)
        if session.world is not world:
            return
    raise AssertionError("no other stage has come")


def asked(session: Session, command: Command) -> None:
    session.command(command)
    session.tick(0)


def test_where_interludes_come() -> None:
    keys = [LevelKey(5, stage) for stage in range(1, 7)]
    opens = [key.stage for key in keys if Route().next_stage(key).mode == "dream"]
    assert opens == [2, 4]
    rooms = [LevelKey(5, stage, mode="endless") for stage in range(1, 13)]
    assert [key.stage for key in rooms if Route().next_stage(key).mode == "dream"] == [5, 10]
    assert Route().next_stage(LevelKey(5, 2, mode="dream")) == LevelKey(5, 3, mode="dream")


def test_an_interlude_leads_on_to_the_next_stage() -> None:
    ways = Route()
    interlude = ways.next_stage(LevelKey(5, 2, art=3, difficulty=2))
    assert interlude.difficulty == 2 and interlude.art == 0 and interlude.seed < 2**31
    assert ways.home(interlude) == LevelKey(5, 2, 3, 2)
    assert ways.next_stage(interlude) == ways.next_stage(interlude._replace(art=4)) == LevelKey(5, 3, 3, 2)


def test_through_a_castle() -> None:
    session, _ = playing(LevelKey(3, 2))
    through_the_door(session)
    assert (
        session.playthrough.key.mode == "dream"
        and session.playthrough.stage == 2
        and session.playthrough.title == "DREAM ROOM"
    )
    assert session.phase == Phase.SHOW
    show(session)
    through_the_door(session)
    assert session.playthrough.key == LevelKey(3, 3) and session.playthrough.title == "STAGE 03"


def test_r_in_an_interlude_leads_to_that_of_another_castle() -> None:
    session, _ = playing(LevelKey(3, 2))
    through_the_door(session)
    show(session)
    asked(session, Command.REGENERATE)
    assert session.playthrough.key == Route().next_stage(LevelKey(next_castle(3), 2))
    show(session)
    asked(session, Command.BACK)
    assert session.playthrough.key == Route().next_stage(LevelKey(3, 2))
    through_the_door(session)
    assert session.playthrough.key == LevelKey(3, 3), "Backspace leads back into the castle that it was of"


def test_t_dreams_other_rooms_and_begins_at_their_entrance() -> None:
    session, _ = playing(LevelKey(3, 1, mode="dream"))
    before = session.world
    assert before is not None
    before.hero.score = 700
    asked(session, Command.REDREAM)
    assert session.playthrough.key == LevelKey(3, 1, 1, mode="dream") and session.world is not before
    assert session.world is not None and session.world.hero.score == 700
    assert session.phase == Phase.SHOW and session.playthrough.title == "DREAM ROOMS 01"


def test_t_waits_while_the_hero_dies() -> None:
    session, _ = playing(LevelKey(3, 1, mode="dream"))
    world = session.world
    assert world is not None
    world.hero.kill()
    session.tick(0)
    assert session.phase == Phase.DYING
    asked(session, Command.REDREAM)
    assert session.world is world


def test_the_code_of_dream_rooms_is_of_what_was_dreamed() -> None:
    session, _ = playing(LevelKey(3, 1, mode="dream"))
    assert session.playthrough.built is not None
    assert (
        decode(session.playthrough.code) == code_of(session.playthrough.built.level)
        and decode(session.playthrough.code).grid
    )
    assert session.playthrough.first_code == session.playthrough.code


def test_rooms_that_came_out_differently_are_played_and_say_so() -> None:
    there, _ = playing(LevelKey(3, 1, mode="dream"))
    code = decode(there.playthrough.code)
    for grid, words in ((code.grid, ""), (code.grid ^ 2, text("say.other_rooms"))):
        session = Session(FakeStream(), LevelKey(3, mode="dream"), code=code._replace(grid=grid))
        session.tick(0)
        assert session.message == words and session.world is not None


def test_a_castle_without_end_goes_straight_on_after_a_dream() -> None:
    session, _ = playing(LevelKey(3, 5, mode="endless"))
    through_the_door(session)
    assert session.playthrough.key.mode == "dream" and session.playthrough.title == "DREAM ROOM"
    show(session)
    through_the_door(session)
    assert session.playthrough.key == LevelKey(3, 6, mode="endless")


def test_a_stage_that_is_played_alone_stays_alone() -> None:
    session = Session(None, named(LevelKey(3, 2)))
    session.tick(0)
    assert session.playthrough.title == "STAGE 02" and session.playthrough.code
