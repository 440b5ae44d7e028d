"""A wardrobe whose tiles are known by their numbers, and role grids drawn as text."""

import numpy as np

from generator.choosing.wardrobe import Column, Ground, Platform, Wall, WallBay, Wardrobe
from generator.look.building import Building
from generator.nes.roles import Role


def one(number: int) -> np.ndarray:
    return np.array([[number]], np.int16)


OUTSIDE = Ground(one(0), one(1), one(2))
INSIDE = Ground(one(3), one(4), one(5))
WARDROBE = Wardrobe(
    outside=OUTSIDE,
    inside=INSIDE,
    walls=(Wall(one(6), 0.1), Wall(one(7), 0.1)),
    dark=(Wall(one(8), 0.0),),
    bays=(),
    sky=one(8),
    star=-1,
    horizon=None,
    skyline=None,
    moon=None,
    clouds=(),
    platform=Platform(9, one(10), 11),
    water_surface=one(12),
    water=one(13),
    spikes=one(14),
    column=Column(15, one(16), 17),
    stairs_right=one(23),
    stairs_left=one(24),
    windows=(),
    gates=(),
    trees=(),
    growth=((Role.BUSH, one(18)),),
)


LIGHT = np.zeros(64)
"""L* of each tile: what one stands on in rooms and on ledges is light, all else black. So no castle's front
is built under the sky: one would not see where to stand."""
LIGHT[[3, 4, 5, 9, 10, 11, 23, 24]] = 60.0


def grid(text: str) -> np.ndarray:
    """A role grid: . sky , wall # ground - platform ~ water ^ spikes, and * bush."""
    legend = {
        ".": Role.SKY, ",": Role.BACKDROP, "#": Role.GROUND_FILL, "-": Role.PLATFORM,
        "~": Role.WATER, "^": Role.SPIKES, "*": Role.BUSH, "D": Role.DOOR, "!": Role.CANDLE,
        "T": Role.GROUND_TOP, "/": Role.STAIRS_RIGHT, "\\": Role.STAIRS_LEFT, "B": Role.BREAKABLE,
    }  # fmt: skip
    return np.array([[legend[c] for c in line] for line in text.split()], np.uint8)


def building(roles: np.ndarray, outdoors: bool) -> Building:
    """One room of all of a grid: a courtyard, or a cave, which is a bare wall."""
    return Building(roles, (whole(roles),), ("courtyard" if outdoors else "cave",))


def whole(roles: np.ndarray) -> tuple[int, int, int, int]:
    """One room of all of a grid."""
    return 0, 0, roles.shape[1], roles.shape[0]


SHAFT, BASE, CORNICE, BRICK = 31, 32, 33, 34
BAY = WallBay(
    tiles=np.array([[CORNICE] * 3, [SHAFT, BRICK, BRICK], [SHAFT, BRICK, BRICK], [BASE] * 3], np.int16),
    stretch=1,
    detail=np.array(
        [
            [Role.BACKDROP] * 3,
            *[[Role.COLUMN, Role.BACKDROP, Role.BACKDROP]] * 2,
            [Role.COLUMN, *[Role.BACKDROP] * 2],
        ],
        np.uint8,
    ),
    motifs=(Role.COLUMN,),
    lightness=0.1,
    plain=one(BRICK),
)


WINDOW = np.array([[62], [63]], np.int16)
