"""Levels as maps of Tiled: there and back, read by other libraries, edited, judged and played."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
import pygame
import pytest
import pytiled_parser
import pytmx
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pytiled_parser.layer import TileLayer

from game.__main__ import main
from game.session.share import line_of
from generator.drawing import role_grid
from generator.dream.network import Networks
from generator.errors import GanvaniaError
from generator.layout.handmade import judge
from generator.level import Level
from generator.look.own import dress_own
from generator.motion import NES_MOTION
from generator.nes.roles import BASE, BASE_ROLES, Role
from generator.proof import replay
from generator.style import Style
from generator.tiled import read_roles
from generator.tiled.document import TiledError
from generator.tiled.names import BACKDROP, FAR, SOLID, STAIRS
from generator.tiled.read import read_map
from generator.tiled.write import map_files, write_map
from tests.drawn.levels import dress_flat, level_from_ascii, proven_level, rooms_level

PAINTED = (FAR, BACKDROP, SOLID, STAIRS)
WALK = """
....................
....................
..................D.
.@................D.
####################
"""
PIT_COLUMNS = range(6, 14)


def same(found: Level, level: Level) -> bool:
    """Whether all but the certificate, which maps do not keep, is the same to the last byte."""
    return found.to_bytes() == replace(level, certificate=b"").to_bytes()


def castle() -> Level:
    """A stage as the game makes them."""
    return proven_level(3, 6)


def walk() -> Level:
    """One room of level ground, with the exit at its end."""
    return level_from_ascii(WALK)


def edited(path: Path, change: Callable[[Element], None]) -> Path:
    """The map, saved anew with a change."""
    document = ElementTree.parse(path)
    change(document.getroot())
    document.write(path)
    return path


def paint(layer: str, columns: range, row: int, gid: int) -> Callable[[Element], None]:
    """A change: these cells of a layer get this tile, 0 for none."""

    def change(root: Element) -> None:
        data = root.find(f"layer[@name='{layer}']/data")
        assert data is not None
        rows = [line.split(",") for line in str(data.text).strip().split(",\n")]
        for column in columns:
            rows[row][column] = str(gid)
        data.text = "\n" + ",\n".join(",".join(line) for line in rows) + "\n"

    return change


# There and back.


def backwards() -> Level:
    """A level whose mechanisms stand in another order than Tiled's objects would give them."""
    level = rooms_level()
    return replace(level, mechanisms=level.mechanisms[::-1])


@pytest.mark.parametrize("make", [walk, rooms_level, backwards, castle], ids=lambda make: make.__name__)
def test_there_and_back(make: Callable[[], Level], tmp_path: Path) -> None:
    level = make()
    assert same(read_map(write_map(level, tmp_path, "castle")[0]), level)


def test_a_game_makers_kinds_go_there_and_back(tmp_path: Path) -> None:
    level = rooms_level()
    coin = level.spawns[0]._replace(kind="coin")
    own = replace(level, own_kinds=("coin",), spawns=(coin, *level.spawns[1:]))
    path = write_map(own, tmp_path, "castle")[0]
    assert same(read_map(path), own)
    listed = 'name="own_kinds" value="coin"'
    path.write_text(path.read_text("utf-8").replace(listed, listed.replace("coin", "Coin")))
    with pytest.raises(TiledError, match="'own_kinds' that lists none"):
        read_map(path)


@settings(max_examples=25, deadline=None)
@given(
    noise=st.integers(0, 1 << 32),
    rows=st.integers(1, 24),
    far_columns=st.integers(1, 40),
    seed=st.integers(0, (1 << 64) - 1),
)
def test_any_grids_go_there_and_back(
    noise: int, rows: int, far_columns: int, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever tile lies on whatever role, and whatever the sizes of the level and of what is far behind."""
    rng = np.random.default_rng(noise)
    roles = rng.choice(BASE_ROLES, (15, 32)).astype(np.uint8)
    roles[:2, 1] = roles[13:, 0] = Role.SKY  # nobody starts in a wall, and no door is in one
    level = replace(dress_flat(roles, start=(24, 32)), seed=seed)
    far = rng.integers(-1, BASE_ROLES, (rows, far_columns)).astype(np.int16)
    tiles = rng.integers(-1, BASE_ROLES, roles.shape).astype(np.int16)
    level = replace(level, tiles=tiles, far=far, motion=replace(NES_MOTION, walk_sub=NES_MOTION.walk_sub + 1))
    folder = tmp_path_factory.mktemp("any")
    assert same(read_map(write_map(level, folder, "any")[0]), level)


def test_the_same_level_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    script = (
        "import pathlib; from tests.drawn.levels import proven_level\n"
        "from generator.tiled.write import write_map\n"
        f"write_map(proven_level(11), pathlib.Path({str(tmp_path)!r}), 'c')"
    )
    environment = os.environ | {"PYTHONHASHSEED": "77", "OMP_NUM_THREADS": "1"}
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root, env=environment)
    for name, data in map_files(proven_level(11), "c").items():
        assert (tmp_path / name).read_bytes() == data


def test_writing_again_is_harmless_but_never_over_what_was_edited(tmp_path: Path) -> None:
    paths = write_map(walk(), tmp_path, "castle")
    assert write_map(walk(), tmp_path, "castle") == paths
    edited(paths[0], paint(SOLID, range(1), 0, 7))
    mine = paths[0].read_bytes()
    with pytest.raises(TiledError, match=r"castle.tmx: is there already, and is another; move it away"):
        write_map(walk(), tmp_path, "castle")
    assert paths[0].read_bytes() == mine


# As others read them.


def pixels_told(level: Level) -> dict[str, NDArray[np.int16]]:
    """Bank indices of each painted layer."""
    stairs = np.isin(level.roles, (Role.STAIRS_RIGHT, Role.STAIRS_LEFT))
    return {
        FAR: level.far,
        BACKDROP: level.backdrop,
        SOLID: np.where(stairs, -1, level.tiles),
        STAIRS: np.where(stairs, level.tiles, -1),
    }


@pytest.mark.parametrize("make", [rooms_level, castle])
def test_pytiled_parser_finds_the_same_tile_in_every_cell(make: Callable[[], Level], tmp_path: Path) -> None:
    level = make()
    path = write_map(level, tmp_path, "castle")[0]
    found = pytiled_parser.parse_map(path)
    layers = {layer.name: layer for layer in found.layers}
    first = next(gid for gid, tileset in found.tilesets.items() if tileset.name == "castle")
    for name, told in pixels_told(level).items():
        layer = layers[name]
        assert isinstance(layer, TileLayer)
        gids = np.array(layer.data, np.int64)[: told.shape[0], : told.shape[1]]
        assert (np.where(gids > 0, gids - first, -1) == told).all(), name
    assert found.properties is not None
    assert found.properties["seed"] == str(level.seed)
    tiles = found.tilesets[first].tiles
    assert tiles is not None
    assert {tile.properties["role"] for tile in tiles.values() if tile.properties} == {
        role.name.lower() for role in BASE
    }


@pytest.mark.parametrize("make", [rooms_level, castle])
def test_pytmx_finds_the_same_tile_in_every_cell_and_the_same_pixels(
    make: Callable[[], Level], tmp_path: Path
) -> None:
    level = make()
    path = write_map(level, tmp_path, "castle")[0]
    found = pytmx.TiledMap(str(path), load_all=True)  # numbers tiles anew as it meets them
    first = next(t.firstgid for t in found.tilesets if t.name == "castle")
    for name, told in pixels_told(level).items():
        gids = np.array(found.get_layer_by_name(name).data, np.int64)[: told.shape[0], : told.shape[1]]
        known = np.array([-1, *(found.tiledgidmap[gid] - first for gid in range(1, gids.max(initial=0) + 1))])
        assert (known[gids] == told).all(), name
    pygame.display.set_mode((16, 16))
    shown = pytmx.load_pygame(str(path))
    layer = [layer.name for layer in shown.layers].index(SOLID)
    row, column = np.argwhere(pixels_told(level)[SOLID] >= 0)[-1].tolist()
    surface = shown.get_tile_image(column, row, layer)
    from generator.nes.palette import to_rgb

    drawn = pygame.surfarray.array3d(surface).swapaxes(0, 1)
    assert (drawn == to_rgb(level.bank.pixels[level.tiles[row, column]])).all()


# Edited.


@pytest.mark.parametrize("compression", ["", "zlib", "gzip"])
def test_every_layer_format_reads_the_same(compression: str, tmp_path: Path) -> None:
    level = rooms_level()
    pack: dict[str, Callable[[bytes], bytes]] = {"": bytes, "zlib": zlib.compress, "gzip": gzip.compress}

    def change(root: Element) -> None:
        for data in root.iterfind("layer/data"):
            gids = np.array(str(data.text).replace("\n", "").split(","), "<u4")
            data.attrib = {"encoding": "base64"} | ({"compression": compression} if compression else {})
            data.text = "\n  " + base64.b64encode(pack[compression](gids.tobytes())).decode() + "\n "

    assert same(read_map(edited(write_map(level, tmp_path, "castle")[0], change)), level)


def test_a_tileset_within_the_map_reads_the_same(tmp_path: Path) -> None:
    level = rooms_level()

    def change(root: Element) -> None:
        for reference in root.findall("tileset"):
            tileset = ElementTree.parse(tmp_path / reference.attrib.pop("source")).getroot()
            reference.attrib |= tileset.attrib
            reference.extend(list(tileset))

    assert same(read_map(edited(write_map(level, tmp_path, "castle")[0], change)), level)


def test_who_paints_ground_builds_ground(tmp_path: Path) -> None:
    path = write_map(walk(), tmp_path, "castle")[0]
    ground = 1 + BASE_ROLES + Role.GROUND_TOP
    edited(path, paint(SOLID, PIT_COLUMNS, 13, ground))
    roles = read_map(path).roles
    assert (roles[13, PIT_COLUMNS.start : PIT_COLUMNS.stop] == Role.GROUND_TOP).all()
    edited(path, paint(SOLID, PIT_COLUMNS, 13, 0))
    assert same(read_map(path), walk())


def test_a_map_of_ours_is_proven_again() -> None:
    level = castle()
    judgement = judge(replace(level, certificate=b""))
    assert judgement.proven
    assert not judgement.remarks
    assert replay(level, NES_MOTION, judgement.level.certificate)


def test_an_edit_that_can_be_finished_is_proven(tmp_path: Path) -> None:
    path = write_map(walk(), tmp_path, "castle")[0]
    edited(path, paint(SOLID, range(8, 10), 14, 0))
    judgement = judge(read_map(path))
    assert judgement.proven
    assert judgement.level.certificate


def test_an_edit_that_cannot_be_finished_tells_where_the_hero_is_stuck(tmp_path: Path) -> None:
    path = write_map(walk(), tmp_path, "castle")[0]
    edited(path, paint(SOLID, PIT_COLUMNS, 14, 0))
    judgement = judge(read_map(path))
    assert not judgement.proven
    assert not judgement.level.certificate
    assert judgement.remarks[0] == (
        "the hero gets stuck at column 6, row 13 of room 0: no way from there to the exit was found"
    )
    assert line_of(judgement) == "STUCK AT 6,13 ROOM 0"


# Played.


@pytest.mark.parametrize(("pit", "proven"), [(range(0), True), (PIT_COLUMNS, False)])
def test_an_edited_map_is_played_proven_or_not(
    pit: range, proven: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(write_map(walk(), tmp_path, "castle")[0], paint(SOLID, pit, 14, 0))
    arguments = ["--headless", "--bot", "--mute", "--level", str(path), "--ticks", "90"]
    assert main(arguments) == 0
    told = capsys.readouterr()
    assert json.loads(told.out.splitlines()[-1])["proven"] is proven
    assert ("gets stuck at column 6, row 13 of room 0" in told.err) is not proven


def test_theme_and_width_come_back() -> None:
    level = replace(rooms_level(), theme="cave", screens=3)
    assert Level.from_bytes(level.to_bytes()).equals(level)
    told = ElementTree.fromstring(map_files(level, "x")["x.tmx"])
    said = {one.get("name"): one.get("value") for one in told.iterfind("properties/property")}
    assert (said["theme"], said["screens"]) == ("cave", "3")


def test_a_dressed_map_comes_back_and_a_styled_one_is_told_where_to_go(
    small_networks: Networks, tmp_path: Path
) -> None:
    roles = role_grid(["......", "..==..", "......", ".I&|D.", "##~~##", "##^^##"])
    dressed = dress_own(roles, 3, 1, 0, small_networks)
    path, *_ = write_map(dressed, str(tmp_path), "mine")
    found = read_roles(path)
    assert np.array_equal(found.roles, dressed.roles) and not found.places
    with pytest.raises(TiledError, match="there is no start; put a point of class 'start'"):
        read_map(path)
    with pytest.raises(GanvaniaError, match=r"^level: a Styled has tiles or colours of its own.* sheets$"):
        write_map(Style(palette="gameboy").apply(dressed), tmp_path, "styled")


def test_who_calls_it_from_python_is_not_sent_to_an_option(tmp_path: Path) -> None:
    (tmp_path / "castle.tmx").write_text("mine")
    with pytest.raises(TiledError, match=r"is there already, and is another; move it away, or choose"):
        write_map(rooms_level(), tmp_path, "castle")
