"""A level from a seed: structure and proof, dreams, tiles, dressing. The way of the data, in one function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..constraints import Constraints
from ..dream.network import Networks
from ..layout.plan import LEAST_SCREENS, WINGS, wing_of
from ..layout.single import build_room
from ..layout.stages import Stage, build_stage
from ..layout.strips import build_strip, usual_width
from ..level import LEVEL_VERSION, Level
from ..look.art import paint
from ..look.building import Building
from ..look.wish import WishError
from ..motion import NES_MOTION, AnyMotion, load_motion
from ..progress import tell
from ..shapes import STREAMED, check_integers, check_shape
from .key import Built

if TYPE_CHECKING:
    from ..style.style import Style

ROOMS_A_LOOK = 6
"""In the castle without end, so many stages in a row look alike."""


def build_level(
    seed: int,
    stage: int = 1,
    *,
    networks: Networks,
    art: int = 0,
    difficulty: int = 1,
    mode: str = "castle",
    motion: AnyMotion | str = NES_MOTION,
    width: int = 0,
    theme: str = "",
    constraints: Constraints | None = None,
    style: Style | None = None,
) -> Built:
    """The proven, dressed level of these integers.

    Structure, spawns and proof depend on the integers alone; the networks decide how it looks. In the mode
    "dream" they decide all of it. width, theme: as in LevelKey. constraints: what a castle, a strip or a room
    keeps to; a castle that has some is of the mode "custom". style: what else the dreams should be like; its
    palette and its tiles are for `Style.apply` alone.
    motion: whom it is proven for: a motion, or what `load_motion` finds one by.
    Raises NetworkError where a network's output cannot be used; UnprovenError where the motion cannot
    complete any stage, MotionError where it is none; ArgumentError, which is a ValueError, for integers that
    are out of range, and for a mode, a width or a theme that does not exist; ConstraintError where the
    constraints cannot be met; WishError where no dream is as the style says.
    """
    motion = load_motion(motion)
    seed, stage, difficulty, art = check_integers(seed, stage, difficulty, art, None)
    width, theme = check_shape(mode, width or None, theme or None, STREAMED)
    wish = None if style is None else style.wish
    if mode == "dream":
        if wish is not None:
            raise WishError("style: dream rooms are as they are dreamed; leave it out, or take another mode")
        from ..dream_rooms.build import build_dream

        return Built(*build_dream(seed, stage, networks, art=art, difficulty=difficulty, motion=motion))
    tell("laying_out")
    structure, proof, _ = _laid_out(seed, stage, difficulty, mode, motion, width, theme, constraints)
    # In the castle without end some rooms in a row share their dreams.
    look = 1 + (stage - 1) // ROOMS_A_LOOK if mode == "endless" else stage
    if theme:
        look += tuple(WINGS).index(theme) - (look - 1) % len(WINGS)
    small = mode in ("strip", "room") and structure.plan.screens < LEAST_SCREENS
    painted = paint(Building.of(structure, small=small), seed, look, art, networks, wish=wish)
    layers = painted.layers
    level = Level(
        version=LEVEL_VERSION,
        seed=seed,
        mode="custom" if mode == "castle" and constraints is not None else mode,
        difficulty=difficulty,
        stage=stage,
        art=art,
        network=painted.network,
        roles=structure.roles,
        tiles=layers.tiles,
        backdrop=layers.backdrop,
        far=layers.far,
        bank=painted.bank,
        rooms=structure.rooms,
        mechanisms=structure.mechanisms,
        spawns=structure.spawns,
        start=structure.start,
        exit=structure.exit,
        certificate=proof.certificate,
        motion=motion,
        substitute=painted.substitute,
        own_kinds=() if constraints is None else tuple(sorted(constraints.spawns)),
        theme=theme,
        screens=width,
    )
    return Built(level, painted.dreams)


def _laid_out(  # noqa: PLR0917 - as build_level
    seed: int,
    stage: int,
    difficulty: int,
    mode: str,
    motion: AnyMotion,
    width: int,
    theme: str,
    constraints: Constraints | None,
) -> Stage:
    """The proven structure of one shape or another."""
    wing = theme or wing_of(stage)
    if mode == "strip":
        screens = width or usual_width(constraints)
        return build_strip(seed, screens, wing, stage, difficulty, motion, constraints)
    if mode == "room":
        return build_room(seed, width or None, wing, stage, difficulty, motion, constraints)
    return build_stage(seed, stage, difficulty, motion, mode, constraints=constraints)
