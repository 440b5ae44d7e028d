"""Levels for tests that need no network: laid out and proven as ever, dressed in flat colours."""

from __future__ import annotations

from functools import cache

import numpy as np

from generator.constraints import Constraints
from generator.layout.stages import Stage, build_stage
from generator.level import LEVEL_VERSION, Level, Spawn
from generator.motion import NES_MOTION, AnyMotion, Button, OwnMotion
from generator.motion.mechanisms import (
    BreakableWall,
    CollapsingFloor,
    Key,
    Lock,
    Mechanism,
    MovingPlatform,
    Passage,
)
from generator.nes.palette import BLACK
from generator.nes.roles import BASE, BASE_ROLES, CELLS, SCREEN_PX, TILE, Role
from generator.stream import Built
from generator.tiles.bank import Bank
from tests.drawn.ascii_levels import place_from_ascii

FLAT_COLOURS = (
    0x0F,
    0x0C,
    0x21,
    0x10,
    0x29,
    0x17,
    0x27,
    0x16,
    0x27,
    0x27,
    0x11,
    0x20,
    0x1A,
    0x0C,
    0x07,
    0x30,
    0x15,
)
"""Palette index of each role's flat tile."""


def dress_flat(
    roles: np.ndarray,
    *,
    seed: int = 0,
    stage: int = 1,
    art: int = 0,
    spawns: tuple[Spawn, ...] = (),
    start: tuple[int, int] = (24, 16),
    door: tuple[int, int] = (0, 14),
    certificate: bytes = b"",
    rooms: tuple[tuple[int, int, int, int], ...] | None = None,
    mechanisms: tuple[Mechanism, ...] = (),
) -> Level:
    """A level of these roles whose tile of role r is a flat square with a dark rim; one tile a role."""
    pixels = np.empty((BASE_ROLES, TILE, TILE), np.uint8)
    for role in BASE:
        pixels[role] = FLAT_COLOURS[role]
        pixels[role, 0, :] = pixels[role, :, 0] = BLACK
    behind = np.isin(roles, [Role.SKY, Role.BACKDROP])
    height, width = roles.shape
    bank = Bank(
        pixels=pixels,
        palettes=np.full((4, 4), BLACK, np.uint8),
        palette=np.zeros(BASE_ROLES, np.uint8),
        role=np.arange(BASE_ROLES, dtype=np.uint8),
        quality=np.ones(BASE_ROLES, np.float32),
        provenance=np.array([[seed, 0, r // CELLS, r % CELLS] for r in range(BASE_ROLES)], np.int64),
    )
    return Level(
        version=LEVEL_VERSION,
        seed=seed,
        mode="castle",
        difficulty=1,
        stage=stage,
        art=art,
        network="",
        roles=roles,
        tiles=np.where(behind, -1, roles.astype(np.int16)),
        backdrop=np.where(roles == Role.SKY, -1, Role.BACKDROP).astype(np.int16),
        far=np.full((height, width), int(Role.SKY), np.int16),
        bank=bank,
        rooms=rooms or ((0, 0, width, height),),
        mechanisms=mechanisms,
        spawns=spawns,
        start=start,
        exit=door,
        certificate=certificate,
        motion=NES_MOTION,
    )


def proven(
    seed: int,
    stage: int = 1,
    difficulty: int = 1,
    motion: AnyMotion = NES_MOTION,
    mode: str = "castle",
    *,
    constraints: Constraints | None = None,
) -> Stage:
    """A stage of `build_stage`, proven once for all tests of a process that ask for these integers. Where
    there are constraints, or a motion that is code, it is built anew."""
    if constraints is not None or isinstance(motion, OwnMotion):
        return build_stage(seed, stage, difficulty, motion, mode, constraints=constraints)
    return _proven(seed, stage, difficulty, motion, mode)


_proven = cache(build_stage)


@cache
def proven_level(seed: int, stage: int = 1, art: int = 0) -> Level:
    """A whole stage, as the game gets them but for its art."""
    structure, proof, _ = proven(seed, stage)
    return dress_flat(
        structure.roles,
        seed=seed,
        stage=stage,
        art=art,
        spawns=structure.spawns,
        start=structure.start,
        door=structure.exit,
        certificate=proof.certificate,
        rooms=structure.rooms,
        mechanisms=structure.mechanisms,
    )


@cache
def strip_level(seed: int, columns: int = 80) -> Level:
    """One room, 15 rows high, with tiles of all roles strewn over it; nobody could play it."""
    roles = np.random.default_rng(seed).choice(BASE_ROLES, (15, columns)).astype(np.uint8)
    roles[0, 1] = roles[13:, 0] = Role.SKY  # nobody starts in a wall, and no door is in one
    return dress_flat(roles, seed=seed)


def level_from_ascii(text: str, spawns: tuple[Spawn, ...] = ()) -> Level:
    """A level of a drawing, as in ascii_levels; the rows above it are filled up with sky."""
    place = place_from_ascii(text)
    drawn_rows, width = place.roles.shape
    above = 15 - drawn_rows
    roles = np.full((15, max(16, width)), Role.SKY, np.uint8)
    roles[above:, :width] = place.roles
    down = above * TILE
    door = (place.exit[0], place.exit[1] + above) if place.exit[0] >= 0 else (roles.shape[1] - 1, 2)
    return dress_flat(roles, spawns=spawns, start=(place.start[0], place.start[1] + down), door=door)


HALL = """
################
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#....====......#
#...............
#...............
#.@.............
#######===######
#######^^^######
"""
TOWER = """
################
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#...............
#...............
#...............
#........./#####
#......../.....#
#......./......#
#....../.......#
#...../........#
#..../.........#
#.../..........#
#../...........#
#####\\.........#
#.....\\........#
#......\\.......#
#.......\\......#
.........\\......
..........\\.....
...........\\....
################
################
"""
GALLERY = """
################################
#..............................#
#..............................#
#..............................#
#..............................#
#..............................#
#..............................#
#..............................#
#..............................#
#..........====................#
..............................##
.............................D.#
.............................D.#
################################
################################
"""
CISTERN = """
################
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
#..............#
.............###
.............B.#
.............B.#
####......######
####~~~~~~######
"""
HALL_ROOM, TOWER_ROOM, GALLERY_ROOM, CISTERN_ROOM = range(4)
ROOMS = ((0, 15, 16, 15), (16, 0, 16, 30), (32, 15, 32, 15), (32, 0, 16, 15))
KEY_BIT, LOCK_BIT, WALL_BIT = 1, 2, 3


@cache
def rooms_level() -> Level:
    """Four rooms on a grid of screens, 64x30 tiles, with everything that a place can do:

    a hall with a floor that collapses over spikes; a tower, two screens high, whose flights of stairs lead
    to a cistern with a ferry, the key, and a roast behind a wall; and a gallery, two screens wide, behind a
    lock, with the exit.
    """
    roles = np.full((30, 64), Role.SKY, np.uint8)
    for text, (x, y, width, height) in zip((HALL, TOWER, GALLERY, CISTERN), ROOMS, strict=True):
        roles[y : y + height, x : x + width] = place_from_ascii(text).roles
    roles[roles == Role.SKY] = Role.BACKDROP
    roles[1:9, 33:47] = Role.SKY  # the cistern is open above
    mechanisms = (
        *doorway(HALL_ROOM, TOWER_ROOM, 27),
        *doorway(TOWER_ROOM, GALLERY_ROOM, 27, lock=0),
        *doorway(TOWER_ROOM, CISTERN_ROOM, 12),
        Lock(KEY_BIT, LOCK_BIT),
        Key(CISTERN_ROOM, 43 * TILE + 8, 13 * TILE, KEY_BIT),
        BreakableWall(CISTERN_ROOM, 45, 11, 1, 2, WALL_BIT),
        MovingPlatform(CISTERN_ROOM, 36 * TILE, 13 * TILE, 2, 64, 0, 1),
        CollapsingFloor(HALL_ROOM, 7, 28, 3),
    )
    spawns = (
        Spawn("candle", 5 * TILE + 8, 27 * TILE),
        Spawn("treasure", 13 * TILE + 8, 28 * TILE),
        Spawn("zombie", 18 * TILE + 8, 28 * TILE),
        Spawn("zombie", 28 * TILE, 13 * TILE),
        Spawn("candle", 24 * TILE + 8, 25 * TILE),
        Spawn("roast", 46 * TILE + 8, 13 * TILE),
        Spawn("bat", 44 * TILE, 8 * TILE),
        Spawn("zombie", 34 * TILE, 28 * TILE),
        Spawn("zombie", 50 * TILE, 28 * TILE),
        Spawn("bat", 58 * TILE, 25 * TILE),
        Spawn("treasure", 58 * TILE + 8, 28 * TILE),
    )
    return dress_flat(
        roles, spawns=spawns, start=(40, 28 * TILE), door=(61, 27), rooms=ROOMS, mechanisms=mechanisms
    )


def rooms_route() -> list[int]:
    """A mask a tick, through all rooms of `rooms_level` without enemies: over the floor, up the tower, by
    ferry to the key and the roast, back, and through the lock to the exit."""
    right, left, up, down, jump, whip = (
        int(b) for b in (Button.RIGHT, Button.LEFT, Button.UP, Button.DOWN, Button.JUMP, Button.WHIP)
    )
    holds = (
        (right, 86), (right | jump, 40), (right, 98),  # the hall
        (right, 188), (up, 231), (0, 1), (left, 34), (up, 270), (0, 1), (right, 90),  # the tower
        (right, 40), (0, 115), (right, 14), (0, 77), (right, 45), (whip, 1), (0, 30), (right, 45), (0, 20),
        (left, 268), (down, 280), (right, 30), (down, 240), (right, 550),
    )  # fmt: skip
    return [mask for mask, ticks in holds for _ in range(ticks)]


def doorway(left: int, right: int, row: int, lock: int = -1) -> tuple[Passage, Passage]:
    """A way between two rooms that lie side by side."""
    return Passage(left, 1, row, right, lock), Passage(right, -1, row, left, lock)


def built(seed: int, stage: int = 1, art: int = 0) -> Built:
    """A proven level with two dreams of noise."""
    noise = np.random.default_rng(seed).integers(0, 256, (2, SCREEN_PX, SCREEN_PX, 3), np.uint8)
    return Built(proven_level(seed, stage, art), noise)


@cache
def noise_level() -> Level:
    """A proven stage in five tiles of noise, strewn at random."""
    structure, proof, _ = proven(3, 1)
    height, width = structure.roles.shape
    rng = np.random.default_rng(0)
    return Level(
        version=LEVEL_VERSION,
        seed=3,
        mode="castle",
        difficulty=1,
        stage=1,
        art=0,
        network="ab" * 32,
        roles=structure.roles,
        tiles=rng.integers(-1, 5, (height, width)).astype(np.int16),
        backdrop=rng.integers(-1, 5, (height, width)).astype(np.int16),
        far=rng.integers(-1, 5, (13, 30)).astype(np.int16),
        bank=Bank(
            pixels=rng.integers(0, 64, (5, 16, 16)).astype(np.uint8),
            palettes=rng.integers(0, 64, (4, 4)).astype(np.uint8),
            palette=np.array([0, 1, 2, 3, 0], np.uint8),
            role=np.arange(5, dtype=np.uint8),
            quality=np.linspace(0, 1, 5).astype(np.float32),
            provenance=rng.integers(0, 1 << 62, (5, 4)),
        ),
        rooms=structure.rooms,
        mechanisms=structure.mechanisms,
        spawns=structure.spawns,
        start=structure.start,
        exit=structure.exit,
        certificate=proof.certificate,
        motion=NES_MOTION,
    )
