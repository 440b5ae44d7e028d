"""What is written over the picture: title, stage card, pause, game over, and lines that say what goes on."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from generator.level.codes import GROUP
from generator.nes.palette import BLACK, rgb_of

from ..controls.menu import Entry, offered
from ..controls.places import with_keys
from ..session import Phase, Session
from ..session.playthrough import Playthrough
from ..session.share import line_of
from ..texts import text
from ..world.camera import VIEW_SIZE
from .castle_map import castle_map, has_map, marks_of
from .dreaming import CUT_TICK
from .hud import HUD_PX
from .map_page import draw_map
from .sprites import GLYPH_PX, SpriteSheet

RED, WHITE, GREY, GOLD = 0x16, 0x20, 0x10, 0x27
CARD_TICKS = 90
"""How long the stage card stands."""
BLINK_TICKS = 32
LINE_PX = GLYPH_PX + 4
SHOW_LINE_PX = 1
"""Above the dreams, while they are whole."""
BOX_LETTERS = VIEW_SIZE[0] // GLYPH_PX - 2
"""Letters that fit into a line of a box."""
LINE_LETTERS = BOX_LETTERS + 1
"""Letters of a line that has no box."""
PARTED = "   "
"""What parts keys that stand in one line."""
KEYS_TOP_PX, KEYS_PX = 168, 70
"""Where the keys stand while a level is waited for, and how high all of them may be."""
KEYS = "loading.keys_1", "loading.keys_2", "loading.keys_3", "loading.keys_4"
ENTRY_LETTERS = 15
"""Letters from the left of the menu's entries to the left of those keys."""


def bright(tick: int) -> bool:
    """Whether what blinks is bright in this tick."""
    return tick % BLINK_TICKS < BLINK_TICKS // 2


def code_lines(code: str) -> list[str]:
    """A share code as it is shown: on one line, or, if that is too long, on two, parted at a hyphen."""
    line = text("pause.code", code=code)
    if len(line) <= BOX_LETTERS:
        return [line] if code else []
    half = code.rindex("-", 0, min(BOX_LETTERS, len(code) // 2 + GROUP + 1))
    return [code[: half + 1], code[half + 1 :]]


def key_line(line: str) -> str:
    """A text of keys that three spaces part, with what is printed on them. Where it is too long they stand
    closer together; where even that is not enough, the last ones are left out."""
    keys = with_keys(line).split(PARTED)
    for count in range(len(keys), 1, -1):
        for gap in (PARTED, "  ", " "):
            if len(joined := gap.join(keys[:count])) <= LINE_LETTERS:
                return joined
    return keys[0]


def key_lines(lines: Sequence[str]) -> list[str]:
    """Texts of keys in as many lines as they need, in their order."""
    flowing = [""]
    for key in (key for line in lines for key in with_keys(line).split(PARTED)):
        joined = f"{flowing[-1]}{PARTED}{key}" if flowing[-1] else key
        if len(joined) <= BOX_LETTERS:
            flowing[-1] = joined
        else:
            flowing.append(key)
    return flowing


class Screens:
    """Draws all of them with one sprite sheet."""

    def __init__(self, sheet: SpriteSheet) -> None:
        self._sheet = sheet

    def loading(self, canvas: pygame.Surface, tick: int, doing: str) -> None:
        """Draws what is shown before the first level: the title, and what is done until it is there."""
        canvas.fill(rgb_of(BLACK))
        title = self._sheet.get("title")
        canvas.blit(title, ((VIEW_SIZE[0] - title.get_width()) // 2, 56))
        self._sheet.write(canvas, doing if bright(tick) else doing.rstrip("."), 120, GOLD, anchor=doing)
        lines = key_lines([text(name) for name in KEYS])
        for number, line in enumerate(lines):
            self._sheet.write(canvas, line, KEYS_TOP_PX + min(14, KEYS_PX // len(lines)) * number, GREY)

    def over(
        self,
        canvas: pygame.Surface,
        session: Session,
        tick: int,
        chosen: Entry = Entry.RESUME,
        asked: Entry | None = None,
    ) -> None:
        """Draws what a session's phase puts over the picture. `chosen`: the entry of the pause's menu;
        `asked`: the one that is asked about."""
        play, world = session.playthrough, session.world
        middle = VIEW_SIZE[1] // 2
        if play.unproven:
            self._mark(canvas, text("pause.unproven"))
        if session.phase == Phase.PAUSED:
            name = text("pause.dream" if play.in_dream else "pause.castle", seed=play.key.seed)
            lines = [text("pause.title"), *(_day_of(play) or [name]), *code_lines(play.code), ""]
            if world is not None and world.assists:
                lines.insert(-1, text("pause.assists"))
            if play.unproven and play.judgement:
                lines[1:1] = [text("pause.unproven"), line_of(play.judgement)]
            entries = offered(session.stream is not None, world is not None and has_map(world.level))
            mark = text("pause.sure") if chosen == asked else ""
            height_px = (len(lines) + len(entries)) * LINE_PX
            if world is None or not has_map(world.level):
                self._menu(canvas, lines, entries, chosen, mark, top_px=middle - height_px // 2)
            else:
                canvas.fill(rgb_of(BLACK), (0, HUD_PX, *VIEW_SIZE))
                self._menu(canvas, lines, entries, chosen, mark, top_px=HUD_PX + 2)
                self._map(canvas, session, HUD_PX + 2 + height_px + 8, tick)
        elif session.phase == Phase.SHOW and session.show_tick < CUT_TICK:
            line = text("show.dream" if play.in_dream else "show.line", seed=play.key.seed)
            self._sheet.write(canvas, line, SHOW_LINE_PX, GREY)
        elif session.phase == Phase.GAME_OVER:
            push = with_keys(text("over.continues"))
            self._boxed(canvas, [text("over.title"), "", push], middle - 16)
            if bright(tick):
                self._sheet.write(canvas, push, middle - 16 + 6 + 2 * LINE_PX, GOLD)
        elif session.phase == Phase.TALLY and play.is_endless:  # any other is counted, see `points.py`
            self._boxed(canvas, [text("card.cleared", title=play.title)], middle - 8)
        elif session.phase == Phase.PLAYING and world and world.tick < CARD_TICKS and len(world.visited) == 1:
            self._boxed(canvas, [play.title, *_day_of(play)], HUD_PX + 24)
        if session.message and session.phase != Phase.INSPECTING:  # the inspector has a line for it
            self._boxed(canvas, [with_keys(session.message)], VIEW_SIZE[1] - 24)

    def chart(self, canvas: pygame.Surface, session: Session, tick: int) -> None:
        """Draws the map as large as it fits, and nothing else."""
        draw_map(canvas, session, self._sheet, lit=bright(tick))

    def _menu(
        self,
        canvas: pygame.Surface,
        lines: list[str],
        entries: tuple[Entry, ...],
        chosen: Entry,
        mark: str,
        *,
        top_px: int,
    ) -> None:
        """Draws lines and, below them, the pause's menu with keys beside it; the chosen entry is gold, with a
        mark behind it."""
        keys = {entry: with_keys(text(f"{entry.value}_beside")) for entry in entries}
        if mark:
            keys[chosen] = ""
        rows = {entry: f"  {text(entry.value)}".ljust(ENTRY_LETTERS) + keys[entry] for entry in entries}
        whole = max(rows.values(), key=len)
        self._boxed(canvas, [*lines, *(row.ljust(len(whole)) for row in rows.values())], top_px)
        for number, entry in enumerate(entries):
            lit = entry == chosen
            called = f"> {text(entry.value)}{mark}" if lit else f"  {text(entry.value)}"
            y_px = top_px + 6 + (len(lines) + number) * LINE_PX
            self._sheet.write(canvas, called, y_px, GOLD if lit else WHITE, anchor=whole)

    def _map(self, canvas: pygame.Surface, session: Session, top_px: int, tick: int) -> None:
        """Draws the castle as far as it was seen, in the rest of the canvas; the hero's room blinks."""
        play, world = session.playthrough, session.world
        assert world is not None
        here = world.hero.state.room if bright(tick) else None
        most_px = (VIEW_SIZE[0] - 24, VIEW_SIZE[1] - top_px - 12)
        marks = marks_of(world, play.known)
        chart = castle_map(
            world.level, play.known, flags=world.hero.state.flags, here=here, most_px=most_px,
            sheet=self._sheet, marks=marks if here is not None else marks[:-1],
        )  # fmt: skip
        left_px = (VIEW_SIZE[0] - chart.get_width()) // 2
        canvas.blit(chart, (left_px, top_px + 2))

    def _mark(self, canvas: pygame.Surface, word: str) -> None:
        """Writes a word into the corner below the status bar."""
        width = len(word) * GLYPH_PX + 4
        left_px = VIEW_SIZE[0] - width
        canvas.fill(rgb_of(BLACK), (left_px, HUD_PX, width, GLYPH_PX + 4))
        canvas.blit(self._sheet.text(word, RED), (left_px + 2, HUD_PX + 2))

    def _boxed(self, canvas: pygame.Surface, lines: list[str], top_px: int) -> None:
        """Writes lines in the middle of the canvas into a black box, the first one white."""
        width = max(len(line) for line in lines) * GLYPH_PX + 16
        height = len(lines) * LINE_PX + 8
        left_px = (VIEW_SIZE[0] - width) // 2
        canvas.fill(rgb_of(BLACK), (left_px, top_px, width, height))
        for number, line in enumerate(lines):
            self._sheet.write(canvas, line, top_px + 6 + number * LINE_PX, WHITE if number == 0 else GREY)


def _day_of(play: Playthrough) -> list[str]:
    """The line that says whose day's castle is played, if it is one's."""
    return [text("today.title", date=play.daily.isoformat())] if play.daily else []
