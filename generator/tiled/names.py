"""The words of a map in Tiled: its layers, its objects, its properties, and the roles."""

from __future__ import annotations

from collections.abc import Mapping

from ..level.level import SPAWN_KINDS
from ..nes.roles import BASE, Role

FAR, BACKDROP, BEHIND, SOLID, STAIRS, ROLES = "far", "backdrop", "roles_behind", "solid", "stairs", "roles"
TILE_LAYERS = (FAR, BACKDROP, BEHIND, SOLID, STAIRS, ROLES)
"""The tile layers, from the farthest to the one in front."""
ROOMS, MECHANISMS, SPAWNS = "rooms", "mechanisms", "spawns"
OBJECT_LAYERS = (ROOMS, MECHANISMS, SPAWNS)

START, EXIT = "start", "exit"
"""Classes of two objects of the layer SPAWNS."""

Known = Mapping[str, str]
"""The properties that something may have, and Tiled's type of each, by its name."""
NOTHING: Known = {}

# Seeds have 64 bits and Tiled's integers 32, so they are strings there.
MAP: Known = {
    "level_version": "int",
    "seed": "string",
    "mode": "string",
    "difficulty": "int",
    "stage": "int",
    "art": "string",
    "network": "string",
    "code": "string",
    "motion": "string",
    "columns": "int",
    "rows": "int",
    "own_kinds": "string",
    "theme": "string",
    "screens": "int",
}
FAR_LAYER: Known = {"columns": "int", "rows": "int"}
TILESET: Known = {"palettes": "string", "signs": "bool"}
TILE: Known = {"role": "string", "sub_palette": "int", "quality": "float", "provenance": "string"}
_ORDER: Known = {"order": "string"}
SPAWN: Known = {"facing": "int"}
OBJECT: Mapping[str, Mapping[str, Known]] = {
    ROOMS: {"": NOTHING, "room": NOTHING},
    MECHANISMS: {
        "passage": {"lock": "object", **_ORDER},
        "lock": {"key": "object", "bit": "int", **_ORDER},
        "key": {"bit": "int", **_ORDER},
        "platform": {"tiles": "int", "ticks_per_px": "int", "rest_ticks": "int", "room": "int", **_ORDER},
        "floor": _ORDER,
        "wall": {"bit": "int", **_ORDER},
    },
    SPAWNS: {
        START: NOTHING,
        EXIT: NOTHING,
        **dict.fromkeys(sorted(SPAWN_KINDS), SPAWN),
    },
}
"""The properties that an object may have, by its layer and its class."""

ROLE_OF_NAME: Mapping[str, Role] = {role.name.lower(): role for role in BASE}
SIGNS: Mapping[Role, str] = {
    Role.SKY: "SK",
    Role.BACKDROP: "BD",
    Role.WINDOW: "WI",
    Role.COLUMN: "CO",
    Role.GROUND_TOP: "GT",
    Role.GROUND_FILL: "GF",
    Role.PLATFORM: "PL",
    Role.BREAKABLE: "BR",
    Role.STAIRS_RIGHT: "S/",
    Role.STAIRS_LEFT: "S\\",
    Role.WATER: "WA",
    Role.SPIKES: "SP",
    Role.BUSH: "BU",
    Role.CANDLE: "CA",
    Role.DOOR: "DO",
    Role.GLYPH: "GL",
    Role.FIGURE: "FI",
}
"""What is written on each role's sign."""


def role_name(role: int) -> str:
    """A role as maps write it, such as "ground_top"."""
    return Role(role).name.lower()
