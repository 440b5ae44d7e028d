"""Castles after one another: R, Backspace, T, the door, death, and a stream that is late, dies or fails."""

import dataclasses

from game.session import Command, Phase, Session
from game.session.route import next_castle
from game.texts import text
from game.world.world import Outcome
from generator.level.codes import CastleCode, decode
from generator.motion import Button, Posture
from generator.stream import Built, LevelKey
from tests.drawn.levels import built, proven_level
from tests.drawn.sessions import JUMP, FakeStream, follow_certificate, playing

RIGHT = int(Button.RIGHT)


def at_the_door(session: Session) -> None:
    """Plays the certificate with nobody in the way."""
    follow_certificate(session)
    assert session.phase == Phase.TALLY


def test_the_first_level_comes_by_a_show() -> None:
    stream = FakeStream()
    stream.slow = True
    session = Session(stream, LevelKey(3))
    session.tick(0)
    assert session.phase == Phase.LOADING and stream.wanted[0] == LevelKey(3)
    stream.slow = False
    session.tick(0)
    assert session.phase == Phase.SHOW and session.playthrough.levels == 1
    session.tick(JUMP)
    assert session.phase == Phase.PLAYING, "any press skips the show"


def test_r_swaps_within_one_tick_when_ready() -> None:
    session, _ = playing()
    before = session.world
    assert before is not None
    before.hero.score = 4200
    session.command(Command.REGENERATE)
    session.tick(0)
    assert (
        session.world is not before
        and session.playthrough.key.seed == next_castle(3)
        and session.playthrough.stage == 1
    )
    assert session.world is not None and session.world.hero.score == 4200
    assert session.swap_ticks == 1


def test_the_code_is_of_what_is_played() -> None:
    session, _ = playing()
    assert decode(session.playthrough.code) == CastleCode(3)
    session.command(Command.REDREAM)
    session.tick(0)
    assert decode(session.playthrough.code) == CastleCode(3, art=1)
    session.command(Command.REGENERATE)
    session.tick(0)
    assert decode(session.playthrough.code) == CastleCode(next_castle(3))
    session.command(Command.BACK)
    session.tick(0)
    assert decode(session.playthrough.code) == CastleCode(3, art=1) and decode(
        session.playthrough.first_code
    ) == CastleCode(3)


def test_a_code_leads_to_its_stage_art_and_difficulty() -> None:
    stream = FakeStream()
    session = Session(stream, LevelKey(3, 2, 4, 2))
    assert stream.wanted == (LevelKey(3, 2, 4, 2),)
    assert decode(session.playthrough.code) == CastleCode(3, "castle", 2, 2, 4)


def test_a_level_that_no_code_can_say_has_none() -> None:
    given = built(3)
    odd = Built(dataclasses.replace(given.level, art=2**32), given.dreams)
    session = Session(None, odd)
    assert session.playthrough.code == session.playthrough.first_code == ""


def test_r_lets_the_game_go_on_until_a_level_is_there() -> None:
    session, stream = playing()
    stream.slow = True
    world = session.world
    assert world is not None
    session.command(Command.REGENERATE)
    for _ in range(30):
        session.tick(RIGHT)
    assert session.world is world and session.message == "DREAMING..." and world.hero.body.x_sub > 24 * 256
    stream.slow = False
    session.tick(0)
    assert session.world is not world


def test_backspace_returns_to_the_castle_before() -> None:
    session, _ = playing()
    session.command(Command.REGENERATE)
    session.tick(0)
    assert session.world is not None
    session.world.hero.score = 700
    session.command(Command.BACK)
    session.tick(0)
    assert session.playthrough.key.seed == 3 and session.phase == Phase.PLAYING
    assert session.world.hero.score == 700, "what was won in between is kept"
    session.command(Command.BACK)
    assert session.message, "there is none before the first"


def test_backspace_finds_the_castle_as_it_was_left() -> None:
    session, _ = playing()
    for _ in range(60):
        session.tick(RIGHT)
    left = session.world
    assert left is not None
    left.hero.health = 3
    session.command(Command.REGENERATE)
    session.tick(0)
    assert session.world is not None and session.world.hero.health == 16
    session.command(Command.BACK)
    assert session.world is left and left.hero.health == 3, "going to and fro is no cure"


def test_r_waits_for_the_count_of_points() -> None:
    session, stream = playing()
    stream.slow = True
    session.command(Command.REGENERATE)
    at_the_door(session)
    stream.slow = False
    score = session.world.hero.score if session.world else 0
    for _ in range(20):
        session.tick(0)
    assert session.phase == Phase.TALLY and session.playthrough.key.seed == 3
    for _ in range(600):
        session.tick(0)
    assert session.playthrough.key.seed == next_castle(3)
    assert session.world is not None and session.world.hero.score > score + 1000


def test_r_is_no_way_out_of_death() -> None:
    session, stream = playing()
    stream.slow = True
    session.command(Command.REGENERATE)
    assert session.world is not None
    session.world.hero.kill()
    session.tick(0)
    stream.slow = False
    for _ in range(150):
        session.tick(0)
    assert session.playthrough.key.seed == next_castle(3), "it comes afterwards"
    assert session.world.hero.lives == 2


def test_r_after_the_last_life_is_a_new_game_in_a_new_castle() -> None:
    session, _ = playing()
    assert session.world is not None
    session.world.hero.lives, session.world.hero.score = 0, 900
    session.world.hero.kill()
    for _ in range(200):
        session.tick(0)
    assert session.phase == Phase.GAME_OVER
    session.command(Command.REGENERATE)
    session.tick(0)
    assert session.playthrough.key.seed == next_castle(3)
    assert (session.world.hero.lives, session.world.hero.score) == (3, 0)


def test_the_press_that_skips_the_show_does_not_make_him_jump() -> None:
    session = Session(FakeStream(), LevelKey(3))
    for mask in (0, 0, JUMP, JUMP, JUMP):
        session.tick(mask)
    assert session.phase == Phase.PLAYING and session.world is not None
    assert session.world.hero.body.posture == Posture.STAND
    session.tick(0)
    session.tick(JUMP)
    assert session.world.hero.body.posture == Posture.AIR, "the next press does"


def test_start_pauses_too() -> None:
    session, _ = playing()
    session.command(Command.CONTINUE)
    assert session.phase == Phase.PAUSED
    session.command(Command.CONTINUE)
    assert session.phase == Phase.PLAYING


def test_t_changes_the_art_and_nothing_else() -> None:
    session, _ = playing()
    for _ in range(50):
        session.tick(RIGHT)
    world = session.world
    assert world is not None
    state = world.hero.state
    session.command(Command.REDREAM)
    session.tick(0)
    assert session.world is world and world.level.art == 1 and session.phase == Phase.PLAYING
    assert world.hero.state.body.x_sub == state.body.x_sub


def test_pause_stops_time() -> None:
    session, _ = playing()
    session.command(Command.PAUSE)
    world = session.world
    assert world is not None
    tick = world.tick
    for _ in range(20):
        session.tick(RIGHT)
    assert world.tick == tick
    session.command(Command.PAUSE)
    session.tick(RIGHT)
    assert world.tick == tick + 1


def test_the_door_leads_to_the_next_stage_with_time_as_score() -> None:
    session, _ = playing()
    at_the_door(session)
    assert session.playthrough.cleared
    for _ in range(600):
        session.tick(0)
        if session.playthrough.stage == 2:
            break
    assert session.playthrough.stage == 2 and session.playthrough.levels == 2
    assert session.world is not None and session.world.hero.score > 1000


def test_death_costs_a_life_and_the_last_one_the_score() -> None:
    session, _ = playing()
    assert session.world is not None
    for lives in (2, 1, 0):
        session.world.hero.kill()
        for _ in range(200):
            session.tick(0)
        assert session.world.hero.lives == lives and session.world.outcome == Outcome.PLAYING
    session.world.hero.score = 500
    session.world.hero.kill()
    for _ in range(200):
        session.tick(0)
    assert session.phase == Phase.GAME_OVER and session.playthrough.deaths == 4
    session.command(Command.CONTINUE)
    assert session.phase == Phase.PLAYING and session.world.hero.score == 0 and session.world.hero.lives == 3


def test_a_dead_worker_is_said_and_survived() -> None:
    session, stream = playing()
    stream.restarts = 1
    session.tick(0)
    assert session.phase == Phase.PLAYING and session.message
    stream.error = "no network"
    stream.slow = True
    world = session.world
    session.command(Command.REGENERATE)
    session.tick(0)
    assert session.world is world and session.phase == Phase.PLAYING and session.message == "NO MORE DREAMS"


def test_a_castle_that_cannot_be_built_is_gone_around() -> None:
    session, stream = playing()
    first, second = next_castle(3), next_castle(next_castle(3))
    stream.failed[LevelKey(first)] = "made up"
    session.command(Command.REGENERATE)
    session.tick(0)
    assert session.playthrough.key == LevelKey(second), "known to fail, it is not even asked for"
    stream.failed[LevelKey(next_castle(second))] = "made up"
    stream.failed[LevelKey(second, 1, 1)] = "made up"
    session.skip_show()
    session.command(Command.REDREAM)
    for _ in range(2):
        session.tick(0)
    assert session.playthrough.settled == LevelKey(second, 1, 2)


def test_a_castle_that_fails_while_it_is_waited_for_is_gone_around() -> None:
    session, stream = playing()
    stream.slow = True
    session.command(Command.REGENERATE)
    session.tick(0)
    assert session.waits
    stream.failed[LevelKey(next_castle(3))] = "made up"
    stream.slow = False
    session.tick(0)
    assert session.message == "THAT DREAM FAILED" and session.waits
    session.tick(0)
    assert session.playthrough.key == LevelKey(next_castle(next_castle(3)))


def test_a_first_castle_that_fails_is_gone_around() -> None:
    stream = FakeStream()
    stream.failed[LevelKey(3)] = "made up"
    session = Session(stream, LevelKey(3))
    for _ in range(2):
        session.tick(0)
    assert session.playthrough.key == LevelKey(next_castle(3)) and session.world is not None


def test_a_stage_that_fails_leads_to_the_next_castle() -> None:
    session, stream = playing()
    stream.failed[LevelKey(3, 2)] = "made up"
    at_the_door(session)
    for _ in range(1000):  # while points are counted
        session.tick(0)
    assert session.playthrough.key == LevelKey(next_castle(3), 2)


def test_without_a_stream_one_level_is_played_again_and_again() -> None:
    session = Session(None, Built(proven_level(3), built(3).dreams[:0]))
    session.tick(0)
    assert session.phase == Phase.PLAYING and session.playthrough.key.seed == 3
    session.command(Command.REGENERATE)
    session.tick(0)
    assert session.phase == Phase.PLAYING and session.message


def test_a_newer_network_dreams_the_same_castle_anew() -> None:
    session, stream = playing()
    assert session.world is not None
    before, body = session.playthrough.key, session.world.hero.body
    stream.networks = 2
    session.tick(0)
    assert session.message == "NETWORK 2"
    session.tick(0)
    assert session.playthrough.key == before._replace(art=before.art + 1)
    assert session.world.hero.body == body


def test_a_level_that_the_shipped_network_stepped_in_for_says_so() -> None:
    class Illegible(FakeStream):
        def take(self, key: LevelKey) -> Built | None:
            made = super().take(key)
            return made and Built(dataclasses.replace(made.level, substitute=key.art % 2 == 0), made.dreams)

    session, _ = playing(Illegible())
    assert session.message == text("say.substitute")
    session.command(Command.REDREAM)
    session.tick(0)
    session.say("")
    assert session.playthrough.key.art == 1 and not session.message
    session.command(Command.REDREAM)
    session.tick(0)
    assert session.playthrough.key.art == 2 and session.message == text("say.substitute")


def test_a_level_that_is_waited_for_is_said_to_be() -> None:
    session, stream = playing()
    assert not stream.waited, "others are built ahead"
    stream.slow = True
    session.command(Command.REGENERATE)
    assert stream.waited
    stream.slow = False
    session.tick(0)
    assert not stream.waited
