"""Maps of Tiled that were drawn for other games: roles by a legend, objects, one line for what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.errors import GanvaniaError
from generator.level.places import places_of
from generator.nes.roles import Role
from generator.tiled import read_roles, write_map
from generator.tiled.document import TiledError
from tests.drawn.levels import rooms_level

MAP = """<?xml version="1.0" encoding="UTF-8"?>
<map version="1.10" orientation="orthogonal" width="4" height="2" tilewidth="8" tileheight="8" infinite="0">
 <properties><property name="music" value="cave.ogg"/></properties>
 <tileset firstgid="1" source="blocks.tsx"/>
 <tileset firstgid="101" name="more" tilewidth="8" tileheight="8" tilecount="4" columns="2">
  <image source="more.png" width="16" height="16"/>
  <tile id="0" type="Platform"/>
 <tile id="3">
   <properties><property name="role" value="water"/><property name="deep" value="2"/></properties>
  </tile>
 </tileset>
 <group id="9" name="ground">
 <layer id="1" name="Blocks" width="4" height="2">
  <properties><property name="solid" type="bool" value="true"/></properties>
  <data encoding="csv">0,0,101,2147483649,
5,5,104,1</data>
 </layer>
 </group>
 <objectgroup id="2" name="Things">
  <object id="1" name="hero" type="player" x="4" y="8"><point/></object>
  <object id="2" type="coin" x="16" y="0" width="8" height="8"/>
  <object id="3" gid="5" x="24" y="16" width="8" height="8"/>
 </objectgroup>
</map>
"""
BLOCKS = """<tileset version="1.10" name="blocks" tilewidth="8" tileheight="8" tilecount="8" columns="4">
 <image source="blocks.png" width="32" height="16"/>
 <tile id="4" class="brick"/>
</tileset>
"""
LEGEND: dict[int | str, Role | str] = {0: Role.GROUND_TOP, "brick": "breakable"}


def saved(folder: Path, text: str = MAP, blocks: str = BLOCKS) -> Path:
    (folder / "blocks.tsx").write_text(blocks)
    path = folder / "cave.tmx"
    path.write_text(text)
    return path


def test_roles_come_from_the_legend_from_classes_and_from_properties(tmp_path: Path) -> None:
    found = read_roles(saved(tmp_path), LEGEND)
    top, brick = Role.GROUND_TOP, Role.BREAKABLE
    assert found.roles.dtype == np.uint8
    assert found.roles.tolist() == [[Role.SKY, Role.SKY, Role.PLATFORM, top], [brick, brick, Role.WATER, top]]


def test_a_tile_is_named_by_its_tileset_where_numbers_are_not_enough(tmp_path: Path) -> None:
    text = MAP.replace('<tile id="0" type="Platform"/>', "")
    legend: dict[int | str, Role | str] = {"blocks:0": "ground_top", "more:0": "spikes", "brick": "breakable"}
    assert read_roles(saved(tmp_path, text), legend).roles[0].tolist() == [0, 0, Role.SPIKES, Role.GROUND_TOP]


def test_objects_are_places_with_names_and_feet(tmp_path: Path) -> None:
    found = read_roles(saved(tmp_path), LEGEND).places
    assert [(p.name, p.kind, p.x_px, p.y_px) for p in found] == [
        ("hero", "player", 4, 8),
        ("object_2", "coin", 20, 8),
        ("object_3", "object_3", 28, 16),
    ]


def test_a_map_of_ours_is_read_as_the_level_that_it_is(tmp_path: Path) -> None:
    level = rooms_level()
    path, *_ = write_map(level, tmp_path, "castle")
    found = read_roles(path)
    assert np.array_equal(found.roles, level.roles)
    assert list(found.places) == places_of(level)


WRONG: dict[str, tuple[Callable[[str], str], dict[str, Any], str]] = {
    "no legend": (
        str, {"legend": None},
        "layer 'Blocks' has tile 0 of tileset 'blocks' (without a class) at column 3, row 0, which says no",
    ),
    "a mistyped legend": (
        str, {"legend": {0: Role.GROUND_TOP, "brik": "breakable"}},
        "has tile 4 of tileset 'blocks' ('brick') at column 0, row 1, which says no role; give it a property "
        "'role', or put it into the legend: {4: Role.GROUND_TOP}; of the legend, nothing is called 'brik'",
    ),
    "hexagonal": (
        lambda text: text.replace('"orthogonal"', '"hexagonal"'), {},
        "the map is 'hexagonal'; set its orientation to orthogonal in Map Properties",
    ),
    "no such layer": (str, {"layer": "Walls"}, "has no tile layer 'Walls'; name one as `layer`; there is 'B"),
    "several layers": (
        lambda text: text.replace("</group>", '<layer id="7" name="Sky"/></group>'), {},
        "has no single tile layer; name one as `layer`; there is 'Blocks', 'Sky'",
    ),
    "infinite": (lambda text: text.replace('infinite="0"', 'infinite="1"'), {}, "is infinite; take the tick"),
    "huge": (lambda text: text.replace('width="4"', 'width="99999999"', 1), {}, "'width' of the map is '999"),
    "too few tiles": (lambda text: text.replace("5,5,", "5,"), {}, "has 7 tiles instead of 8; save the map"),
    "a tile of no tileset": (
        lambda text: text.replace('firstgid="1"', 'firstgid="4"'), {}, "which no tileset has; add its tilese",
    ),
    "a tileset elsewhere": (
        lambda text: text.replace("blocks.tsx", "../blocks.tsx"), {}, "which lies outside its folder; copy i",
    ),
    "a place that is none": (lambda text: text.replace('x="16"', 'x="left"'), {}, "'x' of an object is 'lef"),
    "no XML": (lambda text: text[:200], {}, "no XML that can be read"),
    "entities": (
        lambda text: text.replace("<map", '<!DOCTYPE map [<!ENTITY x "y">]><map', 1), {}, "declares a DOCTYP",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_a_map_that_is_wrong_gives_one_line(case: str, tmp_path: Path) -> None:
    change, options, told = WRONG[case]
    path = saved(tmp_path, change(MAP))
    with pytest.raises(TiledError) as caught:
        read_roles(path, **{"legend": LEGEND, **options})
    said = str(caught.value)
    assert told in said and said.startswith(f"{path}: ") and "\n" not in said


def test_a_legend_that_names_no_role_is_said(tmp_path: Path) -> None:
    with pytest.raises(
        GanvaniaError, match="the legend says 'wood' of 'brick', which is no role; known roles are"
    ):
        read_roles(saved(tmp_path), {**LEGEND, "brick": "wood"})


def test_glyphs_and_figures_are_no_roles_of_a_legend(tmp_path: Path) -> None:
    with pytest.raises(GanvaniaError, match=r"says 'figure' of 'brick', which is no role; known .* door$"):
        read_roles(saved(tmp_path), {**LEGEND, "brick": "figure"})


def test_a_path_may_be_a_text(tmp_path: Path) -> None:
    assert read_roles(str(saved(tmp_path)), LEGEND).roles.shape == (2, 4)
    with pytest.raises(GanvaniaError, match=r"^path: 7 is no path; write a text such as"):
        read_roles(7)  # type: ignore[arg-type]


def test_a_missing_map_gives_one_line(tmp_path: Path) -> None:
    with pytest.raises(TiledError, match="cannot be read"):
        read_roles(tmp_path / "gone.tmx")
