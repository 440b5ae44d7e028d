"""A player's way through castles: which level is played, which is wanted next, and what stands between them.

It asks the stream for three levels at all times: the next castle (R), the next stage, and this castle in
another art (T). A key press swaps in what is ready at the next tick; what is not ready comes when it is, and
until then the game goes on. Another art comes as a melt where the stream has one.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.level.codes import CastleCode
from generator.motion import Button
from generator.stream import LevelKey
from generator.stream.build import Built

from ..world.cues import Cue
from ..world.hero import HEALTH_MAX, HEARTS, Carry
from ..world.world import Outcome, World
from .asking import Asking, Stream
from .phases import STILL, Command, Phase
from .place import Place
from .share import remark
from .tally import ROOM_POINTS, count

if TYPE_CHECKING:
    from generator.layout.handmade import Judgement

SHOW_TICKS = 100
"""How long a dream takes to become a level."""
DYING_TICKS = 120
TALLY_TICKS = 60
"""After time and hearts are counted."""
GAME_OVER_TICKS = 60
"""Before a press continues."""
ENDING_TICKS = 60
"""Before a press leads on from a castle's end: whoever still holds the jump should see it."""
MESSAGE_TICKS = 150


@dataclass
class Record:
    """What a castle has taken so far."""

    ticks: int = 0
    """Of playing: neither pauses nor the count of points."""
    deaths: int = 0


class Session(Place):
    """A place that time goes on in. Call `step` once a tick, always; drawing reads the rest."""

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
        super().__init__(LevelKey(seed, stage, art, difficulty, mode), stream is not None, judgement)
        self.stream = stream
        self.phase = Phase.LOADING
        self.show_tick = 0
        self.deaths = 0
        self.levels = 0
        """Levels entered."""
        self.cleared = False
        """Whether the first level's exit was reached."""
        self.first_code = ""
        """Of the castle that it began with, as `code`."""
        self._first: LevelKey | None = None
        self._records: defaultdict[int, Record] = defaultdict(Record)
        """By the castle's seed."""
        self._given_code = code
        self._asking = Asking(stream)
        self._carry = Carry()
        self._phase_tick = 0
        self._buttons = 0
        self._muted = 0
        """Buttons held since before the hero could act, which he does not feel."""
        self._message = ""
        self._message_ticks = 0
        self._inspected_from = Phase.PLAYING
        if built is not None:
            self._enter(LevelKey.of(built.level), built)
        elif ask:
            self._ask(self.key, None)
        if judgement is not None and judgement.brief:
            self.say(judgement.brief)

    @property
    def first_seed(self) -> int:
        """Of the castle that it began with."""
        return (self._first or self.key).seed

    @property
    def phase_tick(self) -> int:
        """Ticks since the phase began."""
        return self._phase_tick

    @property
    def record(self) -> Record:
        """Of the castle that is played."""
        return self._records[self.route.home(self.key).seed]

    @property
    def stalled(self) -> bool:
        """Whether nothing goes on until a level comes."""
        return self._waits and self._may_leave and self.phase in (
            Phase.LOADING, Phase.TALLY, Phase.ENDING,
        )  # fmt: skip

    @property
    def _may_leave(self) -> bool:
        """Whether another level may come now: neither a death nor a count of points is cut short, and the
        last stage's count leads to the ending."""
        if self.phase == Phase.TALLY:
            return self._phase_tick >= TALLY_TICKS and not self.is_last
        return self.phase != Phase.DYING

    @property
    def swap_ticks(self) -> int:
        """Ticks that the last swap was waited for."""
        return self._asking.ticks

    @property
    def next_is_ready(self) -> bool:
        """Whether R would swap at the next tick."""
        return self.stream is not None and self.stream.ready(self._other_castle())

    @property
    def message(self) -> str:
        """One line to show, or ""."""
        if self._message:
            return self._message
        return "DREAMING..." if self._waits and self.phase != Phase.LOADING else ""

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
            if self.phase == Phase.INSPECTING:
                self._go(self._inspected_from)
            elif self.phase in (Phase.PLAYING, Phase.PAUSED):
                self._inspected_from = self.phase
                self._go(Phase.INSPECTING)
        elif command in (Command.PAUSE, Command.CONTINUE):
            if self.phase in (Phase.PLAYING, Phase.PAUSED):
                self._go(Phase.PAUSED if self.phase == Phase.PLAYING else Phase.PLAYING)
        elif self.world is None or (command == Command.REDREAM and self.phase == Phase.ENDING):
            return  # there is nothing to be seen in another art
        elif command == Command.REGENERATE:
            self._ask(self._other_castle(), command)
        elif command == Command.REDREAM:
            self._ask(self.route.other_art(self.settled), command)
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
        self.melt_on()
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
            self._tally(world)
        elif self.phase == Phase.ENDING:
            if pressed & (Button.JUMP | Button.WHIP):
                self._leave_castle()
        elif pressed & Button.JUMP and self._phase_tick > GAME_OVER_TICKS:
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
            if self.is_endless:
                self._into_next_room(world)
        return cues

    def _into_next_room(self, world: World) -> None:
        """Without a count of points: the next room was built while the hero was in this one."""
        self._carry = dataclasses.replace(world.hero.carry(), score=world.hero.score + ROOM_POINTS)
        self._phase_tick = TALLY_TICKS
        self._ask(self.route.next_stage(self.settled), None)

    def _tally(self, world: World) -> None:
        """Points are counted; then on to the next stage, or to the castle's end."""
        if self.is_endless and self._waits:
            return
        if count(world, self._phase_tick):
            self._phase_tick = 0
        elif self._phase_tick >= TALLY_TICKS and self.is_last:
            self._asking.asked = None
            self._go(Phase.ENDING)
        elif self._phase_tick >= TALLY_TICKS and not self._waits:
            self._carry = self._taken_along()
            if self.stream is None:
                self._restart()
            else:
                self._ask(self.route.next_stage(self.settled), None)

    def _after_death(self, world: World) -> None:
        hero = world.hero
        if hero.lives <= 0:
            self._asking.asked = None
            self._go(Phase.GAME_OVER)
            return
        # Back to the entrance with the plain whip, as on the NES.
        self._carry = Carry(score=hero.score, lives=hero.lives - 1)
        self._restart()

    def _leave_castle(self) -> None:
        """From a castle's end into the next castle, whose first stage has been built meanwhile."""
        if self._phase_tick > ENDING_TICKS:
            self._ask(self._other_castle(), Command.REGENERATE)

    def _continue(self) -> None:
        self._carry = Carry()
        self._restart()

    def _taken_along(self) -> Carry:
        """What goes with the hero into another castle: what he has; after the last life, nothing."""
        if self.phase == Phase.GAME_OVER or self.world is None:
            return Carry()
        carry = self.world.hero.carry()
        hearts = HEARTS if self.phase in (Phase.TALLY, Phase.ENDING) else carry.hearts
        return dataclasses.replace(carry, hearts=hearts, health=HEALTH_MAX)

    def _go_back(self) -> None:
        """Into the castle before, as it was left, with what was won since."""
        carry = self._taken_along()
        world = self.back()
        if world is None:
            self.say("NO CASTLE BEFORE THIS ONE")
            return
        self._asking.asked = None
        self._carry, hero = carry, world.hero
        hero.score, hero.lives, hero.hearts, hero.whip_level = (
            carry.score, carry.lives, carry.hearts, carry.whip_level,
        )  # fmt: skip
        self.levels += 1
        self._go(Phase.PLAYING)
        self._want()

    def _restart(self) -> None:
        """The same level from its entrance."""
        self.restart(self._carry)
        self._go(Phase.PLAYING)

    def _other_castle(self) -> LevelKey:
        """What R leads to; from a castle's end, what the castle leads to."""
        if self.phase == Phase.ENDING:
            return self.route.next_stage(self.key)
        return self.route.other_castle(self.key)

    @property
    def _waits(self) -> bool:
        """Whether a level was asked for that is not there yet."""
        return self._asking.asked is not None

    def _ask(self, key: LevelKey, why: Command | None) -> None:
        """Waits for a level; the last one that is asked for counts."""
        if self.stream is None:
            self.say("NO DREAMS: ONE LEVEL WAS GIVEN")
        elif self._asking.ask(key, why):
            self._want()

    def _want(self) -> None:
        ahead = [self._other_castle()] if self.world else []
        if self.world and self.phase != Phase.SHOW:
            # Not before: a player who presses R again and again would wait for these to be finished.
            stage, art = self.route.next_stage(self.settled), self.route.other_art(self.settled)
            ahead = [stage, *ahead, art] if self.is_endless else [*ahead, stage, art]
        self._asking.want(ahead, self.settled if self.world and not self.in_dream else None)

    def _listen(self) -> None:
        """What the stream has to say; swaps in what was waited for."""
        asking = self._asking
        news, newer_network = asking.hear()
        if news:
            self.say(news)
        if newer_network and asking.asked is None and self.world is not None:
            self._ask(self.route.other_art(self.settled), Command.REDREAM)
        elif newer_network:
            self._want()
        if asking.asked is None:
            return
        asking.ticks += 1
        key, why = asking.asked
        in_place = why == Command.REDREAM and not self.in_dream
        may = self.melting is None if in_place else self._may_leave
        built = asking.take() if may else None
        if built is not None and in_place and self.world is not None:
            self.melt(key, built, at_once=self.phase == Phase.SHOW)  # whose own dream hides a melt
            self._remark(key, built)
            self._want()
        elif built is not None:
            self._arrive(key, built, why)
        elif asking.hopeless:
            self.say("NO MORE DREAMS")
            if self.world is not None or why is not None:
                asking.asked = None
                if self.phase == Phase.TALLY:
                    self._restart()

    def _arrive(self, key: LevelKey, built: Built, why: Command | None) -> None:
        """In a level that was asked for, with what the hero has."""
        if why == Command.REGENERATE:
            self.remember()
        if why in (Command.REGENERATE, Command.REDREAM):
            self._carry = self._taken_along()
        self._enter(key, built)

    def _enter(self, key: LevelKey, built: Built) -> None:
        """Into a level, by its entrance."""
        self.enter(key, built, self._carry)
        if self._first is None:
            self._first, self.first_code = key, self.code
        self._remark(key, built)
        self.levels += 1
        self.show_tick = 0
        straight_on = self.is_endless and key.stage > 1 and self.levels > 1
        self._go(Phase.SHOW if len(built.dreams) and not straight_on else Phase.PLAYING)
        self._want()

    def _remark(self, key: LevelKey, built: Built) -> None:
        line = remark(key, built.level, self._given_code)
        if line:
            self.say(line)

    def _go(self, phase: Phase) -> None:
        self.phase = phase
        self._phase_tick = 0
        if phase == Phase.PLAYING:
            # The press that skipped the show is none of the hero's.
            self._muted = self._buttons & (Button.JUMP | Button.WHIP)
