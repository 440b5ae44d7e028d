"""What game makers ask of levels: that it is kept to, and that what cannot be is told by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from generator.constraints import HARDEST, ConstraintError, Constraints
from generator.layout.plan import LEAST_WHOLE
from generator.layout.single import build_room
from generator.layout.stages import build_stage
from generator.layout.strips import build_strip
from generator.layout.structure import Structure
from generator.level.level import SPAWN_KINDS
from generator.motion import NES_MOTION
from generator.motion.mechanisms import Key, Lock, MovingPlatform, Passage
from generator.nes.roles import SOLID, TILE, Role

OWN = Constraints(spawns={"walker": "ground", "flyer": "air", "swimmer": "water"})


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"water": 1}, "water: 1 is neither"),
        ({"locks": None}, "locks: None is neither"),
        ({"lifts": 0}, "lifts: 0 is neither"),
        ({"spawns": ["x"]}, "spawns: write a dict of kinds and needs"),
        ({"rooms": 7}, "rooms: write a tuple"),
        ({"most_screens": 0}, "most_screens: 0 is no whole number from 1 to 65536"),
        ({"most_screens": 2.5}, "most_screens: 2.5 is no whole number"),
        ({"rooms": "cave"}, "rooms: write a tuple"),
        ({"spawns": {"Goomba": "ground"}}, "spawns: 'Goomba' is no name"),
        ({"spawns": {"bat": "air"}}, "spawns: 'bat' is a kind of Ganvania's own"),
        ({"spawns": {"goomba": "lava"}}, "spawns: 'goomba' needs 'lava'; write ground, air, water"),
        ({"spawns": {f"kind{n}": "air" for n in range(65)}}, "spawns: 65 kinds; a level has 64"),
        ({"spawns": {"cheep": "water"}, "water": False}, "spawns: 'cheep' needs water, and water=False"),
        ({"curve": ()}, "curve: write a function"),
        ({"curve": [0, 7]}, "curve: 7 is no number from 0 to 6"),
    ],
)
def test_what_says_nothing_is_refused_by_its_name(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ConstraintError, match=r"^[^\n]*$") as caught:
        Constraints(**wrong)
    assert str(caught.value).startswith(told)


def test_a_curve_is_by_stage_in_castles_and_along_the_way_in_strips() -> None:
    listed, drawn = Constraints(curve=[0, 3, 6]), Constraints(curve=lambda at: HARDEST * min(at, 1))
    assert [listed.hard_in(stage) for stage in (1, 2, 3, 9)] == [0, 3, 6, 6]
    assert [listed.hard_at(part, 6) for part in range(6)] == [0, 0, 3, 3, 6, 6]
    assert [drawn.hard_at(part, 3) for part in range(3)] == [0, 3, 6]
    assert Constraints().hard_in(1) is Constraints().hard_at(0, 1) is None
    with pytest.raises(ConstraintError, match=r"^curve: 'x' is no number"):
        Constraints(curve=lambda _: "x").hard_in(1)  # type: ignore[arg-type, return-value]


@pytest.mark.slow
@pytest.mark.parametrize("most", [4, 6, 9, 10, 13])
def test_a_castle_without_water_and_locks_in_few_screens(most: int) -> None:
    built = build_stage(most, 4, constraints=Constraints(water=False, locks=False, most_screens=most))
    structure = built.structure
    assert structure.plan.screens <= most
    assert not (structure.roles == Role.WATER).any()
    assert not any(isinstance(m, Lock | Key) for m in structure.mechanisms)
    assert built.proof.proven


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 5, 8])
def test_nothing_that_moves_opens_and_crumbles(seed: int) -> None:
    """What an engine cannot do is left out, and all of it is proven at the first go."""
    bare = Constraints(lifts=False, stairs=False, crumbling=False, breakable=False)
    for built in (
        build_stage(seed, 1 + seed % 6, constraints=bare),
        build_strip(seed, 8, "works", constraints=bare),
        build_room(seed, None, "keep", constraints=replace(bare, rooms=("stairwell",))),
    ):
        structure = built.structure
        left = {type(m) for m in structure.mechanisms}
        assert left <= {Passage, Lock, Key}
        assert not np.isin(structure.roles, [Role.STAIRS_RIGHT, Role.STAIRS_LEFT, Role.BREAKABLE]).any()
        assert built.proof.proven and not built.repairs


@pytest.mark.slow
def test_without_a_lift_there_is_a_bridge_where_it_went() -> None:
    seed = next(s for s in range(30) if any(isinstance(m, MovingPlatform) for m in _works(s).mechanisms))
    with_lift, without = _works(seed), _works(seed, Constraints(lifts=False))
    lift = next(m for m in with_lift.mechanisms if isinstance(m, MovingPlatform))
    left, top, right, _ = (px // TILE for px in lift.sweep_px)
    assert (without.roles[top, left:right] == Role.PLATFORM).all()


def _works(seed: int, constraints: Constraints | None = None) -> Structure:
    return build_strip(seed, 6, "works", constraints=constraints).structure


@pytest.mark.slow
def test_what_is_allowed_does_not_have_to_be() -> None:
    plain = build_stage(3, 1).structure
    assert build_stage(3, 1, constraints=Constraints()).structure.roles.tobytes() == plain.roles.tobytes()
    dry = build_stage(3, 1, constraints=Constraints(water=False)).structure
    wet = plain.roles == Role.WATER
    assert wet.any()
    assert (dry.roles == plain.roles)[~wet].mean() > 0.99, "but for the water, and those who lived in it"


@pytest.mark.parametrize(
    "kinds", [("courtyard", "cave", "vestibule"), ("hall", "tower"), ("chapel", "planks"), ("arena",)]
)
def test_a_castle_of_ones_own_rooms(kinds: tuple[str, ...]) -> None:
    built = build_stage(5, 1, constraints=Constraints(rooms=kinds))
    assert tuple(room.kind for room in built.structure.plan.rooms) == kinds
    assert built.proof.proven


def test_kinds_that_do_not_fit_are_told() -> None:
    cellar = Constraints(rooms=("cellar",))
    with pytest.raises(ConstraintError, match=r"^rooms: 'cellar' cannot be here; write courtyard, "):
        build_stage(1, 1, constraints=cellar)
    with pytest.raises(ConstraintError, match=r"^rooms: 'tower' cannot be here"):
        build_strip(1, 4, "gate", constraints=Constraints(rooms=("tower",)))
    with pytest.raises(ConstraintError, match=r"^rooms: 2 kinds do not fit into a strip of 1"):
        build_strip(1, 1, "gate", constraints=Constraints(rooms=("cave", "bridge")))
    with pytest.raises(ConstraintError, match=r"^rooms: a room has one kind, not 2"):
        build_room(1, None, "gate", constraints=Constraints(rooms=("cave", "bridge")))
    with pytest.raises(ConstraintError, match=r"^width: a room of kind 'hall' has 2, not 5"):
        build_room(1, 5, "gate", constraints=Constraints(rooms=("hall",)))


def test_too_few_screens_are_told() -> None:
    with pytest.raises(ConstraintError, match=rf"^most_screens: 3 are too few .* {LEAST_WHOLE}$"):
        build_stage(1, 1, constraints=Constraints(most_screens=3))
    with pytest.raises(ConstraintError, match=r"^most_screens: these rooms have 3 screens at least, not 2"):
        build_stage(1, 1, constraints=Constraints(most_screens=2, rooms=("cave", "arena")))
    with pytest.raises(ConstraintError, match=r"^most_screens: 5 screens were asked for, and 4 are the most"):
        build_strip(1, 5, "gate", constraints=Constraints(most_screens=4))


@pytest.mark.parametrize("seed", range(3))
def test_own_spawns_stand_where_they_need_to(seed: int) -> None:
    structure = build_strip(seed, 10, "cave", constraints=OWN).structure
    for kind, x_px, y_px, _ in structure.spawns:
        here, below = (
            Role(int(structure.roles[row, x_px // TILE])) for row in (y_px // TILE - 1, y_px // TILE)
        )
        if kind == "walker":
            assert below in SOLID
        elif kind == "swimmer":
            assert here == Role.WATER
        elif kind == "flyer":
            assert here in (Role.SKY, Role.BACKDROP)
        else:
            assert kind == "candle"
    assert not OWN.lacking(structure.spawns)


def test_a_spawn_that_finds_no_place_is_told() -> None:
    dry = Constraints(spawns={"cheep": "water"}, rooms=("arena",))
    with pytest.raises(
        ConstraintError, match=r"^spawns: 'cheep' needs water, and in 24 plans there was none"
    ):
        build_room(1, None, "gate", constraints=dry)


def test_a_curve_makes_a_strip_harder_on_its_way() -> None:
    counts = {"easy": 0, "hard": 0}
    for seed in range(6):
        spawns = build_strip(seed, 8, "gate", 1, 1, NES_MOTION, Constraints(curve=[0, 6])).structure.spawns
        for spawn in spawns:
            if spawn.kind != "candle":
                counts["easy" if spawn.x_px < 4 * 16 * TILE else "hard"] += 1
    assert counts["hard"] > 1.5 * counts["easy"] > 0


def test_own_names_are_none_of_ours() -> None:
    assert not OWN.spawns.keys() & SPAWN_KINDS
    assert OWN.kinds_of("water") == ("swimmer",)
