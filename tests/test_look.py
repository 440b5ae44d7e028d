"""The art of a stage: themes, legibility, the shipped network where another has nothing to offer; and the
poorest networks that there can be."""

from pathlib import Path

import numpy as np
import onnx_files
import pytest
from onnx import TensorProto, helper

from generator.art import paint
from generator.bank import MOST_TILES
from generator.build import build_level
from generator.legibility import LEAST_L, WANTED_L, room_contrasts
from generator.level import Level
from generator.network import Networks, load_networks
from generator.roles import SOLID
from generator.stages import build_structure
from generator.subpalettes import SUB_PALETTES


def flat_generator(level: float) -> object:
    """Dreams one grey, whatever z is: -1 is black."""
    nodes = [
        helper.make_node("ReduceSum", ["z", "axes"], ["sum"], keepdims=1),
        helper.make_node("Mul", ["sum", "zero"], ["nothing"]),
        helper.make_node("Reshape", ["nothing", "shape"], ["one"]),
        helper.make_node("Add", ["one", "picture"], ["screen"]),
    ]
    constants = {
        "axes": np.array([1], np.int64),
        "zero": np.float32(0),
        "shape": np.array([-1, 1, 1, 1], np.int64),
        "picture": np.full((1, 3, 224, 224), level, np.float32),
    }
    ports = (("z", ["batch", onnx_files.LATENT]), ("screen", ["batch", 3, 224, 224]))
    return onnx_files.model(nodes, constants, ports, onnx_files.GENERATOR_METADATA)


def noise_generator() -> object:
    """Random weights: one linear layer from z to the cells, a sine over it."""
    dice = np.random.default_rng(5)
    nodes = [
        helper.make_node("MatMul", ["z", "weights"], ["coarse"]),
        helper.make_node("Reshape", ["coarse", "shape"], ["grid"]),
        helper.make_node("Resize", ["grid", "", "scales"], ["large"], mode="nearest"),
        helper.make_node("Add", ["large", "grain"], ["mixed"]),
        helper.make_node("Sin", ["mixed"], ["screen"]),
    ]
    constants = {
        "weights": dice.normal(0, 1, (onnx_files.LATENT, 3 * 28 * 28)).astype(np.float32),
        "shape": np.array([-1, 3, 28, 28], np.int64),
        "scales": np.array([1, 1, 8, 8], np.float32),
        "grain": dice.normal(0, 1, (1, 3, 224, 224)).astype(np.float32),
    }
    ports = (("z", ["batch", onnx_files.LATENT]), ("screen", ["batch", 3, 224, 224]))
    return onnx_files.model(nodes, constants, ports, onnx_files.GENERATOR_METADATA, TensorProto.FLOAT)


@pytest.fixture(scope="module")
def shipped() -> Networks:
    return load_networks(None, None)


def check(level: Level) -> None:
    """What every stage keeps to, whoever dreamed it."""
    contrasts = room_contrasts(level.roles, level, level.bank, level.rooms)
    assert contrasts.min() >= LEAST_L
    assert len(level.bank) <= MOST_TILES
    assert len(level.palettes) == SUB_PALETTES
    for tile, palette in zip(level.bank, level.bank_palette.tolist(), strict=True):
        assert set(np.unique(tile).tolist()) <= set(level.palettes[palette].tolist())
    structure, _ = build_structure(level.seed, level.stage)
    for (x, y, w, h), outdoors in zip(level.rooms, structure.outdoors, strict=True):
        walls = level.backdrop[y : y + h, x : x + w]
        assert (walls == -1).all() if outdoors else (walls >= 0).all()
    assert (level.far >= 0).all()
    assert (level.tiles[np.isin(level.roles, sorted(SOLID))] >= 0).all()


@pytest.mark.parametrize("stage", [1, 2, 5])
def test_a_stage_of_the_shipped_network(stage: int, shipped: Networks) -> None:
    level = build_level(12, stage, networks=shipped).level
    check(level)
    assert room_contrasts(level.roles, level, level.bank, level.rooms).min() >= WANTED_L
    assert not level.substitute
    assert level.network == shipped.generator.sha256


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


def test_stages_of_a_castle_have_places_of_their_own(shipped: Networks) -> None:
    structure, _ = build_structure(8, 1)
    centres = {int(paint(structure, 8, look, 0, shipped).bank.provenance[0, 0]) >> 8 for look in (1, 2, 3, 4)}
    assert len(centres) == 4


def test_every_tile_is_a_cell_of_the_dream_that_it_names(shipped: Networks) -> None:
    from generator.palette import quantise
    from generator.subpalettes import to_palette

    built = build_level(21, 3, networks=shipped)
    level, screens = built.level, quantise(built.dreams)
    for tile, (_, screen, row, column) in enumerate(level.provenance.tolist()):
        cell = screens[screen, row * 16 : row * 16 + 16, column * 16 : column * 16 + 16]
        colours = level.palettes[level.bank_palette[tile]]
        assert np.array_equal(to_palette(cell, colours), level.bank[tile])
