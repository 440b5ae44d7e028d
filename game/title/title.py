"""The title's menu: what is offered, what is chosen, and what the player decides for."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from generator.command_line import HARDEST_DIFFICULTY
from generator.level.codes import ALPHABET, CastleCode, CodeError, decode, encode
from generator.motion import Button
from generator.stream import LevelKey

from ..session.daily import Today
from ..session.runs import Run
from ..session.scores import MODES, Scores
from ..texts import text

ATTRACT_TICKS = 1200
"""After so long without a press the castle behind the title is played by itself: 20 s."""
MOST_LETTERS = 40
"""The longest code that can be typed, hyphens and spaces too."""
SYMBOLS = f"{ALPHABET}-"
"""What a code is written in, as a pad goes through it."""


class Page(Enum):
    """What is shown."""

    MAIN = auto()
    CODE = auto()
    KEYS = auto()
    SCORES = auto()
    DEMO = auto()


class Choice(Enum):
    """What the menu offers, in its order. The value names its text."""

    START = "title.start"
    CONTINUE = "title.continue"
    DAILY = "title.daily"
    ENDLESS = "title.endless"
    DREAM = "title.dream"
    CODE = "title.code"
    FAVOURITES = "title.favourites"
    DIFFICULTY = "title.difficulty"
    SCORES = "title.scores"
    OPTIONS = "title.options"
    KEYS = "title.keys"
    QUIT = "title.quit"


ENDS_A_RUN = (Choice.START, Choice.DAILY, Choice.ENDLESS, Choice.DREAM)
"""Entries that are asked about where a run was left: it could not be gone on with any more."""


class Wish(NamedTuple):
    """What the player decides for: a level to play, the run that was left, or what `choice` says."""

    choice: Choice
    key: LevelKey | None = None
    code: CastleCode | None = None
    """The code that led there."""
    run: Run | None = None


class Title:
    """Call `tick` once a tick with what is newly pressed and typed."""

    def __init__(
        self,
        first: LevelKey,
        daily: LevelKey,
        run: Run | None = None,
        *,
        scores: Scores | None = None,
        today: Today | None = None,
    ) -> None:
        """`first`: the castle that START leads to. `daily`: today's. `run`: one that was left half-way.
        `scores`: the best runs; `today`: the best in today's castle."""
        self.page = Page.MAIN
        self.run = run
        self.chosen = Choice.CONTINUE if run else Choice.START
        self.asked: Choice | None = None
        """What was chosen once, and once more ends the run that was left."""
        self.difficulty = min(first.difficulty, HARDEST_DIFFICULTY)
        self.typed = ""
        """What there is of a code so far."""
        self.line = ""
        """What there is to say of it."""
        self.idle_ticks = 0
        """Ticks since anything was pressed."""
        self.moved = False
        """Whether the last tick chose something else."""
        self.scores = scores or Scores()
        self.mode = self.scores.entered[0] if self.scores.entered else MODES[0]
        """Whose table is shown."""
        self.row = 0
        """The row that is chosen there."""
        self._first, self._daily, self._today = first, daily, today

    @property
    def key(self) -> LevelKey:
        """What START leads to."""
        return self._first._replace(difficulty=self.difficulty)

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The entries."""
        return tuple(choice for choice in Choice if choice != Choice.CONTINUE or self.run is not None)

    def text_of(self, choice: Choice) -> str:
        """How an entry is written."""
        what = ""
        if choice == Choice.DIFFICULTY:
            what = f" {self.difficulty}"
        elif choice == Choice.CONTINUE and self.run is not None:
            title = self.run.title
            what = f" {text('title.continue_daily', title=title) if self.run.past.daily else title}"
        elif choice == Choice.DAILY and self._today is not None:
            name = "today.cleared" if self._today.cleared else "today.stage"
            return text(name, daily=text(choice.value), stage=self._today.stage)
        return f"{text(choice.value)}{what}"

    def tick(self, pressed: int, typed: str = "", *, demo: bool = False) -> Wish | None:
        """One tick; what the player decides for, or None. `demo`: whether there is a castle to play by
        itself."""
        before = self._shown
        self.idle_ticks = 0 if pressed or typed else self.idle_ticks + 1
        wish = None
        if self.page == Page.MAIN:
            wish = self._main(pressed)
            if self.idle_ticks >= ATTRACT_TICKS and demo:
                self.page = Page.DEMO
        elif self.page == Page.CODE:
            wish = self._code(pressed, typed)
        elif self.page == Page.SCORES:
            self._turn_tables(pressed)
        elif pressed or typed:
            self.page = Page.MAIN
        self.moved = before != self._shown
        return wish

    def leave(self) -> bool:
        """Goes back to the menu; False where that is what is shown."""
        shown, self.page = self.page, Page.MAIN
        self.idle_ticks, self.line, self.asked = 0, "", None
        return shown != Page.MAIN

    def enter(self) -> Wish | None:
        """Decides for what is chosen, as a press of Return does."""
        self.idle_ticks = 0
        if self.page == Page.CODE:
            return self._follow()
        if self.page != Page.MAIN:
            self.page = Page.MAIN
            return None
        return self._decide()

    def erase(self) -> None:
        """Takes back the last letter."""
        self.typed, self.line, self.asked = self.typed[:-1], "", None

    @property
    def _shown(self) -> tuple[object, ...]:
        """What a press may change."""
        return self.page, self.chosen, self.asked, self.difficulty, self.typed, self.mode, self.row

    def _turn_tables(self, pressed: int) -> None:
        """Left and right lead to another table, up and down to another row."""
        rows = self.scores.rows(self.mode)
        down = bool(pressed & Button.DOWN) - bool(pressed & Button.UP)
        self.row = (self.row + down) % max(1, len(rows))
        across = bool(pressed & Button.RIGHT) - bool(pressed & Button.LEFT)
        if across:
            self.mode = MODES[(MODES.index(self.mode) + across) % len(MODES)]
            self._choose_row()
        if pressed & (Button.WHIP | Button.JUMP):
            self.page = Page.MAIN

    def _choose_row(self) -> None:
        """Chooses the row that was entered last, where this table has it."""
        rows, entered = self.scores.rows(self.mode), self.scores.entered
        own = entered is not None and entered[0] == self.mode and entered[1] in rows
        self.row = rows.index(entered[1]) if own and entered is not None else 0

    def _main(self, pressed: int) -> Wish | None:
        entries = self.offered
        down = bool(pressed & Button.DOWN) - bool(pressed & Button.UP)
        self.chosen = entries[(entries.index(self.chosen) + down) % len(entries)]
        if down:
            self.asked = None
        across = bool(pressed & Button.RIGHT) - bool(pressed & Button.LEFT)
        if self.chosen == Choice.DIFFICULTY and across:
            self._turn(across)
        return self._decide() if pressed & Button.JUMP else None

    def _turn(self, by: int) -> None:
        self.difficulty = (self.difficulty - 1 + by) % HARDEST_DIFFICULTY + 1

    def _decide(self) -> Wish | None:
        if self.run is not None and self.chosen in ENDS_A_RUN and self.asked != self.chosen:
            self.asked = self.chosen
            return None
        match self.chosen:
            case Choice.START:
                return Wish(Choice.START, self.key)
            case Choice.CONTINUE:
                return Wish(Choice.CONTINUE, run=self.run)
            case Choice.DAILY:
                return Wish(Choice.DAILY, self._daily._replace(difficulty=self.difficulty))
            case Choice.ENDLESS | Choice.DREAM as choice:
                mode = "endless" if choice == Choice.ENDLESS else "dream"
                return Wish(choice, self.key._replace(mode=mode, stage=1))
            case Choice.CODE:
                self.page, self.line = Page.CODE, ""
            case Choice.KEYS:
                self.page = Page.KEYS
            case Choice.SCORES:
                self.page = Page.SCORES
                self._choose_row()
            case Choice.DIFFICULTY:
                self._turn(1)
            case choice:
                return Wish(choice)
        return None

    def _code(self, pressed: int, typed: str) -> Wish | None:
        """Typed letters are added; up and down change the last one, right adds one, left takes one back, so
        that a pad can write too."""
        letters = "".join(letter for letter in typed.upper() if letter.isprintable())
        if letters:
            self.typed, self.line, self.asked = (self.typed + letters)[:MOST_LETTERS], "", None
        if pressed & Button.RIGHT and len(self.typed) < MOST_LETTERS:
            self.typed, self.line = self.typed + SYMBOLS[0], ""
        elif pressed & Button.LEFT:
            self.erase()
        turn = bool(pressed & Button.UP) - bool(pressed & Button.DOWN)
        if turn and self.typed:
            at = SYMBOLS.find(self.typed[-1])
            self.typed, self.line = self.typed[:-1] + SYMBOLS[(at + turn) % len(SYMBOLS)], ""
        if pressed & Button.WHIP:
            self.leave()
        return self._follow() if pressed & Button.JUMP else None

    def _follow(self) -> Wish | None:
        """The castle of what was typed; says what is wrong with it."""
        try:
            castle = decode(self.typed)
            encode(castle)
        except CodeError as error:
            self.line = f"{text('title.no_code')} {str(error).upper()}"
            return None
        if self.run is not None and self.asked != Choice.CODE:
            self.asked, self.line = Choice.CODE, text("title.sure")
            return None
        return Wish(Choice.CODE, LevelKey.of(castle), castle)
