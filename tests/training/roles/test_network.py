"""The role network: what a cell sees, labels that follow a mirror, learning, export."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from generator.nes.palette import CANONICAL
from generator.nes.roles import CELLS, TILE, Role
from tests.drawn.tiny_corpus import tiny_corpus
from training.corpus import CorpusWriter, Source, open_corpus
from training.errors import TrainingError
from training.onnx_file import run_onnx
from training.roles.imitation import (
    frayed,
    imitate_dreams,
    mirror,
    recoloured,
    recoloured_in_part,
    smooth_field,
    speckled,
    spliced,
)
from training.roles.network import RoleNetwork
from training.roles.train import RoleConfig, judge, train_and_export, train_roles

pytestmark = pytest.mark.slow


def some_screens(count: int = 2) -> np.ndarray:
    return CANONICAL[np.random.default_rng(1).integers(0, len(CANONICAL), (count, 224, 224))]


def test_a_logit_for_every_role_of_every_cell() -> None:
    assert RoleNetwork()(torch.randn(2, 3, 224, 224)).shape == (2, len(Role), CELLS, CELLS)


def test_a_cell_sees_three_cells_far_and_no_further() -> None:
    screens = torch.zeros(2, 3, 224, 224)
    screens[1, :, 7 * 16 : 8 * 16, 6 * 16 : 7 * 16] = 1.0
    one, other = RoleNetwork()(screens)
    rows, columns = torch.nonzero((one != other).any(0)).T
    assert (int(rows.min()), int(rows.max())) == (3, 11)
    assert (int(columns.min()), int(columns.max())) == (2, 10)


@given(st.integers(0, 99))
def test_spliced_cells_keep_their_roles(seed: int) -> None:
    roles = np.random.default_rng(seed).integers(0, len(Role), (4, CELLS, CELLS)).astype(np.uint8)
    screens = np.kron(roles, np.ones((1, TILE, TILE), np.uint8))
    new_screens, new_roles = spliced(screens, roles, np.random.default_rng(seed))
    assert np.array_equal(new_screens, np.kron(new_roles, np.ones((1, TILE, TILE), np.uint8)))
    assert np.array_equal(screens, np.kron(roles, np.ones((1, TILE, TILE), np.uint8)))


def test_a_mirror_swaps_the_directions_of_stairs_and_keeps_the_rest() -> None:
    roles = np.arange(2 * 14 * 14, dtype=np.uint8).reshape(2, 14, 14) % len(Role)
    screens = some_screens()
    mirrored_screens, mirrored = mirror(screens, roles)
    assert np.array_equal(mirrored_screens, screens[:, :, ::-1])
    assert mirrored[0, 0, 13 - Role.STAIRS_RIGHT] == Role.STAIRS_LEFT
    assert mirrored[0, 0, 13 - Role.WINDOW] == Role.WINDOW
    again = mirror(mirrored_screens, mirrored)
    assert np.array_equal(again[0], screens)
    assert np.array_equal(again[1], roles)


def test_imitated_dreams_are_palette_indices_and_a_function_of_the_dice() -> None:
    screens = some_screens(6)
    one, two = (imitate_dreams(screens, np.random.default_rng(4)) for _ in range(2))
    assert np.array_equal(one, two)
    assert one.dtype == np.uint8
    assert np.isin(one, CANONICAL).all()
    assert not np.array_equal(one, screens)


def test_judging_counts_right_cells() -> None:
    class Always(RoleNetwork):
        def forward(self, screens: torch.Tensor) -> torch.Tensor:
            logits = torch.zeros(len(screens), len(Role), CELLS, CELLS)
            logits[:, Role.WATER] = 1
            return logits

    roles = np.full((2, 14, 14), Role.SKY, np.uint8)
    roles[0, :7] = Role.WATER
    verdict = judge(Always(), some_screens(), roles)
    assert verdict["accuracy"] == verdict["accuracy_of_all_roles"] == 0.25
    assert verdict["recall"]["WATER"] == 1.0
    assert verdict["precision"]["WATER"] == 0.25
    assert verdict["recall"]["DOOR"] is None
    assert verdict["mistaken"] == ["SKY for WATER: 294"]
    assert verdict["solid_against_not"] == 1.0
    assert verdict["confusion"]["SKY"][Role.WATER] == 294


def test_accuracy_is_that_of_the_base_roles() -> None:
    class Always(RoleNetwork):
        def forward(self, screens: torch.Tensor) -> torch.Tensor:
            logits = torch.zeros(len(screens), len(Role), CELLS, CELLS)
            logits[:, Role.FENCE] = 1
            return logits

    verdict = judge(Always(), some_screens(), np.full((2, 14, 14), Role.BUSH, np.uint8))
    assert verdict["accuracy"] == 1.0
    assert verdict["accuracy_of_all_roles"] == 0.0
    assert verdict["confusion"]["BUSH"][Role.FENCE] == 392


def test_recolouring_keeps_lightness_and_greys() -> None:
    screen = some_screens(1)[0]
    other = recoloured(screen, np.random.default_rng(2))
    assert np.isin(other, CANONICAL).all()
    grey = np.isin(screen & 0x0F, (0, 13))
    assert np.array_equal(other[grey], screen[grey])
    bright = (screen & 0x0F > 0) & (screen & 0x0F < 13)
    assert np.array_equal(other[bright] & 0x30, screen[bright] & 0x30)
    assert len(np.unique(other)) == len(np.unique(screen))


def test_fraying_takes_pixels_from_near_by() -> None:
    screen = some_screens(1)[0]
    assert np.array_equal(frayed(screen, 0.0, np.random.default_rng(1)), screen)
    stripes = np.repeat(np.arange(14, dtype=np.uint8), 16)[None].repeat(224, 0)
    moved = frayed(stripes, 0.5, np.random.default_rng(1))
    assert 0 < (moved != stripes).mean() < 0.1
    assert (np.abs(moved.astype(int) - stripes) <= 1).all()


def test_speckles_stay_in_their_cell_and_within_their_share() -> None:
    cells = np.arange(CELLS * CELLS, dtype=np.uint8).reshape(CELLS, CELLS)
    screen = np.kron(cells, np.ones((TILE, TILE), np.uint8))
    everywhere = np.ones(screen.shape, np.float32)
    assert np.array_equal(speckled(screen, everywhere, np.random.default_rng(1)), screen)
    noise = some_screens(1)[0]
    some = speckled(noise, 0.3 * everywhere, np.random.default_rng(1))
    assert 0.25 < (some != noise).mean() < 0.31
    assert np.array_equal(speckled(noise, 0 * everywhere, np.random.default_rng(1)), noise)


def test_a_smooth_field_is_smooth() -> None:
    field = smooth_field(np.random.default_rng(1))
    assert field.shape == (224, 224)
    assert 0 <= field.min() < field.max() <= 1
    assert np.abs(np.diff(field)).max() < 0.05


def test_recolouring_in_part_leaves_the_rest() -> None:
    screen = some_screens(1)[0]
    changed = recoloured_in_part(screen, np.random.default_rng(3)) != screen
    rows, columns = changed.any(1), changed.any(0)
    assert 0 < changed.mean() < 0.3
    assert len(np.flatnonzero(np.diff(rows.astype(int)))) <= 2
    assert len(np.flatnonzero(np.diff(columns.astype(int)))) <= 2


def test_screens_whose_roles_nobody_knows_teach_nothing(tmp_path: Path) -> None:
    with CorpusWriter(tmp_path) as writer:
        writer.add(Source("screenshot", "a.png", "unknown", "", False), some_screens())
    with pytest.raises(TrainingError, match="nobody knows the roles of its screens"):
        train_roles(open_corpus(tmp_path), RoleConfig(steps=1))


def test_it_learns_simple_roles_and_is_exported_with_its_metrics(tmp_path: Path) -> None:
    corpus = tiny_corpus(tmp_path / "c")
    metrics = train_and_export(corpus, RoleConfig(steps=64), tmp_path / "roles.onnx")
    assert set(metrics["judged"]) == {"held-out games", "held-out games, imitating dreams"}
    assert metrics["judged"]["held-out games"]["accuracy"] > 0.3  # guessing gives 0.07
    assert json.loads((tmp_path / "roles.json").read_text())["judged"] == metrics["judged"]
    data = (tmp_path / "roles.onnx").read_bytes()
    metadata = {entry.key: entry.value for entry in onnx.load_from_string(data).metadata_props}
    assert metadata["ganvania.kind"] == "roles"
    assert metadata["ganvania.roles"] == ",".join(role.name for role in Role)
    assert metadata["ganvania.corpus_sha256"] == corpus.sha256
    for batch in (1, 5):
        (found,) = run_onnx(data, np.zeros((batch, 3, 224, 224), np.float32))
        assert found.shape == (batch, len(Role), CELLS, CELLS)
