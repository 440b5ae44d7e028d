"""What a project of LDtk defines before it is used: layers, kinds of entities, the tileset."""

from __future__ import annotations

import json
from typing import Any

from ..level.places import EXIT, START
from ..nes.roles import BASE, TILE
from ..tiles.shown import ShownBank, tile_px_of
from .ldtk_names import (
    BACKDROP,
    ENTITIES,
    ENUM_UID,
    FACING,
    FAR,
    FIRST_ENTITY_UID,
    FIRST_FIELD_UID,
    FIRST_LAYER_UID,
    LAYERS,
    ROLES,
    TILES,
    TILESET,
    TILESET_UID,
)
from .sheets import COLUMNS, tile_facts

Json = dict[str, Any]

ENTITY_COLOURS = {START: "#63C74D", EXIT: "#FEE761"}
OTHER_COLOUR = "#B55088"
"""In which LDtk shows start, exit, and all other entities."""
FAR_PARALLAX = 0.5
"""The part of the camera's way that the far layer does not move."""


def layer_definition(name: str, side: int, values: list[Json]) -> Json:
    """A layer. values: of the IntGrid of roles."""
    kind = {ENTITIES: "Entities", ROLES: "IntGrid"}.get(name, "Tiles")
    parallax = FAR_PARALLAX if name == FAR else 0
    return {
        "__type": kind, "identifier": name, "type": kind, "uid": FIRST_LAYER_UID + LAYERS.index(name),
        "doc": None, "uiColor": None, "gridSize": side, "guideGridWid": 0, "guideGridHei": 0,
        "displayOpacity": 1, "inactiveOpacity": 0.6, "hideInList": False, "hideFieldsWhenInactive": True,
        "canSelectWhenInactive": True, "renderInWorldView": name not in (ROLES, ENTITIES), "pxOffsetX": 0,
        "pxOffsetY": 0, "parallaxFactorX": parallax, "parallaxFactorY": parallax, "parallaxScaling": False,
        "requiredTags": [], "excludedTags": [], "uiFilterTags": [], "useAsyncRender": False,
        "intGridValues": values if name == ROLES else [], "intGridValuesGroups": [], "autoRuleGroups": [],
        "autoSourceLayerDefUid": None, "tilePivotX": 0, "tilePivotY": 0, "biomeFieldUid": None,
        "tilesetDefUid": TILESET_UID if name in (TILES, BACKDROP, FAR) else None,
    }  # fmt: skip


def entity_definition(kind: str, number: int, side: int) -> Json:
    """A kind of entity, the number-th: it stands on its point, and says where it looks."""
    high = TILE * 2 if kind == EXIT else TILE
    grown = max(1, side // TILE)
    return {
        "identifier": kind, "uid": FIRST_ENTITY_UID + number, "tags": [], "exportToToc": False,
        "allowOutOfBounds": False, "doc": None, "width": TILE * grown, "height": high * grown,
        "resizableX": False, "resizableY": False, "minWidth": None, "maxWidth": None, "minHeight": None,
        "maxHeight": None, "keepAspectRatio": False, "tileOpacity": 1, "fillOpacity": 0.4, "lineOpacity": 1,
        "hollow": False, "color": ENTITY_COLOURS.get(kind, OTHER_COLOUR), "renderMode": "Rectangle",
        "showName": True, "tilesetId": None, "tileRenderMode": "FitInside", "tileRect": None,
        "uiTileRect": None, "nineSliceBorders": [], "maxCount": 1 if kind in ENTITY_COLOURS else 0,
        "limitScope": "PerWorld", "limitBehavior": "MoveLastOne", "pivotX": 0.5, "pivotY": 1,
        "fieldDefs": [_facing(number)] if kind != EXIT else [],
    }  # fmt: skip


def _facing(number: int) -> Json:
    """The field of an entity that says where it looks: -1 left, 1 right."""
    return {
        "identifier": FACING, "doc": "-1 left, 1 right", "__type": "Int", "uid": FIRST_FIELD_UID + number,
        "type": "F_Int", "isArray": False, "canBeNull": False, "arrayMinLength": None,
        "arrayMaxLength": None, "editorDisplayMode": "Hidden", "editorDisplayScale": 1,
        "editorDisplayPos": "Above", "editorLinkStyle": "StraightArrow", "editorDisplayColor": None,
        "editorAlwaysShow": False, "editorShowInWorld": True, "editorCutLongValues": True,
        "editorTextSuffix": None, "editorTextPrefix": None, "useForSmartColor": False, "exportToToc": False,
        "searchable": False, "min": -1, "max": 1, "regex": None, "acceptFileTypes": None,
        "defaultOverride": None, "textLanguageMode": None, "symmetricalRef": False, "autoChainRef": True,
        "allowOutOfLevelRef": True, "allowedRefs": "OnlySame", "allowedRefsEntityUid": None,
        "allowedRefTags": [], "tilesetUid": None,
    }  # fmt: skip


def tileset_definition(bank: ShownBank, picture: str) -> Json:
    """The tileset of a picture beside the project: its tiles are tagged with their roles, and tell the
    rest."""
    side, rows = tile_px_of(bank), max(1, -(-len(bank) // COLUMNS))
    roles = bank.role.tolist()
    tags = [
        {
            "enumValueId": role.name.lower(),
            "tileIds": [number for number, own in enumerate(roles) if own == role],
        }
        for role in BASE
    ]
    return {
        "__cWid": COLUMNS, "__cHei": rows, "identifier": TILESET, "uid": TILESET_UID, "relPath": picture,
        "embedAtlas": None, "pxWid": COLUMNS * side, "pxHei": rows * side, "tileGridSize": side,
        "spacing": 0, "padding": 0, "tags": [], "tagsSourceEnumUid": ENUM_UID, "enumTags": tags,
        "customData": [
            {"tileId": number, "data": json.dumps(tile_facts(bank, number))} for number in range(len(bank))
        ],
        "savedSelections": [], "cachedPixelData": None,
    }  # fmt: skip
