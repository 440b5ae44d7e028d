"""A game that goes on: which phase it is in, which levels it wants, how one that has come is swapped in.

It asks the stream for three levels at all times, the next castle (R), the next stage, and this castle in
another art (T), then for the castles behind the next one. A key press swaps in what is ready at the next
tick; what is not ready comes when it is, and until then the game goes on. Another art comes as a melt where
the stream has one.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

from generator.level.codes import CastleCode
from generator.motion import Button
from generator.progress import NOTHING
from generator.stream import Built, LevelKey

from ..texts import text
from ..world import World
from ..world.assists import NO_ASSISTS, Assists
from ..world.cues import Cue
from ..world.hero import HEALTH_MAX, HEARTS, Carry
from .asking import Asking, Stream, castles_ahead
from .journey import Past
from .phases import RULES, TALLY_TICKS, Command, Phase
from .playthrough import Playthrough
from .runs import Run
from .share import line_of, remark

if TYPE_CHECKING:
    from generator.layout.handmade import Judgement

MESSAGE_TICKS = 150


class Session:
    """Call `tick` once a tick, always. Drawing reads the rest, and what is played in `playthrough`."""

    def __init__(
        self,
        stream: Stream | None,
        start: LevelKey | Built,
        *,
        judgement: Judgement | None = None,
        ask: bool = True,
        code: CastleCode | None = None,
        classic: bool = False,
        daily: datetime.date | None = None,
    ) -> None:
        """`stream`: None where `start` is the only level. `start`: a level that is played at once, or the key
        of one that is waited for. `judgement`: what is known of a level out of a file that no share code
        leads to. Without `ask`, nothing is waited for until `play`. `code`: the share code that led here.
        `classic`: who dies begins the stage anew. `daily`: the day whose castle `start` is."""
        key = start if isinstance(start, LevelKey) else LevelKey.of(start.level)
        self.stream = stream
        self.classic = classic
        """The rule of the next new game."""
        self._assists = NO_ASSISTS
        self.playthrough = Playthrough(key, stream is not None, judgement, classic=classic)
        self.playthrough.daily = daily
        self.phase = Phase.LOADING
        self.phase_tick = 0
        """Ticks since the phase began."""
        self.show_tick = 0
        """Ticks since the show began."""
        self.inspected_from = Phase.PLAYING
        """The phase that the inspector was opened from."""
        self._asking = Asking(stream)
        self._ahead = castles_ahead()
        self._given_code = code
        self._named: LevelKey | None = None
        self._buttons = 0
        self.held_ticks = 0
        """How long a blow that has just landed still holds the world."""
        self.kept_presses = 0
        """Buttons pressed meanwhile, which the hero feels in the next step."""
        self._muted = 0
        """Buttons held since before the hero could act, which he does not feel."""
        self._message = ""
        self._message_ticks = 0
        if isinstance(start, Built):
            self._enter(key, start)
        elif ask:
            self.ask(key, None)
        if judgement is not None:
            self.say(line_of(judgement))

    @property
    def world(self) -> World | None:
        """The level that is played, as it is now."""
        return self.playthrough.world

    @property
    def run(self) -> Run | None:
        """The run as it could be gone on with: at the entrance of the stage that is played. None where
        nothing is played, or nothing leads back to it."""
        play = self.playthrough
        if self.world is None or not play.code or self.phase in (Phase.GAME_OVER, Phase.ENDING):
            return None
        return Run(play.played_code, play.title, play.carry, play.classic, play.past, play.home_code)

    @property
    def felt(self) -> int:
        """The buttons that the hero feels."""
        return self._buttons & ~self._muted

    @property
    def steps(self) -> bool:
        """Whether the next tick plays a step of the world, if nothing comes between."""
        return self.phase == Phase.PLAYING and self.world is not None and not self.held_ticks

    @property
    def waits(self) -> bool:
        """Whether a level was asked for that is not there yet."""
        return self._asking.asked is not None

    @property
    def may_leave(self) -> bool:
        """Whether another level may come now: neither a death nor a count of points is cut short, and the
        last stage's count leads to the ending."""
        if self.phase == Phase.TALLY:
            last = self.playthrough.route.is_last(self.playthrough.key)
            return self.phase_tick >= TALLY_TICKS and not last
        return self.phase != Phase.DYING

    @property
    def stalled(self) -> bool:
        """Whether nothing goes on until a level comes."""
        held_up = self.phase in (Phase.LOADING, Phase.TALLY, Phase.ENDING)
        return held_up and self.waits and self.may_leave

    @property
    def swap_ticks(self) -> int:
        """Ticks that the last swap was waited for."""
        return self._asking.ticks

    @property
    def message(self) -> str:
        """One line to show, or ""."""
        if self._message:
            return self._message
        if not self.waits or self.phase == Phase.LOADING:
            return ""
        presses = self._asking.asked.presses if self._asking.asked else 1
        return text("doing.presses", presses=presses, doing=self.doing) if presses > 1 else self.doing

    @property
    def doing(self) -> str:
        """What is done for who waits."""
        what, number, of = self.stream.doing if self.stream else NOTHING
        called = text(f"doing.{what or 'nothing'}")
        return text("doing.of", what=called, number=number, of=of) if of else called

    def say(self, line: str) -> None:
        """Shows a line for a while."""
        self._message, self._message_ticks = line, MESSAGE_TICKS

    def command(self, command: Command) -> None:
        """Does what a key asks for, where it means anything now."""
        act = RULES[self.phase].commands.get(command)
        if act is not None:
            act(self)

    def hold(self) -> None:
        """Lets time stand still under the title."""
        self.go(Phase.PAUSED)

    def prepare(self, key: LevelKey) -> None:
        """Has a level built that nobody waits for yet."""
        self._asking.want([key], None)

    def prepared(self, key: LevelKey) -> Built | None:
        """That level, once it is there; then the stream has it no more."""
        if self.stream is None or not self.stream.ready(key):
            return None
        return self.stream.take(key)

    def begin(
        self,
        start: LevelKey | Built,
        *,
        code: CastleCode | None = None,
        carry: Carry | None = None,
        classic: bool | None = None,
        past: Past | None = None,
        daily: datetime.date | None = None,
        after: LevelKey | None = None,
    ) -> None:
        """Begins a new game, in a level that is there or as soon as it is. `code`: what led here. `carry`,
        `classic` and `past`: what the hero has, by which rule, and what was before, where a run goes on.
        `daily`: the day whose castle this is. `after`: the stage that an interlude came after."""
        key = start if isinstance(start, LevelKey) else LevelKey.of(start.level)
        classic = self.classic if classic is None else classic
        self.playthrough = Playthrough(key, self.stream is not None, classic=classic)
        self.playthrough.carry = carry or Carry()
        self.playthrough.assists = self._assists
        self.playthrough.daily = daily
        if after is not None:
            self.playthrough.route.next_stage(after)  # from now on it knows where the interlude leads
        if past is not None:
            self.playthrough.resume(past)
        self._given_code, self._named = code, None
        self.phase, self.phase_tick = Phase.LOADING, 0
        self._buttons = -1  # as if all were held: the press that chose this skips no show
        self.ask_for_nothing()
        self.say("")
        if isinstance(start, Built):
            self._enter(key, start)
        else:
            self.ask(key, None)

    def play(self, key: LevelKey, code: CastleCode | None = None) -> None:
        """Goes into this level as soon as it is there; from it one can go back. `code`: what led here.

        No other one is taken for it, should it fail."""
        self._given_code = code or self._given_code
        self._named = key
        self.ask(key, Command.REGENERATE)

    def help(self, assists: Assists) -> None:
        """Gives the player these helps, now and in the games to come."""
        self._assists = assists
        self.playthrough.help(assists)

    def skip_show(self) -> None:
        """Goes into the level at once."""
        if self.phase == Phase.SHOW:
            self.go(Phase.PLAYING)
            self.want()

    def tick(self, buttons: int) -> tuple[Cue, ...]:
        """One tick; gives what is heard of it."""
        pressed = buttons & ~self._buttons
        self._buttons = buttons
        self._muted &= buttons
        self.phase_tick += 1
        self._message_ticks -= 1
        if self._message_ticks <= 0:
            self._message = ""
        self.playthrough.tick()
        self._listen()
        return () if self.world is None else RULES[self.phase].tick(self, self.world, pressed)

    # What the phases' rules are made of.

    def go(self, phase: Phase) -> None:
        """Begins a phase. Whatever follows the end of a run is played in another."""
        if self.phase == Phase.GAME_OVER:
            self.playthrough.begin_run()
        self.phase = phase
        self.phase_tick = self.held_ticks = self.kept_presses = 0
        if phase == Phase.PLAYING:
            # The press that skipped the show is none of the hero's.
            self._muted = self._buttons & (Button.JUMP | Button.WHIP)

    def restart(self, carry: Carry) -> None:
        """Begins the same level at its entrance."""
        self.playthrough.carry = carry
        self.playthrough.restart()
        self.go(Phase.PLAYING)

    def die(self, carry: Carry) -> None:
        """Begins again after a death."""
        self.playthrough.revive(carry)
        self.go(Phase.PLAYING)

    def taken_along(self) -> Carry:
        """What goes with the hero into another castle: what he has; after the last life, nothing."""
        if self.phase == Phase.GAME_OVER or self.world is None:
            return Carry()
        carry = self.world.hero.carry()
        hearts = HEARTS if self.phase in (Phase.TALLY, Phase.ENDING) else carry.hearts
        return dataclasses.replace(carry, hearts=hearts, health=HEALTH_MAX)

    def other_castle(self) -> LevelKey:
        """What R leads to; from a castle's end, what the castle leads to."""
        play = self.playthrough
        if self.phase == Phase.ENDING:
            return self._asking.around(play.route.next_stage(play.key), play.route.other_castle)
        return self._asking.around(play.route.other_castle(play.key), play.route.other_castle)

    def regenerate(self) -> None:
        """Asks for what R leads to; where that is waited for, for the castle behind it."""
        asked, key, presses = self._asking.asked, self.other_castle(), 1
        if asked is not None and asked.why == Command.REGENERATE and asked.key != self._named:
            onward = self.playthrough.route.other_castle
            key, presses = self._asking.around(onward(asked.key), onward), asked.presses + 1
        self.ask(key, Command.REGENERATE, presses)

    def next_stage(self) -> LevelKey:
        """What the door leads to."""
        route = self.playthrough.route
        return self._asking.around(route.next_stage(self.playthrough.settled), route.other_castle)

    def other_art(self) -> LevelKey:
        """What T leads to."""
        route = self.playthrough.route
        return self._asking.around(route.other_art(self.playthrough.settled), route.other_art)

    def ask(self, key: LevelKey, why: Command | None, presses: int = 1) -> None:
        """Waits for a level; the last one that is asked for counts."""
        if self.stream is None:
            self.say(text("say.one_level"))
        elif self._asking.ask(key, why, presses):
            self.want()

    def ask_for_nothing(self) -> None:
        """Waits for no level any more."""
        self._asking.asked = None

    def want(self) -> None:
        """Tells the stream which levels are wanted by now."""
        play = self.playthrough
        ahead: list[LevelKey] = []
        if self.world:
            ahead = self._asking.chain(self.other_castle(), play.route.other_castle, self._ahead)
        if self.world and self.phase != Phase.SHOW:
            # Not before: a player who presses R again and again would wait for these to be finished.
            stage, art = self.next_stage(), self.other_art()
            first = [stage, ahead[0], art] if play.is_endless else [ahead[0], stage, art]
            ahead = [*first, *ahead[1:]]
        self._asking.want(ahead, play.settled if self.world and not play.in_dream else None)

    # How a level comes.

    def _listen(self) -> None:
        """Takes notice of the stream's news, and swaps in what was waited for."""
        asking, play = self._asking, self.playthrough
        news, newer_network = asking.hear()
        if news:
            self.say(news)
        if newer_network and asking.asked is None and self.world is not None:
            self.ask(self.other_art(), Command.REDREAM)
        elif newer_network:
            self.want()
        if asking.asked is None:
            return
        asking.ticks += 1
        key, why, _ = asking.asked
        in_place = why == Command.REDREAM and not play.in_dream
        may = play.melting is None if in_place else self.may_leave
        built = asking.take() if may else None
        if built is not None and in_place and self.world is not None:
            play.melt(key, built, at_once=self.phase == Phase.SHOW)  # whose own dream hides a melt
            self._remark(key, built)
            self.want()
        elif built is not None:
            if why == Command.REGENERATE:
                play.remember()
            if why is not None:
                play.carry = self.taken_along()
            self._enter(key, built)
        elif asking.hopeless:
            self.say(text("say.no_more"))
            if self.world is not None or why is not None:
                asking.asked = None
                if self.phase == Phase.TALLY:
                    self.restart(play.carry)
        elif asking.failed:
            self._go_around(key, why)

    def _go_around(self, key: LevelKey, why: Command | None) -> None:
        """Asks for another level than one that could not be built, unless that one was meant by name."""
        self.say(text("say.failed"))
        self._asking.asked = None
        if key == self._named and self.world is not None:
            return
        if why == Command.REDREAM:
            self.ask(self.other_art(), why)
            return
        route = self.playthrough.route
        other = self._asking.around(route.other_castle(key), route.other_castle)
        self.ask(other, None if self.world is None else Command.REGENERATE)

    def _enter(self, key: LevelKey, built: Built) -> None:
        """Goes into a level by its entrance, through the show of its dreams if it has any."""
        play = self.playthrough
        play.enter(key, built)
        self._remark(key, built)
        self.show_tick = 0
        straight_on = play.is_endless and key.stage > 1 and play.levels > 1
        self.go(Phase.SHOW if len(built.dreams) and not straight_on else Phase.PLAYING)
        self.want()

    def _remark(self, key: LevelKey, built: Built) -> None:
        line = remark(key, built.level, self._given_code)
        if line:
            self.say(line)
