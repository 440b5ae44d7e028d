"""How each kind of room is drawn: strips out of sections, tall rooms and chambers by hand.

Every way in lies in the side of a screen, three tiles high, over a floor in row FLOOR_ROW of that screen.
What a jump of the NES can do (FACTS) bounds everything: ledges of at most 2 tiles, gaps of 2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..level import SCREEN_COLUMNS, SCREEN_ROWS
from ..motion.mechanisms import OPENING_ROWS
from ..nes.roles import Role
from ..proof.jumps import Jumps
from ..rng import Pcg32
from . import sections
from .canvas import LOWEST_GROUND, ROOF_ROW, Canvas
from .chambers import CHAMBERS, Chamber
from .plan import ROOM_KINDS
from .vaults import vault

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


def draw_room(  # noqa: PLR0917 - as draw_plain
    rng: Pcg32,
    kind: str,
    size: tuple[int, int],
    openings: Openings,
    hard: int,
    jumps: Jumps | None = None,
) -> Canvas:
    """A room of so many screens (w, h). What `rng` rolls is all that chance decides; what can be jumped
    (of the NES's motion, if nobody says otherwise) bounds it."""
    outdoors, (w, h) = ROOM_KINDS[kind].outdoors, size
    columns, rows = w * SCREEN_COLUMNS, h * SCREEN_ROWS
    # Sections look at what they draw before it is known to fit.
    wide = columns + 4 * SCREEN_COLUMNS
    canvas = Canvas(rng, wide, FLOOR_ROW, outdoors=outdoors, hard=hard, rows=rows, jumps=jumps)
    if kind in STRIPS:
        _strip(canvas, columns, STRIPS[kind])
    else:
        _shell(canvas, columns)
        if kind in CHAMBERS:
            _chamber(canvas, CHAMBERS[kind][1], openings)
        else:
            TALL[kind](canvas)
    _finish(canvas, columns, openings)
    if not outdoors:
        vault(canvas, rock=kind == "cave")
    return canvas


def draw_plain(  # noqa: PLR0917 - what a room is a function of
    rng: Pcg32,
    kind: str,
    size: tuple[int, int],
    openings: Openings,
    hard: int,
    jumps: Jumps | None = None,
) -> Canvas:
    """The template of a room: level ground, or stairs. It cannot fail."""
    outdoors, (w, h) = ROOM_KINDS[kind].outdoors, size
    columns = w * SCREEN_COLUMNS
    canvas = Canvas(rng, columns, FLOOR_ROW, outdoors=outdoors, hard=hard, rows=h * SCREEN_ROWS, jumps=jumps)
    if h > 1:
        _shell(canvas, columns)
        (hall if w > 1 else stairwell)(canvas)
    elif kind in STRIPS:
        _rest(canvas, columns)
    else:
        _shell(canvas, columns)
        _chamber(canvas, CHAMBERS[kind][0], openings)
    _finish(canvas, columns, openings)
    return canvas


def _finish(canvas: Canvas, columns: int, openings: Openings) -> None:
    canvas.grid = canvas.grid[:, :columns].copy()
    canvas.sky = canvas.sky[:columns].copy()
    canvas.x = columns
    _frame(canvas, columns, openings)


def _frame(canvas: Canvas, columns: int, openings: Openings) -> None:
    """Walls at both sides, with the ways in."""
    for column in (*range(FRAME), *range(columns - FRAME, columns)):
        canvas.grid[:, column] = Role.GROUND_FILL
    for side, screen in openings:
        row = screen * SCREEN_ROWS + FLOOR_ROW
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
    c.grid[_floor(c.rows // SCREEN_ROWS - 1) :] = Role.GROUND_FILL


def _floor(screen: int) -> int:
    return screen * SCREEN_ROWS + FLOOR_ROW


def stairwell(c: Canvas) -> None:
    """Two flights a storey, and a landing between them; a floor at every storey."""
    r = c.rng
    screens = c.rows // SCREEN_ROWS
    for screen in range(screens - 1, 0, -1):
        low, high = _floor(screen), _floor(screen - 1)
        first = r.between(6, 8)  # tiles of the first flight; the second has the storey's other ones
        foot = r.between(max(2, 16 - 2 * first), 12 - first)
        landing, turn = low - first, foot + first
        head = turn + 1 - (SCREEN_ROWS - first)
        c.block(turn, landing, c.x - 1 - turn, 1)
        c.block(1, high, head - 1, 1)
        c.platform(head + 1, high, 3)
        c.block(head + 4, high, c.x - 5 - head, 1)
        c.stairs(foot, low - 1, first, 1)
        c.stairs(turn, landing - 1, SCREEN_ROWS - first, -1)
        for column, row in ((13, landing), (turn, landing), (2, high), (12, high), (c.x - 6, low)):
            if r.chance(3, 5):
                c.candle(column + r.below(2), row - r.between(2, 3))
        c.wish("window", r.between(2, 3), landing - r.between(0, 2), 2, r.between(2, 4))
        c.wish("window", r.between(10, 12), high - r.between(5, 6), 2, 3)
        if r.chance(1, 2):
            _mirror(c)
    c.candle(r.between(7, 8), _floor(screens - 1) - 2)
    c.candle(2, _floor(screens - 1) - 4)


def tower(c: Canvas) -> None:
    """Platforms to the top, a jump apart; a ledge at every door."""
    r = c.rng
    width, screens = c.x, c.rows // SCREEN_ROWS
    wide = 4 if c.hard < 3 else 3
    for screen in range(screens - 1, 0, -1):
        low, high = _floor(screen), _floor(screen - 1)
        column = r.between(3, 8)
        for row in range(low - c.rise, high, -c.rise):
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
    for screen in range(c.rows // SCREEN_ROWS):
        c.wish("window", 7, _floor(screen) - 5, 2, 3)
        if screen:
            c.bat(8, _floor(screen) - 5)


def hall(c: Canvas) -> None:
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


def shaft(c: Canvas) -> None:
    """A lift between two floors, and sometimes a ledge halfway that only who rides it comes to."""
    r = c.rng
    width = c.x
    low, high = _floor(1), _floor(0)
    lift = r.between(4, width - 7)
    c.block(1, high, lift - 1, 1)
    c.block(lift + 3, high, width - 4 - lift, 1)
    c.ferry(lift, low - 1, 3, 0, up=low - 1 - high)
    for row in (low - 2, low - r.between(5, 7), high - 3):
        # Within a whip's reach of the lift.
        c.candle(lift - 2, row)
        c.candle(lift + 4, row - r.below(2))
    if r.chance(1, 2):
        wide, row = r.between(2, 3), low - r.between(6, 8)
        ledge = r.choice((lift - 2 - wide, lift + 5))
        if 1 <= ledge <= width - 1 - wide:
            c.platform(ledge, row, wide)
            c.candle(ledge, row - 2)
    for column in (2, width - 5):
        c.wish("window", column + r.below(2), high + r.between(3, 6), 2, r.between(2, 4))


TALL: dict[str, Section] = {
    "stairwell": stairwell,
    "tower": tower,
    "hall": hall,
    "shaft": shaft,
}


def _chamber(c: Canvas, draw: Chamber, openings: Openings) -> None:
    """A chamber, turned so that one enters it from where its door is."""
    draw(c)
    sides = {side for side, _ in openings}
    if sides == {1} or (sides == {-1, 1} and c.rng.chance(1, 2)):
        _mirror(c)


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
    c.rewards = [(kind, width - 1 - column, row) for kind, column, row in c.rewards]
    if c.door is not None:
        c.door = width - 1 - c.door[0], c.door[1]
