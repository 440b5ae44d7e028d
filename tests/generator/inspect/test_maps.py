"""Maps of stages: a picture without any network, with everything worth finding on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generator.inspect.maps import (
    CELL_PX,
    DOOR_INK,
    EXIT_INK,
    KEY_INK,
    LOCK_INK,
    NOTHING,
    PATH_INK,
    START_INK,
    WALL_INK,
    map_sheet,
    stage_map,
)
from generator.layout.stages import Stage
from generator.levels import main
from tests.drawn.levels import proven


def where(picture: Image.Image, ink: tuple[int, int, int]) -> np.ndarray:
    """bool[h, w]"""
    return np.asarray((np.asarray(picture) == ink).all(2))


@pytest.fixture(scope="module")
def stage() -> Stage:
    return proven(11, 1)


def test_a_map_shows_what_a_stage_is(stage: Stage) -> None:
    structure, proof, _ = stage
    picture = stage_map(structure, proof.certificate)
    height, width = structure.roles.shape
    assert picture.size == (width * CELL_PX, height * CELL_PX)
    for ink in (DOOR_INK, LOCK_INK, KEY_INK, START_INK, EXIT_INK, WALL_INK):
        assert where(picture, ink).any(), ink
    for x, y, w, h in structure.rooms:
        area = np.s_[y * CELL_PX + 1 : (y + h) * CELL_PX - 1, x * CELL_PX + 1 : (x + w) * CELL_PX - 1]
        assert not where(picture, NOTHING)[area].any(), "rooms are full"
    entered = [
        where(picture, PATH_INK)[y * CELL_PX : (y + h) * CELL_PX, x * CELL_PX : (x + w) * CELL_PX].any()
        for x, y, w, h in structure.rooms
    ]
    on_the_way = [room.purpose in ("start", "way", "boss", "exit", "key") for room in structure.plan.rooms]
    assert entered == on_the_way, "the certificate fetches the key and nothing else"


def test_equal_stages_have_equal_maps_and_no_way_is_no_line(stage: Stage) -> None:
    structure, proof, _ = stage
    one, two = (stage_map(structure, proof.certificate) for _ in range(2))
    assert one.tobytes() == two.tobytes()
    assert not where(stage_map(structure, b""), PATH_INK).any()


def test_a_sheet_holds_all_maps() -> None:
    maps = [(str(n), Image.new("RGB", (30 + n, 20 + n), (200, 0, n))) for n in range(6)]
    sheet = map_sheet(maps)
    for n in range(6):
        assert where(sheet, (200, 0, n)).sum() == (30 + n) * (20 + n)


def test_the_command_needs_no_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "maps.png"
    assert main(["--seeds", "8,11", "--maps", str(out), "--model", "no-such.onnx"]) == 0
    assert capsys.readouterr().out.strip() == str(out)
    with Image.open(out) as picture:
        assert picture.width > 2 * 12 * 16 * CELL_PX // 4
    assert main(["--seeds", "3", "--maps", str(tmp_path / "no" / "maps.png")]) == 2
    told = capsys.readouterr().err
    assert "there is no folder" in told and "another --maps" in told
