"""The run that was left half-way, as a file."""

import json
import os
from pathlib import Path

import pytest

from game.session.kept import ASIDE
from game.session.runs import Run, runs_in
from game.world.hero import Carry
from generator.level.codes import CastleCode, encode

RUN = Run(encode(CastleCode(9, stage=4)), "STAGE 04", Carry(900, 2, 17, 3, 11, "axe", 2), classic=True)


def test_what_was_kept_is_read(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "run.json"
    runs = runs_in(path)
    assert runs.read() is None
    runs.keep(RUN)
    runs.wait()
    assert runs_in(path).read() == RUN
    runs.keep(None)
    runs.wait()
    assert runs_in(path).read() is None and not path.exists()


def test_without_a_path_nothing_is_kept() -> None:
    runs = runs_in(None)
    runs.keep(RUN)
    assert runs.read() is None


TOLD = json.loads(RUN.to_bytes())


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x00\xff", b"[]", b"{" * 9000, b"null",
        json.dumps(TOLD | {"level_version": 1}).encode(),
        json.dumps(TOLD | {"code": "C000-0075"}).encode(),
        json.dumps(TOLD | {"code": encode(CastleCode(9, stage=7))}).encode(),
        json.dumps(TOLD | {"carry": {}, "title": None, "classic": []} | {"code": 3}).encode(),
        json.dumps(TOLD | {"carry": TOLD["carry"] | {"lives": -1}}).encode(),
        json.dumps(TOLD | {"carry": TOLD["carry"] | {"hearts": 1e9}}).encode(),
        json.dumps(TOLD | {"carry": TOLD["carry"] | {"weapon": "gun"}}).encode(),
        json.dumps(TOLD | {"carry": TOLD["carry"] | {"gun": 1}}).encode(),
    ],
)  # fmt: skip
def test_a_broken_file_is_set_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "run.json"
    path.write_bytes(data)
    assert runs_in(path).read() is None
    assert not path.exists() and path.with_name("run.json" + ASIDE).read_bytes() == data


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_refuses_stops_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    runs = runs_in(tmp_path / "run.json")
    runs.keep(RUN)
    runs.wait()
