"""What is heard: which tune belongs to what goes on, and what answers cues, menus and keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.level.level import BOSS_KINDS

from .controls import Action
from .front import Front
from .pausing import PUTTING, Pausing
from .scoring import Scoring
from .session import Phase, Session
from .session.phases import STILL
from .sound import Sounds
from .sound.effects import EFFECTS
from .sound.tunes import GOES_ON, tune_of_stage
from .title import Page
from .world import World
from .world.cues import Cue

TITLE_MUSIC, GALLERY_MUSIC, BOSS_MUSIC, SHOW_MUSIC = "title", "gallery", "boss", "show"
MUSIC_OF_PHASE = {Phase.SHOW: SHOW_MUSIC, Phase.ENDING: "ending", Phase.GAME_OVER: "game_over"}
"""The music of phases that are no play. None for death and for the count of points."""
PLAY = (Phase.PLAYING, Phase.PASSING, *STILL)
"""Phases with the music of the stage, or of its boss."""
AFTER_WHICH_ALL_IS_NEW = (TITLE_MUSIC, *(MUSIC_OF_PHASE[phase] for phase in (Phase.ENDING, Phase.GAME_OVER)))
"""After these a stage's tune begins anew; after anything else it goes on where it was."""
OF_KEYS = {
    Action.REGENERATE: "ask",
    Action.BACK: "ask",
    Action.REDREAM: "ask",
    Action.INSPECT: "look",
    Action.OVERLAY: "look",
}
"""What answers keys in play. What keys do in menus is heard by what they open, close and choose."""
LOW_BARS = 4
"""So many bars of life, of 16, are little. (ours)"""
HURRY_UNITS = 50
"""So many units of time are little. (ours)"""
TIME_EVERY_TICKS = 4
"""How often time is heard while it is counted. (ours)"""


class _Shown(NamedTuple):
    """What menus and pages are open."""

    titled: bool
    phase: Phase
    depth: int
    """How many pages deep the player is."""
    asks_initials: bool
    wrong: str
    """What is wrong with a code."""
    asked: frozenset[object]
    """What was chosen once and is only done at a second press."""
    difficulty: int
    """What the title is set to; 0 where there is none."""


class _Hero(NamedTuple):
    """What can be little, and what is counted."""

    world: World
    low: bool
    late: bool
    time: int
    hearts: int


class Hearing:
    """Call `tick` once a tick, after all that it listens to."""

    def __init__(
        self, sounds: Sounds, session: Session, *, front: Front, pausing: Pausing, scoring: Scoring
    ) -> None:
        self._sounds = sounds
        self._session = session
        self._front, self._pausing, self._scoring = front, pausing, scoring
        self._tune: str | None = None
        self._all_is_new = True
        self._shown = self._look()
        self._hero: _Hero | None = None

    def new_level(self) -> None:
        """A level has come on screen."""
        if self._session.phase == Phase.SHOW:
            self._sounds.music(SHOW_MUSIC, anew=True)
            self._tune = SHOW_MUSIC
        else:
            self._sounds.play("dream")

    def tick(self, cues: Iterable[Cue], actions: Iterable[Action]) -> None:
        """Listens to what this tick did. `actions`: what was pressed."""
        self._play_music()
        for cue in cues:
            if cue.kind in EFFECTS:  # the motion of another game may tell what has no sound here
                self._sounds.play(cue.kind)
        self._note_hero()
        self._note_keys(actions)
        self._note_menus()
        self._sounds.tick()

    @property
    def tune(self) -> str | None:
        """The music of what goes on; None: there is none."""
        session, world = self._session, self._session.world
        if self._pausing.gallery is not None:
            return GALLERY_MUSIC
        if self._front.title is not None:
            return TITLE_MUSIC
        if session.phase not in PLAY or world is None:
            return MUSIC_OF_PHASE.get(session.phase)
        if world.bosses:
            return BOSS_MUSIC
        return tune_of_stage(session.playthrough.key.stage, session.playthrough.key.mode)

    def _play_music(self) -> None:
        ducked = self._session.phase in STILL and self._front.title is None and not self._pausing.gallery
        if ducked != self._sounds.ducked:
            self._sounds.duck(ducked)
        before, now = self._tune, self.tune
        if now == before:
            return
        self._tune = now
        if now in GOES_ON:
            anew, self._all_is_new = self._all_is_new, False
        else:
            anew = now != TITLE_MUSIC or before != GALLERY_MUSIC
        self._all_is_new = self._all_is_new or now in AFTER_WHICH_ALL_IS_NEW
        self._sounds.music(now, anew=anew)
        if now == TITLE_MUSIC:
            self._sounds.expect(SHOW_MUSIC)
            self._sounds.expect(tune_of_stage(1, "castle"))

    def _note_hero(self) -> None:
        """Answers little life, little time, and the count of points."""
        world, before, counted = self._session.world, self._hero, self._session.playthrough.counted
        if world is None:
            return
        low, late = 0 < world.hero.health <= LOW_BARS, world.time_left <= HURRY_UNITS
        self._hero = now = _Hero(world, low, late, counted.time, counted.hearts)
        if before is None or before.world is not world:
            if any(spawn.kind in BOSS_KINDS for spawn in world.level.spawns):
                self._sounds.expect(BOSS_MUSIC)
        elif self._session.phase == Phase.TALLY:
            if now.hearts > before.hearts:
                self._sounds.play("count_heart")
            elif now.time > before.time and self._session.phase_tick % TIME_EVERY_TICKS == 0:
                self._sounds.play("count_time")
        elif now.low > before.low:
            self._sounds.play("low_life")
        elif now.late > before.late and self._session.phase == Phase.PLAYING:
            self._sounds.play("hurry")

    def _note_keys(self, actions: Iterable[Action]) -> None:
        in_gallery = self._pausing.gallery is not None
        in_play = self._front.title is None and not self._pausing.is_open and not self._scoring.is_open
        for action in actions:
            if in_play and action in OF_KEYS and self._session.world is not None:
                self._sounds.play(OF_KEYS[action])
            elif action == Action.FULLSCREEN:
                self._sounds.play("choose")
            elif in_gallery and action in PUTTING:
                self._sounds.play("keep")

    def _note_menus(self) -> None:
        before, now = self._shown, self._look()
        self._shown = now
        name = self._answer(before, now)
        if name is not None:
            self._sounds.play(name)

    def _answer(self, before: _Shown, now: _Shown) -> str | None:
        """The effect of what was opened, closed or chosen in this tick."""
        if before.titled and not now.titled:
            return "begin"
        if before.titled != now.titled:
            return "leave" if before.phase != Phase.LOADING else None
        if before.asks_initials and not now.asks_initials:
            return "entered"
        if now.depth != before.depth:
            return "enter" if now.depth > before.depth else "leave"
        if not now.titled and before.phase != now.phase and (before.phase in STILL or now.phase in STILL):
            return "look" if Phase.INSPECTING in (before.phase, now.phase) else "pause"
        if now.wrong and now.wrong != before.wrong:
            return "locked"
        if now.asked - before.asked:
            return "ask"
        if now.titled and now.difficulty != before.difficulty:
            return "choose"
        title = self._front.title
        if self._scoring.moved or (self._front.moved and title is not None and title.page == Page.CODE):
            return "letter"
        began_by_itself = title is not None and title.page == Page.DEMO
        return "choose" if self._pausing.moved or (self._front.moved and not began_by_itself) else None

    def _look(self) -> _Shown:
        title, pausing = self._front.title, self._pausing
        depth = int(title is not None and title.page not in (Page.MAIN, Page.DEMO))
        options = pausing.options_menu
        depth += pausing.is_open + (options is not None and bool(options.section))
        wrong = title.line if title is not None else ""
        asked = frozenset({title and title.asked, pausing.menu.asked, pausing.sure} - {None})
        difficulty = title.difficulty if title is not None else 0
        return _Shown(
            title is not None, self._session.phase, depth, self._scoring.is_open, wrong, asked, difficulty
        )
