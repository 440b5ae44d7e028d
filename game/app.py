"""The game as it runs: input to session, session to picture and sound, sixty times a second."""

from __future__ import annotations

import gc
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pygame

from generator.errors import GanvaniaError
from generator.level import Level
from generator.nes.palette import quantise

from .controls import Action, Presses
from .front import Front
from .gallery import Favourites, Screenshots, write_png
from .gallery.film import Film
from .hearing import Hearing
from .home import Home
from .inspector import Inspector, Overlay
from .pausing import Pausing
from .scoring import Scoring
from .screen import SpriteSheet, Window
from .screen.dreaming import Dreaming
from .screen.eyes import Eyes
from .session import Command, Phase, Session
from .session.ended import ENDS
from .session.ghosts import Ghosts
from .session.options import FULL, Options
from .session.replaying import Replaying
from .showing import Showing
from .sound import Sounds
from .texts import text
from .title.binding import Binding
from .world.bot import Bot
from .world.replay import Replay

TICK_NS = 1_000_000_000 // 60
SNAP_NS = 1_500_000
"""A frame this near to a tick's length counts as one tick, or screens of 59.9 Hz would stutter. (FACTS)"""
MOST_TICKS_A_FRAME = 2
"""Ticks that a slow machine owes beyond this are dropped. (FACTS)"""
SWITCH_INTERVAL_S = 0.001
"""How long the stream's thread may keep the interpreter while a tick waits for it; Python's own is 5 ms."""
STALL_S = 0.005
"""How long to wait before looking again whether a level has come, where nothing else can go on."""

COMMANDS = {
    Action.REGENERATE: Command.REGENERATE,
    Action.BACK: Command.BACK,
    Action.REDREAM: Command.REDREAM,
    Action.PAUSE: Command.PAUSE,
    Action.START: Command.CONTINUE,
}
OVER_A_SHOW = frozenset(
    {*COMMANDS, Action.SCREENSHOT, Action.FULLSCREEN, Action.FAVOURITE, Action.LOST}
    - {Action.PAUSE, Action.START}
)
"""What is done while a show goes on; any other press ends it, and is nothing else."""
ASK_TICKS = 120
"""How long a second press throws a castle away, where it is asked about."""


class NoLevelError(GanvaniaError):
    """The first level cannot be made."""


class App:
    """One run of the game. `tick` is all that a frame does, except that it does not show the canvas."""

    def __init__(
        self,
        session: Session,
        window: Window,
        sounds: Sounds,
        *,
        bot: bool = False,
        screenshot_folder: Path | None = None,
        favourites: Favourites | None = None,
        network: Path | None = None,
        replay: Replay | None = None,
        home: Home | None = None,
    ) -> None:
        """`favourites`: None for those in the default folder. `network`: the file that the session's levels
        are dreamed with; None: the one that ships. `replay`: what is shown before the player plays. `home`:
        where the rest is kept; None: nowhere."""
        self.session = session
        self.window = window
        self.sounds = sounds
        self.done = False
        self.ticks = 0
        self._bot = Bot() if bot else None
        self._replaying = Replaying(replay) if replay else None
        sheet = SpriteSheet.load()
        self.home = home or Home()
        self.showing = Showing(sheet)
        self.inspector = Inspector(session, self.showing.view, sheet, network)
        self.screenshots = Screenshots(screenshot_folder)
        self.favourites = favourites or Favourites()
        self.pausing = Pausing(session, self.favourites, network)
        self.scoring = Scoring(session, self.home.scores, self.home.records)
        self.front = Front(session, self.pausing, self.scoring)
        self.options = Options()
        self.binding = Binding(self.home.bindings)
        self.pausing.bindings = self.binding.input.bindings
        self.hearing = Hearing(sounds, session, front=self.front, pausing=self.pausing, scoring=self.scoring)
        self.ghosts = Ghosts(self.home.ghosts)
        self._asked_tick = -ASK_TICKS
        self._shown_level: Level | None = None
        self._has_ended = False
        """Whether the run had ended in the last tick."""
        # Its table takes four ticks to build; now, or the first show would stop for it.
        quantise(np.zeros((1, 3), np.uint8))
        sys.setswitchinterval(SWITCH_INTERVAL_S)

    def buttons(self, presses: Presses) -> int:
        """The hero's buttons in this tick: the player's, a replay's, or the bot's."""
        if self._replaying is not None:
            return self._replaying.buttons(self.session)
        if self._bot is None:
            return presses.mask
        if self.session.steps and self.session.world is not None:
            return self._bot.buttons(self.session.world)
        if self.session.phase in (Phase.GAME_OVER, Phase.ENDING):
            self.session.command(Command.CONTINUE)
        return 0

    def apply(self, options: Options) -> None:
        """Does what the options say."""
        before, self.options = self.options, options
        self.pausing.options = options
        self.sounds.set_volumes(options.music / FULL, options.effects / FULL)
        self.showing.view.eyes = Eyes(options.flash, options.shake, options.shapes)
        self.session.classic = options.classic
        self.session.help(options.assists)
        self.window.look(aspect=options.aspect, scanlines=options.scanlines)
        if options.scale != before.scale:
            self.window.resize(options.scale or None)
        if options.fullscreen != self.window.fullscreen:
            self.window.toggle_fullscreen()

    def tick(self, presses: Presses, buttons: int) -> None:
        """One tick and its picture. Raises NoLevelError where there will be no first level."""
        session = self.session
        self.ticks += 1
        for action in presses.actions:
            self._act(action)
        shows = session.phase == Phase.SHOW and self.front.title is None
        if shows and presses.raw and OVER_A_SHOW.isdisjoint(presses.actions):
            session.skip_show()
        cues = session.tick(0 if self.front.is_open else self.scoring.felt(buttons))
        self.ghosts.tick(session)
        if self._replaying is not None and self._replaying.done:
            self._replaying = None
            session.say(text("title.replay_over"))
        self.scoring.tick(presses, self.options, own=self._bot is None and self._replaying is None)
        if not self.front.is_open:
            self.pausing.tick(presses)
        if self.pausing.options != self.options:
            self.apply(self.pausing.options)
            self.home.options.keep(self.options)
        self.front.tick(presses)
        self.binding.tick(presses, self.pausing.bindings, self.front.reading)
        self.done = self.done or self.pausing.quit or self.front.quit
        self.inspector.tick(buttons)
        self._note_new_level()
        self._note_end()
        self.hearing.tick(cues, presses.actions)
        news = self.screenshots.news() or self.favourites.poll()
        if news:
            session.say(news)
        self.draw()

    def draw(self) -> None:
        """Draws the picture of now on the window's canvas. It reads, never writes."""
        self.showing.draw(self)

    def run(self) -> None:
        """Plays until the player quits: so many whole ticks a frame as the time that has passed demands."""
        self.favourites.scan()
        held = self.binding.input
        before, owed = time.perf_counter_ns(), 0
        while not self.done:
            events = pygame.event.get()
            held.feed(events)
            if any(event.type == pygame.WINDOWFOCUSLOST for event in events):
                held.release()  # the keys' releases go to another window
                self._lose_focus()
            if (pointer := held.take_pointer()) is not None:
                self.inspector.point(self.window.on_canvas(pointer))
            now = time.perf_counter_ns()
            passed, before = now - before, now
            tick_ns = TICK_NS * 100 // self.options.speed
            owed += tick_ns if abs(passed - tick_ns) < SNAP_NS else passed
            ticks = min(owed // tick_ns, MOST_TICKS_A_FRAME)
            owed = min(owed - ticks * tick_ns, tick_ns)
            for _ in range(ticks):
                presses = held.take()
                self.tick(presses, self.buttons(presses))
            if ticks:
                self.window.present()
            else:
                time.sleep(0.001)
        self.ghosts.wait()
        self.screenshots.wait()
        self.favourites.wait()
        self.home.wait()

    def run_headless(self, ticks: int, film: Film | None = None) -> list[float]:
        """Plays so many ticks as fast as they go; returns the milliseconds that each took, without the bot's.
        `film`: takes a picture of each.

        Where only a level or the disk is waited for, time stands still: a run depends on no machine's speed.
        """
        took_ms: list[float] = []
        nothing = Presses(0, ())
        while len(took_ms) < ticks and not self.done:
            if self.session.stalled:
                self.session.tick(0)
                self._note_new_level()
                if self.session.stalled:
                    time.sleep(STALL_S)
                continue
            self.favourites.wait()
            buttons = self.buttons(nothing)
            began = time.perf_counter_ns()
            self.tick(nothing, buttons)
            took_ms.append((time.perf_counter_ns() - began) / 1e6)
            if film is not None:
                film.take(self.window.canvas)
        self.draw()
        self.favourites.wait()
        return took_ms

    def inspect(self, overlay: Overlay) -> None:
        """Opens the inspector and draws it, as soon as it has looked everything up."""
        self.session.skip_show()
        self.session.command(Command.INSPECT)
        self.inspector.overlay = overlay
        self.inspector.settle()
        self.draw()

    def screenshot(self, path: Path) -> None:
        """Writes the canvas as it is. Raises WriteError."""
        write_png(self.window.canvas, path, code=self.session.playthrough.code)

    def _act(self, action: Action) -> None:
        if any(part.act(action) for part in (self.scoring, self.front, self.pausing, self.inspector)):
            return
        if action == Action.QUIT:
            self.done = True
        elif action == Action.ESCAPE:
            self.done = not self.front.escape()
        elif action == Action.SCREENSHOT:
            play = self.session.playthrough
            self.screenshots.take(self.window.canvas, play.key.seed, play.stage, play.code)
            self.sounds.play("snapshot")
        elif action == Action.LOST:
            self._lose_focus()
        elif action == Action.FULLSCREEN:
            self.pausing.options = replace(self.options, fullscreen=not self.window.fullscreen)
        elif action == Action.FAVOURITE:
            self._keep()
        elif action == Action.REGENERATE and self._asks():
            self.session.say(text("say.again_for_new"))
        elif action in COMMANDS:
            self.session.command(COMMANDS[action])

    def _asks(self) -> bool:
        """Whether a castle that is played is only asked about: for a while a second press is an answer."""
        asked = self.ticks - self._asked_tick < ASK_TICKS
        if not self.options.asks or asked or self.session.phase not in (Phase.PLAYING, Phase.PAUSED):
            return False
        self._asked_tick = self.ticks
        return True

    def _lose_focus(self) -> None:
        """Holds the game where a player plays who now looks elsewhere."""
        if self.session.phase in (Phase.PLAYING, Phase.PASSING) and self._bot is None:
            self.session.command(Command.PAUSE)

    def _keep(self) -> None:
        """Puts the castle that is played among the favourites, or, where it is one, takes it out of them."""
        session, code = self.session, self.session.playthrough.code
        if session.world is None:
            return
        if not code:
            session.say(text("say.no_code"))
            return
        if self.favourites.is_kept(code):
            self.favourites.take_out_castle(code)
            session.say(text("say.let_go"))
        else:
            self.favourites.keep(code, self.showing.portrait(self, session.world))
            session.say(text("say.kept"))
        self.sounds.play("keep")

    def _note_new_level(self) -> None:
        """Does what has to happen once for every level that comes on screen. Raises NoLevelError."""
        session, play, stream = self.session, self.session.playthrough, self.session.stream
        coming = play.melting.built if play.melting else play.built
        if coming is None:
            if stream is not None and stream.error is not None:
                raise NoLevelError(stream.error)
        elif coming.level is not self._shown_level:
            first, self._shown_level = self._shown_level is None, coming.level
            self.home.runs.keep(session.run)
            self.showing.show = Dreaming(coming) if session.phase == Phase.SHOW else None
            self.hearing.new_level()
            if first:
                # What is alive by now stays: later collections need not look at it. (FACTS)
                gc.collect()
                gc.freeze()

    def _note_end(self) -> None:
        """Keeps no run any more, once, where it has ended."""
        titled = self.front.title is not None
        before, self._has_ended = self._has_ended, not titled and self.session.phase in ENDS
        if self._has_ended and not before:
            self.home.runs.keep(None)
