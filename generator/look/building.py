"""Buildings: what is to be dressed, a stage, a strip or somebody's own level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..layout.canvas import Prop
from ..layout.plan import OUTDOORS
from ..layout.structure import Structure

Room = tuple[int, int, int, int]
"""x, y, width, height, tiles."""


@dataclass(frozen=True, eq=False)
class Building:
    """What is to be dressed."""

    roles: NDArray[np.uint8]
    """[H, W]"""
    rooms: Sequence[Room]
    """Where one kind of wall is: the rooms of a stage, the parts of a strip."""
    kinds: Sequence[str]
    """What each room is, one of `layout.plan.ROOM_KINDS`."""
    props: tuple[Prop, ...] = ()
    """Set pieces that the layout wishes for."""
    widest: int = 0
    """Columns that are scrolled through at a stretch, where they are more than the widest room's."""
    sky: NDArray[np.bool_] | None = None
    """[H, W] where the sky is seen, whatever is around it; None: as the rooms' kinds say."""
    fronts: bool = True
    """Whether what is under the sky ends at a castle's front."""
    drawn: bool = False
    """Whether somebody drew it cell by cell: then nothing is put where he drew nothing."""
    small: bool = False
    """Whether there is no room for as many things as a stage shows."""

    @classmethod
    def of(cls, structure: Structure, *, small: bool = False) -> Building:
        """A structure as something to dress. Parts of a strip that follow one another under the sky are one
        room of it."""
        parts: list[Room] = []
        kinds: list[str] = []
        for (x, y, w, h), room in zip(structure.parts, structure.plan.rooms, strict=True):
            if structure.parts != structure.rooms and room.outdoors and kinds and kinds[-1] in OUTDOORS:
                parts[-1] = (*parts[-1][:2], parts[-1][2] + w, h)
                continue
            parts.append((x, y, w, h))
            kinds.append(room.kind)
        return cls(
            structure.roles,
            parts,
            kinds,
            props=structure.props,
            widest=max(w for _, _, w, _ in structure.rooms),
            small=small,
        )

    def all(self) -> Iterator[tuple[int, Room, str]]:
        """Number, area and kind of each room."""
        for number, (room, kind) in enumerate(zip(self.rooms, self.kinds, strict=True)):
            yield number, room, kind
