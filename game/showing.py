"""Which picture is drawn: the one of what is open, from the options down to the field that is played on.

It reads the app and its parts, never writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from .controls.places import with_keys
from .gallery.page import GalleryScreen
from .screen import SpriteSheet, View
from .screen.dreaming import Dreaming
from .screen.ending import Ending
from .screen.hud import Hud, Numbers
from .screen.points import Points
from .screen.screens import Screens
from .session import Phase
from .session.phases import DYING_TICKS
from .title.options_page import OptionsPage
from .title.page import TitleScreen
from .world import World
from .world.camera import VIEW_SIZE

if TYPE_CHECKING:
    from .app import App


class Showing:
    """Draws with one sprite sheet."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self.view = View(sheet)
        self.show: Dreaming | None = None
        """The dreams of the level that was entered last, while they are shown."""
        self._hud = Hud(sheet)
        self._screens = Screens(sheet)
        self._points = Points(sheet)
        self._ending = Ending(sheet)
        self._gallery = GalleryScreen(sheet)
        self._options = OptionsPage(sheet)
        self._title = TitleScreen(sheet, self.view, self._hud)

    def draw(self, app: App) -> None:
        """Draws all of the window's canvas."""
        session, canvas, pausing = app.session, app.window.canvas, app.pausing
        world = session.world
        if pausing.options_menu is not None:
            self._options.draw(canvas, pausing.options_menu)
        elif pausing.gallery is not None:
            line = with_keys(session.message) or (session.doing if session.stalled else "")
            self._gallery.draw(
                canvas, pausing.gallery, app.favourites, line, app.ticks, records=app.scoring.records
            )
        elif pausing.map_open and world is not None:
            self._screens.chart(canvas, session, app.ticks)
        elif (title := app.front.title) is not None:
            waits = "" if app.front.behind is not None else session.doing
            self._title.draw(canvas, title, app.front.behind, app.ticks, waits, demo=app.front.demo)
        elif world is None:
            self._screens.loading(canvas, app.ticks, session.doing)
        elif not app.inspector.draw(canvas):
            self._draw_play(app, world)

    def _draw_play(self, app: App, world: World) -> None:
        """Draws what is played, and what lies over it."""
        session, canvas = app.session, app.window.canvas
        if session.phase == Phase.ENDING:
            self._ending.draw(canvas, session, app.ticks, app.scoring.ended)
        elif session.phase == Phase.SHOW and self.show is not None:
            self.show.draw(canvas, session.show_tick)
            self.view.prepare(world)
        else:
            self._draw_field(app, world)
            self.view.prepare(world, session.playthrough.melting)
            self._hud.draw(canvas, self._numbers(app, world))
        if not app.scoring.is_open:
            menu = app.pausing.menu
            self._screens.over(canvas, session, app.ticks, menu.chosen, menu.asked)
        self._points.over(canvas, session, app.scoring.ended, app.scoring.initials)

    def _draw_field(self, app: App, world: World) -> None:
        """Draws the room that is played in, or the way into it, or how it goes out at a death."""
        session, canvas, play = app.session, app.window.canvas, app.session.playthrough
        ghost = app.ghosts.shown if app.options.ghost else None
        if play.passing is not None:
            self.view.draw_passing(canvas, world, play.passing, session.phase_tick, play.melting, ghost=ghost)
            return
        self.view.draw(canvas, world, play.melting, ghost=ghost)
        if session.phase == Phase.DYING:
            self.view.draw_fade(canvas, DYING_TICKS - session.phase_tick)

    def portrait(self, app: App, world: World) -> pygame.Surface:
        """A view of a world as it is played, without what lies over it."""
        picture = pygame.Surface(VIEW_SIZE, depth=32)
        self.view.draw(picture, world)
        self._hud.draw(picture, self._numbers(app, world))
        return picture

    def _numbers(self, app: App, world: World) -> Numbers:
        play = app.session.playthrough
        return Numbers.of(world, play.stage, app.favourites.is_kept(play.code), self.view.eyes)
