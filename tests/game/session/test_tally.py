"""What is counted where a stage was cleared."""

from game.session import Phase, Session
from game.session.phases import TALLY_TICKS
from game.session.tally import HEART_POINTS, ROOM_POINTS, TIME_POINTS, Counted
from game.world.world import Outcome
from generator.stream import LevelKey
from tests.drawn.sessions import FakeStream


def cleared(mode: str = "castle") -> Session:
    session = Session(FakeStream(), LevelKey(3, mode=mode))
    session.tick(0)
    session.skip_show()
    session.tick(0)
    assert session.world is not None
    session.world.hero.hearts, session.world.hero.score = 7, 100
    session.world.outcome = Outcome.CLEARED
    session.tick(0)
    assert session.phase == Phase.TALLY
    return session


def test_all_that_was_left_becomes_points_and_is_told() -> None:
    session = cleared()
    world, counted = session.world, session.playthrough.counted
    assert world is not None and counted == Counted()
    time = world.time_left
    while session.phase_tick < TALLY_TICKS:
        session.tick(0)
        assert world.hero.score == 100 + counted.time * TIME_POINTS + counted.hearts * HEART_POINTS
        assert counted.time + world.time_left == time and counted.hearts + world.hero.hearts == 7
    assert counted == Counted(time, 7)


def test_in_the_castle_without_end_nothing_is_counted() -> None:
    session = cleared("endless")
    world = session.world
    assert world is not None and world.hero.score == 100 + ROOM_POINTS
    for _ in range(TALLY_TICKS):
        session.tick(0)
    assert session.playthrough.key.stage == 2 and session.world is not None
    assert session.world.hero.score == 100 + ROOM_POINTS and session.world.hero.hearts == 7
