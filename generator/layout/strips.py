"""Strips: levels of one long room that scroll to the right.

A strip is planned as parts of one to three screens, each of a kind of its own, under the sky for a while and
then indoors. They are drawn as rooms are, but without walls between them: the ground goes on at the same
height, and where the wall behind changes a lintel hangs down. Then they are put together into one room.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .. import shapes
from ..constraints import ConstraintError, Constraints
from ..level import LEVEL_VERSION
from ..motion import NES_MOTION, AnyMotion
from ..motion.mechanisms import MovingPlatform
from ..nes.roles import Role
from ..proof.jumps import Jumps, jumps_of
from ..rng import Pcg32, mix
from . import dangers, flights, sections
from .canvas import FLOOR_ROW, ROOF_ROW, Canvas, Draw
from .leaving_out import leave_out
from .plan import OUTDOORS, RHYTHM, STRIPS, WINGS, Plan, PlannedRoom, check_kinds, kind_for
from .rooms import FRAME, LANDING, TRIES
from .stages import Stage, proven_stage
from .structure import PLAIN, Structure, assemble, hardness
from .vaults import vault

MOST_SCREENS = shapes.MOST_SCREENS
USUAL_SCREENS = 12
"""Screens of a strip that nobody gave a width."""
OUTSIDE_PARTS, INSIDE_PARTS = (1, 2), (2, 4)
"""Least and most parts in a row that are under the sky, and indoors. (by eye)"""
PART_SCREENS = (1, 2, 2, 2, 3, 3)
"""Screens of a part, all equally likely. (by eye)"""
FERRY_SCREENS = 4
"""Screens from one ferry to the next at least: who waits often does not scroll. (by eye)"""
FRONT_COLUMNS = 6
"""Columns of level ground before a castle's front; see GATE_COLUMNS in `look/fronts.py`."""
LINTEL_ROWS = 5
"""Free rows under a lintel."""
LEVELS = (0, 0, 1, 2)
"""Rows above the lowest ground at which two parts meet, all equally likely."""
LEAST_SECTION = 9
"""Columns in which another section is begun."""
DECOR_COLUMNS = 5
"""Columns from one ornament to the next on level ground between sections."""
STREAM_OF_SHAPE = {"strip": 0x57219, "room": 0x400F}
"""Numbers that the random streams of the shapes start from."""
PLAN_STREAM, PART_STREAM, _LIFE_STREAM, _FOES_STREAM = range(4)

STRIP_SECTIONS: dict[str, tuple[Draw, ...]] = {
    "courtyard": (sections.courtyard, sections.terrace, dangers.pits, flights.flight),
    "graveyard": (sections.graveyard, dangers.pits, dangers.trench, flights.flight),
    "rampart": (sections.rampart, sections.terrace, dangers.pillars, flights.flight),
    "corridor": (sections.corridor, flights.gallery, dangers.trench, sections.low),
    "colonnade": (sections.colonnade, flights.flight, dangers.pits, sections.terrace),
    "ledges": (sections.terrace, sections.balcony, sections.fall, sections.scaffold, flights.flight),
    "storeys": (sections.storeys, flights.gallery, dangers.trench),
    "cave": (sections.cavern, sections.low, dangers.pits, dangers.lake),
    "bridge": (dangers.bridge, dangers.lake, dangers.pits),
    "machinery": (flights.ferry, dangers.trench, flights.flight, dangers.pits),
    "gauntlet": (dangers.trench, dangers.pits, dangers.pillars),
    "pillars": (dangers.pillars, dangers.pits, sections.scaffold),
}
"""The sections that a part of each kind is drawn of. Floors that collapse are in none: in one long room they
stay away, and who turns back is stuck."""
ROCK = "cave"


def strip_plan(rng: Pcg32, wing: str, width: int, kinds: tuple[str, ...] = ()) -> Plan:
    """The parts of a strip of so many screens, side by side.

    kinds: those of its parts in their order; by default as the wing likes, in the rhythm of tension.
    Raises ConstraintError for kinds that no strip has, and for more of them than screens.
    """
    check_kinds(kinds, STRIP_SECTIONS)
    if len(kinds) > width:
        raise ConstraintError(f"rooms: {len(kinds)} kinds do not fit into a strip of {width} screens")
    sizes = _even(width, len(kinds)) if kinds else _sizes(rng, width)
    chosen = kinds or _kinds(rng, wing, len(sizes))
    rooms, x = [], 0
    for number, (kind, size) in enumerate(zip(chosen, sizes, strict=True)):
        purpose = "start" if number == 0 else "exit" if number == len(sizes) - 1 else "way"
        rooms.append(PlannedRoom(kind, x, 0, size, 1, purpose))
        x += size
    return Plan(wing, tuple(rooms), ())


def _even(width: int, count: int) -> list[int]:
    """A width in so many parts, as equal as can be."""
    return [(part + 1) * width // count - part * width // count for part in range(count)]


def _sizes(rng: Pcg32, width: int) -> list[int]:
    """A width in parts of PART_SCREENS."""
    sizes: list[int] = []
    while (left := width - sum(sizes)) > 0:
        sizes.append(min(rng.choice(PART_SCREENS), left))
    return sizes


def _kinds(rng: Pcg32, wing: str, count: int) -> tuple[str, ...]:
    """Kinds of so many parts: some under the sky, some indoors, and so on."""
    inside = [kind for kind in STRIP_SECTIONS if kind not in OUTDOORS]
    outdoors = wing == "gate" or rng.chance(1, 2)
    kinds: list[str] = []
    beat = rng.below(len(RHYTHM))
    while len(kinds) < count:
        here = OUTDOORS if outdoors else inside
        for _ in range(rng.between(*(OUTSIDE_PARTS if outdoors else INSIDE_PARTS))):
            wanted = RHYTHM[(beat + len(kinds)) % len(RHYTHM)]
            kinds.append(kind_for(rng, here, wanted, wing, kinds[-len(RHYTHM) :]))
        outdoors = not outdoors
    return tuple(kinds[:count])


def build_strip(  # noqa: PLR0917 - what a strip is a function of
    seed: int,
    width: int,
    wing: str,
    stage: int = 1,
    difficulty: int = 1,
    motion: AnyMotion = NES_MOTION,
    constraints: Constraints | None = None,
) -> Stage:
    """A proven strip of these integers. Raises ConstraintError; ValueError for a width that is none; and
    RuntimeError where nothing is proven."""
    check_width(width, constraints)

    def draw(attempt: int, rolls: Mapping[int, int]) -> Structure:
        stream = stream_of("strip", seed, width, wing, stage, difficulty, attempt)
        kinds = constraints.rooms if constraints is not None else ()
        plan = strip_plan(Pcg32(mix(*stream, PLAN_STREAM)), wing, width, kinds)
        return lay_out_strip(plan, stream, stage, difficulty, rolls, jumps_of(motion), constraints)

    return proven_stage(draw, motion, (), f"seed {seed}, a strip of {width} screens", constraints)


def usual_width(constraints: Constraints | None) -> int:
    """Screens of a strip that nobody gave a width: two for each of its kinds, where they are named."""
    wanted, most = USUAL_SCREENS, MOST_SCREENS
    if constraints is not None:
        wanted = 2 * len(constraints.rooms) or wanted
        most = constraints.most_screens or most
    return max(min(wanted, most), 1)


def check_width(width: int, constraints: Constraints | None) -> None:
    """Raises ValueError for a width that is none; ConstraintError for one that is too much."""
    if not 1 <= width <= MOST_SCREENS:
        raise ValueError(f"there is no width of {width} screens; write 1 to {MOST_SCREENS}")
    most = None if constraints is None else constraints.most_screens
    if most is not None and width > most:
        raise ConstraintError(f"most_screens: {width} screens were asked for, and {most} are the most")


def stream_of(shape: str, *numbers: int | str) -> tuple[int, ...]:
    """The numbers that a shape's random streams start from; a wing counts as its place in WINGS."""
    wings = tuple(WINGS)
    plain = [wings.index(number) if isinstance(number, str) else number for number in numbers]
    return (LEVEL_VERSION, STREAM_OF_SHAPE[shape], *plain)


def lay_out_strip(  # noqa: PLR0917 - as build_strip
    plan: Plan,
    stream: tuple[int, ...],
    stage: int,
    difficulty: int,
    rolls: Mapping[int, int],
    jumps: Jumps | None = None,
    constraints: Constraints | None = None,
) -> Structure:
    """The structure of a strip's plan. rolls: as in structure.lay_out, of its parts."""
    count = len(plan.rooms)
    joints = Pcg32(mix(*stream, PLAN_STREAM, count))
    rows = [FLOOR_ROW, *(FLOOR_ROW - joints.choice(LEVELS) for _ in range(count - 1)), FLOOR_ROW]
    drawn: list[Canvas] = []
    ferried = _ferried(plan)
    for number, part in enumerate(plan.rooms):
        roll = rolls.get(number, 0)
        rng = Pcg32(mix(*stream, PART_STREAM, number, roll))
        hard = None if constraints is None else constraints.hard_at(number, count)
        if hard is None:
            hard = hardness("strip", stage, difficulty)
        canvas = Canvas(rng, (part.w, 1), outdoors=part.outdoors, hard=hard, jumps=jumps)
        choices = STRIP_SECTIONS[part.kind] if part.w > 1 else (flights.hop,)  # no section is so narrow
        if roll == PLAIN:
            choices = ()
        if number not in ferried:
            choices = tuple(draw for draw in choices if draw is not flights.ferry)
        _draw_part(canvas, choices, rows[number : number + 2], _shores(plan, number))
        for end, column in ((0, 0), (count - 1, canvas.columns - FRAME)):
            if number == end:
                canvas.grid[:, column : column + FRAME] = Role.GROUND_FILL
        _hang_lintels(canvas, plan, number)
        if not canvas.outdoors and roll != PLAIN:
            vault(canvas, rock=part.kind == ROCK)
        drawn.append(canvas)
    return assembled(plan, drawn, stream, stage, constraints)


def _ferried(plan: Plan) -> frozenset[int]:
    """The parts that may have a ferry: those with machinery that lie far enough apart."""
    found: list[int] = []
    for number, part in enumerate(plan.rooms):
        if not found or part.x - plan.rooms[found[-1]].x >= FERRY_SCREENS:
            found += [number] if part.kind == "machinery" else []
    return frozenset(found)


def assembled(
    plan: Plan, drawn: list[Canvas], stream: tuple[int, ...], stage: int, constraints: Constraints | None
) -> Structure:
    """Drawn parts as one structure of one room."""
    for canvas in drawn:
        leave_out(canvas, constraints)
    life, foes = Pcg32(mix(*stream, _LIFE_STREAM)), Pcg32(mix(*stream, _FOES_STREAM))
    made = assemble(plan, drawn, life, foes, stage, constraints)
    height, width = made.roles.shape
    mechanisms = tuple(m._replace(room=0) if isinstance(m, MovingPlatform) else m for m in made.mechanisms)
    return replace(made, rooms=((0, 0, width, height),), mechanisms=mechanisms)


def _shores(plan: Plan, number: int) -> tuple[int, int]:
    """Columns of level ground at both ends of a part: as many as a castle's front has where there is one.
    One screen between two of them has no room for that."""
    rooms = plan.rooms
    left, right = (
        rooms[number].outdoors and not (0 <= other < len(rooms) and rooms[other].outdoors)
        for other in (number - 1, number + 1)
    )
    if left and right and rooms[number].w == 1:
        left = right = False
    usual = FRAME + LANDING
    return FRONT_COLUMNS if left else usual, FRONT_COLUMNS if right else usual


def _draw_part(c: Canvas, choices: tuple[Draw, ...], grounds: list[int], shores: tuple[int, int]) -> None:
    """Draws sections while there is room, and level ground for the rest.

    grounds: rows of the ground at the left and at the right. shores: columns of level ground there.
    """
    c.ground, ends = grounds
    c.flat(shores[0])
    c.limit = c.columns - shores[1] - 2 * (FLOOR_ROW - ends)
    left = list(choices)
    for _ in range(TRIES):
        if not left or c.left < LEAST_SECTION:
            break
        mark = c.mark()
        draw = c.rng.choice(left)
        draw(c)
        if c.x + 2 * max(FLOOR_ROW - c.ground, 0) > c.limit:
            c.back_to(mark)
        elif draw is not flights.hop:  # none twice in a part
            left.remove(draw)
    while choices and c.left >= flights.HOP_COLUMNS:
        flights.hop(c)
    c.descend(ends)
    while c.ground > ends:
        c.flat(2)
        c.climb(1)
    _furnish(c)
    c.finish()


def _furnish(c: Canvas) -> None:
    """Level ground up to the end of the part, with something to look at."""
    x = c.flat(c.columns - c.x) if c.x < c.columns else c.x
    for column in range(x + 1, c.columns - 3, DECOR_COLUMNS):
        if c.outdoors:
            c.wish("tree", column, c.ground - 4, 3, 4)
        else:
            c.wish("column", column, c.roof + 1, 1, c.ground - c.roof - 1)
            c.wish("window", column + 2, c.ground - 5, 2, 3)
        c.candle(column + 1, c.ground - 2)


def _hang_lintels(c: Canvas, plan: Plan, number: int) -> None:
    """Lets masonry hang down at both ends of a part that is indoors, where another part goes on."""
    if c.outdoors:
        return
    for column, there in ((0, number > 0), (c.columns - 1, number < len(plan.rooms) - 1)):
        if there:
            ground = FLOOR_ROW
            while ground > ROOF_ROW and c.grid[ground - 1, column] == Role.GROUND_FILL:
                ground -= 1
            c.block(column, 0, 1, ground - LINTEL_ROWS)


assert set(STRIP_SECTIONS) == (OUTDOORS.keys() | STRIPS.keys()) - {"planks"}
