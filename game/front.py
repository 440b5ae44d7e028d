"""What keys mean while the title is shown, and what comes of what is chosen there.

The session behind it has not begun, or is paused; the first castle is dreamed meanwhile.
"""

from __future__ import annotations

import datetime

from generator.level.codes import daily_seed, decode
from generator.stream import Built, LevelKey

from .controls import Action, Presses, Reading
from .controls.menu import PressEdges
from .pausing import EVERYWHERE, Pausing
from .scoring import Scoring
from .session import Command, Phase, Session
from .session.phases import STILL
from .session.runs import Run
from .title import Choice, Page, Title, Wish
from .title.demo import Attract, Demo
from .title.title import ATTRACT_TICKS
from .world import World

PREPARE_TICKS = ATTRACT_TICKS // 3
"""After so long without a press the castle of the next demo is dreamed. (ours)"""
WITHOUT_PAUSE = (Phase.LOADING, Phase.GAME_OVER, Phase.ENDING)
"""Phases that are left to the title at once."""
OF_MENUS = (*WITHOUT_PAUSE, *STILL)
"""Phases in which something is chosen, and nobody walks."""


def day() -> datetime.date:
    """Today, the same for everybody."""
    return datetime.datetime.now(datetime.UTC).date()


class Front:
    """The title, as far as keys go. It is open from the start if it is told to be."""

    def __init__(self, session: Session, pausing: Pausing, scoring: Scoring | None = None) -> None:
        """`scoring`: what is remembered of runs; None: nothing."""
        self.title: Title | None = None
        """None while it is closed."""
        self.behind: World | None = None
        """The castle that START leads to, once it is there."""
        self.demo: Demo | None = None
        """What is shown while nobody presses anything."""
        self.attract = Attract()
        self.quit = False
        """Whether QUIT was chosen."""
        self.moved = False
        """Whether the last tick chose something else."""
        self._session = session
        self._pausing = pausing
        self._scoring = scoring or Scoring(session)
        self._day = day()
        """When the title was opened."""
        self._left: Run | None = None
        """The run that was left when the title was opened."""
        self._built: Built | None = None
        self._asked: LevelKey | None = None
        """The castle that a demo waits for."""
        self._presses = PressEdges()

    def escape(self) -> bool:
        """Holds the game where it is played; else leads to the title. False where there is none: then the
        game is over."""
        session = self._session
        session.skip_show()
        if session.phase in (Phase.PLAYING, Phase.PASSING):
            session.command(Command.PAUSE)
        elif session.stream is None:
            return False
        elif session.phase in WITHOUT_PAUSE:
            self._go_back()
        return True

    @property
    def is_open(self) -> bool:
        """Whether the title is what is shown: not under the gallery or the options."""
        return self.title is not None and not self._pausing.is_open

    @property
    def reading(self) -> Reading:
        """What keys are read for."""
        typed = self.is_open and self.title is not None and self.title.page == Page.CODE
        if typed or self._scoring.is_open:
            return Reading.TYPING
        shown = self.title is not None or self._pausing.is_open or self._session.phase in OF_MENUS
        return Reading.MENUS if shown else Reading.PLAY

    def open(self, first: LevelKey, run: Run | None = None) -> None:
        """Shows the title. `first`: the castle that START leads to. `run`: one to go on with."""
        self._day, scores = day(), self._scoring.scores
        today = scores.today if scores.today and scores.today.date == self._day else None
        self.title = Title(first, LevelKey(daily_seed(self._day)), run, scores=scores, today=today)
        self._built = self.behind = self.demo = self._asked = None
        self._presses = PressEdges()
        self._left = run
        self._pausing.over_title, self._pausing.ends_a_run = True, run is not None
        self._session.prepare(self.title.key)

    def act(self, action: Action) -> bool:
        """Does what this press means here; False where the title is not what is shown."""
        title = self.title
        if title is None and action == Action.PAUSE and not self._pausing.is_open:
            return self._session.phase in WITHOUT_PAUSE and self.escape()  # no pad has an Escape
        if title is None or not self.is_open or action in EVERYWHERE:
            return False
        if title.page in (Page.DEMO, Page.KEYS):
            title.leave()  # any key does
        elif action == Action.START:
            self._do(title.enter())
        elif action == Action.ESCAPE:
            if not title.leave():
                title.chosen = Choice.QUIT
        elif action == Action.BACK and title.page == Page.CODE:
            title.erase()
        elif title.page != Page.CODE or action == Action.PAUSE:
            title.leave()
        return True

    def tick(self, presses: Presses) -> None:
        """One tick."""
        self.moved = False
        if self._pausing.to_title:
            self._pausing.to_title = False
            self._go_back()
        title, session = self.title, self._session
        if title is None:
            return
        castle, self._pausing.to_begin = self._pausing.to_begin, None
        if castle is not None:
            self._begin(LevelKey.of(castle), Wish(Choice.FAVOURITES, code=castle))
            return
        if not self.is_open:
            self._presses = PressEdges()
            return
        key = title.key
        wish = title.tick(self._presses.tick(presses.mask), presses.text, demo=self.behind is not None)
        self.moved = title.moved
        if title.key != key:
            self._built = self.behind = self._asked = None
            session.prepare(title.key)
        if self._built is None:
            self._built = session.prepared(title.key)
            self.behind = World(self._built.level) if self._built else None
        self._prepare_demo(title)
        self._show_demo(title)
        self._do(wish)

    def _go_back(self) -> None:
        """Goes back to the title; the run that is left can be gone on with."""
        session, run = self._session, self._session.run
        if session.phase == Phase.LOADING:
            run = self._left  # what should have ended it has not come
        if session.phase not in (Phase.LOADING, Phase.PAUSED):
            session.hold()
        session.ask_for_nothing()
        self.open(session.other_castle()._replace(stage=1, mode="castle"), run)

    def _prepare_demo(self, title: Title) -> None:
        """Has the next demo's castle dreamed, once START's is in hand and nobody seems to want another."""
        attract, session = self.attract, self._session
        attract.poll()
        if not attract.waits or self._built is None or attract.key is None:
            return
        if self._asked == attract.key:
            built = session.prepared(attract.key)
            if built is not None:
                attract.give(built)
        elif title.page == Page.MAIN and title.idle_ticks >= PREPARE_TICKS:
            self._asked = attract.key
            session.prepare(attract.key)

    def _show_demo(self, title: Title) -> None:
        """Shows the demo as long as nobody presses anything; then the title, and after a while the next."""
        if title.page == Page.DEMO and self.behind is not None:
            self.demo = self.demo or self.attract.demo(self.behind.level)
            self.demo.tick()
            if self.demo.over:
                title.leave()
        if title.page != Page.DEMO and self.demo is not None:
            self.attract.next(self.demo)
            self.demo = None

    def _do(self, wish: Wish | None) -> None:
        if wish is None or self.title is None:
            return
        if wish.choice == Choice.QUIT:
            self.quit = True
        elif wish.choice == Choice.FAVOURITES:
            self._pausing.open_gallery()
        elif wish.choice == Choice.OPTIONS:
            self._pausing.open_options()
        elif wish.run is not None and wish.run == self._session.run:
            # It has only been held; it goes on where it was.
            self._session.command(Command.PAUSE)
            self._session.want()
            self._close()
        elif wish.run is not None:
            code = decode(wish.run.code)
            self._begin(LevelKey.of(code), wish)
        elif wish.key is not None:
            self._begin(wish.key, wish)

    def _begin(self, key: LevelKey, wish: Wish) -> None:
        ready = self._built if self.title is not None and key == self.title.key else None
        run = wish.run
        self._session.begin(
            ready or key,
            code=wish.code,
            carry=run.carry if run else None,
            classic=run.classic if run else None,
            past=run.past if run else None,
            daily=self._day if wish.choice == Choice.DAILY else None,
            after=LevelKey.of(decode(run.home)) if run and run.home else None,
        )
        self._close()

    def _close(self) -> None:
        self.title = self.behind = self.demo = self._built = self._asked = None
        self._pausing.over_title = False
