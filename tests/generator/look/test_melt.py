"""Melts: the blends between two arts, how they come from the worker, and that the game plays on below."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest

from game.screen import SpriteSheet, View
from game.screen.scenery import Scenery
from game.screen.strips import Strips
from game.session import Command, Phase
from game.session.melting import LEAD_TICKS, STEP_TICKS, Dress, Melting, can_melt
from game.session.route import next_castle
from game.world import World
from game.world.camera import VIEW_SIZE
from generator.dream.network import Generator, NetworkError, Networks
from generator.dream.z import z_of
from generator.level import Level
from generator.look.blend import Blend
from generator.look.melt import MIDDLE_STEP, STEPS, between, melt, way
from generator.motion import Button
from generator.nes.palette import quantise
from generator.nes.roles import TILE
from generator.stream import Built, LevelKey, LevelStream, build_level
from generator.stream.worker import _Builder
from generator.tiles.colours import to_palette
from tests.drawn.levels import built, proven_level
from tests.drawn.sessions import FakeStream, playing
from tests.drawn.waiting import wait_until

pytestmark = pytest.mark.slow

MELT_TICKS = LEAD_TICKS + STEPS * STEP_TICKS - 1
"""From the tick of the press to the new level as it is."""
RIGHT, JUMP = int(Button.RIGHT), int(Button.JUMP)


@pytest.fixture(scope="module")
def arts(small_networks: Networks) -> tuple[Level, Level]:
    """A stage in two arts."""
    old, new = (build_level(12, art=art, networks=small_networks).level for art in (0, 1))
    return old, new


class Counting:
    """A generator that remembers how often it dreamed."""

    def __init__(self, generator: Generator) -> None:
        self.sha256, self.latent, self.dreams = generator.sha256, generator.latent, 0
        self._generator = generator

    def dream(self, z: np.ndarray) -> np.ndarray:
        self.dreams += len(z)
        return self._generator.dream(z)


# The blends.


def test_the_way_between_two_z_keeps_their_length() -> None:
    a, b = z_of(1 << 8, 100), z_of(2 << 8, 100)
    assert np.allclose(between(a, b, 0.0), a, atol=1e-5) and np.allclose(between(a, b, 1.0), b, atol=1e-5)
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    for step in range(STEPS + 1):
        assert min(lengths) - 1e-4 <= np.linalg.norm(between(a, b, step / STEPS)) <= max(lengths) + 1e-4
    assert [way(step) for step in (0, MIDDLE_STEP, STEPS)] == pytest.approx([0.0, 0.5, 1.0])
    assert np.allclose(between(a, a, 0.3), a) and np.isfinite(between(a, -a, 0.5)).all()


def test_every_look_keeps_the_rules_of_its_level(arts: tuple[Level, Level], small_networks: Networks) -> None:
    old, new = arts
    blends = melt(old, new, small_networks.generator)
    assert len(blends) == STEPS - 1
    for step, blend in enumerate(blends, 1):
        level = old if step < MIDDLE_STEP else new
        # Level's own checks know the shapes and bounds.
        shown = dataclasses.replace(level.bank, pixels=blend.pixels, palettes=blend.palettes)
        assert (shown.palettes[:, 0] == level.bank.palettes[0, 0]).all()
        for tile, number in zip(shown.pixels, shown.palette, strict=True):
            assert np.isin(tile, shown.palettes[number]).all()


def test_it_begins_and_ends_at_the_cells_of_the_two_levels(
    arts: tuple[Level, Level], small_networks: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a level to itself nothing but the sub-palettes may move."""
    monkeypatch.setattr("generator.look.melt.MOST_SCREENS", 99)
    generator = small_networks.generator
    for level in arts:
        for blend in melt(level, level, generator):
            for tile in range(len(level.bank)):
                z_seed, _, row, column = (int(n) for n in level.bank.provenance[tile])
                screen = quantise(generator.dream(z_of(z_seed, generator.latent)[None])[0])
                cell = screen[row * TILE : (row + 1) * TILE, column * TILE : (column + 1) * TILE]
                palette = blend.palettes[level.bank.palette[tile]]
                if np.isin(tile, level.tiles) or np.isin(tile, level.backdrop):
                    assert np.array_equal(blend.pixels[tile], to_palette(cell, palette))


def test_the_same_levels_melt_in_the_same_way(arts: tuple[Level, Level], small_networks: Networks) -> None:
    first, second = (melt(*arts, small_networks.generator) for _ in range(2))
    for one, other in zip(first, second, strict=True):
        assert np.array_equal(one.pixels, other.pixels) and np.array_equal(one.palettes, other.palettes)


def test_only_the_screens_most_seen_are_dreamed(
    arts: tuple[Level, Level], small_networks: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.look.melt.MOST_SCREENS", 1)
    counting = Counting(small_networks.generator)
    blends = melt(*arts, counting)  # type: ignore[arg-type]  # it behaves as a Generator does
    assert counting.dreams == STEPS - 1
    old, blend = arts[0], blends[0]
    moved = {
        int(z_seed)
        for z_seed, tile, number, shown in zip(
            old.bank.provenance[:, 0], old.bank.pixels, old.bank.palette, blend.pixels, strict=True
        )
        if not np.array_equal(to_palette(tile, blend.palettes[number]), shown)
    }
    assert len(moved) <= 1 < len(set(old.bank.provenance[:, 0])), "the others stay as they were"


def test_another_stage_or_network_does_not_melt(arts: tuple[Level, Level], small_networks: Networks) -> None:
    old, new = arts
    assert melt(dataclasses.replace(old, network="0" * 64), new, small_networks.generator) == ()
    assert melt(old, dataclasses.replace(new, network=""), small_networks.generator) == ()
    roles = new.roles.copy()
    roles[0, 0] = 0 if roles[0, 0] else 1
    assert melt(old, dataclasses.replace(new, roles=roles), small_networks.generator) == ()


# From the worker.


@pytest.fixture
def stream(network_files: tuple[Path, Path]) -> Iterator[LevelStream]:
    with LevelStream(network_files[0], roles=network_files[1]) as opened:
        yield opened


def test_the_worker_sends_the_melt_from_what_is_shown(
    stream: LevelStream, arts: tuple[Level, Level], small_networks: Networks
) -> None:
    shown, key = LevelKey(12), LevelKey(12, art=1)
    stream.want([shown, key])
    wait_until(stream, lambda: stream.ready(shown) and stream.ready(key))
    plain = stream.take(shown), stream.take(key)
    assert [one.melt for one in plain if one] == [(), ()], "nothing is shown yet"
    stream.want([LevelKey(8), key], shown)
    wait_until(stream, lambda: stream.ready(LevelKey(8)) and stream.ready(key))
    other, redreamed = stream.take(LevelKey(8)), stream.take(key)
    assert other is not None and other.melt == ()
    assert redreamed is not None and redreamed.level.equals(arts[1])
    for came, here in zip(redreamed.melt, melt(*arts, small_networks.generator), strict=True):
        assert np.array_equal(came.pixels, here.pixels) and np.array_equal(came.palettes, here.palettes)


def test_a_worker_builds_again_what_it_no_longer_has(
    network_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.stream.worker.KEPT_LEVELS", 1)
    builder = builder_of(network_files)
    assert len(builder.build(LevelKey(12, art=1)._asdict() | {"melt_from": 0}).melt) == STEPS - 1
    builder.build(LevelKey(12, art=2)._asdict() | {"melt_from": None})
    assert len(builder.build(LevelKey(12, art=1)._asdict() | {"melt_from": 0}).melt) == STEPS - 1


def test_a_melt_that_fails_takes_no_level_along(
    network_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> tuple[Blend, ...]:
        raise NetworkError("not finite")

    monkeypatch.setattr("generator.stream.worker.melt", broken)
    came = builder_of(network_files).build(LevelKey(12, art=1)._asdict() | {"melt_from": 0})
    assert came.level.art == 1 and came.melt == ()


def builder_of(network_files: tuple[Path, Path]) -> _Builder:
    model, roles = (str(path) for path in network_files)
    return _Builder({"model": model, "roles": roles, "motion": "generator.motion:NES_MOTION"})


# In the game.


class MeltingStream(FakeStream):
    """Every other art of what is shown comes with a melt."""

    def take(self, key: LevelKey) -> Built | None:
        came = super().take(key)
        return came and dataclasses.replace(came, melt=blends_of(came.level) if key.art else ())


def blends_of(level: Level) -> tuple[Blend, ...]:
    """As many blends as a melt has, each of one colour of its own."""
    return tuple(
        Blend(np.full_like(level.bank.pixels, colour), np.full_like(level.bank.palettes, colour))
        for colour in range(1, STEPS)
    )


def test_the_hero_plays_on_as_if_nothing_happened() -> None:
    (one, _), (other, _) = playing(MeltingStream()), playing(MeltingStream())
    melted = 0
    for tick in range(300):
        if tick in (10, 100):
            one.command(Command.REDREAM)
        buttons = RIGHT if tick % 90 < 70 else RIGHT | JUMP
        assert one.tick(buttons) == other.tick(buttons)
        assert one.world is not None and other.world is not None
        assert one.world.hero.state == other.world.hero.state and one.world.tick == other.world.tick
        melted += one.playthrough.melting is not None
    assert melted == 2 * MELT_TICKS and one.playthrough.key.art == 2


def test_the_level_changes_over_in_the_middle() -> None:
    session, _ = playing(MeltingStream())
    session.command(Command.REDREAM)
    steps, arts = [], []
    for _ in range(MELT_TICKS):
        session.tick(0)
        assert (
            session.playthrough.melting is not None
            and session.world is not None
            and session.playthrough.built is not None
        )
        assert session.world.level is session.playthrough.built.level is session.playthrough.melting.now[0]
        steps.append(session.playthrough.melting.step)
        arts.append(session.playthrough.key.art)
    assert steps == [0] * LEAD_TICKS + [s for s in range(1, STEPS + 1) for _ in range(STEP_TICKS)][:-1]
    assert arts == [int(step >= MIDDLE_STEP) for step in steps]
    session.tick(0)
    assert session.playthrough.melting is None and session.playthrough.key.art == 1


def test_a_second_press_melts_on_afterwards() -> None:
    session, stream = playing(MeltingStream())
    session.command(Command.REDREAM)
    session.tick(0)
    assert LevelKey(3, art=2) in stream.wanted, "it is dreamed while the first melts"
    session.command(Command.REDREAM)
    session.command(Command.REDREAM)
    for _ in range(2 * MELT_TICKS + 5):
        session.tick(0)
    assert session.playthrough.key.art == 2 and session.playthrough.melting is None


def test_r_in_a_melt_leaves_a_castle_that_has_its_new_art() -> None:
    session, _ = playing(MeltingStream())
    session.command(Command.REDREAM)
    session.tick(0)
    session.command(Command.REGENERATE)
    session.tick(0)
    assert session.playthrough.key.seed == next_castle(3) and session.playthrough.melting is None
    session.command(Command.BACK)
    session.tick(0)
    assert session.playthrough.key.art == 1 and session.world is not None and session.world.level.art == 1


def test_death_and_pause_do_not_stop_it() -> None:
    session, _ = playing(MeltingStream())
    session.command(Command.REDREAM)
    session.tick(0)
    session.command(Command.PAUSE)
    for _ in range(MELT_TICKS):
        session.tick(0)
    assert (
        session.phase == Phase.PAUSED
        and session.playthrough.key.art == 1
        and session.playthrough.melting is None
    )
    session.command(Command.PAUSE)
    assert session.world is not None
    session.command(Command.REDREAM)
    session.tick(0)
    session.world.hero.kill()
    for _ in range(200):
        session.tick(0)
    assert session.phase == Phase.PLAYING and session.world.level.art == 2


def test_a_level_without_a_fitting_melt_is_swapped_in_at_once() -> None:
    old, new = proven_level(3), built(3, art=1)
    assert can_melt(old, dataclasses.replace(new, melt=blends_of(old)))
    assert not can_melt(old, new)
    short = tuple(Blend(blend.pixels[:-1], blend.palettes) for blend in blends_of(old))
    assert not can_melt(old, dataclasses.replace(new, melt=short))
    assert not can_melt(
        dataclasses.replace(old, network="other"), dataclasses.replace(new, melt=blends_of(old))
    )


# On screen.


def test_every_step_is_drawn_and_made_before_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    pygame.display.init()
    pygame.display.set_mode(VIEW_SIZE)
    made = 0
    make = Strips.make

    def counted(self: Strips, at: tuple[int, int]) -> None:
        nonlocal made
        made += 1
        make(self, at)

    monkeypatch.setattr(Strips, "make", counted)
    world = World(proven_level(3))
    new = built(3, art=1)
    melting = Melting(LevelKey(3, art=1), dataclasses.replace(new, melt=blends_of(new.level)), world.level)
    view, canvas = View(SpriteSheet.load()), pygame.Surface(VIEW_SIZE, depth=32)
    view.draw(canvas, world)
    view.prepare(world)
    for _ in range(MELT_TICKS + 1):
        made = 0
        view.draw(canvas, world, melting)
        assert made == 0, melting.step
        shown = pygame.surfarray.array2d(canvas)
        now, before = (
            shown == pixels_of(dress, world.camera_px)
            for dress in (melting.now, melting.before or melting.now)
        )
        assert (now | before).mean() > 0.9, "but for the sprites"
        assert melting.before is not None or now.mean() > 0.9
        if not melting.over:
            view.prepare(world, melting)
            melting.tick += 1
            if melting.half_way:
                world.redress(melting.built.level)
    assert melting.over


def pixels_of(dress: Dress, camera_px: tuple[int, int]) -> np.ndarray:
    """What stands still of a level in a blend."""
    level, blend = dress
    if blend is not None:
        bank = dataclasses.replace(level.bank, pixels=blend.pixels, palettes=blend.palettes)
        level = dataclasses.replace(level, bank=bank)
    plain = pygame.Surface(VIEW_SIZE, depth=32)
    Scenery(level).draw(plain, camera_px)
    return pygame.surfarray.array2d(plain)


def test_a_step_comes_cell_by_cell_a_sixth_of_them_in_every_tick() -> None:
    old, new = proven_level(3), built(3, art=1)
    melting = Melting(LevelKey(3, art=1), dataclasses.replace(new, melt=blends_of(old)), old)
    cells = [(column, row) for column in range(12) for row in range(12)]
    for tick in range(MELT_TICKS):
        melting.tick = tick
        come = sum(melting.has_come(*cell) for cell in cells)
        if tick >= LEAD_TICKS:
            assert come == len(cells) * ((tick - LEAD_TICKS) % STEP_TICKS + 1) // STEP_TICKS
        assert (melting.before is None) == (tick < LEAD_TICKS or come == len(cells))
        assert not melting.over
    melting.tick = MELT_TICKS
    assert melting.over and melting.now == (new.level, None)
