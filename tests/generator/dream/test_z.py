"""z from seeds: the same everywhere, of unit variance, and a stage's are neighbours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.dream.z import MAX_SCREENS, SPREAD, latents, normals, z_of, z_seeds
from generator.rng import Pcg32

SEED = st.integers(0, 2**64 - 1)


@given(SEED, st.integers(1, 6), st.integers(0, 9), st.integers(1, 16))
def test_z_seeds_are_distinct_and_fit_in_63_bits(seed: int, stage: int, art: int, count: int) -> None:
    seeds = z_seeds(seed, stage, art, count)
    assert len(set(seeds)) == count
    assert all(0 <= z_seed < 2**63 for z_seed in seeds)
    assert seeds != z_seeds(seed, stage, art + 1, count)


@given(SEED, st.integers(1, 130))
def test_a_z_is_reproduced_alone(seed: int, latent: int) -> None:
    seeds = z_seeds(seed, 1, 0, 3)
    together = latents(seeds, latent)
    assert together.dtype == np.float32
    assert np.array_equal(together[2], z_of(seeds[2], latent))


def test_normals_are_normal() -> None:
    numbers = normals(Pcg32(5), 20_000)
    assert abs(numbers.mean()) < 0.03
    assert abs(numbers.var() - 1) < 0.04
    assert 0.66 < (np.abs(numbers) < 1).mean() < 0.70
    assert np.isfinite(numbers).all()


def test_a_stages_screens_are_neighbours() -> None:
    z = latents(z_seeds(3, 1, 0, 12), 400)
    assert abs(z.var() - 1) < 0.15
    between = np.asarray(np.corrcoef(z))[np.triu_indices(12, 1)]
    assert abs(between.mean() - (1 - SPREAD)) < 0.1
    other = latents(z_seeds(4, 1, 0, 1), 400)
    assert abs(np.corrcoef(z[0], other[0])[0, 1]) < 0.2


def test_wrong_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        z_seeds(1, 1, 0, MAX_SCREENS + 1)
    with pytest.raises(ValueError, match="z seed"):
        z_of(-1, 10)
