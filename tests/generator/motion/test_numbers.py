"""The numbers of a motion: plain data, and what the collision could not follow is refused."""

from __future__ import annotations

import pytest

from generator.motion import (
    Motion,
)


def test_motions_travel_as_plain_data() -> None:
    motion = Motion(name="mine", air_control=True, walk_sub=300)
    assert Motion.from_dict(motion.to_dict()) == motion
    for bad in ("1", True, 1.5, 9999, None, [1]):
        with pytest.raises(ValueError):
            Motion.from_dict({"walk_sub": bad})
    for name, value in (("speed", 1), ("jump_curve_px", [1.5]), ("jump_curve_px", [0] * 1000)):
        with pytest.raises(ValueError):
            Motion.from_dict({name: value})


@pytest.mark.parametrize(
    "bad",
    [
        {"jump_curve_px": ()}, {"jump_curve_px": (9,)}, {"fall_max_px": 9}, {"walk_sub": -1},
        {"half_width_px": 1}, {"height_px": 64}, {"long_fall_ticks": 1 << 30}, {"whip_ahead_px": (1,)},
        {"buffer_ticks": 0},
    ],
)  # fmt: skip
def test_a_motion_that_the_collision_cannot_follow_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Motion(**bad)  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"coyote_ticks": 40}, {"coyote_ticks": -1}, {"landing_ticks": -1}])
def test_ticks_that_the_tables_cannot_hold(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="ticks"):
        Motion(**wrong)  # type: ignore[arg-type]
