"""Distances between sets of pictures: none to itself, equal to what they are by hand, blind to order."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from generator.nes.palette import CANONICAL
from training.judging.distances import (
    PYRAMID_PX,
    _blurred,
    cell_distance,
    cell_vectors,
    colours,
    laplacian,
    precision_recall,
    pyramid_distance,
    sliced_wasserstein,
)


def vectors(seed: int, count: int = 40, size: int = 6) -> torch.Tensor:
    return torch.randn(count, size, generator=torch.Generator().manual_seed(seed))


def noise(seed: int, count: int = 2) -> np.ndarray:
    dice = np.random.default_rng(seed)
    return CANONICAL[dice.integers(0, len(CANONICAL), (count, 224, 224))].astype(np.uint8)


@given(st.integers(0, 99))
def test_a_set_in_another_order_is_the_same_set(seed: int) -> None:
    points = vectors(seed)
    shuffled = points[torch.randperm(len(points), generator=torch.Generator().manual_seed(seed))]
    assert sliced_wasserstein(points, shuffled) == pytest.approx(0, abs=1e-6)


@given(st.integers(0, 99), st.integers(100, 199))
def test_it_is_symmetric_and_scales_with_its_vectors(one: int, other: int) -> None:
    a, b = vectors(one), vectors(other)
    assert sliced_wasserstein(a, b) == sliced_wasserstein(b, a) > 0
    assert sliced_wasserstein(3 * a, 3 * b) == pytest.approx(3 * sliced_wasserstein(a, b), rel=1e-4)


def test_a_shift_costs_the_mean_shadow_of_its_length() -> None:
    """On a random direction of the plane a shift of 1 has the mean shadow 2/pi, whatever the points."""
    points = vectors(1, 500, 2)
    shift = torch.tensor([1.0, 0.0])
    assert sliced_wasserstein(points, points + shift, projections=20_000) == pytest.approx(
        2 / np.pi, abs=0.01
    )


def test_on_a_line_it_is_the_distance_of_the_sorted_points() -> None:
    a, b = vectors(2, 30, 1), vectors(3, 30, 1)
    exact = float((a.sort(dim=0)[0] - b.sort(dim=0)[0]).abs().mean())
    assert sliced_wasserstein(a, b) == pytest.approx(exact, rel=1e-5)


def test_unequal_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="equally many"):
        sliced_wasserstein(vectors(1, 4), vectors(1, 5))


def test_cells_are_the_screens_own() -> None:
    screens = noise(1)
    cells = cell_vectors(screens)
    assert cells.shape == (2 * 196, 768)
    picture = colours(screens)[1, :, 16:32, 48:64]
    assert torch.equal(cells[196 + 14 + 3], picture.reshape(-1))


def test_where_cells_lie_does_not_matter_to_their_distance() -> None:
    screens = noise(1)
    rolled = np.roll(screens, (16, 32), (1, 2))
    assert cell_distance(screens, rolled) == pytest.approx(0, abs=1e-6)
    assert cell_distance(screens, np.roll(screens, 7, 2)) > 0.001


def test_a_pyramid_can_be_put_together_again() -> None:
    screens = colours(noise(1))
    *details, coarse = laplacian(screens)
    assert [level.shape[-1] for level in (*details, coarse)] == list(PYRAMID_PX)
    for detail in reversed(details):
        spread = torch.zeros_like(detail)
        spread[:, :, ::2, ::2] = 4 * coarse
        coarse = detail + _blurred(spread)
    assert torch.allclose(coarse, screens, atol=1e-5)


def test_pyramids_tell_blur_from_sharpness() -> None:
    blocks = np.kron(noise(1)[:, ::16, ::16], np.ones((1, 16, 16), np.uint8))
    assert pyramid_distance(noise(1), noise(1)) == 0
    assert pyramid_distance(noise(1), noise(2)) < 0.8 * pyramid_distance(noise(1), blocks)


def test_equal_sets_are_all_precision_and_recall_far_ones_none() -> None:
    real = vectors(1)
    assert precision_recall(real, real.clone()) == (1, 1)
    assert precision_recall(real, real + 100) == (0, 0)


def test_one_good_sample_again_and_again_is_precise_and_recalls_little() -> None:
    real = vectors(1, 200)
    alike = real[:1] + 1e-3 * vectors(2, 200)
    found = precision_recall(real, alike)
    assert found.precision == 1
    assert found.recall < 0.05


@given(st.integers(0, 50))
def test_precision_one_way_is_recall_the_other(seed: int) -> None:
    a, b = vectors(seed), vectors(seed + 1) + 0.5
    there, back = precision_recall(a, b), precision_recall(b, a)
    assert (there.precision, there.recall) == (back.recall, back.precision)
