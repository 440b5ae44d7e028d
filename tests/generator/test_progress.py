"""What is told of a build, for who waits."""

import json

import pytest

from generator import progress
from generator.layout.stages import build_stage
from generator.progress import NOTHING, Doing, doing_of
from generator.proof import search


def test_what_was_told_last_is_read() -> None:
    progress.tell("dreaming", 3, 35)
    assert progress.told() == Doing("dreaming", 3, 35)
    progress.tell("choosing")
    assert progress.told() == Doing("choosing")
    progress.tell("")
    assert progress.told() == NOTHING


@pytest.mark.parametrize(
    "told", [None, "DREAMING", ["dreaming"], ["sleeping", 1, 2], ["dreaming", "1", 2], {}]
)
def test_a_strange_worker_tells_nothing(told: object) -> None:
    assert doing_of(told) == NOTHING


def test_a_proof_tells_its_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Doing] = []

    def tell(what: str, number: int = 0, of: int = 0) -> None:
        progress.tell(what, number, of)
        told.append(progress.told())

    monkeypatch.setattr(search, "tell", tell)
    rooms = len(build_stage(4711, 1).structure.rooms)
    assert {Doing("proving", room, rooms) for room in range(1, rooms + 1)} <= set(told)
    assert all(doing_of(json.loads(json.dumps(doing))) == doing for doing in told)
