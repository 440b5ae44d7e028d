"""Set pieces: connected cells of one role in a dreamed screen, which are taken whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..nes.roles import CELLS, Role


@dataclass(frozen=True, eq=False)
class Component:
    """A connected patch of one role."""

    role: Role
    block: NDArray[np.intp]
    """[h, w] cell numbers of its bounding box, -1 where a cell is not of the patch."""
    at_edge: bool
    """Whether it touches the screen's left, right or lower edge, and so may be cut off."""

    @property
    def fullness(self) -> float:
        """Share of the bounding box that the patch fills."""
        return float((self.block >= 0).mean())


def components(role: NDArray[np.uint8], usable: NDArray[np.bool_]) -> list[Component]:
    """All patches of usable cells of equal role, screen by screen from the top left. Both arrays are [N],
    N = screens * 196."""
    found = []
    open_cells = usable.copy()
    per_screen = CELLS * CELLS
    for first in np.flatnonzero(usable):
        if not open_cells[first]:
            continue
        own, low = role[first], int(first) // per_screen * per_screen
        open_cells[first] = False
        patch = [int(first)]
        for cell in patch:  # grows while it is walked
            column = (cell - low) % CELLS
            beside = [cell - 1] if column else []
            if column < CELLS - 1:
                beside.append(cell + 1)
            if cell - CELLS >= low:
                beside.append(cell - CELLS)
            if cell + CELLS < low + per_screen:
                beside.append(cell + CELLS)
            for other in beside:
                if open_cells[other] and role[other] == own:
                    open_cells[other] = False
                    patch.append(other)
        found.append(_component(Role(int(own)), patch))
    return found


def _component(role: Role, patch: list[int]) -> Component:
    """The component of a patch of cell numbers."""
    numbers = np.array(patch, dtype=np.intp)
    rows, columns = numbers // CELLS, numbers % CELLS
    at_edge = columns.min() == 0 or columns.max() == CELLS - 1 or (rows % CELLS).max() == CELLS - 1
    box = np.full((np.ptp(rows) + 1, np.ptp(columns) + 1), -1, np.intp)
    box[rows - rows.min(), columns - columns.min()] = numbers
    return Component(role, box, bool(at_edge))


def vertical_runs(patch: Component) -> list[NDArray[np.intp]]:
    """The patch's unbroken runs of cells, column by column from top to bottom: cell numbers [h] each."""
    return [column[a:b] for column in patch.block.T for a, b in runs(column >= 0)]


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First index and end (excluded) of each unbroken run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))
