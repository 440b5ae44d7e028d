"""Levels as bytes: there and back, and every way in which a file can be broken."""

from __future__ import annotations

import dataclasses
import json
import struct
import zlib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import GanvaniaError
from generator.level import LEVEL_VERSION, Level, LevelError, Spawn
from generator.level.file import MAGIC
from generator.motion import Motion
from generator.proof import replay
from tests.drawn.levels import noise_level as level

PREFIX = struct.Struct("<8sHIII")


def packed(header: dict[str, object], rest: bytes, version: int = LEVEL_VERSION) -> bytes:
    text = json.dumps(header).encode()
    raw = struct.pack("<I", len(text)) + text + rest
    body = zlib.compress(raw)
    return PREFIX.pack(MAGIC, version, zlib.crc32(body), len(body), len(raw)) + body


@cache
def parts() -> tuple[str, bytes]:
    raw = zlib.decompress(level().to_bytes()[PREFIX.size :])
    (length,) = struct.unpack_from("<I", raw)
    return raw[4 : 4 + length].decode(), raw[4 + length :]


def test_there_and_back() -> None:
    original = level()
    again = Level.from_bytes(original.to_bytes())
    assert again.equals(original)
    assert again.spawns and all(isinstance(spawn, Spawn) for spawn in again.spawns)
    assert again.to_bytes() == original.to_bytes()
    assert replay(again, again.motion, again.certificate) is not None
    assert (again.height_tiles, again.width_tiles) == original.roles.shape
    steered = dataclasses.replace(original, motion=Motion(air_control=True))
    assert Level.from_bytes(steered.to_bytes()).motion == Motion(air_control=True)
    assert not dataclasses.replace(original, seed=4).equals(original)


def test_cut_off_at_any_byte() -> None:
    data = level().to_bytes()
    for length in [*range(64), *range(64, len(data), 97), len(data) - 1]:
        with pytest.raises(LevelError, match=r"mine\.level") as caught:
            Level.from_bytes(data[:length], "mine.level")
        assert "\n" not in str(caught.value)
    assert issubclass(LevelError, GanvaniaError)


def test_another_version_says_so() -> None:
    data = bytearray(level().to_bytes())
    struct.pack_into("<H", data, 8, LEVEL_VERSION + 1)
    with pytest.raises(LevelError, match=f"version {LEVEL_VERSION + 1}.*reads {LEVEL_VERSION}"):
        Level.from_bytes(bytes(data))


@given(st.integers(0, 1 << 30), st.integers(1, 255))
def test_a_flipped_byte_is_noticed(at: int, flip: int) -> None:
    data = bytearray(level().to_bytes())
    data[at % len(data)] ^= flip
    with pytest.raises(LevelError):
        Level.from_bytes(bytes(data))


@given(st.binary(max_size=200), st.booleans())
def test_garbage_is_a_level_error(garbage: bytes, with_magic: bool) -> None:
    with pytest.raises(LevelError):
        Level.from_bytes(MAGIC + garbage if with_magic else garbage)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "seed", "mode", "difficulty", "stage", "art", "network", "rooms", "mechanisms", "spawns", "start", "exit",
    "motion", "certificate", "shapes",
]  # fmt: skip


@given(st.sampled_from(FIELDS), JSON)
def test_a_header_that_somebody_wrote_gives_a_level_or_a_level_error(field: str, value: object) -> None:
    text, rest = parts()
    header = json.loads(text)
    header[field] = value
    try:
        Level.from_bytes(packed(header, rest))
    except LevelError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize(
    "change",
    [
        {"shapes": {"roles": [1 << 18, 1 << 18]}},
        {"shapes": {"roles": [-15, -16]}},
        {"shapes": {"roles": [1] * 60}},
        {"certificate": 1 << 40},
        {"certificate": -1},
        {"mechanisms": [1]},
        {"exit": [9999, 3]},
        {"start": [-5, 3]},
        {"spawns": [["candle", 1, 2, 3]]},
        {"spawns": [["candle", 10**30, 2, 1]]},
        {"motion": {"walk_sub": 10**9}},
        {"motion": []},
        {"network": "x" * 1000},
        {"own_kinds": ["Bad Name"]},
        {"own_kinds": ["bat"]},
        {"own_kinds": ["coin", "coin"]},
        {"own_kinds": [f"kind{n}" for n in range(65)]},
        {"own_kinds": [["coin"]]},
        {"own_kinds": 7},
    ],
)
def test_hostile_headers(change: dict[str, object]) -> None:
    text, rest = parts()
    header = json.loads(text)
    for key, value in change.items():
        header[key] = {**header[key], **value} if isinstance(value, dict) else value
    with pytest.raises(LevelError):
        Level.from_bytes(packed(header, rest))


def test_a_game_makers_kinds_come_back() -> None:
    coin = level().spawns[0]._replace(kind="coin")
    own = dataclasses.replace(level(), own_kinds=("coin",), spawns=(coin,))
    assert Level.from_bytes(own.to_bytes()).equals(own)
    text, rest = parts()
    assert "own_kinds" not in text, "files without any are as they were"
    with pytest.raises(LevelError, match="of no kind"):
        Level.from_bytes(packed(json.loads(text) | {"spawns": [coin], "own_kinds": ["koopa"]}, rest))


def test_a_bomb_is_not_unpacked() -> None:
    body = zlib.compress(bytes(1 << 26))
    for claimed in (1 << 26, 1000):
        data = PREFIX.pack(MAGIC, LEVEL_VERSION, zlib.crc32(body), len(body), claimed) + body
        with pytest.raises(LevelError, match="damaged"):
            Level.from_bytes(data)


@pytest.mark.parametrize(("field", "value"), [("mode", "garden"), ("stage", 0), ("difficulty", 0)])
def test_integers_that_lead_to_no_castle_are_refused_in_one_line(field: str, value: object) -> None:
    text, rest = parts()
    with pytest.raises(LevelError, match=r"mine\.level: not a usable level"):
        Level.from_bytes(packed(json.loads(text) | {field: value}, rest), "mine.level")
