"""Roles: the base roles come first and are what levels have; every other one is folded into one of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.nes.roles import (
    BASE,
    BASE_ROLES,
    DEADLY,
    FOLD,
    FOLDED,
    ONE_WAY,
    SOLID,
    Role,
    fold_odds,
)


def test_the_order_of_roles_is_frozen() -> None:
    assert [role.name for role in Role] == [
        "SKY",
        "BACKDROP",
        "WINDOW",
        "COLUMN",
        "GROUND_TOP",
        "GROUND_FILL",
        "PLATFORM",
        "BREAKABLE",
        "STAIRS_RIGHT",
        "STAIRS_LEFT",
        "WATER",
        "SPIKES",
        "BUSH",
        "CANDLE",
        "DOOR",
        "GLYPH",
        "FIGURE",
        "ARCH",
        "STATUE",
        "TREE",
        "MOON",
        "CLOUD",
        "FENCE",
        "GRAVE",
        "CHAIN",
        "CURTAIN",
    ]
    assert [int(role) for role in Role] == list(range(26))
    assert len(BASE) == BASE_ROLES == 17


def test_the_table_covers_every_other_role_and_leads_to_base_roles() -> None:
    assert set(FOLDED) == set(Role) - set(BASE)
    assert set(FOLDED.values()) <= set(BASE)
    assert FOLD[:BASE_ROLES].tolist() == list(range(BASE_ROLES))
    assert FOLD.max() < BASE_ROLES


def test_no_other_role_is_stood_on_or_died_of() -> None:
    assert not set(FOLDED.values()) & (SOLID | ONE_WAY | DEADLY)


@given(st.integers(0, 999))
def test_folded_odds_are_sums_of_the_odds_that_are_folded(seed: int) -> None:
    odds = np.random.default_rng(seed).dirichlet(np.ones(len(Role)), (2, 3)).astype(np.float32)
    folded = fold_odds(odds)
    assert folded.shape == (2, 3, BASE_ROLES)
    assert np.allclose(folded.sum(-1), 1, atol=1e-5)
    for role in BASE:
        assert np.allclose(folded[..., role], odds[..., role == FOLD].sum(-1), atol=1e-6)
    assert fold_odds(folded) is folded


def test_odds_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError, match="18 roles"):
        fold_odds(np.zeros((1, 18), np.float32))


def test_a_folded_grid_agrees_with_folded_odds() -> None:
    roles = np.arange(len(Role), dtype=np.uint8)
    folded = FOLD[roles]
    assert folded.dtype == np.uint8
    assert np.array_equal(folded, fold_odds(np.eye(len(Role), dtype=np.float32)).argmax(1))
    assert np.array_equal(FOLD[folded], folded)
