"""A player's way through castles: which level is played, which is wanted next, and what stands between them.

It asks the stream for three levels at all times: the next castle (R), the next stage, and this castle in
another art (T). A key press swaps in what is ready at the next tick; what is not ready comes when it is, and
until then the game goes on. Another art comes as a melt where the stream has one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, Protocol

from generator.build import Built
from generator.codes import CastleCode, encode
from generator.dream_codes import OTHER_ROOMS, code_of, is_of
from generator.motion import Button
from generator.plan import STAGES
from generator.rng import mix
from generator.stream import LevelKey

from .cues import Cue
from .hero import HEALTH_MAX, Carry
from .interludes import Interludes
from .melting import Melting, can_melt
from .world import TIME_TICKS, Outcome, World

if TYPE_CHECKING:
    from generator.handmade import Judgement

SHOW_TICKS = 100
"""How long a dream takes to become a level."""
DYING_TICKS = 120
TALLY_TICKS = 60
"""After time and hearts are counted."""
TIME_POINTS, HEART_POINTS = 10, 100
"""Of a unit of time and of a heart when a stage is cleared. (hearts: FACTS)"""
ROOM_POINTS = 500
"""Of a room of the castle without end."""
GAME_OVER_TICKS = 60
"""Before a press continues."""
ENDING_TICKS = 60
"""Before a press leads on from a castle's end: whoever still holds the jump should see it."""
HISTORY = 16
"""Castles that can be gone back to."""
MESSAGE_TICKS = 150
_NEXT_CASTLE = 0xCA571E


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
    PAUSED = auto()
    INSPECTING = auto()
    DYING = auto()
    TALLY = auto()
    ENDING = auto()
    GAME_OVER = auto()


STILL = (Phase.PAUSED, Phase.INSPECTING)
"""Phases in which time stands still."""


class Stream(Protocol):
    """What a session needs of `LevelStream`."""

    @property
    def restarts(self) -> int: ...
    @property
    def networks(self) -> int: ...
    @property
    def error(self) -> str | None: ...
    @property
    def failed(self) -> Mapping[LevelKey, str]: ...
    def want(self, keys: Sequence[LevelKey], shown: LevelKey | None = None) -> None: ...
    def poll(self) -> None: ...
    def ready(self, key: LevelKey) -> bool: ...
    def take(self, key: LevelKey) -> Built | None: ...


@dataclass
class Record:
    """What a castle has taken so far."""

    ticks: int = 0
    """Of playing: neither pauses nor the count of points."""
    deaths: int = 0


class Waiting(NamedTuple):
    """A level that was asked for and is swapped in as soon as it is there."""

    key: LevelKey
    why: Command | None  # None: the next stage, or the first


def next_castle(seed: int) -> int:
    """The castle that R leads to: 31 bits, so that a seed is short enough to write down."""
    return mix(seed, _NEXT_CASTLE) & 0x7FFFFFFF


class Session:
    """Call `step` once a tick, always; drawing reads the rest."""

    def __init__(
        self,
        stream: Stream | None,
        seed: int,
        stage: int = 1,
        *,
        built: Built | None = None,
        difficulty: int = 1,
        art: int = 0,
        mode: str = "castle",
        judgement: Judgement | None = None,
        ask: bool = True,
        code: CastleCode | None = None,
    ) -> None:
        """With `built`, that level is played at once; without a stream it is the only one. `judgement`: of a
        level out of a file that no share code says. Without `ask`, nothing is waited for until `play`.
        `code`: the share code that led here, if one did."""
        self.stream = stream
        self.key = LevelKey(seed, stage, art, difficulty, mode)
        self.judgement = judgement
        self.phase = Phase.LOADING
        self.world: World | None = None
        self.built: Built | None = None
        self.melting: Melting | None = None
        """The melt that goes on now; `key` and `built` change over in its middle."""
        self.show_tick = 0
        self.deaths = 0
        self.levels = 0
        """Levels entered."""
        self.cleared = False
        """Whether the first level's exit was reached."""
        self.swap_ticks = 0
        """Ticks that the last swap was waited for."""
        self.first_code = ""
        """Of the castle that it began with, as `code`."""
        self._first: LevelKey | None = None
        self._records: defaultdict[int, Record] = defaultdict(Record)
        """By the castle's seed."""
        self._given_code = code
        self._interludes = Interludes()
        self._history: list[tuple[LevelKey, Built, World]] = []
        self._waiting: Waiting | None = None
        self._carry = Carry()
        self._phase_tick = 0
        self._buttons = 0
        self._muted = 0
        """Buttons held since before the hero could act, which he does not feel."""
        self._message = ""
        self._message_ticks = 0
        self._restarts, self._networks = 0, 1
        if built is not None:
            self.key = LevelKey.of(built.level)
            self._enter(self.key, built)
        elif ask:
            self._ask(self.key, None)
        if judgement is not None and judgement.brief:
            self.say(judgement.brief)

    @property
    def seed(self) -> int:
        """The castle's."""
        return self.key.seed

    @property
    def first_seed(self) -> int:
        """Of the castle that it began with."""
        return (self._first or self.key).seed

    @property
    def code(self) -> str:
        """The share code of what is played; "" for what none leads to."""
        return self._code_of(self.key)

    @property
    def castle_code(self) -> str:
        """The share code of the castle's first stage, or ""."""
        return self._code_of(self._interludes.home(self.key)._replace(stage=1))

    def _code_of(self, key: LevelKey) -> str:
        if self.judgement is not None:
            return ""
        seed, stage, art, difficulty, mode = key
        try:
            if key.mode == "dream" and self.built is not None:
                return encode(code_of(self.built.level))
            return encode(CastleCode(seed, mode, difficulty, stage, art))
        except ValueError:
            return ""

    @property
    def unproven(self) -> bool:
        """Whether nobody knows if this level can be played to its end."""
        return self.judgement is not None and not self.judgement.proven

    @property
    def phase_tick(self) -> int:
        """Ticks since the phase began."""
        return self._phase_tick

    @property
    def record(self) -> Record:
        """Of the castle that is played."""
        return self._records[self._interludes.home(self.key).seed]

    @property
    def stalled(self) -> bool:
        """Whether nothing goes on until a level comes."""
        return self._waiting is not None and self._may_leave and self.phase in (
            Phase.LOADING, Phase.TALLY, Phase.ENDING,
        )  # fmt: skip

    @property
    def _may_leave(self) -> bool:
        """Whether another level may come now: neither a death nor a count of points is cut short, and the
        last stage's count leads to the ending."""
        if self.phase == Phase.TALLY:
            return self._phase_tick >= TALLY_TICKS and not self._last_stage
        return self.phase != Phase.DYING

    @property
    def stage(self) -> int:
        """1, 2, ...; in an interlude, the one before it."""
        return self._interludes.home(self.key).stage

    @property
    def title(self) -> str:
        """What a card calls this stage."""
        if not self._in_dream:
            return f"STAGE {self.stage:02}"
        between = self._interludes.home(self.key) != self.key
        return "DREAM ROOM" if between else f"DREAM ROOMS {self.stage:02}"

    @property
    def next_is_ready(self) -> bool:
        """Whether R would swap at the next tick."""
        return self.stream is not None and self.stream.ready(self._regenerated())

    @property
    def time_left(self) -> int:
        """Units of time."""
        return self.world.time_left if self.world else 0

    @property
    def message(self) -> str:
        """One line to show, or ""."""
        if self._message:
            return self._message
        if self._waiting and self.phase != Phase.LOADING:
            return "DREAMING..."
        return ""

    def say(self, line: str) -> None:
        """Shows a line for a while."""
        self._message, self._message_ticks = line, MESSAGE_TICKS

    def command(self, command: Command) -> None:
        """What a key asks for; it happens in the next `step`."""
        if command == Command.CONTINUE and self.phase == Phase.GAME_OVER:
            self._continue()
        elif command == Command.CONTINUE and self.phase == Phase.ENDING:
            self._leave_castle()
        elif command == Command.INSPECT:
            if self.phase in (Phase.PLAYING, Phase.PAUSED, Phase.INSPECTING):
                self._go(Phase.PLAYING if self.phase == Phase.INSPECTING else Phase.INSPECTING)
        elif command in (Command.PAUSE, Command.CONTINUE):
            if self.phase in (Phase.PLAYING, Phase.PAUSED):
                self._go(Phase.PAUSED if self.phase == Phase.PLAYING else Phase.PLAYING)
        elif self.world is None or (command == Command.REDREAM and self.phase == Phase.ENDING):
            return  # there is nothing to be seen in another art
        elif command == Command.REGENERATE:
            self._ask(self._regenerated(), command)
        elif command == Command.REDREAM:
            self._ask(self._redreamed(), command)
        elif not self._may_leave:
            self.say("NOT NOW")
        else:
            self._go_back()

    def play(self, key: LevelKey, code: CastleCode | None = None) -> None:
        """Into this level as soon as it is there; from it one can go back. `code`: where one led here."""
        self._given_code = code or self._given_code
        self._ask(key, Command.REGENERATE)

    def skip_show(self) -> None:
        """Into the level at once."""
        if self.phase == Phase.SHOW:
            self._go(Phase.PLAYING)
            self._want()

    def step(self, buttons: int) -> tuple[Cue, ...]:
        """One tick."""
        pressed = buttons & ~self._buttons
        self._buttons = buttons
        self._phase_tick += 1
        self._message_ticks -= 1
        if self._message_ticks <= 0:
            self._message = ""
        self._melt_on()
        self._listen()
        world = self.world
        if world is None or self.phase in STILL:
            return ()
        if self.phase == Phase.SHOW:
            self.show_tick += 1
            if pressed or self.show_tick >= SHOW_TICKS:
                self.skip_show()
            return ()
        if self.phase == Phase.PLAYING:
            return self._play(world, buttons)
        if self.phase == Phase.DYING:
            cues = world.step(0)
            if self._phase_tick >= DYING_TICKS:
                self._after_death(world)
            return cues
        if self.phase == Phase.TALLY:
            return self._tally(world)
        if self.phase == Phase.ENDING:
            if pressed & (Button.JUMP | Button.WHIP):
                self._leave_castle()
            return ()
        if pressed & Button.JUMP and self._phase_tick > GAME_OVER_TICKS:
            self._continue()
        return ()

    def _play(self, world: World, buttons: int) -> tuple[Cue, ...]:
        self._muted &= buttons
        self.record.ticks += 1
        cues = world.step(buttons & ~self._muted)
        if any(cue.kind == "locked" for cue in cues):
            self.say("LOCKED")
        if world.outcome == Outcome.DEAD:
            self.deaths += 1
            self.record.deaths += 1
            self._go(Phase.DYING)
        elif world.outcome == Outcome.CLEARED:
            self.cleared = self.cleared or self.key == self._first
            self._go(Phase.TALLY)
            if self._endless:
                self._into_next_room(world)
        return cues

    @property
    def _last_stage(self) -> bool:
        """Whether the castle is cleared after this one."""
        home = self._interludes.home(self.key)
        return home.mode == "castle" and self.stream is not None and home.stage >= STAGES

    @property
    def _endless(self) -> bool:
        return self._interludes.home(self.key).mode == "endless" and self.stream is not None

    @property
    def _in_dream(self) -> bool:
        """Whether the dream is the room: another art is another room then."""
        return self.key.mode == "dream"

    def _into_next_room(self, world: World) -> None:
        """Without a count of points: the next room was built while the hero was in this one."""
        hero = world.hero
        self._carry = Carry(hero.score + ROOM_POINTS, hero.lives, hero.hearts, hero.whip_level, hero.health)
        self._phase_tick = TALLY_TICKS
        self._ask(self._next_stage(), None)

    def _tally(self, world: World) -> tuple[Cue, ...]:
        """Time becomes score, then hearts do; then on to the next stage, or to the castle's end."""
        hero = world.hero
        if self._endless and self._waiting:
            return ()
        if world.time_left:
            units = min(4, world.time_left)
            world.tick += units * TIME_TICKS
            hero.score += units * TIME_POINTS
            self._phase_tick = 0
        elif hero.hearts and self._phase_tick % 4 == 0:
            hero.hearts -= 1
            hero.score += HEART_POINTS
            self._phase_tick = 0
        elif self._phase_tick >= TALLY_TICKS and self._last_stage:
            self._waiting = None
            self._go(Phase.ENDING)
        elif self._phase_tick >= TALLY_TICKS and not self._waiting:
            self._carry = Carry(hero.score, hero.lives, Carry().hearts, hero.whip_level, HEALTH_MAX)
            if self.stream is None:
                self._restart()
            else:
                self._ask(self._next_stage(), None)
        return ()

    def _after_death(self, world: World) -> None:
        hero = world.hero
        if hero.lives <= 0:
            self._waiting = None
            self._go(Phase.GAME_OVER)
            return
        # Back to the entrance with the plain whip, as on the NES.
        self._carry = Carry(score=hero.score, lives=hero.lives - 1)
        self._restart()

    def _leave_castle(self) -> None:
        """From a castle's end into the next castle, whose first stage has been built meanwhile."""
        if self._phase_tick > ENDING_TICKS:
            self._ask(self._regenerated(), Command.REGENERATE)

    def _continue(self) -> None:
        self._carry = Carry()
        self._restart()

    def _take_along(self) -> None:
        """What the hero has now goes with him into another castle; after the last life, nothing."""
        if self.phase == Phase.GAME_OVER:
            self._carry = Carry()
        elif self.world is not None:
            hero = self.world.hero
            counted = self.phase in (Phase.TALLY, Phase.ENDING)
            hearts = Carry().hearts if counted else hero.hearts
            self._carry = Carry(hero.score, hero.lives, hearts, hero.whip_level, HEALTH_MAX)

    def _go_back(self) -> None:
        """Into the castle before, as it was left, with what was won since."""
        if not self._history:
            self.say("NO CASTLE BEFORE THIS ONE")
            return
        self._waiting = self.melting = None
        self._take_along()
        self.key, self.built, self.world = self._history.pop()
        hero, carry = self.world.hero, self._carry
        hero.score, hero.lives, hero.hearts, hero.whip_level = (
            carry.score, carry.lives, carry.hearts, carry.whip_level,
        )  # fmt: skip
        self.levels += 1
        self._go(Phase.PLAYING)
        self._want()

    def _remember(self) -> None:
        """Keeps this castle to be gone back to; without its dreams, 3.6 MB: going back shows none."""
        assert self.world is not None and self.built is not None
        left = self.world if self.world.outcome == Outcome.PLAYING else World(self.built.level)
        self._history.append((self.key, Built(self.built.level, self.built.dreams[:0].copy()), left))
        del self._history[:-HISTORY]

    def _restart(self) -> None:
        """The same level from its entrance."""
        assert self.built is not None
        self.world = World(self.built.level, carry=self._carry)
        self._go(Phase.PLAYING)

    @property
    def _settled(self) -> LevelKey:
        """What is played, or melted into."""
        return self.melting.key if self.melting else self.key

    def _regenerated(self) -> LevelKey:
        if self.phase == Phase.ENDING:
            return self._next_stage()
        home = self._interludes.home(self.key)
        other = home._replace(seed=next_castle(home.seed), art=0)
        return other if home == self.key else self._interludes.after(other)

    def _next_stage(self) -> LevelKey:
        """After a castle's last stage, the next castle's first."""
        if self._last_stage:
            return self.key._replace(seed=next_castle(self.key.seed), stage=1, art=0)
        return self._interludes.after(self._settled)

    def _redreamed(self) -> LevelKey:
        return self._settled._replace(art=self._settled.art + 1)

    def _ask(self, key: LevelKey, why: Command | None) -> None:
        """Waits for a level; the last one that is asked for counts."""
        if self.stream is None:
            self.say("NO DREAMS: ONE LEVEL WAS GIVEN")
            return
        if self._waiting is None or self._waiting.key != key:
            self._waiting = Waiting(key, why)
            self.swap_ticks = 0
            self._want()

    def _want(self) -> None:
        if self.stream is None:
            return
        ahead = [self._regenerated()] if self.world else []
        if self.world and self.phase != Phase.SHOW:
            # Not before: a player who presses R again and again would wait for these to be finished.
            ahead += [self._next_stage(), self._redreamed()]
            if self._endless:
                ahead = [ahead[1], ahead[0], ahead[2]]
        first = [self._waiting.key] if self._waiting else []
        shown = self._settled if self.world and not self._in_dream else None
        self.stream.want([*first, *(key for key in ahead if key not in first)], shown)

    def _listen(self) -> None:
        """What the stream has to say; swaps in what was waited for."""
        if self.stream is None:
            return
        self.stream.poll()
        if self.stream.restarts > self._restarts:
            self._restarts = self.stream.restarts
            self.say("WORKER RESTARTED")
        if self.stream.networks > self._networks:
            self._networks = self.stream.networks
            self.say(f"NETWORK {self._networks}")
            if self._waiting is None and self.world is not None:
                self._ask(self._redreamed(), Command.REDREAM)
            else:
                self._want()
        if self._waiting is None:
            return
        self.swap_ticks += 1
        key, why = self._waiting
        in_place = why == Command.REDREAM and not self._in_dream
        may = self.melting is None if in_place else self._may_leave
        built = self.stream.take(key) if may else None
        if built is not None:
            self._waiting = None
            if in_place and self.world is not None:
                self._melt(key, built, self.world)
                return
            if why == Command.REDREAM:
                self._take_along()
            if why == Command.REGENERATE and self.world is not None:
                self._end_melt()
                self._remember()
                self._take_along()
            self._enter(key, built)
        elif self.stream.error or key in self.stream.failed:
            self.say("NO MORE DREAMS")
            if self.world is not None or why is not None:
                self._waiting = None
                if self.phase == Phase.TALLY:
                    self._restart()

    def _melt(self, key: LevelKey, built: Built, world: World) -> None:
        """Into another art, the hero where he is: at once where there is no melt or nobody would see it."""
        self.melting = Melting(key, built, world.level)
        if self.phase == Phase.SHOW or not can_melt(world.level, built):
            self._end_melt()
        self._want()

    def _melt_on(self) -> None:
        """One tick of a melt. It goes on in a pause: that stops the hero's time, not the dream."""
        if self.melting is None:
            return
        self.melting.tick += 1
        if self.melting.over:
            self._end_melt()
        elif self.melting.half_way:
            self._redress(self.melting)

    def _end_melt(self) -> None:
        """The new art is there; before its time where the level is left."""
        if self.melting is not None:
            self._redress(self.melting)
            self.melting = None

    def _redress(self, melting: Melting) -> None:
        if self.world is not None and self.built is not melting.built:
            self.world.redress(melting.built.level)
            self.key, self.built = melting.key, melting.built

    def _enter(self, key: LevelKey, built: Built) -> None:
        """Into a level, by its entrance."""
        self.melting = None
        self.key, self.built = key, built
        if self._first is None:
            self._first, self.first_code = key, self.code
        given = self._given_code
        if given is not None and LevelKey.of(given) == key and not is_of(given, built.level):
            self.say(OTHER_ROOMS)
        self.world = World(built.level, carry=self._carry)
        self.levels += 1
        self.show_tick = 0
        straight_on = self._endless and key.stage > 1 and self.levels > 1
        self._go(Phase.SHOW if len(built.dreams) and not straight_on else Phase.PLAYING)
        self._want()

    def _go(self, phase: Phase) -> None:
        self.phase = phase
        self._phase_tick = 0
        if phase == Phase.PLAYING:
            # The press that skipped the show is none of the hero's.
            self._muted = self._buttons & (Button.JUMP | Button.WHIP)
