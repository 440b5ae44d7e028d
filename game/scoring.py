"""What keys mean where a run has ended: initials for the scores, and the line of a day's castle to copy.

Only a run that the player has played himself counts, in a castle that a share code leads to.
"""

from __future__ import annotations

from .controls import Action, Presses
from .controls.clipboard import copy, tell
from .controls.menu import PressEdges
from .session import Phase, Session
from .session.ended import ENDS, Ended, ended
from .session.initials import Initials
from .session.kept import Kept
from .session.options import SPEEDS, Options
from .session.records import Records, records_in
from .session.scores import Scores, scores_in
from .texts import text

EVERYWHERE = (Action.QUIT, Action.FULLSCREEN, Action.SCREENSHOT)
"""These mean the same as in play."""


class Scoring:
    """What is remembered of runs, and who is asked for it. Call `tick` once a tick, after the session's."""

    def __init__(
        self, session: Session, scores: Kept[Scores] | None = None, records: Kept[Records] | None = None
    ) -> None:
        """`scores` and `records`: where they are kept; None: nowhere."""
        self._session = session
        self._scores, self._records = scores or scores_in(None), records or records_in(None)
        self.scores = self._scores.read() or Scores()
        self.records = self._records.read() or Records()
        self.initials: Initials | None = None
        """None while nobody is asked."""
        self.ended: Ended | None = None
        """What the run came to that has just ended."""
        self.moved = False
        """Whether the last tick chose another letter."""
        self._presses = PressEdges()
        self._muted = 0
        """Buttons held since before the session could feel them."""

    @property
    def is_open(self) -> bool:
        """Whether initials are asked for."""
        return self.initials is not None

    def felt(self, buttons: int) -> int:
        """The buttons that the session feels: none while initials are asked for, nor the press that ended
        that before it is let go."""
        if self.is_open:
            self._muted = -1
            return 0
        self._muted &= buttons
        return buttons & ~self._muted

    def act(self, action: Action) -> bool:
        """Does what this press means here; False where it means nothing here."""
        if self.initials is None:
            if action == Action.FAVOURITE and self.ended and self.ended.daily and self._has_ended:
                self._copy(self.ended.daily.line)
                return True
            return False
        if action in EVERYWHERE:
            return False
        if action == Action.BACK:
            self.initials.back()
        elif action == Action.START and not self.initials.waits:
            self._enter(self.initials.letters)
        elif action in (Action.ESCAPE, Action.PAUSE):  # no pad has an Escape
            self._close()
        return True

    def tick(self, presses: Presses, options: Options, *, own: bool) -> None:
        """One tick. `own`: whether the player's are the buttons that are pressed."""
        self.moved = False
        play = self._session.playthrough
        play.journey.own = play.journey.own and own
        if self._session.phase == Phase.PLAYING and options.speed < max(SPEEDS):
            play.count_help()  # the other helps are the world's
        if not self._has_ended:
            self.ended = None
            self._close()
        elif self.ended is None:
            self._take_note()
        if self.initials is not None:
            self._ask(self.initials, presses)

    def wait(self) -> None:
        """Waits until all is written."""
        self._scores.wait()
        self._records.wait()

    @property
    def _has_ended(self) -> bool:
        return self._session.phase in ENDS

    def _take_note(self) -> None:
        """Keeps what a run came to, and asks for initials where it is among the best."""
        session, play = self._session, self._session.playthrough
        if not play.journey.own or not play.castle_code or session.stream is None:
            return
        self.ended, scores, records = ended(session, self.scores, self.records)
        self._keep(scores)
        self.records = records
        self._records.keep(records)
        if self.ended.rank is not None:
            self.initials, self._presses = Initials(scores.initials), PressEdges()

    def _ask(self, initials: Initials, presses: Presses) -> None:
        before = initials.letters, initials.at
        if initials.tick(self._presses.tick(presses.mask), presses.text):
            self._enter(initials.letters)
        self.moved = before != (initials.letters, initials.at)

    def _enter(self, initials: str) -> None:
        """Gives the run its row."""
        assert self.ended is not None
        play, row = self._session.playthrough, self.ended.row._replace(initials=initials)
        self._keep(self.scores.enter(self.ended.mode, row, play.journey.row))
        play.journey.row = self.ended.mode, row
        self._session.say(text("initials.entered", rank=self.ended.rank))
        self._close()

    def _close(self) -> None:
        self.initials = None

    def _keep(self, scores: Scores) -> None:
        self.scores = scores
        self._scores.keep(scores)

    def _copy(self, line: str) -> None:
        """Gives the player the line. It goes no further than his clipboard, or his terminal."""
        if copy(line):
            self._session.say(text("today.copied"))
        else:
            tell(line)
            self._session.say(text("today.printed"))
