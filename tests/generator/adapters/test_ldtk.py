"""Projects of LDtk: written as its schema says, read again as they were, and strangers' ones by a legend."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from generator.adapters import ldtk
from generator.adapters.ldtk import LdtkError
from generator.errors import GanvaniaError
from generator.level import Level
from generator.level.places import places_of
from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import TILE, Role
from tests.drawn.ldtk_schema import ldtk_schema
from tests.drawn.levels import noise_level, proven_level, rooms_level

Json = dict[str, Any]


def project(path: Path) -> Json:
    found: Json = json.loads(path.read_bytes())
    return found


def layers(level: Json) -> dict[str, Json]:
    return {layer["__identifier"]: layer for layer in level["layerInstances"]}


@pytest.mark.parametrize("rooms", [True, False])
@pytest.mark.parametrize("level", [rooms_level(), proven_level(3)])
def test_a_project_is_as_the_schema_of_ldtk_says(level: Level, rooms: bool, tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    path, _ = ldtk.write(level, tmp_path / "castle.ldtk", rooms=rooms)
    faults = jsonschema.Draft7Validator(ldtk_schema()).iter_errors(project(path))
    assert [(list(fault.path), fault.message) for fault in faults] == []


def test_the_schema_itself_finds_what_is_missing_and_what_is_too_much(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    path, _ = ldtk.write(rooms_level(), tmp_path / "castle.ldtk")
    valid = jsonschema.Draft7Validator(ldtk_schema()).is_valid
    for change in (
        lambda made: made["levels"][0].pop("iid", None),
        lambda made: made["levels"][0]["layerInstances"][2]["gridTiles"][0].update(t="one"),
        lambda made: made["defs"]["layers"][0].update(weight=1),
        lambda made: made["defs"]["entities"][0].update(renderMode="Square"),
    ):
        made = project(path)
        assert valid(made)
        change(made)  # type: ignore[no-untyped-call]
        assert not valid(made)


def test_identifiers_and_numbers_are_unique_and_all_references_lead_somewhere(tmp_path: Path) -> None:
    made = project(ldtk.write(rooms_level(), tmp_path / "castle.ldtk")[0])
    definitions = [one for kind in ("layers", "entities", "tilesets", "enums") for one in made["defs"][kind]]
    uids = [one["uid"] for one in definitions + made["levels"]]
    uids += [field["uid"] for one in made["defs"]["entities"] for field in one["fieldDefs"]]
    assert len(set(uids)) == len(uids) and max(uids) < made["nextUid"]
    instances = [one for level in made["levels"] for one in level["layerInstances"]]
    entities = [one for layer in instances for one in layer["entityInstances"]]
    iids = [one["iid"] for one in [*made["levels"], *instances, *entities]]
    assert len(set(iids)) == len(iids)
    assert {one["defUid"] for one in entities} | {one["layerDefUid"] for one in instances} <= set(uids)
    assert {beside["levelIid"] for level in made["levels"] for beside in level["__neighbours"]} <= set(iids)


def test_tiles_lie_in_the_picture_where_the_project_says(tmp_path: Path) -> None:
    level = noise_level()
    path, picture = ldtk.write(level, tmp_path / "castle.ldtk", rooms=False)
    sheet = np.asarray(Image.open(picture).convert("RGB"))
    (whole,) = project(path)["levels"]
    for name, grid in (("Tiles", level.tiles), ("Backdrop", level.backdrop)):
        shown = layers(whole)[name]["gridTiles"]
        assert len(shown) == (grid >= 0).sum()
        for tile in shown[:50]:
            (x, y), (left, top) = tile["px"], tile["src"]
            assert tile["t"] == grid[y // TILE, x // TILE]
            cell = sheet[top : top + TILE, left : left + TILE]
            assert np.array_equal(cell, PALETTE_RGB[level.bank.pixels[tile["t"]]])


def test_tiles_are_tagged_with_their_roles_and_tell_where_they_come_from(tmp_path: Path) -> None:
    level = noise_level()
    (tileset,) = project(ldtk.write(level, tmp_path / "castle.ldtk")[0])["defs"]["tilesets"]
    tags = {tag["enumValueId"]: tag["tileIds"] for tag in tileset["enumTags"]}
    assert tags["ground_top"] == [4] and tags["door"] == []
    told = json.loads(tileset["customData"][3]["data"])
    assert told["role"] == "column" and int(told["provenance"]["z_seed"]) == level.bank.provenance[3, 0]


def test_a_room_is_a_level_at_its_place(tmp_path: Path) -> None:
    level = rooms_level()
    made = project(ldtk.write(level, tmp_path / "castle.ldtk")[0])["levels"]
    sizes = [(one["worldX"], one["worldY"], one["pxWid"], one["pxHei"]) for one in made]
    assert sizes == [tuple(TILE * side for side in room) for room in level.rooms]
    assert [{(b["dir"]) for b in one["__neighbours"]} for one in made] == [
        {"e"},
        {"e", "w"},
        {"w", "n"},
        {"w", "s"},
    ]
    first = {one["__identifier"]: one["px"] for one in layers(made[0])["Entities"]["entityInstances"]}
    assert first["start"] == [40, 13 * TILE]


@pytest.mark.parametrize("level", [rooms_level(), proven_level(3)])
def test_what_was_written_is_read_again(level: Level, tmp_path: Path) -> None:
    path, _ = ldtk.write(level, tmp_path / "castle.ldtk", rooms=False)
    found = ldtk.read(path)
    assert np.array_equal(found.roles, level.roles)
    told = {(place.kind, place.x_px, place.y_px, place.facing) for place in found.places}
    assert told == {(place.kind, place.x_px, place.y_px, place.facing) for place in places_of(level)}
    in_rooms = ldtk.read(ldtk.write(level, tmp_path / "rooms.ldtk")[0])
    left, top = (min(room[axis] for room in level.rooms) for axis in (0, 1))
    for x, y, width, height in level.rooms:
        read = in_rooms.roles[y - top : y - top + height, x - left : x - left + width]
        assert np.array_equal(read, level.roles[y : y + height, x : x + width])
    assert {place.kind for place in in_rooms.places} == {place.kind for place in found.places}


# Strangers' projects.


def strangers(**changes: Any) -> Json:
    """A project as small as can be: two levels of 3x2 cells of 8 px side by side."""
    made: Json = {
        "defs": {
            "layers": [
                {
                    "identifier": "Collisions",
                    "intGridValues": [
                        {"value": 1, "identifier": "walls"},
                        {"value": 2, "identifier": "Platform"},
                        {"value": 7, "identifier": None},
                    ],
                }
            ]
        },
        "worldLayout": "Free",
        "levels": [
            stranger_level("A", (800, 96), [0, 0, 2, 1, 1, 1]),
            stranger_level("B", (824, 96), [1, 0, 7, 1, 1, 1]),
        ],
    }
    return made | changes


def stranger_level(name: str, at: tuple[int, int], values: list[int]) -> Json:
    player = {
        "__identifier": "Player", "__pivot": [0, 0], "px": [8, 0], "width": 8, "height": 16,
        "fieldInstances": [],
    }  # fmt: skip
    return {
        "identifier": name,
        "worldX": at[0],
        "worldY": at[1],
        "layerInstances": [
            {"__identifier": "People", "__type": "Entities", "entityInstances": [player]},
            {
                "__identifier": "Collisions", "__type": "IntGrid", "__cWid": 3, "__cHei": 2, "__gridSize": 8,
                "intGridCsv": values, "entityInstances": [],
            },
        ],
    }  # fmt: skip


def saved(folder: Path, made: Any) -> Path:
    path = folder / "world.ldtk"
    path.write_text(json.dumps(made))
    return path


LEGEND: dict[int | str, Role | str] = {"walls": Role.GROUND_FILL, 7: "spikes"}


def test_a_strangers_project_is_read_by_a_legend(tmp_path: Path) -> None:
    found = ldtk.read(saved(tmp_path, strangers()), LEGEND)
    sky, wall, platform, spikes = Role.SKY, Role.GROUND_FILL, Role.PLATFORM, Role.SPIKES
    assert found.roles.dtype == np.uint8
    assert found.roles.tolist() == [[sky, sky, platform, wall, sky, spikes], [wall] * 6]
    assert [(p.name, p.kind, p.x_px, p.y_px) for p in found.places] == [
        ("Player_1", "Player", 12, 16),
        ("Player_2", "Player", 36, 16),
    ]


def test_one_level_is_read_alone_by_its_name(tmp_path: Path) -> None:
    found = ldtk.read(saved(tmp_path, strangers()), {"walls": "ground_top"}, level="A")
    assert found.roles.shape == (2, 3) and found.places[0].name == "Player"


@pytest.mark.parametrize(("layout", "shape"), [("LinearHorizontal", (2, 6)), ("LinearVertical", (4, 3))])
def test_levels_in_a_row_are_put_in_a_row(layout: str, shape: tuple[int, int], tmp_path: Path) -> None:
    made = strangers(worldLayout=layout)
    for level in made["levels"]:
        level["worldX"] = level["worldY"] = -1
    assert ldtk.read(saved(tmp_path, made), LEGEND).roles.shape == shape


def grid(made: Json) -> Json:
    found: Json = made["levels"][0]["layerInstances"][1]
    return found


WRONG: dict[str, tuple[Callable[[Json], Any], str]] = {
    "no levels": (lambda made: made.update(levels=[]), "the project has no level; draw one"),
    "levels that are none": (lambda made: made.update(levels=3), "the project has no list 'levels'; save it"),
    "a level that is a number": (lambda made: made["levels"].append(7), "holds no objects; save it anew"),
    "levels elsewhere": (lambda made: made.update(externalLevels=True), "in files of their own; untick that"),
    "no layers": (lambda made: made["levels"][0].update(layerInstances=None), "has no list 'layerInstances'"),
    "no grid": (lambda made: grid(made).update(__type="Tiles"), "no single IntGrid layer; name one as `laye"),
    "too few cells": (lambda made: grid(made).update(intGridCsv=[1]), "has 1 cells, not 3x2; save it anew"),
    "words for cells": (lambda made: grid(made).update(intGridCsv=["x"] * 6), "that is no whole number; sav"),
    "a huge grid": (lambda made: grid(made).update(__cWid=1 << 30), "no whole number from 1 to 262144 as '_"),
    "a cell of no size": (lambda made: grid(made).update(__gridSize=0), "as '__gridSize'; save it anew"),
    "another size of cells": (lambda made: grid(made).update(__gridSize=16), "cells of several sizes; name"),
    "far away": (lambda made: made["levels"][0].update(worldX=1 << 40), "as 'worldX'; save it anew"),
    "far apart": (lambda made: made["levels"][0].update(worldX=-(1 << 20)), "cells; make it smaller than"),
    "an unknown value": (lambda made: grid(made).update(intGridCsv=[9] * 6), "say what value 9 of its layer"),
    "no definitions": (lambda made: made.update(defs=[]), "has no list 'layers'"),
    "an entity nowhere": (
        lambda made: made["levels"][0]["layerInstances"][0]["entityInstances"][0].update(px=[1]),
        "has no two numbers as 'px'; save",
    ),
    "an entity without a pivot": (
        lambda made: made["levels"][0]["layerInstances"][0]["entityInstances"][0].update(__pivot=[9, "x"]),
        "has no pivot; save",
    ),
}  # fmt: skip


def one_line(path: Path, **options: Any) -> str:
    with pytest.raises(LdtkError) as caught:
        ldtk.read(path, LEGEND, **options)
    said = str(caught.value)
    assert said.startswith(f"{path}: ") and "\n" not in said and "; " in said
    return said


@pytest.mark.parametrize("case", WRONG)
def test_a_project_that_is_wrong_gives_one_line(case: str, tmp_path: Path) -> None:
    change, told = WRONG[case]
    made = strangers()
    change(made)
    assert told in one_line(saved(tmp_path, made))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is no JSON; name a project that LDtk saved"),
        (b"[" * 100_000, "is no JSON"),
        (b"\xff\xfe\x00", "is no JSON"),
        (b"[]", "is no project of LDtk"),
        (b'{"levels": []}', "is no project of LDtk"),
        (b" " * ((8 << 20) + 1), "is larger than 8 MB; make it smaller"),
    ],
)
def test_a_file_that_is_no_project_gives_one_line(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "evil.ldtk"
    path.write_bytes(data)
    assert told in one_line(path)


def test_what_is_asked_for_and_not_there_is_said(tmp_path: Path) -> None:
    path = saved(tmp_path, strangers())
    assert "has no level 'C'; draw one in LDtk, or name one that there is" in one_line(path, level="C")
    assert "has no IntGrid layer 'Walls'; name one as `layer`; there is 'Coll" in one_line(
        path, layer="Walls"
    )
    assert "cannot be read (No such file" in one_line(tmp_path / "gone.ldtk")
    with pytest.raises(GanvaniaError, match="the legend says 'lava' of 7, which is no role; known"):
        ldtk.read(path, {**LEGEND, 7: "lava"})
    with pytest.raises(GanvaniaError, match=r"let it end in \.ldtk"):
        ldtk.write(rooms_level(), tmp_path / "castle.json")


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_a_value_is_changed_into_is_a_map_or_one_line(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = strangers()
    parts: list[tuple[Any, Any]] = []

    def collect(node: Any) -> None:
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            parts.append((node, key))
            if isinstance(node[key], dict | list):
                collect(node[key])

    collect(made)
    holder, key = data.draw(st.sampled_from(parts))
    holder[key] = data.draw(
        st.sampled_from([None, True, -1, 3, 1 << 70, 0.5, "x", [], {}, [[]], [None], {"a": 1}])
    )
    path = saved(tmp_path_factory.getbasetemp(), made)
    try:
        found = ldtk.read(path, LEGEND)
    except LdtkError as error:
        assert "\n" not in str(error) and str(error).startswith(f"{path}: ")
        assert "cannot be read (" not in str(error), "a fault that nobody foresaw"
    else:
        assert found.roles.ndim == 2
