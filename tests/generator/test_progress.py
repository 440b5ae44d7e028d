"""What is told of a build, for who waits."""

import pytest

from generator import progress
from generator.layout.stages import build_stage
from generator.proof import search


def test_what_was_told_last_is_read() -> None:
    progress.tell("DREAMING", 3, 35)
    assert progress.told() == "DREAMING 3 OF 35"
    progress.tell("CHOOSING TILES")
    assert progress.told() == "CHOOSING TILES"
    progress.tell("")
    assert progress.told() == ""


def test_a_proof_tells_its_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []

    def tell(what: str, number: int = 0, of: int = 0) -> None:
        progress.tell(what, number, of)
        lines.append(progress.told())

    monkeypatch.setattr(search, "tell", tell)
    rooms = len(build_stage(4711, 1).structure.rooms)
    assert {f"PROVING ROOM {room} OF {rooms}" for room in range(1, rooms + 1)} <= set(lines)
    assert all(len(line) <= progress.MOST_LETTERS for line in lines)
