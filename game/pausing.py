"""What keys mean while time stands still: in the pause's menu, and in the gallery.

The session is paused meanwhile, or has not begun; so nothing here has to stop anything.
"""

from __future__ import annotations

import contextlib
from functools import partial
from pathlib import Path

from generator.dream.loading import asset
from generator.level.codes import CastleCode, decode
from generator.level.stamps import OtherNetworkError, check_network, file_sha256
from generator.motion import Button
from generator.stream import LevelKey

from .controls import Action, Bindings, Presses
from .controls.menu import Entry, Menu, PressEdges, offered
from .gallery import Favourites
from .gallery.favourites import Favourite
from .gallery.gallery import Gallery, Wish
from .screen.castle_map import has_map
from .session import Command, Phase, Session
from .session.options import Options
from .texts import text
from .title.options_menu import OptionsMenu

LEAVING = (Action.ESCAPE, Action.BACK, Action.PAUSE)
"""These lead out of the gallery."""
PUTTING = (Action.FAVOURITE, Action.REMOVE)
"""These take a castle out of the gallery, and put it back."""
EVERYWHERE = (Action.QUIT, Action.FULLSCREEN, Action.SCREENSHOT)
"""These mean the same as in play."""


def _read_network(network: Path | None) -> None:
    with contextlib.suppress(OSError):
        file_sha256(network or asset("dream.onnx"))


class Pausing:
    """The menu and the gallery, as far as keys go."""

    def __init__(self, session: Session, favourites: Favourites, network: Path | None = None) -> None:
        """`network`: the file that the session's levels are dreamed with; None: the one that ships."""
        self.menu = Menu()
        self.gallery: Gallery | None = None
        """None while it is closed."""
        self.options_menu: OptionsMenu | None = None
        """None while it is closed."""
        self.options = Options()
        """What was chosen there."""
        self.bindings = Bindings()
        """What keys and pads were bound to there."""
        self.map_open = False
        """Whether the map is shown."""
        self.quit = False
        """Whether QUIT was chosen."""
        self.over_title = False
        """Whether the title is what the gallery is left to."""
        self.ends_a_run = False
        """Whether a run was left that a castle of the gallery would end, then."""
        self.to_begin: CastleCode | None = None
        """The castle that was chosen in the gallery over the title, until somebody begins it."""
        self.to_title = False
        """Whether TITLE was chosen, until somebody shows it."""
        self.moved = False
        """Whether the last tick moved on to another entry or picture."""
        self._session = session
        self._favourites = favourites
        self._network = network
        self._presses = PressEdges()
        self._was_paused = False
        self.sure: Favourite | None = None
        """The castle that was chosen once, and once more ends the run that was left."""

    @property
    def _paused(self) -> bool:
        return self._session.phase == Phase.PAUSED

    @property
    def chosen(self) -> Favourite | None:
        """The favourite that is chosen in the open gallery."""
        entries = self._favourites.entries
        if self.gallery is None or self.gallery.chosen >= len(entries):
            return None
        return entries[self.gallery.chosen]

    @property
    def is_open(self) -> bool:
        """Whether the gallery, the options or the map are shown."""
        return self.gallery is not None or self.options_menu is not None or self.map_open

    def open_options(self) -> None:
        """Opens the options over whatever stands still."""
        self.options_menu = OptionsMenu(self.options, self.bindings)
        self._presses = PressEdges()

    def open_gallery(self) -> None:
        """Opens it over whatever stands still."""
        self.gallery, self.sure = Gallery(), None
        self._presses = PressEdges()
        # A code of dream rooms is held to it when it is chosen; no tick has the time to hash megabytes.
        self._favourites.see_to(partial(_read_network, self._network))
        self._favourites.scan()
        self._session.say("")  # what was said before would hide the keys

    def act(self, action: Action) -> bool:
        """Does what this press means here; False where it means nothing here."""
        if action in EVERYWHERE:
            return False
        if self.options_menu is not None:
            if self.options_menu.asks:  # whatever is pressed is an answer
                self.options_menu.act_while_asked(action)
            elif action == Action.START:
                self.options_menu.enter()
                self.options = self.options_menu.options
            elif action in PUTTING:
                self.options_menu.put()
            elif action in LEAVING and not self.options_menu.leave():
                self.options_menu = None
                self._presses = PressEdges()
            return True
        if self.gallery is not None:
            if action in LEAVING:
                self._leave()
            elif action in PUTTING:
                self._put()
            elif action == Action.START:
                self._play()
            return True
        if self.map_open:
            if action in (*LEAVING, Action.START):
                self._turn_map(False)
            return True
        if self._paused and action in (Action.START, Action.ESCAPE):
            decided = self.menu.decide() if action == Action.START else Entry.RESUME
            if decided is not None:
                self._decide(decided)
            return True
        return False

    def tick(self, presses: Presses) -> None:
        """One tick, after the session's: a press that resumes must be known to it, or the hero would jump."""
        mask = presses.mask
        self.moved = False
        if self.options_menu is not None:
            self._tick_options(self.options_menu, presses)
        elif self.gallery is not None:
            self._tick_gallery(self.gallery, mask)
        elif self.map_open:
            if not self._paused or self._presses.tick(mask) & (Button.JUMP | Button.WHIP):
                self._turn_map(False)
        elif self._paused:
            if not self._was_paused:
                self.menu, self._presses = Menu(self._offered), PressEdges()
            before = self.menu.chosen
            decided = self.menu.tick(self._presses.tick(mask))
            self.moved = self.menu.chosen != before
            if decided is not None:
                self._decide(decided)
        self._was_paused = self._paused

    @property
    def _offered(self) -> tuple[Entry, ...]:
        world = self._session.world
        return offered(self._session.stream is not None, world is not None and has_map(world.level))

    def _turn_map(self, shown: bool) -> None:
        self.map_open, self._presses = shown, PressEdges()

    def _tick_options(self, menu: OptionsMenu, presses: Presses) -> None:
        before = menu.shown
        if not menu.tick(self._presses.tick(presses.mask), presses):
            self.options_menu = None
            self._presses = PressEdges()
        self.moved = before != menu.shown
        self.options, self.bindings = menu.options, menu.bindings

    def _tick_gallery(self, gallery: Gallery, mask: int) -> None:
        favourites = self._favourites
        if self._session.phase not in (Phase.PAUSED, Phase.LOADING):
            self.gallery = None  # what was chosen has come
            return
        before = gallery.chosen
        wish = gallery.tick(self._presses.tick(mask), len(favourites.entries))
        self.moved = gallery.chosen != before
        if wish == Wish.PLAY:
            self._play()
        elif wish == Wish.LEAVE:
            self._leave()
        for entry in favourites.entries[gallery.page.start : gallery.page.stop]:
            favourites.ask(entry)

    def _decide(self, entry: Entry) -> None:
        if entry == Entry.RESUME:
            self._session.command(Command.PAUSE)
        elif entry == Entry.MAP:
            self._turn_map(True)
        elif entry == Entry.NEW_CASTLE:
            self._session.command(Command.REGENERATE)
        elif entry == Entry.FAVOURITES:
            self.open_gallery()
        elif entry == Entry.OPTIONS:
            self.open_options()
        elif entry == Entry.TITLE:
            self.to_title = True
        elif entry == Entry.QUIT:
            self.quit = True

    def _leave(self) -> None:
        """Goes back to the pause, or into the castle that was asked for at the start."""
        self.gallery = None
        self._presses = PressEdges()
        if self._session.world is None and not self.over_title:
            self._session.play(self._session.playthrough.key)

    def _play(self) -> None:
        """Plays the chosen castle; the gallery stays until it has come. Another network's rooms never do."""
        entry = self.chosen
        if entry is None:
            return
        if entry.code == self._session.playthrough.code and self._paused and not self.over_title:
            self.gallery = None
            self._session.command(Command.PAUSE)
            return
        if self.over_title and self.ends_a_run and self.sure is not entry:
            self.sure = entry
            self._session.say(text("title.sure"))
            return
        castle = decode(entry.code)
        try:
            check_network(castle, self._network)
        except OtherNetworkError:
            self._session.say(text("say.other_network"))
        else:
            if self.over_title:
                self.gallery, self.to_begin = None, castle
            else:
                self._session.play(LevelKey.of(castle), castle)

    def _put(self) -> None:
        """Takes the chosen castle out of the gallery, or puts it back into it."""
        entry = self.chosen
        if entry is None:
            return
        if entry.out:
            self._favourites.put_back(entry)
        else:
            self._favourites.take_out(entry)
