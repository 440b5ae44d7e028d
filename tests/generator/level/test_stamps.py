"""Codes of dream rooms: they say who dreamed them and what came of it, and notice where it is another."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest

from generator.level.codes import CastleCode, decode, encode
from generator.level.stamps import (
    OtherNetworkError,
    check_network,
    code_of,
    file_sha256,
    grid_stamp,
    is_of,
    network_stamp,
)
from generator.nes.roles import Role
from tests.drawn.levels import proven_level


def test_a_castle_s_code_says_no_more_than_its_integers() -> None:
    assert code_of(proven_level(3)) == CastleCode(3)


def test_a_dream_s_code_says_its_network_and_its_grid() -> None:
    level = dataclasses.replace(proven_level(3), mode="dream", network="a1b2c3" + "0" * 58)
    castle = code_of(level)
    assert castle.network == 0xA1B2C and castle.grid == grid_stamp(level)
    assert decode(encode(castle)) == castle
    assert is_of(castle, level) and is_of(CastleCode(3, "dream"), level)
    roles = level.roles.copy()
    roles[5, 5] = Role.GROUND_FILL if roles[5, 5] != Role.GROUND_FILL else Role.SKY
    other = dataclasses.replace(level, roles=roles)
    assert not is_of(castle, other) and code_of(other).network == castle.network
    painted = level.roles.copy()
    painted[level.roles == Role.SKY] = Role.BACKDROP
    assert is_of(castle, dataclasses.replace(level, roles=painted)), "no body feels the difference"


def test_no_stamp_is_nought() -> None:
    assert network_stamp("0" * 64) == 1 and network_stamp("") == 0


def test_a_code_of_another_network_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "mine.onnx"
    model.write_bytes(b"a network")
    mine = network_stamp(hashlib.sha256(b"a network").hexdigest())
    check_network(CastleCode(7, "dream", network=mine, grid=5), model)
    check_network(CastleCode(7, "dream"), model)
    check_network(CastleCode(7), model)
    check_network(CastleCode(7, "dream", network=mine ^ 1), tmp_path / "missing.onnx")
    with pytest.raises(OtherNetworkError, match=r"another network than .*mine\.onnx; .*--model"):
        check_network(CastleCode(7, "dream", network=mine ^ 1), model)
    with pytest.raises(OtherNetworkError, match=r"dream\.onnx"):
        check_network(CastleCode(7, "dream", network=mine), None)


def test_a_network_is_read_once_for_many_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tmp_path / "mine.onnx"
    model.write_bytes(b"a network")
    once = file_sha256(model)
    monkeypatch.setattr(hashlib, "sha256", None)
    assert file_sha256(model) == once
    monkeypatch.undo()
    model.write_bytes(b"another network")
    assert file_sha256(model) == hashlib.sha256(b"another network").hexdigest()
