"""A motion of one's own: what it must offer so that levels are proven for its hero.

A place does by itself what places do: platforms carry, floors crumble, spikes kill, keys are taken, stairs
are climbed with UP and DOWN, the button WHIP strikes, doors lead on. A motion says how its body walks, jumps
and falls: one method, `move`, a pure function of integers.

    class Frog(OwnMotion):
        name = "frog"

        def move(self, around, body, buttons):
            ...
            return body._replace(x_sub=x_sub, y_sub=y_sub, posture=Posture.AIR, vy_sub=vy_sub)

    FROG = Frog()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from ..errors import GanvaniaError, shown
from .body import Body, Posture
from .numbers import NES_MOTION, SUB, Motion

if TYPE_CHECKING:
    from .around import Around

MOST_MOVED_SUB = 8 * SUB
"""How far a body moves at most in a tick on each axis, px * 256: half a tile, or it could pass through
walls."""
NARROWEST_PX, WIDEST_PX = 4, 8
"""Half the width of a body, at least and at most."""
LOWEST_PX, HIGHEST_PX = 17, 32
"""The height of a body, at least and at most. Rooms are built for bodies of two tiles."""
OWN_POSTURES = frozenset({Posture.STAND, Posture.CROUCH, Posture.AIR, Posture.LANDING})
"""The postures that `move` may return; the others are the place's."""


class MotionError(GanvaniaError):
    """A motion that cannot be used."""


class OwnMotion:
    """A motion of one's own. Inherit from it, write `move`, and change the numbers that differ.

    An instance must have a name in a module (`FROG = Frog()`), so that the process which builds levels can
    import it. Two instances are the same motion only where they are equal.
    """

    name: str = "own"
    half_width_px: int = NES_MOTION.half_width_px
    """Half the width of the box that terrain meets, px: NARROWEST_PX to WIDEST_PX."""
    height_px: int = NES_MOTION.height_px
    """Its height, px: LOWEST_PX to HIGHEST_PX."""
    crouch_height_px: int = NES_MOTION.crouch_height_px
    """The height of a crouching body's hurt box, px."""
    buffer_ticks: int = 1
    """A press counts for so many ticks while it is held, until something uses it up."""
    # The strike of the button WHIP, which breaks walls; as in `Motion`.
    whip_ticks: int = NES_MOTION.whip_ticks
    whip_air_ticks: int = NES_MOTION.whip_air_ticks
    whip_hit_first: int = NES_MOTION.whip_hit_first
    whip_hit_ticks: int = NES_MOTION.whip_hit_ticks
    whip_ahead_px: tuple[int, ...] = NES_MOTION.whip_ahead_px
    whip_half_width_px: tuple[int, ...] = NES_MOTION.whip_half_width_px
    whip_half_height_px: tuple[int, ...] = NES_MOTION.whip_half_height_px
    whip_stand_px: int = NES_MOTION.whip_stand_px
    whip_crouch_px: int = NES_MOTION.whip_crouch_px

    is_trusted: ClassVar[bool] = False
    """True for the motions of this package, whose bodies need no check: the proof knows that equal tiles
    round an equal body lead to equal ticks, and that which way a body at rest faces changes nothing."""

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__(**given)
        if "is_trusted" not in vars(cls):  # whoever inherits from a motion of this package may move otherwise
            cls.is_trusted = False

    def move(self, around: Around, body: Body, buttons: int) -> Body:
        """The body one tick later. It must depend on its arguments alone, and return the same for the same.

        Args:
            around: what the room offers: whether feet stand, how far one slides, rises and falls.
            body: before the tick. `jump_held` counts the ticks that JUMP has been held, this one included:
                1 says that it was pressed just now.
            buttons: bits of `Button` that are held.

        Returns: `body._replace(...)` of these fields, all integers: `x_sub`, `y_sub`, at most MOST_MOVED_SUB
        from where they were; `posture`, one of OWN_POSTURES; `facing`, 1 or -1; `vx_sub`, `vy_sub`,
        `air_tick` and `landing_tick`, which nobody else reads or writes but that a standard body has 0
        there; and `jump_held`, where `buffer_ticks + 1` says that the press is used up. Other fields are the
        place's, and to change one is an error.

        A body that stands still without a button must stay as it is, or no search of its ways ends. It is set
        on a whole px when `posture` is STAND and `vx_sub` 0.
        """
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """What a level's file keeps of it: where it comes from, and its size. No file holds code."""
        from .load import source_of

        source, code = source_of(self) or ("", "")
        return {
            "kind": "own",
            "name": self.name,
            "source": source,
            "half_width_px": self.half_width_px,
            "height_px": self.height_px,
        } | ({"code": code} if code else {})

    def check(self) -> None:
        """Raises MotionError, one line, for numbers that rooms are not built for, and without a `move`."""
        if type(self).move is OwnMotion.move:
            raise MotionError(f"{self} has no move; write the method move(self, around, body, buttons)")
        sizes: dict[str, tuple[int, int]] = {
            "half_width_px": (NARROWEST_PX, WIDEST_PX),
            "height_px": (LOWEST_PX, HIGHEST_PX),
            "crouch_height_px": (1, HIGHEST_PX),
            "buffer_ticks": (1, 60),
            "whip_ticks": (0, 255),
            "whip_air_ticks": (0, 255),
            "whip_hit_first": (1, 255),
            "whip_hit_ticks": (0, 255),
            "whip_stand_px": (-64, 64),
            "whip_crouch_px": (-64, 64),
        }
        for field, (least, most) in sizes.items():
            value = getattr(self, field, None)
            if not isinstance(value, int) or not least <= value <= most:
                raise MotionError(
                    f"{self}: its {field} is {shown(value)}; write an integer from {least} to {most}"
                )
        for field in ("whip_ahead_px", "whip_half_width_px", "whip_half_height_px"):
            value = getattr(self, field, None)
            if (
                not isinstance(value, tuple)
                or len(value) != 3
                or not all(isinstance(each, int) for each in value)
            ):
                raise MotionError(f"{self}: its {field} is {shown(value)}; write three integers, by level")
        try:
            hash(self)
        except TypeError:
            raise MotionError(
                f"{self} cannot be hashed; make its class a frozen dataclass, or give it no __eq__"
            ) from None

    def __str__(self) -> str:
        return f"motion {str(self.name)[:40]!r}"


AnyMotion = Motion | OwnMotion
"""What can be proven for."""
