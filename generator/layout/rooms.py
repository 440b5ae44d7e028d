"""Rooms, drawn by their kinds: strips out of sections, tall rooms and chambers by hand.

Every way in lies in the side of a screen, three tiles high, over a floor in row FLOOR_ROW of that screen.
What a jump of the NES can do (FACTS) bounds everything: ledges of at most 2 tiles, gaps of 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..level import SCREEN_COLUMNS
from ..motion.mechanisms import OPENING_ROWS
from ..nes.roles import Role
from ..proof.jumps import Jumps
from ..rng import Pcg32
from . import dangers, sections
from .canvas import Canvas, Draw, floor_of
from .chambers import DRAWN_CHAMBERS
from .plan import OUTDOORS
from .tall import DRAWN_TALL, hall, stairwell
from .vaults import vault

FRAME = 1
"""Columns of the wall at either side."""
LANDING = 1
"""Columns of level ground inside a door, before a section's own."""
MOST_SECTIONS = 2
"""Sections of a strip."""
TRIES = 8
"""Sections that are tried in a strip: some turn out too wide."""
REST_COLUMNS = 5
"""Columns from one ornament to the next on the level ground at a strip's end."""

Openings = Sequence[tuple[int, int]]
"""(side, row of screens) of every way in."""

SECTIONS: dict[str, tuple[Draw, ...]] = {
    "courtyard": (sections.courtyard,),
    "graveyard": (sections.graveyard,),
    "rampart": (sections.rampart, sections.terrace),
    "corridor": (sections.corridor, sections.low),
    "colonnade": (sections.colonnade,),
    "ledges": (sections.terrace, sections.balcony, sections.fall, sections.scaffold),
    "storeys": (sections.storeys,),
    "cave": (sections.cavern, sections.low),
    "bridge": (dangers.bridge, dangers.lake),
    "planks": (dangers.planks,),
    "machinery": (dangers.machine,),
    "gauntlet": (dangers.trench, dangers.pits),
    "pillars": (dangers.pillars, dangers.pits),
}
"""The sections that a strip of each kind is drawn of."""
ONCE = (dangers.planks, dangers.machine)
"""Sections of which a room has one: between two, something could be left behind for good."""


def draw_room(  # noqa: PLR0917 - what a room is a function of
    rng: Pcg32, kind: str, size: tuple[int, int], openings: Openings, hard: int, jumps: Jumps | None = None
) -> Canvas:
    """A room of so many screens (w, h). Chance is all that `rng` rolls. What can be jumped bounds it, by
    default with the NES's motion."""
    canvas = Canvas(rng, size, outdoors=kind in OUTDOORS, hard=hard, jumps=jumps)
    if kind in SECTIONS:
        _strip(canvas, SECTIONS[kind])
    elif kind in DRAWN_CHAMBERS:
        _chamber(canvas, DRAWN_CHAMBERS[kind].rolled, openings)
    else:
        canvas.shell()
        DRAWN_TALL[kind](canvas)
    _frame(canvas, openings)
    if not canvas.outdoors:
        vault(canvas, rock=kind == "cave")
    return canvas


def draw_plain(  # noqa: PLR0917 - as draw_room
    rng: Pcg32, kind: str, size: tuple[int, int], openings: Openings, hard: int, jumps: Jumps | None = None
) -> Canvas:
    """The template of a room: level ground, or stairs. It cannot fail."""
    canvas = Canvas(rng, size, outdoors=kind in OUTDOORS, hard=hard, jumps=jumps)
    if kind in SECTIONS:
        _rest(canvas)
    elif kind in DRAWN_CHAMBERS:
        _chamber(canvas, DRAWN_CHAMBERS[kind].plain, openings)
    else:
        canvas.shell()
        (hall if size[0] > 1 else stairwell)(canvas)
    _frame(canvas, openings)
    return canvas


def _frame(c: Canvas, openings: Openings) -> None:
    """Cuts the room to its size and builds the walls at both sides, with the ways in."""
    c.finish()
    left, right = slice(0, FRAME), slice(c.columns - FRAME, c.columns)
    c.grid[:, left] = c.grid[:, right] = Role.GROUND_FILL
    for side, screen in openings:
        row = floor_of(screen)
        c.grid[row - OPENING_ROWS : row, right if side > 0 else left] = c.air


def _strip(c: Canvas, choices: tuple[Draw, ...]) -> None:
    """Sections while there is room; level ground for the rest."""
    c.flat(FRAME + LANDING)
    c.limit = c.columns - FRAME - LANDING
    drawn = 0
    for _ in range(TRIES):
        mark = c.mark()
        c.rng.choice(choices)(c)
        c.descend()
        if c.x > c.limit:
            c.back_to(mark)
            continue
        drawn += 1
        if drawn == MOST_SECTIONS or choices[0] in ONCE or c.x > c.limit - SCREEN_COLUMNS // 2:
            break
    _rest(c)


def _rest(c: Canvas) -> None:
    """Level ground up to the end of the room."""
    c.descend()
    x = c.flat(c.columns - c.x)
    for column in range(x + 2, c.columns - 3, REST_COLUMNS):
        if c.outdoors:
            c.wish("tree", column, c.ground - 4, 3, 4)
            c.candle(column + 3, c.ground - 2)
        else:
            c.wish("column", column, c.roof + 1, 1, c.ground - c.roof - 1)
            c.wish("window", column + 2, c.ground - 5, 2, 3)
            c.candle(column + 1, c.ground - 2)


def _chamber(c: Canvas, draw: Draw, openings: Openings) -> None:
    """A chamber, turned so that one enters it from where its door is."""
    c.shell()
    draw(c)
    sides = {side for side, _ in openings}
    if sides == {1} or (sides == {-1, 1} and c.rng.chance(1, 2)):
        c.mirror()
