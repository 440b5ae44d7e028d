"""How each kind of room is drawn: strips out of sections, tall rooms and rooms with a purpose by hand.

Every way in lies in the side of a screen, three tiles high, over a floor in row FLOOR_ROW of that screen.
What a jump of the NES can do (FACTS) bounds everything: ledges of at most 2 tiles, gaps of 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from . import sections
from .canvas import LOWEST_GROUND, ROOF_ROW, Canvas
from .level import LEVEL_ROWS, SCREEN_COLUMNS
from .mechanisms import OPENING_ROWS
from .plan import KINDS
from .rng import Pcg32
from .roles import Role

FLOOR_ROW = LOWEST_GROUND
"""Of the ground at the sides of every screen."""
FRAME = 1
"""Columns of the wall at either side."""
LANDING = 1
"""Columns of level ground inside a door, before a section's own."""
ONCE = (sections.planks, sections.machine)
"""One of these in a room: between two, one could be left behind for good."""
TRIES = 8
"""Of a section that turns out too wide."""

Openings = Sequence[tuple[int, int]]
"""(side, row of screens) of every way in."""
Section = Callable[[Canvas], None]

STRIPS: dict[str, tuple[Section, ...]] = {
    "courtyard": (sections.courtyard,),
    "graveyard": (sections.graveyard,),
    "rampart": (sections.rampart, sections.rise),
    "corridor": (sections.corridor, sections.low),
    "colonnade": (sections.colonnade,),
    "ledges": (sections.rise, sections.balcony, sections.fall, sections.scaffold),
    "storeys": (sections.storeys,),
    "cave": (sections.cavern, sections.low),
    "bridge": (sections.bridge, sections.lake),
    "planks": (sections.planks,),
    "machinery": (sections.machine,),
    "gauntlet": (sections.trench, sections.pits),
    "pillars": (sections.pillars, sections.pits),
}


def draw_room(rng: Pcg32, kind: str, size: tuple[int, int], openings: Openings, hard: int) -> Canvas:
    """A room of so many screens (w, h). What `rng` rolls is all that chance decides."""
    outdoors, (w, h) = KINDS[kind].outdoors, size
    columns, rows = w * SCREEN_COLUMNS, h * LEVEL_ROWS
    # Sections look at what they draw before it is known to fit.
    canvas = Canvas(rng, columns + 4 * SCREEN_COLUMNS, FLOOR_ROW, outdoors=outdoors, hard=hard, rows=rows)
    if kind in STRIPS:
        _strip(canvas, columns, STRIPS[kind])
    else:
        _shell(canvas, columns)
        ROOMS[kind](canvas, openings)
    return _finish(canvas, columns, openings)


def draw_plain(rng: Pcg32, kind: str, size: tuple[int, int], openings: Openings, hard: int) -> Canvas:
    """The template of a room: level ground, or stairs. It cannot fail."""
    outdoors, (w, h) = KINDS[kind].outdoors, size
    columns = w * SCREEN_COLUMNS
    canvas = Canvas(rng, columns, FLOOR_ROW, outdoors=outdoors, hard=hard, rows=h * LEVEL_ROWS)
    if h > 1:
        _shell(canvas, columns)
        (hall if w > 1 else stairwell)(canvas, openings)
    elif kind in STRIPS:
        _rest(canvas, columns)
    else:
        _shell(canvas, columns)
        ROOMS[kind](canvas, openings)
    return _finish(canvas, columns, openings)


def _finish(canvas: Canvas, columns: int, openings: Openings) -> Canvas:
    canvas.grid = canvas.grid[:, :columns].copy()
    canvas.sky = canvas.sky[:columns].copy()
    canvas.x = columns
    _frame(canvas, columns, openings)
    return canvas


def _frame(canvas: Canvas, columns: int, openings: Openings) -> None:
    """Walls at both sides, with the ways in."""
    for column in (*range(FRAME), *range(columns - FRAME, columns)):
        canvas.grid[:, column] = Role.GROUND_FILL
    for side, screen in openings:
        row = screen * LEVEL_ROWS + FLOOR_ROW
        ends = slice(columns - FRAME, columns) if side > 0 else slice(0, FRAME)
        canvas.grid[row - OPENING_ROWS : row, ends] = Role.SKY if canvas.outdoors else Role.BACKDROP


# Strips.


def _strip(c: Canvas, columns: int, choices: tuple[Section, ...]) -> None:
    """Sections while there is room; level ground for the rest."""
    c.flat(FRAME + LANDING)
    c.limit = limit = columns - FRAME - LANDING
    drawn = 0
    for _ in range(TRIES):
        mark = c.mark()
        choices[c.rng.below(len(choices))](c)
        sections.descend(c, FLOOR_ROW)
        if c.x > limit:
            c.back_to(mark)
            continue
        drawn += 1
        if drawn == 2 or choices[0] in ONCE or c.x > limit - SCREEN_COLUMNS // 2:
            break
    _rest(c, columns)


def _rest(c: Canvas, columns: int) -> None:
    """Level ground up to the end of the room."""
    sections.descend(c, FLOOR_ROW)
    x = c.flat(columns - c.x)
    for column in range(x + 2, columns - 3, 5):
        if c.outdoors:
            c.wish("tree", column, c.ground - 4, 3, 4)
            c.candle(column + 3, c.ground - 2)
        else:
            c.wish("column", column, c.roof + 1, 1, c.ground - c.roof - 1)
            c.wish("window", column + 2, c.ground - 5, 2, 3)
            c.candle(column + 1, c.ground - 2)


# Rooms that are filled in.


def _shell(c: Canvas, columns: int) -> None:
    """Air between a roof and the ground of the lowest screen."""
    c.flat(columns)
    c.grid[ROOF_ROW + 1 :] = Role.BACKDROP
    c.grid[: ROOF_ROW + 1] = Role.GROUND_FILL
    c.grid[_floor(c.rows // LEVEL_ROWS - 1) :] = Role.GROUND_FILL


def _floor(screen: int) -> int:
    return screen * LEVEL_ROWS + FLOOR_ROW


def stairwell(c: Canvas, openings: Openings) -> None:
    """Two flights a storey, and a landing between them; a floor at every storey."""
    mirrored = c.rng.chance(1, 2)
    screens = c.rows // LEVEL_ROWS
    for screen in range(screens - 1, 0, -1):
        low, high = _floor(screen), _floor(screen - 1)
        landing = low - 7
        c.block(11, landing, 4, 1)
        c.block(1, high, 3, 1)
        c.block(8, high, 7, 1)
        c.platform(5, high, 3)
        c.stairs(4, low - 1, 7, 1)
        c.stairs(11, landing - 1, 8, -1)
        c.candle(13, landing - 2)
        c.candle(2, high - 3)
        c.candle(12, high - 2)
        c.wish("window", 2, landing - 2, 2, 3)
        c.wish("window", 10, high - 6, 2, 3)
    c.candle(8, _floor(screens - 1) - 2)
    c.candle(2, _floor(screens - 1) - 4)
    if mirrored:
        _mirror(c)


def tower(c: Canvas, openings: Openings) -> None:
    """Platforms to the top, two rows apart; a ledge at every door."""
    r = c.rng
    width, screens = c.x, c.rows // LEVEL_ROWS
    wide = 4 if c.hard < 3 else 3
    for screen in range(screens - 1, 0, -1):
        low, high = _floor(screen), _floor(screen - 1)
        column = r.between(3, 8)
        for row in range(low - 2, high, -2):
            c.platform(column, row, wide)
            if r.chance(1, 4):
                c.candle(column + 1, row - 2)
            shift = r.between(2, 4) * (1 if r.chance(1, 2) else -1)
            if not 2 <= column + shift <= width - 2 - wide:
                shift = -shift
            column = min(max(column + shift, 2), width - 2 - wide)
        # A floor that lets through from below, and a hole in it: nobody drops through planks.
        hole = r.between(5, 8)
        c.platform(1, high, width - 2)
        c.grid[high, hole : hole + 2] = Role.BACKDROP
        c.candle(3, high - 3)
        c.candle(width - 4, high - 2)
    for screen in range(c.rows // LEVEL_ROWS):
        c.wish("window", 7, _floor(screen) - 5, 2, 3)
        if screen:
            c.bat(8, _floor(screen) - 5)


def hall(c: Canvas, openings: Openings) -> None:
    """A great staircase under a gallery that runs all round."""
    mirrored = c.rng.chance(1, 2)
    width = c.x
    low, high = _floor(1), _floor(0)
    c.block(1, high, 9, 1)
    c.block(width - 10, high, 9, 1)
    c.platform(11, high, width - 21)
    c.stairs(24, low - 1, 15, -1)
    for column in (3, 8, width - 9, width - 4):
        c.wish("column", column, high + 1, 1, low - high - 1)
        c.candle(column + 1, high - 2)
    c.wish("column", 15, ROOF_ROW + 1, 1, high - ROOF_ROW - 1)
    for column in (5, width - 7):
        c.wish("window", column, low - 7, 2, 3)
        c.wish("window", column, high - 6, 2, 3)
        c.candle(column, low - 2)
    if c.rng.chance(1, 2):
        c.platform(4, low - 2, 3)
        c.platform(2, low - 4, 3)
        c.candle(3, low - 6)
    c.candle(13, low - 2)
    c.candle(15, high - 3)
    c.bat(12, low - 5)
    if mirrored:
        _mirror(c)


def shaft(c: Canvas, openings: Openings) -> None:
    """A lift between two floors."""
    width = c.x
    low, high = _floor(1), _floor(0)
    c.block(1, high, 5, 1)
    c.block(9, high, width - 10, 1)
    c.ferry(6, low - 1, 3, 0, up=low - 1 - high)
    for row in (low - 2, low - 6, high - 3):
        # Within a whip's reach of the lift.
        c.candle(4, row)
        c.candle(width - 5, row - 1)
    c.wish("window", 2, high + 4, 2, 3)
    c.wish("window", width - 5, high + 4, 2, 3)


def treasury(c: Canvas, openings: Openings) -> None:
    """What lies behind the wall: a chest on a dais, and a meal or candles before it."""
    r = c.rng
    far = c.x - 5 if openings[0][0] < 0 else 3
    c.block(far - 1, FLOOR_ROW - 1, 4, 1)
    c.reward("treasure", far, FLOOR_ROW - 2)
    c.reward("treasure" if r.chance(1, 3) else "roast", far + 1, FLOOR_ROW - 2)
    for column in (4, 8, c.x - 5):
        c.candle(column, FLOOR_ROW - 4)
        c.wish("column", column - 1, ROOF_ROW + 1, 1, FLOOR_ROW - ROOF_ROW - 1)
    c.wish("window", 7, FLOOR_ROW - 7, 2, 3)


def chapel(c: Canvas, openings: Openings) -> None:
    """A key on an altar."""
    r = c.rng
    left = openings[0][0] < 0
    altar = c.x - 5 if left else 3
    c.block(altar - 1, FLOOR_ROW - 1, 4, 1)
    c.block(altar, FLOOR_ROW - 2, 2, 1)
    c.reward("key", altar, FLOOR_ROW - 3)
    if r.chance(1, 2):
        pit = c.x // 2 - 1
        c.grid[FLOOR_ROW, pit : pit + 2] = Role.SPIKES
        c.guard(pit - 1, pit + 3)
    for column in (altar - 2, altar + 3):
        c.candle(column, FLOOR_ROW - 3)
    middle = c.x // 2
    c.wish("window", middle - 3, FLOOR_ROW - 7, 2, 3)
    c.wish("window", middle + 1, FLOOR_ROW - 7, 2, 3)


def arena(c: Canvas, openings: Openings) -> None:
    """The boss's room: level ground, and candles out of the way."""
    for column in (2, c.x - 3):
        c.wish("column", column, ROOF_ROW + 1, 1, FLOOR_ROW - ROOF_ROW - 1)
    c.wish("window", 4, FLOOR_ROW - 7, 2, 3)
    c.wish("window", c.x - 6, FLOOR_ROW - 7, 2, 3)
    for column in (4, 7, c.x - 5):
        c.candle(column, FLOOR_ROW - 3)


def vestibule(c: Canvas, openings: Openings) -> None:
    """The door out of the stage."""
    left = openings[0][0] < 0
    c.door = (c.x - 4 if left else 3, FLOOR_ROW - 1)
    for column in (5, c.x - 7):
        c.wish("column", column, ROOF_ROW + 1, 1, FLOOR_ROW - ROOF_ROW - 1)
        c.candle(column + 1, FLOOR_ROW - 3)
    c.wish("window", 7, FLOOR_ROW - 7, 2, 3)


ROOMS: dict[str, Callable[[Canvas, Openings], None]] = {
    "stairwell": stairwell,
    "tower": tower,
    "hall": hall,
    "shaft": shaft,
    "treasury": treasury,
    "chapel": chapel,
    "arena": arena,
    "vestibule": vestibule,
}


def _mirror(c: Canvas) -> None:
    """Left becomes right. Nothing that moves may be there yet."""
    width = c.x
    grid = c.grid[:, :width][:, ::-1].copy()
    right, left = grid == Role.STAIRS_RIGHT, grid == Role.STAIRS_LEFT
    grid[right], grid[left] = Role.STAIRS_LEFT, Role.STAIRS_RIGHT
    c.grid[:, :width] = grid
    c.candles = [(width - 1 - column, row) for column, row in c.candles]
    c.bats = [(width - 1 - column, row) for column, row in c.bats]
    c.wishes = [wish._replace(column=width - wish.column - wish.w) for wish in c.wishes]
    c.guarded = [(width - end, width - begin) for begin, end in c.guarded]
