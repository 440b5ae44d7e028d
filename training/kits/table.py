"""The kits: which rectangles of the art packs make which motifs, picked by eye.

Several rectangles of a motif are alternatives: a game takes one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Rectangle = tuple[str, int, int, int, int]
"""File, and x, y, width, height in px."""


@dataclass(frozen=True)
class Pack:
    """Who made a folder of art, and on what terms."""

    folder: str
    licence: str
    credits: str


@dataclass(frozen=True)
class Kit:
    """Motifs of one imaginary world; what it lacks, the painter draws."""

    name: str
    pack: Pack
    motifs: Mapping[str, tuple[Rectangle, ...]] = field(repr=False)
    held_out: bool = False

    def files(self) -> frozenset[str]:
        """The art files that it needs."""
        return frozenset(part[0] for parts in self.motifs.values() for part in parts)


SURT = Pack("surt_nes", "CC0-1.0", "Carl Olsson (surt)")
NESTOR = Pack("nestor", "CC0-1.0", "Demetrius")
INCA = Pack("ldtk_samples", "CC0-1.0", "Kronbits, Ansimuz, Adam Saltsman")
GOTHIC = Pack("gothicvania", "Public domain", "Ansimuz (Luis Zuno)")
CRAWL = Pack("dcss", "CC0-1.0", "the artists of Dungeon Crawl Stone Soup")
GREEN = Pack("misc_cc0", "CC0-1.0", "chayed-creates")
JETREL = Pack("jetrel_castle", "CC0-1.0", "Jetrel")

_SURT = "surt_nes/nes-platformer-tiles.png"
_NESTOR = "nestor/nestor-tileset.png"
_INCA = "ldtk_samples/Inca_front_by_Kronbits-extended.png"
_SUNNY = "ldtk_samples/SunnyLand_by_Ansimuz-extended.png"
_CHURCH = "gothicvania/church/tileset.png"
_CASTLE = "gothicvania/patreon_collection/old-dark-castle-interior-tileset.png"
_GRAVES = "gothicvania/cemetery/objects.png"
_GRAVEYARD = "gothicvania/cemetery/tileset.png"
_GREEN = "misc_cc0/gameboy-tileset-1.png"
_JETREL = "jetrel_castle/castle_platformer.pcx"

Motifs = dict[str, tuple[Rectangle, ...]]


def _cells(file: str, *places: tuple[int, ...]) -> tuple[Rectangle, ...]:
    """Rectangles given in cells of 16 px: (column, row[, width, height])."""
    return tuple((file, *(16 * n for n in (*place, 1, 1)[:4])) for place in places)  # type: ignore[misc]  # four of them


def _surt_block(column: int, row: int, *, plain: bool = False) -> Motifs:
    """A material of that sheet: a block, a bar, a pillar and a slab with an edge; plain inside: use the
    block."""
    inside = (column, row) if plain else (column + 2, row + 2)
    return {
        "fill": _cells(_SURT, inside),
        "top": _cells(_SURT, (column, row) if plain else (column + 2, row + 1)),
        "slab": _cells(_SURT, (column, row)),
        "slab_top": _cells(_SURT, (column, row)),
        "ledge": _cells(_SURT, (column + 1, row, 3, 1)),
    }


def _wall(file: str, *places: tuple[int, ...]) -> Motifs:
    return {"wall": _cells(file, *places), "rampart": _cells(file, *places)}


def _crawl(*names: str) -> tuple[Rectangle, ...]:
    """Whole tiles of 32 px, which are halved."""
    return tuple((f"dcss/wall/{name}.png", 0, 0, 32, 32) for name in names)


_SURT_WOODS: Motifs = {
    "tree0": _cells(_SURT, (5, 33, 2, 4)),
    "tree1": _cells(_SURT, (9, 33, 2, 4)),
    "tree2": _cells(_SURT, (13, 33, 2, 4)),
    "bush": _cells(_SURT, (11, 31)),
    "bushes": _cells(_SURT, (12, 31, 3, 1)),
}
_SURT_HALL: Motifs = {
    "door": _cells(_SURT, (41, 6, 1, 2), (44, 6, 1, 2)),
    "breakable": _cells(_SURT, (41, 10), (44, 10)),
    "statue": _cells(_SURT, (38, 0, 1, 2), (40, 0, 1, 2)),
}


def _surt_columns(column: int) -> Motifs:
    return {
        "capital": _cells(_SURT, (column, 9)),
        "shaft": _cells(_SURT, (column, 11)),
        "foot": _cells(_SURT, (column, 12)),
    }


_GRAVE_THINGS: Motifs = {
    "grave": ((_GRAVES, 16, 152, 32, 40), (_GRAVES, 108, 152, 32, 40)),
    "grave2": ((_GRAVES, 56, 150, 32, 42), (_GRAVES, 154, 152, 24, 40)),
    "tree0": ((_GRAVES, 190, 75, 170, 117),),
    "tree1": ((_GRAVES, 608, 75, 170, 117),),
    "tree2": ((_GRAVES, 776, 20, 176, 172),),
    "bush": ((_GRAVES, 476, 162, 34, 30),),
    "bushes": ((_GRAVES, 370, 126, 76, 66),),
    "statue": ((_GRAVES, 526, 116, 64, 76),),
    "skyline": (
        ("gothicvania/cemetery/graveyard.png", 0, 56, 224, 64),
        ("gothicvania/cemetery/graveyard.png", 160, 56, 224, 64),
    ),
}
_CHURCH_THINGS: Motifs = {
    "great_window": _cells(_CHURCH, (18, 1, 2, 4)),
    "window": _cells(_CHURCH, (12, 1, 2, 4), (15, 2, 2, 3)),
    "capital": ((_CHURCH, 192, 101, 16, 16),),
    "shaft": ((_CHURCH, 194, 120, 12, 11),),
    "foot": ((_CHURCH, 192, 132, 16, 12),),
    "fence": ((_CHURCH, 208, 116, 48, 28),),
    "wall2": _cells(_CHURCH, (10, 1, 1, 3)),
}
_NESTOR_THINGS: Motifs = {
    "capital": _cells(_NESTOR, (29, 6)),
    "shaft": _cells(_NESTOR, (29, 7)),
    "foot": _cells(_NESTOR, (29, 8)),
    "window": _cells(_NESTOR, (24, 6), (24, 7), (24, 0)),
    "grave": _cells(_NESTOR, (25, 12)),
    "grave2": _cells(_NESTOR, (26, 12)),
    "statue": _cells(_NESTOR, (28, 11, 1, 2)),
    "tree0": _cells(_NESTOR, (24, 1, 2, 2)),
    "tree1": _cells(_NESTOR, (19, 8, 2, 2)),
    "tree2": _cells(_NESTOR, (20, 10, 2, 2)),
    "bush": _cells(_NESTOR, (23, 8), (23, 9)),
    "fence": _cells(_NESTOR, (26, 8, 1, 2)),
    "candle": _cells(_NESTOR, (24, 10)),
}
_INCA_THINGS: Motifs = {
    "capital": _cells(_INCA, (0, 10)),
    "shaft": _cells(_INCA, (0, 11), (0, 12)),
    "foot": _cells(_INCA, (0, 13)),
    "statue": _cells(_INCA, (0, 0, 2, 2), (2, 0, 2, 2), (6, 0, 2, 2)),
    "breakable": _cells(_INCA, (0, 9), (1, 9), (4, 9), (2, 9)),
    "great_window": _cells(_INCA, (1, 12, 2, 2)),
}
_GREEN_THINGS: Motifs = {
    "capital": _cells(_GREEN, (8, 3)),
    "shaft": _cells(_GREEN, (8, 4)),
    "foot": _cells(_GREEN, (8, 5)),
    "breakable": _cells(_GREEN, (0, 1), (1, 0)),
}

KITS: tuple[Kit, ...] = (
    Kit("slanted stone", SURT, _surt_block(0, 0) | _wall(_SURT, (14, 10)) | _SURT_WOODS | _surt_columns(38)),
    Kit("diamonds", SURT, _surt_block(4, 0) | _wall(_SURT, (22, 10)) | _SURT_HALL | _surt_columns(39)),
    Kit("slats", SURT, _surt_block(8, 0) | _wall(_SURT, (26, 10)) | _SURT_HALL | _surt_columns(40)),
    Kit("bevelled blocks", SURT, _surt_block(16, 0, plain=True) | _wall(_SURT, (22, 10)) | _SURT_HALL),
    Kit("chequers", SURT, _surt_block(24, 0) | _wall(_SURT, (22, 2)) | _surt_columns(38), held_out=True),
    Kit("studded iron", SURT, _surt_block(28, 4, plain=True) | _wall(_SURT, (17, 22)) | _SURT_HALL),
    Kit("panels", SURT, _surt_block(16, 4, plain=True) | _wall(_SURT, (26, 10)) | _surt_columns(39)),
    Kit("undergrowth", SURT, _surt_block(4, 8) | _wall(_SURT, (26, 16)) | _SURT_WOODS),
    Kit("cracked stone", SURT, _surt_block(8, 8) | _wall(_SURT, (22, 10)) | _SURT_WOODS | _surt_columns(38)),
    Kit("white brick", SURT, _surt_block(12, 8) | _wall(_SURT, (22, 10)) | _SURT_HALL | _surt_columns(40)),
    Kit("dark brick", SURT, _surt_block(20, 8) | _wall(_SURT, (26, 21)) | _SURT_HALL | _surt_columns(39)),
    Kit("grey brick", SURT, _surt_block(24, 8) | _wall(_SURT, (10, 10)) | _SURT_WOODS, held_out=True),
    Kit(
        "pyramids",
        SURT,
        {"fill": _cells(_SURT, (16, 14, 2, 2)), "slab": _cells(_SURT, (15, 13))}
        | _wall(_SURT, (22, 10))
        | _surt_columns(38),
    ),
    Kit("mosaic", SURT, _surt_block(0, 19) | _wall(_SURT, (5, 20)) | _SURT_HALL | _surt_columns(40)),
    Kit("rings", SURT, _surt_block(7, 19) | _wall(_SURT, (16, 21)) | _surt_columns(39)),
    Kit(
        "arched stone",
        SURT,
        _surt_block(21, 19) | _wall(_SURT, (26, 20, 2, 2)) | _SURT_WOODS | _surt_columns(38),
    ),
    Kit(
        "cobbles",
        SURT,
        {"fill": _cells(_SURT, (26, 21, 2, 2)), "slab": _cells(_SURT, (25, 19))}
        | _wall(_SURT, (22, 10))
        | _SURT_WOODS,
    ),
    Kit(
        "brown brick",
        NESTOR,
        {
            "fill": _cells(_NESTOR, (15, 8, 1, 2)),
            "slab": _cells(_NESTOR, (17, 8, 1, 2)),
            "core": _cells(_NESTOR, (0, 13, 3, 3)),
        }
        | _wall(_NESTOR, (16, 8, 1, 2))
        | _NESTOR_THINGS,
    ),
    Kit(
        "earth",
        NESTOR,
        {
            "fill": _cells(_NESTOR, (0, 13, 3, 3)),
            "slab": _cells(_NESTOR, (12, 8, 3, 2)),
            "core": _cells(_NESTOR, (3, 13, 3, 3)),
        }
        | _wall(_NESTOR, (16, 9))
        | _NESTOR_THINGS,
    ),
    Kit(
        "blue brick",
        NESTOR,
        {
            "fill": _cells(_NESTOR, (21, 3, 1, 2)),
            "slab": _cells(_NESTOR, (21, 1)),
            "core": _cells(_NESTOR, (21, 6)),
        }
        | _wall(_NESTOR, (22, 3, 1, 2), (22, 6))
        | _NESTOR_THINGS,
        held_out=True,
    ),
    Kit(
        "stone blocks",
        NESTOR,
        {
            "fill": _cells(_NESTOR, (12, 8, 3, 2)),
            "slab": _cells(_NESTOR, (13, 4)),
            "core": _cells(_NESTOR, (15, 7)),
        }
        | _wall(_NESTOR, (16, 2, 1, 2))
        | _NESTOR_THINGS,
    ),
    Kit(
        "scales",
        NESTOR,
        {
            "fill": _cells(_NESTOR, (18, 4, 3, 2)),
            "slab": _cells(_NESTOR, (21, 2)),
            "core": _cells(_NESTOR, (23, 6)),
        }
        | _wall(_NESTOR, (22, 3, 1, 2))
        | _NESTOR_THINGS,
    ),
    Kit(
        "spirals",
        INCA,
        {
            "fill": _cells(_INCA, (4, 2, 2, 2), (2, 2, 2, 2)),
            "slab": _cells(_INCA, (3, 7)),
            "core": _cells(_INCA, (0, 7)),
            "top": _cells(_INCA, (3, 8)),
        }
        | _wall(_INCA, (8, 2, 2, 2))
        | _INCA_THINGS,
    ),
    Kit(
        "faces",
        INCA,
        {
            "fill": _cells(_INCA, (0, 2, 2, 2), (6, 0, 2, 2)),
            "slab": _cells(_INCA, (8, 7)),
            "core": _cells(_INCA, (1, 7)),
            "top": _cells(_INCA, (9, 7), (8, 8)),
        }
        | _wall(_INCA, (6, 2, 2, 2))
        | _INCA_THINGS,
    ),
    Kit(
        "carved squares",
        INCA,
        {
            "fill": _cells(_INCA, (6, 7), (7, 7), (1, 8)),
            "slab": _cells(_INCA, (5, 8)),
            "core": _cells(_INCA, (2, 7)),
            "top": _cells(_INCA, (7, 8)),
        }
        | _wall(_INCA, (0, 7), (1, 7))
        | _INCA_THINGS,
        held_out=True,
    ),
    Kit(
        "lintels",
        INCA,
        {
            "fill": _cells(_INCA, (2, 5, 2, 1), (0, 5, 2, 1)),
            "slab": _cells(_INCA, (6, 8)),
            "core": _cells(_INCA, (0, 4, 2, 1)),
            "top": _cells(_INCA, (2, 4, 2, 1), (6, 6, 2, 1)),
        }
        | _wall(_INCA, (4, 5, 2, 1), (2, 6, 2, 1))
        | _INCA_THINGS,
    ),
    Kit(
        "crates",
        INCA,
        {
            "fill": _cells(_INCA, (2, 9), (6, 9)),
            "slab": _cells(_INCA, (0, 9), (4, 9)),
            "top": _cells(_INCA, (8, 9)),
            "core": _cells(_INCA, (9, 9)),
        }
        | _wall(_INCA, (1, 10, 2, 1))
        | _INCA_THINGS,
    ),
    Kit(
        "meander",
        INCA,
        {
            "fill": _cells(_SUNNY, (0, 19), (2, 19, 2, 2)),
            "slab": _cells(_SUNNY, (16, 6)),
            "bush": _cells(_SUNNY, (0, 6), (2, 6)),
        }
        | _wall(_SUNNY, (10, 15))
        | {"great_window": _cells(_SUNNY, (13, 15, 2, 3)), "candle": _cells(_SUNNY, (16, 19))},
    ),
    Kit(
        "catacomb",
        GOTHIC,
        {"fill": _cells(_CHURCH, (4, 7, 2, 2), (1, 7, 2, 2)), "slab": _cells(_CHURCH, (3, 2, 2, 2))}
        | _wall(_CHURCH, (10, 2, 1, 2))
        | _CHURCH_THINGS
        | _GRAVE_THINGS,
    ),
    Kit(
        "chapel",
        GOTHIC,
        {"slab": _cells(_CHURCH, (3, 2, 2, 2))}
        | _wall(_CHURCH, (10, 2, 1, 2))
        | _CHURCH_THINGS
        | {"door": _cells(_CASTLE, (41, 3, 3, 4))},
    ),
    Kit(
        "graveyard",
        GOTHIC,
        {
            "fill": _cells(_GRAVEYARD, (19, 7, 2, 1)),
            "top": _cells(_GRAVEYARD, (5, 4), (7, 4)),
            "capital": _cells(_GRAVEYARD, (14, 3, 2, 1)),
            "shaft": _cells(_GRAVEYARD, (14, 4, 2, 1)),
            "foot": _cells(_GRAVEYARD, (14, 5, 2, 1)),
        }
        | _GRAVE_THINGS,
        held_out=True,
    ),
    Kit(
        "cave of vines",
        CRAWL,
        {
            "fill": _crawl("wall_vines0", "wall_vines1"),
            "core": _crawl("lair0", "lair1"),
            "slab": _crawl("stone_gray0"),
        }
        | {"wall": _crawl("slime0"), "cave": _crawl("lair0", "lair1")}
        | _SURT_WOODS,
    ),
    Kit(
        "relief",
        CRAWL,
        {"fill": _crawl("relief0", "relief1"), "slab": _crawl("stone2_gray0"), "wall": _crawl("cobalt_rock1")}
        | _surt_columns(38),
    ),
    Kit(
        "tomb",
        CRAWL,
        {
            "fill": _crawl("tomb0"),
            "slab": _crawl("undead0"),
            "wall": _crawl("stone2_dark0"),
            "core": _crawl("undead_brown0"),
        }
        | _NESTOR_THINGS,
    ),
    Kit(
        "sandstone",
        CRAWL,
        {
            "fill": _crawl("stone2_brown0", "stone2_brown1"),
            "slab": _crawl("sandstone_wall0"),
            "wall": _crawl("brick_brown0", "brick_brown1"),
            "core": _crawl("sandstone_wall0"),
        }
        | _INCA_THINGS,
    ),
    Kit(
        "crypt",
        CRAWL,
        {
            "fill": _crawl("catacombs0", "catacombs1"),
            "slab": _crawl("church0"),
            "wall": _crawl("brick_gray0"),
            "core": _crawl("pebble_red0"),
        }
        | _GRAVE_THINGS,
    ),
    Kit(
        "marble",
        CRAWL,
        {
            "fill": _crawl("marble_wall1", "marble_wall2"),
            "slab": _crawl("cobalt_stone01"),
            "wall": _crawl("zot_blue0"),
            "core": _crawl("emerald1"),
        }
        | _CHURCH_THINGS,
    ),
    Kit(
        "volcano",
        CRAWL,
        {
            "fill": _crawl("volcanic_wall0"),
            "slab": _crawl("hell01"),
            "wall": _crawl("lab-rock0"),
            "core": _crawl("orc0"),
        },
        held_out=True,
    ),
    Kit(
        "shoals",
        CRAWL,
        {
            "fill": _crawl("shoals_wall1", "shoals_wall2"),
            "slab": _crawl("slime_stone0"),
            "wall": _crawl("snake0"),
            "core": _crawl("slime0"),
        }
        | _SURT_WOODS,
    ),
    Kit(
        "green castle",
        GREEN,
        {
            "fill": _cells(_GREEN, (1, 1)),
            "slab": _cells(_GREEN, (0, 0), (2, 1)),
            "core": _cells(_GREEN, (0, 6)),
            "ledge": _cells(_GREEN, (0, 8, 3, 1)),
        }
        | _wall(_GREEN, (1, 1), (1, 6))
        | _GREEN_THINGS,
    ),
    Kit(
        "green hills",
        GREEN,
        {
            "fill": _cells(_GREEN, (6, 5)),
            "top": _cells(_GREEN, (6, 4)),
            "slab": _cells(_GREEN, (8, 6)),
            "ledge": _cells(_GREEN, (0, 2, 3, 1)),
            "core": _cells(_GREEN, (6, 7)),
        }
        | _wall(_GREEN, (10, 10), (3, 0))
        | _GREEN_THINGS,
        held_out=True,
    ),
    Kit(
        "old masonry",
        JETREL,
        {
            "fill": _cells(_JETREL, (3, 3), (3, 4)),
            "slab": _cells(_JETREL, (3, 12)),
            "top": _cells(_JETREL, (3, 3)),
            "core": _cells(_JETREL, (0, 7)),
        }
        | _wall(_JETREL, (4, 4), (5, 6))
        | {"chain": ((_JETREL, 96, 128, 16, 32),), "spikes": ((_JETREL, 64, 32, 16, 16),)},
    ),
)
"""All kits; names are unique."""
