"""The kits that ship, read from kits.toml: which rectangles of the art packs make which motifs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..corpus import CorpusError

Rectangle = tuple[str, int, int, int, int]
"""An art file, and x, y, width and height in px."""


@dataclass(frozen=True)
class Pack:
    """Who made a folder of art, and on what terms."""

    folder: str
    licence: str
    credits: str


@dataclass(frozen=True)
class Kit:
    """The motifs of one imaginary world; what it lacks, the painter draws."""

    name: str
    pack: Pack
    motifs: Mapping[str, tuple[Rectangle, ...]] = field(repr=False)
    """A game takes one of a motif's rectangles."""
    held_out: bool = False

    def files(self) -> frozenset[str]:
        """The art files that it needs."""
        return frozenset(part[0] for parts in self.motifs.values() for part in parts)


def read_kits(path: Path) -> tuple[Kit, ...]:
    """The kits of a table, whose head says what it holds. Raises CorpusError where one cannot be read."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        packs = {folder: Pack(folder, **told) for folder, told in table["packs"].items()}
        kits = tuple(_kit(entry, packs, table) for entry in table["kits"])
        if len({kit.name for kit in kits}) < len(kits):
            raise ValueError("two kits have the same name")
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CorpusError(f"{path}: no table of kits ({error!r}); restore it") from error
    return kits


def _kit(entry: dict[str, Any], packs: dict[str, Pack], table: dict[str, Any]) -> Kit:
    """One kit: its own motifs, then those of its groups."""
    motifs: dict[str, tuple[Rectangle, ...]] = {}
    for some in (entry["motifs"], *(table["groups"][name] for name in entry.get("groups", ()))):
        if twice := motifs.keys() & some.keys():
            raise ValueError(f"{entry['name']} has {', '.join(twice)} twice")
        motifs |= {name: tuple(_rectangle(part, table["files"]) for part in some[name]) for name in some}
    return Kit(entry["name"], packs[entry["pack"]], motifs, entry.get("held_out", False))


def _rectangle(text: str, files: dict[str, str]) -> Rectangle:
    file, x, y, width, height = text.split()
    return files[file], int(x), int(y), int(width), int(height)


KITS = read_kits(Path(__file__).with_name("kits.toml"))
"""All kits; no two have the same name."""
