"""The losses: what they are where they can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from training.gan import losses


def test_the_gradient_penalty_of_a_linear_judge_is_its_weights_square() -> None:
    weight = torch.randn(3, 4, 4)
    screens = torch.randn(5, 3, 4, 4, requires_grad=True)
    penalty = losses.gradient_penalty((screens * weight).sum(dim=(1, 2, 3)), screens)
    assert torch.isclose(penalty, weight.square().sum())
    assert torch.isclose(losses.r1_loss(penalty, 1.0, 8), 4 * penalty)


def test_losses_at_undecided_logits() -> None:
    nothing = torch.zeros(4)
    assert losses.discriminator_loss(nothing, nothing).item() == pytest.approx(2 * np.log(2))
    assert losses.generator_loss(nothing).item() == pytest.approx(np.log(2))
