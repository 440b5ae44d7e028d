"""The losses: the non-saturating logistic loss, and R1 on what is real.

R1 (Mescheder, Geiger and Nowozin, 2018) is computed only every few steps, on half a batch, and weighted by as
much (Karras et al., 2020).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def discriminator_loss(real: Tensor, fake: Tensor, weights: Tensor) -> Tensor:
    """The discriminator's loss, a scalar: logits float[n, k] should be high for real screens, low for fake.

    Args:
        weights: what each of the k logits counts, float[k].
    """
    return ((F.softplus(-real.float()) + F.softplus(fake.float())) @ weights).mean()


def generator_loss(fake: Tensor, weights: Tensor) -> Tensor:
    """The generator's loss, a scalar: logits float[n, k] of dreamed screens should be high."""
    return (F.softplus(-fake.float()) @ weights).mean()


def gradient_penalty(logits: Tensor, inputs: Tensor, weights: Tensor) -> Tensor:
    """The mean squared length of d logit / d input, a scalar; `inputs` must require a gradient."""
    (gradient,) = torch.autograd.grad((logits.float() @ weights).sum(), inputs, create_graph=True)
    return gradient.float().square().sum(dim=(1, 2, 3)).mean()


def r1_loss(penalty: Tensor, gamma: float, every: int) -> Tensor:
    """What the penalty adds to the discriminator's loss, in the one step of `every` that computes it."""
    return penalty * (gamma / 2 * every)
