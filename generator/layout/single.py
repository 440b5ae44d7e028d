"""Levels of one room of a kind: drawn as a castle's rooms are, or where it is wider than those, as a strip of
that kind alone."""

from __future__ import annotations

from collections.abc import Mapping

from ..constraints import ConstraintError, Constraints
from ..motion import NES_MOTION, AnyMotion
from ..proof.jumps import jumps_of
from ..rng import Pcg32, mix
from .leaving_out import drawn_as
from .plan import ROOM_KINDS, STRIPS, WINGS, Plan, PlannedRoom, check_kinds
from .rooms import draw_plain, draw_room
from .stages import Stage, proven_stage
from .strips import (
    MOST_SCREENS,
    PART_STREAM,
    PLAN_STREAM,
    STRIP_SECTIONS,
    assembled,
    check_width,
    lay_out_strip,
    stream_of,
    strip_plan,
)
from .structure import PLAIN, Structure, hardness

WIDEST_ROOM = 2
"""Screens up to which a room is drawn as one of a castle."""


def build_room(  # noqa: PLR0917 - as build_strip
    seed: int,
    width: int | None,
    wing: str,
    stage: int = 1,
    difficulty: int = 1,
    motion: AnyMotion = NES_MOTION,
    constraints: Constraints | None = None,
) -> Stage:
    """A proven room of so many screens, by default as many as its kind usually has.

    Its kind is one of the wing's own, or the one that the constraints name. Raises as build_strip does.
    """
    kinds = constraints.rooms if constraints is not None else ()
    check_kinds(kinds, ROOM_KINDS)
    if len(kinds) > 1:
        raise ConstraintError(f"rooms: a room has one kind, not {len(kinds)}; take the shape 'strip'")
    most = MOST_SCREENS
    if constraints is not None and constraints.most_screens is not None:
        most = constraints.most_screens
    if width is not None:
        check_width(width, constraints)

    def draw(attempt: int, rolls: Mapping[int, int]) -> Structure:
        stream = stream_of("room", seed, width or 0, wing, stage, difficulty, attempt)
        rng = Pcg32(mix(*stream, PLAN_STREAM))
        kind = kinds[0] if kinds else rng.choice(_fitting(wing, width, most))
        w, h = _size(rng, kind, width, most)
        if h == 1 and (w > WIDEST_ROOM or (w, h) not in ROOM_KINDS[kind].sizes) and kind in STRIP_SECTIONS:
            parts = strip_plan(rng, wing, w, (kind,) * -(-w // WIDEST_ROOM))
            return lay_out_strip(parts, stream, stage, difficulty, rolls, jumps_of(motion), constraints)
        plan = Plan(wing, (PlannedRoom(kind, 0, 0, w, h, "start"),), ())
        roll = rolls.get(0, 0)
        hard = _hard(stage, difficulty, constraints)
        drawer = draw_plain if roll == PLAIN else draw_room
        own, rng = drawn_as(kind, constraints), Pcg32(mix(*stream, PART_STREAM, 0, roll))
        canvas = drawer(rng, own, (w, h), (), hard, jumps_of(motion))
        return assembled(plan, [canvas], stream, stage, constraints)

    return proven_stage(draw, motion, (), f"seed {seed}, a room", constraints)


def _fitting(wing: str, width: int | None, most: int) -> list[str]:
    """The kinds of rooms that a wing likes, and that can be so many screens wide."""
    kinds = [kind for kind in WINGS[wing] if _fits(kind, width, most)]
    return kinds or [kind for kind in STRIPS if _fits(kind, width, most)] or ["corridor"]


def _fits(kind: str, width: int | None, most: int) -> bool:
    """Whether a room of this kind can have this width, and so few screens."""
    own = [w for w, h in ROOM_KINDS[kind].sizes if w * h <= most]
    return kind in STRIP_SECTIONS or (bool(own) if width is None else width in own)


def _size(rng: Pcg32, kind: str, width: int | None, most: int) -> tuple[int, int]:
    """Width and height of a room, screens. Raises ConstraintError where the kind has no such size."""
    sizes = [(w, h) for w, h in ROOM_KINDS[kind].sizes if w * h <= most and width in (None, w)]
    if sizes:
        return rng.choice(sizes)
    if kind in STRIP_SECTIONS and (width or 1) <= most:
        return width or 1, 1
    widths = sorted({w for w, _ in ROOM_KINDS[kind].sizes})
    least = min(w * h for w, h in ROOM_KINDS[kind].sizes)
    if width is not None and width not in widths and kind not in STRIP_SECTIONS:
        told = " or ".join(map(str, widths))
        raise ConstraintError(f"width: a room of kind {kind!r} has {told}, not {width}")
    raise ConstraintError(f"most_screens: a room of kind {kind!r} has {max(least, width or 1)}, not {most}")


def _hard(stage: int, difficulty: int, constraints: Constraints | None) -> int:
    """The hardness of a room."""
    own = None if constraints is None else constraints.hard_in(stage)
    return hardness("room", stage, difficulty) if own is None else own
