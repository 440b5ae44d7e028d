"""The words of a project of LDtk: its layers, its numbers, and identifiers that stay the same."""

from __future__ import annotations

import uuid

VERSION = "1.5.3"
"""Version of LDtk's format that is written."""
ENTITIES, ROLES, TILES, BACKDROP, FAR = "Entities", "Roles", "Tiles", "Backdrop", "Far"
LAYERS = (ENTITIES, ROLES, TILES, BACKDROP, FAR)
"""The layers, the front first, as LDtk lists them."""
TILESET, ROLE_ENUM, FACING = "Dreamed", "Role", "facing"
"""Names of the tileset, of the enum that its tiles are tagged with, and of a spawn's field."""

TILESET_UID, ENUM_UID, FIRST_LAYER_UID = 1, 2, 10
FIRST_ENTITY_UID, FIRST_FIELD_UID, FIRST_LEVEL_UID = 100, 200, 1000
"""LDtk's numbers of definitions and levels; those in between are free."""
_SPACE = uuid.UUID("6f0e9d58-8a3c-4d5e-9d0f-1e4a0c6f7b21")
"""The space of our identifiers. (drawn at random, once)"""


def iid(*words: object) -> str:
    """An identifier of its own for whatever these words name, the same every time."""
    return str(uuid.uuid5(_SPACE, " ".join(map(str, words))))
