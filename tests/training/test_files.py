"""Files that are written whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.files import WriteError
from training.files import write_file, write_json


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(tmp_path / "new" / "file", "old")

    def fail(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WriteError, match=r"file: cannot be written \(disk full\); make room"):
        write_file(tmp_path / "new" / "file", b"new", "make room")
    assert [(path.name, path.read_text()) for path in (tmp_path / "new").iterdir()] == [("file", "old")]


def test_json_takes_paths(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"path": tmp_path, "n": 1})
    assert json.loads((tmp_path / "a.json").read_text()) == {"path": str(tmp_path), "n": 1}
