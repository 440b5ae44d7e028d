"""Maps of Tiled that cannot be played: one line each, which names the file, what is wrong and what to do."""

from __future__ import annotations

import io
import re
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from game.__main__ import main
from generator.level import Level, LevelError
from generator.tiled.document import TiledError
from generator.tiled.read import read_map
from generator.tiled.write import map_files
from tests.drawn.levels import rooms_level

NAME = "castle"
FILES = map_files(rooms_level(), NAME)
TMX = FILES[f"{NAME}.tmx"]


def written(folder: Path) -> Path:
    """The path of a map that can be read, in a folder of its own."""
    (folder / "maps").mkdir()
    for name, data in FILES.items():
        (folder / "maps" / name).write_bytes(data)
    return folder / "maps" / f"{NAME}.tmx"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture(scope="module")
def torn_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all examples of a property."""
    return written(tmp_path_factory.mktemp("torn"))


def within(root: Element, path: str) -> Element:
    found = root.find(path)
    assert found is not None, path
    return found


def attribute(path: str, name: str, value: str | None) -> Callable[[Element], None]:
    """A change: an element's attribute gets a value, or goes."""

    def change(root: Element) -> None:
        attributes = within(root, path).attrib if path != "." else root.attrib
        if value is None:
            del attributes[name]
        else:
            attributes[name] = value

    return change


def data(text: str, encoding: str = "csv", compression: str = "") -> Callable[[Element], None]:
    def change(root: Element) -> None:
        element = within(root, SOLID + "/data")
        element.text = text
        element.attrib = {"encoding": encoding, "compression": compression}

    return change


def first_tile(gid: int) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        element = within(root, SOLID + "/data")
        element.text = re.sub(r"\d+", str(gid), element.text or "", count=1)

    return change


def added(path: str, tag: str, **attributes: str) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        parent = root if path == "." else within(root, path)
        SubElement(parent, tag, attributes)

    return change


def property_of(path: str, name: str, value: str) -> Callable[[Element], None]:
    """A change: an element gets one more property."""

    def change(root: Element) -> None:
        parent = root if path == "." else within(root, path)
        several = parent.find("properties")
        if several is None:
            several = SubElement(parent, "properties")
        for found in several.findall(f"property[@name='{name}']"):
            several.remove(found)
        SubElement(several, "property", {"name": name, "value": value})

    return change


def without(path: str, tag: str) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        parent = root if path == "." else within(root, path)
        parent.remove(within(parent, tag))

    return change


def moved(kind: str, x: int, y: int) -> Callable[[Element], None]:
    def change(root: Element) -> None:
        within(root, f".//object[@type='{kind}']").attrib |= {"x": str(x), "y": str(y)}

    return change


SOLID = "layer[@name='solid']"
TILESET = f"tileset[@source='{NAME}.tsx']"
SPAWNS, MECHANISMS, ROOMS = (f"objectgroup[@name='{name}']" for name in ("spawns", "mechanisms", "rooms"))
BOMB = b64encode(zlib.compress(bytes(1 << 24), 9)).decode()

MAPS: dict[str, tuple[Callable[[Element], None], str]] = {
    "a missing tileset": (attribute(TILESET, "source", "gone.tsx"), "which is missing; put it into"),
    "a path out of its folder": (
        attribute(TILESET, "source", "../outside.tsx"),
        "'../outside.tsx', which lies outside its folder; copy it into",
    ),
    "a path from the root": (attribute(TILESET, "source", "/etc/passwd"), "lies outside its folder; copy"),
    "a path of another system": (attribute(TILESET, "source", "C:\\t.tsx"), "no path inside its folder"),
    "no path": (attribute(TILESET, "source", ""), "no path inside its folder; copy"),
    "a foreign tile size": (attribute(".", "tilewidth", "32"), "has tiles of 32x16 px; make it one of 16x16"),
    "hexagons": (attribute(".", "orientation", "hexagonal"), "'hexagonal'; set its orientation to"),
    "an infinite map": (attribute(".", "infinite", "1"), "is infinite; take the tick from Infinite"),
    "a huge map": (attribute(".", "width", "1000000"), "'width' of the map is '1000000'; write a whole numb"),
    "a map without a width": (attribute(".", "width", None), "has no 'width'; give it one"),
    "an unknown property": (property_of(".", "music", "x"), "has the unknown property 'music'; delete it; i"),
    "an unknown property of an object": (
        property_of(SPAWNS + "/object", "hp", "3"), "has the unknown property 'hp'; delete it; it can have n",
    ),
    "another version": (property_of(".", "level_version", "99"), "is of version 99, and"),
    "a motion that is none": (property_of(".", "motion", "{"), "its motion is no JSON object; mend or delet"),
    "a motion with an unknown word": (property_of(".", "motion", '{"wings": 2}'), "wings"),
    "columns beyond": (property_of(".", "columns", "9999"), "'columns' of the map is '9999'; write a whole"),
    "a level that ends too early": (property_of(".", "rows", "20"), "has tiles beyond column 63 or row 19,"),
    "an unknown layer": (attribute(SOLID, "name", "clouds"), "the unknown tile layer 'clouds'; delete or re"),
    "an unknown object layer": (
        attribute(SPAWNS, "name", "people"), "has the unknown object layer 'people'; delete or rename it",
    ),
    "an image layer": (added(".", "imagelayer", name="sky"), "has a part 'imagelayer'; delete it"),
    "two layers of a name": (attribute("layer[@name='stairs']", "name", "solid"), "has two layers 'solid';"),
    "a small layer": (attribute(SOLID, "width", "3"), "layer solid has 3x30 tiles; give it the map's 64x30"),
    "a layer with an offset": (attribute(SOLID, "offsetx", "8"), "layer solid has an offset; set it to 0, 0"),
    "a layer without data": (without(SOLID, "data"), "layer solid has no data; save the map anew"),
    "too few tiles": (data("1,2,3"), "has 3 tiles instead of 1920; save the map anew"),
    "words for tiles": (data(",".join(["x"] * 1920)), "has 'x' where a tile's number should be; save"),
    "zstd": (data("KLUv/SAA", "base64", "zstd"), "is compressed by 'zstd'; set Tile Layer Format to CSV"),
    "an encoding that is none": (data("", "rot13"), "is encoded as 'rot13'; set Tile Layer Format to CSV"),
    "a bomb of tiles": (data(BOMB, "base64", "zlib"), "does not unpack to the map's tiles; set Tile Layer F"),
    "half of the tiles": (data("eJw=", "base64", "zlib"), "does not unpack to the map's tiles; set Tile"),
    "no base64": (data("%%%", "base64"), "does not unpack to the map's tiles; set Tile Layer Format to CSV"),
    "a mirrored tile": (first_tile(1 << 31 | 20), "has a mirrored or turned tile at column 0, row 0; place"),
    "a tile that no tileset has": (first_tile(9999), "has tile 9999 at column 0, row 0, which no tileset ha"),
    "a sign among the tiles": (first_tile(3), "has a role's sign at column 0, row 0; put signs into the lay"),
    "a mode of its own": (property_of(".", "mode", "garden"), "there is no mode 'garden'; write castle, end"),
    "no stage": (property_of(".", "stage", "0"), "'stage' of the map is '0'; write a whole number from 1 to"),
    "no difficulty": (property_of(".", "difficulty", "0"), "'difficulty' of the map is '0'; write a whole"),
    "no start": (without(SPAWNS, "object[@type='start']"), "there is no start; put a point of class 'start'"),
    "no exit": (without(SPAWNS, "object[@type='exit']"), "there is no exit; put a point of class 'exit'"),
    "no spawns": (without(".", SPAWNS), "there is no start; put a point of class 'start'"),
    "no rooms": (without(".", ROOMS), "has no room; draw a rectangle into an object layer 'rooms'"),
    "two starts": (added(SPAWNS, "object", id="900", type="start", x="0", y="0"), "object 900 (start) is a"),
    "a start outside": (moved("start", 40, 100), "the start lies outside the walls, in no room; drag it"),
    "a start on the edge": (moved("start", 0, 448), "the start lies in the wall of its room; drag it inside"),
    "a start on an edge within": (moved("start", 256, 448), "the start lies in the wall of its room; drag"),
    "a dragon": (attribute(SPAWNS + "/object[3]", "type", "dragon"), "has the class 'dragon'; give it one o"),
    "no class": (attribute(SPAWNS + "/object[3]", "type", ""), "has no class; give it one of 'start'"),
    "a turned object": (attribute(SPAWNS + "/object[3]", "rotation", "45"), "is turned; set its rotation to"),
    "a template": (attribute(SPAWNS + "/object[3]", "template", "t.tx"), "comes from a template; detach it"),
    "a place that is no number": (attribute(SPAWNS + "/object[3]", "x", "nan"), "is 'nan'; write a number f"),
    "a room of one row": (attribute(ROOMS + "/object", "height", "16"), "of layer rooms is no rectangle; dr"),
    "a key outside": (moved("key", 100, 100), "(key) lies in no room; drag it into one"),
    "a wall outside": (moved("wall", 100, 100), "(wall) lies in no room; drag it into one"),
    "a passage to nowhere": (moved("passage", 64, 400), "(passage) joins no two rooms; drag it onto the bor"),
    "a platform without a line": (
        without(MECHANISMS + "/object[@type='platform']", "polyline"), "is no line of two points; draw it wi",
    ),
    "a lock without a key": (
        property_of(MECHANISMS + "/object[@type='lock']", "key", "777"), "(lock) has no key; set its propert",
    ),
    "a passage whose lock is none": (
        property_of(MECHANISMS + "/object[@type='passage']", "lock", "777"), "has a lock that is none; set",
    ),
    "a floor outside": (moved("floor", 7 * 16, 10 * 16), "(floor) lies in no room; drag it into one"),
}  # fmt: skip


def one_line(path: Path, named: Path | None = None) -> str:
    """What is said of a map: one line that names its file and what to do."""
    with pytest.raises(TiledError) as caught:
        read_map(path)
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(f"{named or path}: ")
    assert "; " in said
    return said


@pytest.mark.parametrize("case", MAPS)
def test_a_map_that_is_wrong_gives_one_line(case: str, path: Path) -> None:
    change, told = MAPS[case]
    document = ElementTree.parse(path)
    change(document.getroot())
    document.write(path)
    assert told in one_line(path)


TILESETS: dict[str, tuple[Callable[[Element], None], str]] = {
    "a foreign tile size": (attribute(".", "tileheight", "8"), "has tiles of 16x8 px; use tiles of 16x16 px"),
    "a missing picture": (attribute("image", "source", "gone.png"), "names its picture 'gone.png', which is"),
    "a picture out of its folder": (attribute("image", "source", "../../x.png"), "which lies outside its fo"),
    "a collection of pictures": (without(".", "image"), "has no picture of its own; make it a tileset based"),
    "a role that is none": (property_of("tile", "role", "lava"), "has the role 'lava'; known roles are sky"),
    "an unknown property": (property_of("tile", "hot", "1"), "has the unknown property 'hot'; delete it; it"),
    "palettes that are none": (property_of(".", "palettes", "FF 00"), "has palettes that are none; write si"),
    "a provenance that is none": (property_of("tile", "provenance", "home"), "has a provenance that is none"),
    "too many tiles": (attribute(".", "tilecount", "4000"), "has 4000 tiles, but its picture holds"),
    "a gap below 0": (attribute(".", "spacing", "-4"), "'spacing'"),
}  # fmt: skip


@pytest.mark.parametrize("case", TILESETS)
def test_a_tileset_that_is_wrong_gives_one_line(case: str, path: Path) -> None:
    change, told = TILESETS[case]
    tileset = path.with_suffix(".tsx")
    document = ElementTree.parse(tileset)
    change(document.getroot())
    document.write(tileset)
    assert told in one_line(path, tileset)


def png(width: int, height: int) -> bytes:
    """A picture that says it is so large, and holds 8x8 px: a huge one would take a gigabyte to make."""
    saved = io.BytesIO()
    Image.new("1", (8, 8)).save(saved, "PNG")
    data = bytearray(saved.getvalue())
    data[16:24] = struct.pack(">II", width, height)  # of the first chunk, whose check sum follows
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (b"", "is no PNG that can be read; save the picture as PNG again"),
        (b"GIF89a" + bytes(99), "is no PNG that can be read"),
        (png(128, 128), "is no PNG that can be read"),
        (png(8, 8)[:45], "is no PNG that can be read"),
        (png(8, 8), "holds no tile of 16x16 px; enlarge the picture"),
        (png(4_000, 4_000), "is a picture of 4000x4000 px; use a smaller one"),
        (png(30_000, 30_000), "is a picture of too many pixels; use a smaller one"),
    ],
    ids=["empty", "a GIF", "without its pixels", "cut off", "tiny", "large", "huge"],
)
def test_a_picture_that_is_none_gives_one_line(picture: bytes, told: str, path: Path) -> None:
    path.with_suffix(".png").write_bytes(picture)
    assert told in one_line(path, path.with_suffix(".png"))


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f'<!DOCTYPE map [<!ENTITY l0 "ha">{LAUGHS}]><map>&l9;</map>', "declares a DOCTYPE or entities"),
        ('<!DOCTYPE map [<!ENTITY x SYSTEM "/etc/passwd">]><map>&x;</map>', "declares a DOCTYPE or entities"),
        ('<?xml version="1.0" encoding="EBCDIC-13"?><map/>', "no XML that can be read"),
        ("<map>", "no XML that can be read"),
        ("", "no XML that can be read"),
        ("\0" * 40, "no XML that can be read"),
        ("<map>" * 30_000, "no XML that can be read"),
        ("<tileset/>", "holds a 'tileset' instead of a map; name a file that Tiled saved"),
        (" " * ((8 << 20) + 1), "is larger than 8 MB; make it smaller"),
    ],
    ids=[
        "laughs", "a file of the system", "an encoding", "left open", "empty", "zeros", "deep", "a tileset",
        "larger than 8 MB",
    ],
)  # fmt: skip
def test_xml_that_is_no_map_gives_one_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "evil.tmx"
    path.write_text(text, "utf-8")
    assert told in one_line(path)


def test_a_link_out_of_the_folder_is_not_followed(path: Path) -> None:
    outside = path.parent.parent / "outside.tsx"
    path.with_suffix(".tsx").rename(outside)
    path.with_suffix(".tsx").symlink_to(outside)
    assert "which lies outside its folder" in one_line(path)


def test_a_folder_and_a_missing_file_give_one_line(tmp_path: Path) -> None:
    assert "cannot be read" in one_line(tmp_path)
    assert "cannot be read" in one_line(tmp_path / "gone.tmx")


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, len(TMX)), torn=st.integers(0, 40), put=st.binary(max_size=24))
def test_whatever_is_torn_out_or_put_in_a_map_is_a_level_or_one_line(
    at: int, torn: int, put: bytes, torn_path: Path
) -> None:
    torn_path.write_bytes(TMX[:at] + put + TMX[at + torn :])
    try:
        assert isinstance(read_map(torn_path), Level)
    except LevelError as error:
        assert len(str(error).splitlines()) == 1


def test_the_game_says_it_in_one_line_and_leaves(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.with_suffix(".tsx").unlink()
    before = path.read_bytes()
    assert main(["--headless", "--mute", "--level", str(path), "--ticks", "1"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert f"{NAME}.tsx', which is missing" in said[0]
    assert path.read_bytes() == before
