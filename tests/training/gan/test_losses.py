"""The losses: what they are where they can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from training.gan import losses


def test_the_gradient_penalty_of_a_linear_judge_is_its_weights_square() -> None:
    weight = torch.randn(3, 4, 4)
    screens = torch.randn(5, 3, 4, 4, requires_grad=True)
    logits = (screens * weight).sum(dim=(1, 2, 3))
    penalty = losses.gradient_penalty(torch.stack([logits, logits], 1), screens, torch.tensor([0.25, 0.75]))
    assert torch.isclose(penalty, weight.square().sum())
    assert torch.isclose(losses.r1_loss(penalty, 1.0, 8), 4 * penalty)


def test_losses_at_undecided_logits() -> None:
    nothing, weights = torch.zeros(4, 3), torch.tensor([1.0, 0.25, 0.25])
    assert losses.discriminator_loss(nothing, nothing, weights).item() == pytest.approx(3 * np.log(2))
    assert losses.generator_loss(nothing, weights).item() == pytest.approx(1.5 * np.log(2))


def test_a_logit_counts_by_its_weight() -> None:
    logits = torch.tensor([[3.0, -3.0]])
    assert losses.generator_loss(logits, torch.tensor([1.0, 0.0])) < 0.1
    assert losses.generator_loss(logits, torch.tensor([0.0, 1.0])) > 3.0
