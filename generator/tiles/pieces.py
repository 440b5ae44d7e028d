"""Set pieces: the connected cells of one role in one dreamed screen, to be taken whole."""

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
    """[h, w] cell numbers of its bounding box, -1 where a cell is not of it."""

    at_edge: bool
    """Whether it touches the screen's left, right or lower edge, and so may be cut off."""

    @property
    def fullness(self) -> float:
        """Share of the bounding box that is of the patch."""
        return float((self.block >= 0).mean())


def components(role: NDArray[np.uint8], usable: NDArray[np.bool_]) -> list[Component]:
    """All patches of usable cells of equal role (both [N], N = screens * 196), screen by screen from the top
    left."""
    found = []
    open_cells = usable.copy()
    per_screen = CELLS * CELLS
    for first in np.flatnonzero(usable):
        if not open_cells[first]:
            continue
        kind = role[first]
        low = int(first) // per_screen * per_screen
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
                if open_cells[other] and role[other] == kind:
                    open_cells[other] = False
                    patch.append(other)
        found.append(_component(Role(int(kind)), patch))
    return found


def _component(role: Role, patch: list[int]) -> Component:
    numbers = np.array(patch, dtype=np.intp)
    rows, columns = numbers // CELLS, numbers % CELLS
    at_edge = columns.min() == 0 or columns.max() == CELLS - 1 or (rows % CELLS).max() == CELLS - 1
    box = np.full((np.ptp(rows) + 1, np.ptp(columns) + 1), -1, np.intp)
    box[rows - rows.min(), columns - columns.min()] = numbers
    return Component(role, box, bool(at_edge))


def vertical_runs(patch: Component) -> list[NDArray[np.intp]]:
    """The patch's unbroken runs of cells, column by column, top to bottom: cell numbers [h]."""
    runs = []
    for cells in patch.block.T:
        ends = np.flatnonzero(np.diff(np.concatenate([[False], cells >= 0, [False]]).astype(np.int8)))
        runs += [cells[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)]
    return runs
