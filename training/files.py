"""Writes whole files of text, JSON or bytes, with their folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generator.files import write_whole, writing


def write_file(path: Path, data: bytes | str, advice: str = "choose another --out") -> None:
    """Writes a file, whole or not at all; text is UTF-8. Raises WriteError, which ends with the advice."""
    whole = data.encode() if isinstance(data, str) else data
    with writing(path, advice):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, whole, advice)


def write_json(path: Path, value: Any, advice: str = "choose another --out") -> None:
    """Writes a value as JSON; what JSON does not know becomes text. Raises WriteError."""
    write_file(path, json.dumps(value, indent=2, default=str) + "\n", advice)
