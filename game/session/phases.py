"""The phases of a session: what a tick does in each, and what the player's commands do. `RULES`, at the end,
is the table of all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from generator.motion import Button

from ..texts import text
from ..world import World
from ..world.cues import Cue
from ..world.hero import Carry
from ..world.world import Outcome
from .gains import gains, news_of
from .passing import Passing
from .tally import ROOM_POINTS, count

if TYPE_CHECKING:
    from .session import Session

SHOW_TICKS = 112
"""How long a dream takes to become a level: a bar of its music. (ours)"""
DYING_TICKS = 120
TALLY_TICKS = 60
"""How long a cleared stage stays after time and hearts were counted."""
GAME_OVER_TICKS = 60
"""How long a press does not continue yet."""
ENDING_TICKS = 60
"""How long a press does not lead on from a castle's end yet: whoever still holds the jump should see it."""

HIT_STOP_TICKS = 2
"""How long the world stands still when a blow meets somebody: it is seen to land. (ours)"""
BLOWS = ("hit", "hurt")
"""Cues of such blows."""

Cues = tuple[Cue, ...]


class Command(Enum):
    """What the player asks of the session."""

    REGENERATE = auto()
    BACK = auto()
    REDREAM = auto()
    PAUSE = auto()
    CONTINUE = auto()
    INSPECT = auto()


class Phase(Enum):
    """What is going on."""

    LOADING = auto()
    SHOW = auto()
    PLAYING = auto()
    PASSING = auto()
    PAUSED = auto()
    INSPECTING = auto()
    DYING = auto()
    TALLY = auto()
    ENDING = auto()
    GAME_OVER = auto()


STILL = (Phase.PAUSED, Phase.INSPECTING)
"""Phases in which time stands still."""


class Rule(NamedTuple):
    """What goes on in a phase."""

    tick: Callable[[Session, World, int], Cues]
    """Takes the world and the buttons that are newly pressed; gives what is heard."""
    commands: Mapping[Command, Callable[[Session], None]]
    """What the player can ask for. A command that is not here does nothing."""


# What a tick does.


def _nothing(session: Session, world: World, pressed: int) -> Cues:
    return ()


def _show(session: Session, world: World, pressed: int) -> Cues:
    session.show_tick += 1
    if pressed or session.show_tick >= SHOW_TICKS:
        session.skip_show()
    return ()


def _play(session: Session, world: World, pressed: int) -> Cues:
    play = session.playthrough
    if session.held_ticks:
        # As in a pause, no time passes: neither the world nor the recorder knows of these ticks.
        session.held_ticks -= 1
        session.kept_presses |= pressed
        return ()
    mask, session.kept_presses = session.felt | session.kept_presses, 0
    before, had, hits = Passing.out_of(world), gains(world.hero), world.hero.hits
    cues = world.step(mask)
    play.way.note(world)
    play.spend(world.hero.hits - hits)
    won = news_of(had, gains(world.hero))
    if won:
        session.say(won)
    play.recorder.tick(world, mask)
    if any(cue.kind in BLOWS for cue in cues):
        session.held_ticks = HIT_STOP_TICKS
    if any(cue.kind == "locked" for cue in cues):
        session.say(text("say.locked"))
    if world.outcome == Outcome.DEAD:
        play.die()
        session.go(Phase.DYING)
    elif world.outcome == Outcome.CLEARED:
        play.clear()
        session.go(Phase.TALLY)
        if play.is_endless:
            # Nothing is counted: the next room was built while the hero was in this one.
            world.hero.win(ROOM_POINTS)
            play.carry = world.hero.carry()
            session.phase_tick = TALLY_TICKS
            session.ask(session.next_stage(), None)
    elif world.hero.state.room != before.room:
        play.passing = before.through(world)
        session.go(Phase.PASSING)
    return cues


def _pass(session: Session, world: World, pressed: int) -> Cues:
    passing = session.playthrough.passing
    if passing is None or session.phase_tick >= passing.ticks:
        _resume(session)
    return ()


def _die(session: Session, world: World, pressed: int) -> Cues:
    cues, hero = world.step(0), world.hero
    if session.phase_tick < DYING_TICKS:
        return cues
    if hero.lives <= 0 and not world.assists.endless_lives:
        session.ask_for_nothing()
        session.go(Phase.GAME_OVER)
    else:
        # With the plain whip, as on the NES.
        lost = not world.assists.endless_lives
        session.die(Carry(score=hero.score, lives=hero.lives - lost))
    return cues


def _tally(session: Session, world: World, pressed: int) -> Cues:
    """Counts points; then leads on to the next stage, or to the castle's end."""
    play = session.playthrough
    if play.is_endless and session.waits:
        return ()
    if count(world, session.phase_tick, play.counted):
        session.phase_tick = 0
    elif session.phase_tick >= TALLY_TICKS and play.route.is_last(play.key):
        session.ask_for_nothing()
        session.go(Phase.ENDING)
    elif session.phase_tick >= TALLY_TICKS and not session.waits:
        play.carry = session.taken_along()
        if session.stream is None:
            session.restart(play.carry)
        else:
            session.ask(session.next_stage(), None)
    return ()


def _end(session: Session, world: World, pressed: int) -> Cues:
    if pressed & (Button.JUMP | Button.WHIP):
        _leave_castle(session)
    return ()


def _game_over(session: Session, world: World, pressed: int) -> Cues:
    if pressed & Button.JUMP and session.phase_tick > GAME_OVER_TICKS:
        _continue(session)
    return ()


# What commands do.


def _pause(session: Session) -> None:
    session.playthrough.passing = None  # he is through the door already
    session.say("")  # it would lie over the menu
    session.go(Phase.PAUSED)


def _resume(session: Session) -> None:
    session.playthrough.passing = None
    session.go(Phase.PLAYING)


def _inspect(session: Session) -> None:
    session.playthrough.passing = None
    session.inspected_from = Phase.PLAYING if session.phase == Phase.PASSING else session.phase
    session.go(Phase.INSPECTING)


def _leave_inspector(session: Session) -> None:
    session.go(session.inspected_from)


def _regenerate(session: Session) -> None:
    session.regenerate()


def _redream(session: Session) -> None:
    session.ask(session.other_art(), Command.REDREAM)


def _go_back(session: Session) -> None:
    """Goes into the castle before."""
    if not session.may_leave:
        session.say(text("say.not_now"))
    elif not session.playthrough.back(session.taken_along()):
        session.say(text("say.no_castle_before"))
    else:
        session.ask_for_nothing()
        session.go(Phase.PLAYING)
        session.want()


def _leave_castle(session: Session) -> None:
    """Goes from a castle's end into the next castle, whose first stage has been built meanwhile."""
    if session.phase_tick > ENDING_TICKS:
        _regenerate(session)


def _continue(session: Session) -> None:
    session.restart(Carry())


_BACK_AND_ON = {Command.REGENERATE: _regenerate, Command.BACK: _go_back}
_LEVELS = {**_BACK_AND_ON, Command.REDREAM: _redream}
_PAUSE = {Command.PAUSE: _pause, Command.CONTINUE: _pause, Command.INSPECT: _inspect}
_RESUME = {Command.PAUSE: _resume, Command.CONTINUE: _resume, Command.INSPECT: _inspect}

RULES: Mapping[Phase, Rule] = {
    Phase.LOADING: Rule(_nothing, {}),
    Phase.SHOW: Rule(_show, _LEVELS),
    Phase.PLAYING: Rule(_play, _LEVELS | _PAUSE),
    Phase.PASSING: Rule(_pass, _LEVELS | _PAUSE),
    Phase.PAUSED: Rule(_nothing, _LEVELS | _RESUME),
    Phase.INSPECTING: Rule(_nothing, _LEVELS | {Command.INSPECT: _leave_inspector}),
    Phase.DYING: Rule(_die, _LEVELS),
    Phase.TALLY: Rule(_tally, _LEVELS),
    # A castle's end shows nothing that could be dreamed anew.
    Phase.ENDING: Rule(_end, _BACK_AND_ON | {Command.CONTINUE: _leave_castle}),
    Phase.GAME_OVER: Rule(_game_over, _LEVELS | {Command.CONTINUE: _continue}),
}
"""The rule of every phase. A command that asks for a level takes effect when the level comes."""
