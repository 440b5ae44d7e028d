"""A blow that lands holds the world for a moment; a run knows nothing of it."""

from game.session import Command, Phase, Session
from game.session.phases import HIT_STOP_TICKS
from game.session.replaying import Replaying
from game.world import World
from game.world.enemies import enemy_of
from game.world.replay import sum_of
from generator.motion import SUB, Button
from generator.stream import LevelKey
from tests.drawn.sessions import FakeStream, playing

WHIP, JUMP = int(Button.WHIP), int(Button.JUMP)


def ghost_before(world: World) -> None:
    """Puts somebody there whom the whip meets."""
    body = world.hero.body
    world.enemies = [enemy_of("ghost", body.x_sub // SUB + 30 * body.facing, body.y_sub // SUB - 18, 1)]
    world.asleep = []


def struck() -> Session:
    """A session in the tick in which a blow has just landed."""
    session, _ = playing()
    assert session.world is not None
    ghost_before(session.world)
    while not any(cue.kind == "hit" for cue in session.tick(WHIP)):
        assert session.phase_tick < 60
    return session


def test_a_blow_holds_the_world_for_two_ticks() -> None:
    session = struck()
    world = session.world
    assert world is not None
    at, sum_ = world.tick, sum_of(world)
    for _ in range(HIT_STOP_TICKS):
        assert not session.steps and session.tick(WHIP) == ()
        assert (world.tick, sum_of(world)) == (at, sum_)
    session.tick(WHIP)
    assert world.tick == at + 1


def test_what_is_pressed_meanwhile_is_felt_afterwards() -> None:
    session = struck()
    session.tick(JUMP)
    session.tick(0)
    session.tick(0)
    assert session.playthrough.recorder.parts[-1].masks[-1] == JUMP
    session.tick(0)
    assert session.playthrough.recorder.parts[-1].masks[-1] == 0


def test_a_pause_ends_it() -> None:
    session = struck()
    for _ in range(2):
        session.command(Command.PAUSE)
    assert session.phase == Phase.PLAYING and session.steps


def test_a_run_with_blows_is_the_same_when_it_is_shown() -> None:
    """The worlds of both sessions get the same enemy at the same tick of theirs."""
    masks = [WHIP if tick % 30 < 15 else JUMP * (tick % 3 == 0) for tick in range(200)]
    recorded, _ = playing()
    for mask in masks:
        assert recorded.world is not None
        if recorded.world.tick % 50 == 0 and recorded.steps:
            ghost_before(recorded.world)
        recorded.tick(mask)
    replay = recorded.playthrough.recorder.replay
    assert replay is not None and 0 < replay.ticks < len(masks), "some ticks were held"
    shown = Session(FakeStream(), LevelKey(3))
    replaying = Replaying(replay)
    for _ in range(1000):
        if shown.world is not None and shown.world.tick % 50 == 0 and shown.steps:
            ghost_before(shown.world)
        shown.tick(replaying.buttons(shown))
        if replaying.done:
            break
    again = shown.playthrough.recorder.replay
    assert again is not None and [vars(p) for p in again.parts] == [vars(p) for p in replay.parts]
