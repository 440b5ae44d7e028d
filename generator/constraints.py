"""Constraints: what a game maker's levels must have, and must not.

They are asked of a castle's stage, a strip or a room (`Dreamer.level(constraints=...)`). What cannot be met
is a ConstraintError that begins with the constraint's name. Structure stays a function of integers and of
these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

from .errors import GanvaniaError, shown, whole
from .level import Spawn
from .level.level import MAX_OWN_KINDS, SPAWN_KINDS, is_kind_name

Where = Literal["ground", "air", "water"]
WHERE: tuple[Where, ...] = "ground", "air", "water"
"""What a kind of spawn may need: three columns of level ground with two free rows above them; a free cell
over ground; four columns of water."""
MOST_ASKED = 1 << 16
"""The largest `most_screens`; every level is smaller."""
HARDEST = 6
"""Hardness beyond which nothing grows harder."""
SWITCHES = ("water", "locks", "lifts", "stairs", "crumbling", "breakable")
"""The constraints that are True or False."""
Curve = Callable[[float], float] | Sequence[float]


class ConstraintError(GanvaniaError):
    """A constraint that cannot be met, or says nothing; the message begins with its name."""


@dataclass(frozen=True)
class Constraints:
    """What levels must keep to. Each field is one constraint; the defaults ask for nothing.

    Raises ConstraintError where one is none, or two contradict each other.
    """

    water: bool = True
    """False: no water anywhere. Where there would be some, there is a pit."""
    locks: bool = True
    """False: no locked door, and no key. Where the key would be, there is a treasure."""
    lifts: bool = True
    """False: no platform that moves. There are planks instead, to walk over or to jump up."""
    stairs: bool = True
    """False: no stairs. Each of their steps is a plank, so that a hero who only jumps comes up."""
    crumbling: bool = True
    """False: no floor that crumbles. It stays."""
    breakable: bool = True
    """False: no wall that breaks. The way behind it is open."""
    most_screens: int | None = None
    """Screens of 16x15 tiles that a level has at most, 1 or more; a castle's stage needs 4."""
    rooms: tuple[str, ...] = ()
    """Kinds of rooms in the order in which one comes through them, such as ("courtyard", "cave"); those of
    `layout.plan.ROOM_KINDS`. Of a room there is one. Empty: as seed and theme say."""
    spawns: Mapping[str, Where] = field(default_factory=dict)
    """Spawn kinds of your own game instead of all enemies and bosses: what each needs, "ground", "air" or
    "water". There is at least one of each. Candles and treasures stay."""
    curve: Curve | None = None
    """How hard it is, 0 (the gentlest) to 6, instead of stage and difficulty. In a castle by stage: called
    with 1, 2, ..., or the n-th number is the n-th stage's and the last one that of all beyond. Along a strip:
    called with 0.0 at its start to 1.0 at its end, or the numbers are spread over it. A room has the hardness
    of its stage."""

    def __post_init__(self) -> None:
        for name in SWITCHES:
            if not isinstance(getattr(self, name), bool):
                raise ConstraintError(f"{name}: {shown(getattr(self, name))} is neither True nor False")
        if self.most_screens is not None:
            most = whole("most_screens", self.most_screens, 1, MOST_ASKED, kind=ConstraintError)
            object.__setattr__(self, "most_screens", most)
        listed = isinstance(self.rooms, Iterable) and not isinstance(self.rooms, str)
        if not listed or not all(isinstance(kind, str) for kind in self.rooms):
            raise ConstraintError('rooms: write a tuple of names, such as ("courtyard", "cave")')
        object.__setattr__(self, "rooms", tuple(self.rooms))
        if not isinstance(self.spawns, Mapping):
            raise ConstraintError('spawns: write a dict of kinds and needs, such as {"goomba": "ground"}')
        object.__setattr__(self, "spawns", dict(self.spawns))
        _check_spawns(self.spawns)
        if not self.water and (wet := self.kinds_of("water")):
            raise ConstraintError(f"spawns: {wet[0]!r} needs water, and water=False leaves none")
        curve = self.curve
        if curve is not None and not callable(curve):
            if isinstance(curve, str) or not isinstance(curve, Sequence) or not curve:
                raise ConstraintError("curve: write a function, or a list of numbers, at least one")
            object.__setattr__(self, "curve", tuple(_hard(value) for value in curve))

    def to_dict(self) -> dict[str, Any]:
        """The constraints as plain data, for the process of a `LevelStream`; `from_dict` is the inverse.

        Raises ConstraintError for a curve that is a function: no code is sent to another process.
        """
        if callable(self.curve):
            raise ConstraintError(
                "curve: a function cannot be sent to the process of a LevelStream; write a list of numbers"
            )
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """The constraints of plain data. Raises ConstraintError."""
        return cls(**values)

    def kinds_of(self, where: Where) -> tuple[str, ...]:
        """The own spawn kinds that need this, sorted."""
        return tuple(sorted(kind for kind, needs in self.spawns.items() if needs == where))

    def lacking(self, spawns: Iterable[Spawn]) -> tuple[str, ...]:
        """The own spawn kinds of which there is none, sorted."""
        return tuple(sorted(self.spawns.keys() - {spawn.kind for spawn in spawns}))

    def hard_in(self, stage: int) -> int | None:
        """The hardness that the curve has in a stage 1, 2, ...; None where there is no curve.

        Raises ConstraintError for a curve that gives no number.
        """
        if self.curve is None:
            return None
        if callable(self.curve):
            return _hard(self.curve(stage))
        return _hard(self.curve[min(stage, len(self.curve)) - 1])

    def hard_at(self, part: int, parts: int) -> int | None:
        """The hardness that the curve has in part 0, 1, ... of so many parts of a strip; None where there is
        no curve. Raises ConstraintError for a curve that gives no number."""
        if self.curve is None:
            return None
        if callable(self.curve):
            return _hard(self.curve(part / max(parts - 1, 1)))
        return _hard(self.curve[part * len(self.curve) // parts])


def _check_spawns(spawns: Mapping[str, str]) -> None:
    """Raises ConstraintError for names that are none or taken, and for needs that do not exist."""
    if len(spawns) > MAX_OWN_KINDS:
        raise ConstraintError(f"spawns: {len(spawns)} kinds; a level has {MAX_OWN_KINDS} at most")
    for kind, where in spawns.items():
        if not is_kind_name(kind):
            wanted = "lower case letters, digits and _, a letter first, 32 at most"
            raise ConstraintError(f"spawns: {shown(kind)} is no name of a kind; write {wanted}")
        if kind in SPAWN_KINDS:
            raise ConstraintError(f"spawns: {kind!r} is a kind of Ganvania's own; take another name")
        if where not in WHERE:
            raise ConstraintError(f"spawns: {kind!r} needs {shown(where)}; write {', '.join(WHERE)}")


def _hard(value: object) -> int:
    """A number of a curve as a hardness. Raises ConstraintError."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= HARDEST:
        raise ConstraintError(f"curve: {shown(value)} is no number from 0 to {HARDEST}")
    return round(number)
