"""A played stage as bytes: its level, what the hero brought, a mask a tick. Played again, it is the same."""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import asdict, dataclass

from generator.errors import GanvaniaError
from generator.level import Level

from .hero import Carry
from .world import World

MAGIC = b"GANREPLY"
REPLAY_VERSION = 1
MAX_MASKS = 1 << 20
"""Longest replay, ticks: almost five hours."""
_PREFIX = struct.Struct(
    "<8sHIIII"
)  # magic, version, CRC-32 of the rest, lengths of header, level, packed masks


class ReplayError(GanvaniaError):
    """A replay that cannot be used."""


@dataclass(frozen=True)
class Replay:
    """All that a played stage is made of."""

    level: Level
    carry: Carry
    masks: bytes
    enemies: bool = True

    def play(self) -> World:
        """The world after the last mask."""
        world = World(self.level, carry=self.carry, enemies=self.enemies)
        for mask in self.masks:
            world.step(mask)
        return world

    def to_bytes(self) -> bytes:
        """A file's contents; `from_bytes` is the inverse."""
        header = json.dumps({"carry": asdict(self.carry), "enemies": self.enemies}).encode()
        level, masks = self.level.to_bytes(), zlib.compress(self.masks)
        rest = header + level + masks
        prefix = _PREFIX.pack(MAGIC, REPLAY_VERSION, zlib.crc32(rest), len(header), len(level), len(masks))
        return prefix + rest

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "replay") -> Replay:
        """The replay of these bytes. Raises ReplayError, or LevelError for the level in it."""
        if len(data) < _PREFIX.size or data[: len(MAGIC)] != MAGIC:
            raise ReplayError(f"{name}: no Ganvania replay; give a file that the game has written")
        _, version, crc, header_length, level_length, masks_length = _PREFIX.unpack_from(data)
        if version != REPLAY_VERSION:
            raise ReplayError(
                f"{name}: of version {version}, this game plays {REPLAY_VERSION}; record it anew"
            )
        rest = data[_PREFIX.size :]
        if len(rest) != header_length + level_length + masks_length or zlib.crc32(rest) != crc:
            raise ReplayError(f"{name}: cut off or damaged; copy it again")
        try:
            header = json.loads(rest[:header_length])
            unpacker = zlib.decompressobj()
            masks = unpacker.decompress(rest[header_length + level_length :], MAX_MASKS)
            if unpacker.unconsumed_tail:
                raise ValueError("too many masks")
            carry, enemies = Carry(**header["carry"]), bool(header["enemies"])
        except (ValueError, KeyError, TypeError, zlib.error) as error:
            raise ReplayError(f"{name}: damaged ({error}); copy it again") from error
        level = Level.from_bytes(rest[header_length : header_length + level_length], name)
        return cls(level, carry, masks, enemies)
