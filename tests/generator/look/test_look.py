"""The art of a stage: themes, legibility, the shipped network where another has nothing to offer; and the
poorest networks that there can be."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from generator.dream.loading import load_networks
from generator.dream.network import Generator, Networks
from generator.level import Level
from generator.look.art import SCREENS, paint
from generator.look.building import Building
from generator.look.themes import CENTRES, GLANCES, LENT, WALL_PROBES
from generator.nes.palette import SUB_PALETTES
from generator.nes.roles import SOLID
from generator.stream import build_level
from generator.tiles.builder import MOST_TILES
from generator.tiles.legibility import LEAST_L, WANTED_L, room_contrasts
from tests.drawn import onnx_files
from tests.drawn.levels import proven
from tests.drawn.onnx_files import flat_generator, noise_generator

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shipped() -> Networks:
    return load_networks(None, None)


def check(level: Level) -> None:
    """What every stage keeps to, whoever dreamed it."""
    contrasts = room_contrasts(level.roles, level.layers, level.bank.pixels, level.rooms)
    assert contrasts.min() >= LEAST_L
    assert len(level.bank) <= MOST_TILES
    assert len(level.bank.palettes) == SUB_PALETTES
    for tile, palette in zip(level.bank.pixels, level.bank.palette.tolist(), strict=True):
        assert set(np.unique(tile).tolist()) <= set(level.bank.palettes[palette].tolist())
    assert (level.far >= 0).all()
    assert (level.tiles[np.isin(level.roles, sorted(SOLID))] >= 0).all()


@pytest.mark.parametrize("stage", [1, 2, 5])
def test_a_stage_of_the_shipped_network(stage: int, shipped: Networks) -> None:
    level = build_level(12, stage, networks=shipped).level
    check(level)
    assert room_contrasts(level.roles, level.layers, level.bank.pixels, level.rooms).min() >= WANTED_L
    assert not level.substitute
    assert level.network == shipped.generator.sha256


def test_a_network_that_says_roles_is_glanced_at_before_it_dreams(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    glanced: list[int] = []
    dreamed: list[int] = []

    def counted(counts: list[int], method: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: Generator, z: np.ndarray) -> Any:
            counts.append(len(z))
            return method(self, z)

        return call

    monkeypatch.setattr(Generator, "glance", counted(glanced, Generator.glance))
    monkeypatch.setattr(Generator, "dream_with_roles", counted(dreamed, Generator.dream_with_roles))
    path = onnx_files.write(onnx_files.telling_generator_model(), tmp_path / "dream.onnx")
    level = build_level(7, 1, networks=load_networks(path, None)).level
    check(level)
    assert glanced == [GLANCES]
    assert dreamed[:3] == [CENTRES + WALL_PROBES, len(LENT), SCREENS - 1]


@pytest.mark.parametrize("name", ["black", "white", "noise"])
def test_the_shipped_network_steps_in(name: str, tmp_path: Path, shipped: Networks) -> None:
    made = {"black": lambda: flat_generator(-1), "white": lambda: flat_generator(1), "noise": noise_generator}
    path = onnx_files.write(made[name](), tmp_path / "dream.onnx")
    networks = load_networks(path, None)
    level = build_level(3, 1, networks=networks).level
    check(level)
    if name != "noise":  # noise may be legible by chance
        assert level.substitute
    if level.substitute:
        assert level.network == shipped.generator.sha256
        assert Level.from_bytes(level.to_bytes()).substitute


def test_stages_of_a_castle_have_centres_of_their_own(shipped: Networks) -> None:
    structure, _, _ = proven(8, 1)
    centres = {
        int(paint(Building.of(structure), 8, look, 0, shipped).bank.provenance[0, 0]) >> 8
        for look in (1, 2, 3, 4)
    }
    assert len(centres) == 4


def test_every_tile_is_a_cell_of_the_dream_that_it_names(shipped: Networks) -> None:
    from generator.nes.palette import quantise
    from generator.tiles.colours import to_palette

    built = build_level(21, 3, networks=shipped)
    level, screens = built.level, quantise(built.dreams)
    for tile, (_, screen, row, column) in enumerate(level.bank.provenance.tolist()):
        cell = screens[screen, row * 16 : row * 16 + 16, column * 16 : column * 16 + 16]
        colours = level.bank.palettes[level.bank.palette[tile]]
        assert np.array_equal(to_palette(cell, colours), level.bank.pixels[tile])
