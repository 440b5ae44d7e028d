"""What LDtk 1.5.3 says of its files, as a JSON schema: which fields an object must and may have, and of what
type.

Written down anew from the names and types of its published schema (ldtk.io/files/JSON_SCHEMA.json), since
that is in no package. No field beside these is allowed, as there, but for the root's header.
"""

from __future__ import annotations

from typing import Any

_TYPES = {"s": "string", "i": "integer", "n": "number", "b": "boolean", "o": "object", "*": None}
_TABLE = {
    "Root": """
        bgColor:s defs:Definitions externalLevels:b iid:s jsonVersion:s levels:[Level toc:[* worlds:[*
        appBuildId:n backupLimit:i backupOnSave:b customCommands:[* defaultEntityHeight:i defaultEntityWidth:i
        defaultGridSize:i defaultLevelBgColor:s defaultPivotX:n defaultPivotY:n dummyWorldIid:s
        exportLevelBg:b exportTiled:b flags:[s identifierStyle=Capitalize,Uppercase,Lowercase,Free
        imageExportMode=None,OneImagePerLayer,OneImagePerLevel,LayersAndLevels jsonStyle=Minified,Compact,Full
        levelNamePattern:s nextUid:i simplifiedExport:b
        worldLayout=Free,GridVania,LinearHorizontal,LinearVertical worldGridWidth:i? worldGridHeight:i?
        defaultLevelWidth:i? defaultLevelHeight:i? pngFilePattern:s? backupRelPath:s? tutorialDesc:s?
        minifyJson:b? __header__:o?""",
    "Definitions": """
        entities:[Entity enums:[Enum externalEnums:[Enum layers:[Layer levelFields:[Field
        tilesets:[Tileset""",
    "Enum": """
        identifier:s tags:[s uid:i values:[EnumValue iconTilesetUid:i? externalRelPath:s?
        externalFileChecksum:s?""",
    "EnumValue": "color:i id:s tileRect:Rect?",
    "Rect": "h:i tilesetUid:i w:i x:i y:i",
    "Layer": """
        __type:s displayOpacity:n gridSize:i identifier:s intGridValues:[IntGridValue intGridValuesGroups:[*
        parallaxFactorX:n parallaxFactorY:n parallaxScaling:b pxOffsetX:i pxOffsetY:i uid:i autoRuleGroups:[*
        canSelectWhenInactive:b excludedTags:[s guideGridHei:i guideGridWid:i guideOpacity:n?
        hideFieldsWhenInactive:b hideInList:b inactiveOpacity:n renderInWorldView:b requiredTags:[s
        tilePivotX:n tilePivotY:n type=IntGrid,Entities,Tiles,AutoLayer uiFilterTags:[s useAsyncRender:b
        doc:s? uiColor:s? tilesetDefUid:i? autoSourceLayerDefUid:i? autoTilesKilledByOtherLayerUid:i?
        biomeFieldUid:i?""",
    "IntGridValue": "color:s groupUid:i value:i identifier:s? tile:Rect?",
    "Entity": """
        color:s height:i identifier:s nineSliceBorders:[i pivotX:n pivotY:n
        tileRenderMode=Cover,FitInside,Repeat,Stretch,FullSizeCropped,FullSizeUncropped,NineSlice uid:i
        width:i allowOutOfBounds:b exportToToc:b fieldDefs:[Field fillOpacity:n hollow:b keepAspectRatio:b
        limitBehavior=DiscardOldOnes,PreventAdding,MoveLastOne limitScope=PerLayer,PerLevel,PerWorld
        lineOpacity:n maxCount:i renderMode=Rectangle,Ellipse,Tile,Cross resizableX:b resizableY:b showName:b
        tags:[s tileOpacity:n doc:s? tilesetId:i? tileRect:Rect? uiTileRect:Rect? minWidth:i? maxWidth:i?
        minHeight:i? maxHeight:i?""",
    "Field": """
        __type:s canBeNull:b identifier:s isArray:b type:s uid:i allowOutOfLevelRef:b allowedRefTags:[s
        allowedRefs=Any,OnlySame,OnlyTags,OnlySpecificEntity autoChainRef:b editorAlwaysShow:b
        editorCutLongValues:b editorDisplayMode=Hidden,ValueOnly,NameAndValue
        editorDisplayPos=Above,Center,Beneath editorDisplayScale:n
        editorLinkStyle=ZigZag,StraightArrow,CurvedArrow,ArrowsLine,DashedLine editorShowInWorld:b
        exportToToc:b searchable:b symmetricalRef:b useForSmartColor:b doc:s? arrayMinLength:i?
        arrayMaxLength:i? editorDisplayColor:s? editorTextSuffix:s? editorTextPrefix:s? min:n? max:n? regex:s?
        acceptFileTypes:[s? defaultOverride:*? textLanguageMode:s? allowedRefsEntityUid:i? tilesetUid:i?""",
    "Tileset": """
        __cHei:i __cWid:i customData:[CustomData enumTags:[EnumTag identifier:s padding:i pxHei:i pxWid:i
        spacing:i tags:[s tileGridSize:i uid:i savedSelections:[o relPath:s? embedAtlas:s?
        tagsSourceEnumUid:i? cachedPixelData:o?""",
    "CustomData": "data:s tileId:i",
    "EnumTag": "enumValueId:s tileIds:[i",
    "Level": """
        __bgColor:s __neighbours:[Neighbour fieldInstances:[FieldValue identifier:s iid:s pxHei:i pxWid:i
        uid:i worldDepth:i worldX:i worldY:i __smartColor:s bgPivotX:n bgPivotY:n useAutoIdentifier:b
        bgColor:s? bgRelPath:s? bgPos:s? __bgPos:o? externalRelPath:s? layerInstances:[LayerInstance""",
    "Neighbour": "dir:s levelIid:s",
    "LayerInstance": """
        __cHei:i __cWid:i __gridSize:i __identifier:s __opacity:n __pxTotalOffsetX:i __pxTotalOffsetY:i
        __type:s autoLayerTiles:[Tile entityInstances:[EntityInstance gridTiles:[Tile iid:s intGridCsv:[i
        layerDefUid:i levelId:i pxOffsetX:i pxOffsetY:i visible:b optionalRules:[i seed:i __tilesetDefUid:i?
        __tilesetRelPath:s? overrideTilesetUid:i?""",
    "Tile": "a:n f:i px:[i src:[i t:i d:[i",
    "EntityInstance": """
        __grid:[i __identifier:s __pivot:[n __smartColor:s __tags:[s defUid:i fieldInstances:[FieldValue
        height:i iid:s px:[i width:i __tile:Rect? __worldX:i? __worldY:i?""",
    "FieldValue": "__identifier:s __type:s __value:* defUid:i realEditorValues:[* __tile:Rect?",
}
"""Fields by their object. After the colon: a type, `[` a list of it; `?` may be missing or null; `=` one of
these words; `*` anything."""


def ldtk_schema() -> dict[str, Any]:
    """The JSON schema of a project (draft 7)."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$ref": "#/definitions/Root",
        "definitions": {name: _object(text.split()) for name, text in _TABLE.items()},
    }


def _object(fields: list[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required = []
    for field in fields:
        name, sign, said = field.partition("=")
        if sign:
            properties[name] = {"enum": said.split(",")}
        else:
            name, _, said = field.partition(":")
            properties[name] = _type(said.removesuffix("?"), nullable=said.endswith("?"))
        if not said.endswith("?"):
            required.append(name)
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _type(said: str, *, nullable: bool) -> dict[str, Any]:
    if said.startswith("["):
        found: dict[str, Any] = {"type": "array", "items": _type(said[1:], nullable=False)}
    elif said in _TYPES:
        found = {"type": _TYPES[said]} if _TYPES[said] else {}
    else:
        found = {"$ref": f"#/definitions/{said}"}
    return {"anyOf": [found, {"type": "null"}]} if nullable else found
