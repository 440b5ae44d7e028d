"""The options: what they may be, and their file."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from game.session.kept import ASIDE
from game.session.options import Options, options_in, values_of

OTHERS = Options(3, 0, 4, fullscreen=True, speed=70, asks=True, classic=True, shapes=True, buffer=True)


def test_a_file_holds_them(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "options.json"
    kept = options_in(path)
    assert kept.read() is None and not kept.set_aside
    kept.keep(OTHERS)
    kept.wait()
    assert options_in(path).read() == OTHERS


def test_options_of_other_versions_are_read() -> None:
    told = json.dumps({"format": 1, "speed": 80, "smell": 3})
    assert Options.from_bytes(told.encode()) == Options(speed=80)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{}", b"\xff", b"[1]", b"9" * 20_000, json.dumps({"format": 2}).encode(),
        *(
            json.dumps({"format": 1, name: value}).encode()
            for name, value in (
                ("music", 11), ("music", -1), ("music", True), ("music", 2.0), ("scale", 7), ("speed", 55),
                ("fullscreen", 1), ("asks", None), ("classic", "no"), ("effects", [3]),
            )
        ),
    ],
)  # fmt: skip
def test_what_is_none_is_set_aside(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "options.json"
    path.write_bytes(data)
    kept = options_in(path)
    assert kept.read() is None and kept.set_aside
    assert path.with_name(path.name + ASIDE).read_bytes() == data


def test_each_goes_round() -> None:
    for field in fields(Options):
        options, values = Options(), values_of(field.name)
        seen = [getattr(options, field.name)]
        for _ in values:
            options = options.turned(field.name, 1)
            seen.append(getattr(options, field.name))
        assert seen[0] == seen[-1] and set(seen) == set(values)
        assert options.turned(field.name, 1).turned(field.name, -1) == options
    assert Options(scale=16).turned("scale", 1).scale == 1
