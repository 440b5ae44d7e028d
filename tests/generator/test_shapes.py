"""What a level can be asked for: said once, and the same for a key as for the Dreamer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.dreamer import Dreamer
from generator.errors import GanvaniaError
from generator.layout.plan import WINGS
from generator.level.codes import MODES, UNCODED
from generator.shapes import SHAPES, STREAMED, THEMES
from generator.stream import LevelKey
from generator.stream.key import check_key

WRONG = [
    {"seed": -1}, {"seed": "seven"}, {"seed": True}, {"stage": 9}, {"stage": 0}, {"difficulty": 0},
    {"art": -1},
    {"shape": "stripe"}, {"width": 8}, {"shape": "strip", "width": 65}, {"shape": "strip", "theme": "moon"},
    {"shape": "dream", "theme": "cave"}, {"shape": "room", "width": 1.5},
]  # fmt: skip


def test_themes_are_the_wings_and_shapes_the_modes_of_levels() -> None:
    assert tuple(WINGS) == THEMES
    assert set(STREAMED) == {*SHAPES, "endless"} == {*MODES, *UNCODED} - {"custom"}


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_key_is_refused_in_the_words_of_the_dreamer(wrong: dict[str, Any]) -> None:
    with pytest.raises(GanvaniaError, match=r"^[a-z]+: [^\n]*$") as of_the_dreamer:
        Dreamer("no such file.onnx").level(**{"seed": 7} | wrong)
    with pytest.raises(GanvaniaError) as of_the_key:
        check_key(LevelKey(**{"seed": 7} | wrong))
    there, here = str(of_the_dreamer.value), str(of_the_key.value)
    assert here.removesuffix(", endless") == there
    assert here.startswith(list(wrong)[-1])


def test_a_key_has_a_shape_under_both_its_names() -> None:
    key = LevelKey(7, shape="strip", width=8)
    assert key == LevelKey(7, mode="strip", width=8) == LevelKey(7, 1, 0, 1, "strip", 8)
    assert key.shape == key.mode == "strip"
    assert key._replace(art=1) == LevelKey(7, art=1, shape="strip", width=8)
    assert json.loads(json.dumps(check_key(key))) == [7, 1, 0, 1, "strip", 8, ""]


def test_what_is_no_key_is_told_what_one_is() -> None:
    for wrong in (7, (7, 1), "7", None):
        with pytest.raises(GanvaniaError, match=r"^keys: .* is no LevelKey; write a list, such as"):
            check_key(wrong)
