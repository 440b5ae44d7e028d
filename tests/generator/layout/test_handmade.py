"""Levels out of files: what is called proven is, and a share code stands only for what it leads to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.__main__ import main
from game.session import Session
from generator.layout.handmade import ONLY_REPLAYED, judge_kept
from generator.level import Level
from generator.level.codes import CastleCode, encode
from generator.motion import NES_MOTION
from generator.nes.roles import Role
from generator.proof import replay
from generator.stream import Built
from tests.drawn.levels import built, proven_level, rooms_level

pytestmark = pytest.mark.slow

SEED = 2


def code_of(level: Level) -> str:
    """What a game shows that plays this level from a file."""
    judgement = judge_kept(level)
    given = Built(judgement.level if judgement else level, built(SEED).dreams[:0])
    return Session(None, given, judgement=judgement).playthrough.code


def walled_off(level: Level) -> Level:
    """Its door in a chamber of its own."""
    roles = np.array(level.roles)
    column, row = level.exit
    door = roles[row - 1 : row + 1, column].copy()
    roles[row - 3 : row + 1, column - 2 : column + 3] = Role.GROUND_FILL
    roles[row - 1 : row + 1, column] = door
    return replace(level, roles=roles)


def test_a_level_as_its_integers_lead_to_it_has_their_code() -> None:
    level = proven_level(SEED)
    assert judge_kept(level) is None
    assert code_of(level) == encode(CastleCode(SEED))


@pytest.mark.parametrize("which", ["none", "another", "longer"])
def test_a_certificate_that_leads_elsewhere_is_none_and_another_is_found(which: str) -> None:
    level = proven_level(SEED)
    certificates = {"none": b"", "another": b"\x01" * 90, "longer": level.certificate + b"\x00"}
    judgement = judge_kept(replace(level, certificate=certificates[which]))
    assert judgement is not None and judgement.proven and ONLY_REPLAYED not in judgement.remarks
    assert replay(judgement.level, NES_MOTION, judgement.level.certificate)


def test_a_level_without_a_way_is_not_proven_whatever_its_certificate() -> None:
    judgement = judge_kept(walled_off(proven_level(SEED)))
    assert judgement is not None and not judgement.proven
    assert not judgement.level.certificate and "gets stuck" in judgement.remarks[0]


def test_dream_rooms_out_of_a_file_keep_the_code_that_checks_them() -> None:
    level = replace(proven_level(SEED), mode="dream")
    assert judge_kept(level) is None and judge_kept(replace(level, certificate=b"")) is not None


@pytest.mark.parametrize(
    "what",
    ["seed", "difficulty", "mode", "stage", "spawns", "motion"],
)
def test_what_no_code_leads_to_has_none_though_it_is_proven(what: str) -> None:
    plain = proven_level(SEED)
    changed: dict[str, object] = {
        "seed": SEED + 1,
        "difficulty": 2,
        "mode": "endless",
        "stage": 7,
        "spawns": plain.spawns[1:],
        "motion": replace(NES_MOTION, whip_ticks=NES_MOTION.whip_ticks + 1),
    }
    level = replace(plain, **{what: changed[what]})  # type: ignore[arg-type]
    judgement = judge_kept(level)
    assert judgement is not None and judgement.proven
    assert judgement.remarks == (ONLY_REPLAYED,), "which of the two was checked"
    assert code_of(level) == ""


def test_nobody_starts_within_a_wall() -> None:
    with pytest.raises(ValueError, match="the start is inside a wall at column 0, row 27"):
        replace(rooms_level(), start=(1, 448))


@pytest.mark.parametrize("good", [True, False])
def test_a_level_file_is_played_proven_or_not(
    good: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    level = proven_level(SEED) if good else walled_off(proven_level(SEED))
    path = tmp_path / "kept.level"
    path.write_bytes(level.to_bytes())
    assert main(["--headless", "--mute", "--level", str(path), "--ticks", "5"]) == 0
    told = capsys.readouterr()
    result = json.loads(told.out.splitlines()[-1])
    assert result["proven"] is good and bool(result["code"]) is good
    assert (f"{path}: unproven: the hero gets stuck at" in told.err) is not good
