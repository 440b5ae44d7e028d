"""Frames: what is sent comes out again, and what is broken is told from the end."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
import pytest

from generator.level import LevelError
from generator.look.blend import Blend
from generator.stream.frames import BrokenFrame, read_frame, write_frame
from generator.stream.parcel import unpack_built, write_built
from tests.drawn.levels import built


def test_frames_survive_the_way() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, {"level": 3}, b"abc", np.arange(4, dtype=np.uint8))
    write_frame(pipe, {})
    pipe.seek(0)
    assert read_frame(pipe) == ({"level": 3}, b"abc\0\1\2\3")
    assert read_frame(pipe) == ({}, b"")
    assert read_frame(pipe) is None


@pytest.mark.parametrize(
    "data",
    [
        b"abc",
        b"\5\0\0\0\0\0\0\0{}",
        b"\xff" * 8,
        b"\2\0\0\0\0\0\0\0[]",
        b"\2\0\0\0\0\0\0\0}{",
        b"\2\0\0\0\1\0\0\0{}",
    ],
)
def test_broken_frames_are_told_from_the_end(data: bytes) -> None:
    with pytest.raises(BrokenFrame):
        read_frame(io.BytesIO(data))


def test_a_level_its_dreams_and_its_melt_survive_the_way() -> None:
    sent = built(11)
    blend = Blend(sent.level.bank.pixels[::-1].copy(), sent.level.bank.palettes[::-1].copy())
    pipe = io.BytesIO()
    write_built(pipe, dataclasses.replace(sent, melt=(blend, blend)))
    pipe.seek(0)
    frame = read_frame(pipe)
    assert frame is not None
    header, body = frame
    came = unpack_built(header, body, "it")
    assert came.level.equals(sent.level) and np.array_equal(came.dreams, sent.dreams)
    for here in came.melt:
        assert np.array_equal(here.pixels, blend.pixels) and np.array_equal(here.palettes, blend.palettes)
    assert len(came.melt) == 2
    with pytest.raises(LevelError, match=r"^it: "):
        unpack_built(header, b"x" + body, "it")
    with pytest.raises(ValueError):
        unpack_built(header, body[:-1], "it")
