"""Every reader of files, fed with files that were mutilated: an error in one line, or something usable.

A hundred mutations of each in the fast tests, 500 in the slow ones, 5,000 in the profile `thorough`.
"""

from __future__ import annotations

import itertools
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from game.gallery.favourites import read_code, read_thumbnail
from game.gallery.screenshots import CODE_KEY
from generator.dream.loading import load_generator
from generator.errors import GanvaniaError
from generator.inspect.index_file import load_index, to_arrays
from generator.inspect.novelty import PARTS, TileIndex
from generator.layout.handmade import judge_kept
from generator.level import Level
from generator.level.codes import CastleCode, encode
from generator.level.file import MAGIC
from generator.proof import replay
from generator.tiled.read import read_map
from generator.tiled.write import map_files
from tests.drawn import onnx_files
from tests.drawn.effort import examples
from tests.drawn.levels import noise_level, rooms_level
from tests.drawn.mutations import mutations

JUDGED = 12
"""Mutilated levels of which a proof is searched."""
PREFIX = struct.Struct("<8sHIII")
COUNTS = [pytest.param(100, id="few"), pytest.param(examples(500), id="many", marks=pytest.mark.slow)]
Reader = Callable[[Path], object]


def read_all(data: bytes, place: Path, read: Reader, count: int) -> int:
    """Reads so many mutations of a file; returns how many of them were read without an error."""
    usable = 0
    for made in mutations(data, count):
        place.write_bytes(made)
        try:
            read(place)
            usable += 1
        except GanvaniaError as error:
            assert str(error) and "\n" not in str(error)
            assert str(place.parent) in str(error), "the file is named"
    return usable


@pytest.mark.parametrize("count", COUNTS)
def test_level_files(tmp_path: Path, count: int) -> None:
    """With a right checksum, or nothing but that would be tried."""
    packed = noise_level().to_bytes()
    raw = zlib.decompress(packed[PREFIX.size :])
    _, version, *_ = PREFIX.unpack_from(packed)

    def read(place: Path) -> None:
        mutated = place.read_bytes()
        body = zlib.compress(mutated, 1)
        head = PREFIX.pack(MAGIC, version, zlib.crc32(body), len(body), len(mutated))
        level = Level.from_bytes(head + body, str(place))
        replay(level, level.motion, level.certificate)
        if next(judged) < JUDGED:
            judge_kept(level)

    judged = itertools.count()
    read_all(raw, tmp_path / "my.level", read, count)


@pytest.mark.parametrize("kind", ["tmx", "tsx", "png"])
@pytest.mark.parametrize("count", COUNTS)
def test_maps_of_tiled(tmp_path: Path, kind: str, count: int) -> None:
    files = map_files(rooms_level(), "castle")
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    name = next(name for name in sorted(files) if name.endswith(kind))
    usable = read_all(files[name], tmp_path / name, lambda _: read_map(tmp_path / "castle.tmx"), count)
    assert usable < count


@pytest.mark.parametrize("count", COUNTS)
def test_tile_indices(tmp_path: Path, count: int) -> None:
    place = tmp_path / "my.tiles.npz"
    dice = np.random.default_rng(0)
    codes = dice.integers(-100, 100, (40, PARTS * 3)).astype(np.int8)
    arrays: dict[str, Any] = to_arrays(TileIndex(codes, "0" * 64, 40, 0.1, 0.01))
    for save in (np.savez, np.savez_compressed):
        save(place, **arrays)
        assert np.array_equal(load_index(place).codes, codes)
        read_all(place.read_bytes(), place, load_index, count // 2)


def test_an_index_whose_header_asks_for_more_memory_than_there_is(tmp_path: Path) -> None:
    place = tmp_path / "my.tiles.npz"
    codes = np.zeros((40, PARTS * 3), np.int8)
    arrays: dict[str, Any] = to_arrays(TileIndex(codes, "0" * 64, 40, 0.1, 0.01))
    np.savez(place, **arrays)
    hostile = place.read_bytes().replace(b"(40, 48), }", b"(9999999999999, 48), }"[:22].ljust(11), 1)
    place.write_bytes(hostile)
    with pytest.raises(GanvaniaError, match="cannot be used"):
        load_index(place)


@pytest.mark.parametrize("count", COUNTS)
def test_networks(tmp_path: Path, count: int) -> None:
    data = onnx_files.generator_model().SerializeToString()
    small = data if len(data) < 1 << 16 else data[-(1 << 12) :]
    head = data[: len(data) - len(small)]

    def read(place: Path) -> None:
        mutated = head + place.read_bytes()
        place.write_bytes(mutated)
        load_generator(place)

    read_all(small, tmp_path / "my.onnx", read, count)


@pytest.mark.parametrize("count", COUNTS)
def test_pictures_of_favourites(tmp_path: Path, count: int) -> None:
    """What cannot be read leads to no castle; nothing is raised."""
    place = tmp_path / "kept.png"
    about = PngImagePlugin.PngInfo()
    about.add_text(CODE_KEY, encode(CastleCode(7)))
    about.add(b"iCCP", b"name\0\0" + zlib.compress(b"profile"))
    Image.new("RGB", (256, 240), (9, 8, 7)).save(place, pnginfo=about)
    assert read_code(place) == encode(CastleCode(7)) and read_thumbnail(place) is not None
    for made in mutations(place.read_bytes(), count):
        place.write_bytes(made)
        assert read_code(place) in (None, encode(CastleCode(7)))
        read_thumbnail(place)


def test_a_picture_whose_colour_profile_ends_at_once(tmp_path: Path) -> None:
    """It stood after the pixels, and Pillow ran over its end: IndexError."""
    place = tmp_path / "odd.png"
    about = PngImagePlugin.PngInfo()
    about.add_text(CODE_KEY, encode(CastleCode(7)))
    Image.new("RGB", (256, 240)).save(place, pnginfo=about)
    data = place.read_bytes()
    end = data.rindex(b"IEND") - 4
    chunk = b"iCCPn\0"
    place.write_bytes(
        data[:end] + struct.pack(">I", 2) + chunk + struct.pack(">I", zlib.crc32(chunk)) + data[end:]
    )
    with pytest.raises(IndexError), Image.open(place) as picture:
        picture.load()
    assert read_code(place) == encode(CastleCode(7)), "its code stands before the pixels"
    assert read_thumbnail(place) is None
