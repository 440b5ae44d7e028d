"""The game the two networks play: non-saturating logistic loss, and R1 on real screens.

R1 (Mescheder, Geiger and Nowozin, 2018) is taken lazily, every `R1_EVERY` steps and weighted by as much
(Karras et al., 2020); half a batch is enough for it.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

R1_GAMMA = 1.0
R1_EVERY = 8


def discriminator_loss(real: Tensor, fake: Tensor) -> Tensor:
    """Logits float[n] each -> scalar: real ones should be high, fake ones low."""
    return F.softplus(-real.float()).mean() + F.softplus(fake.float()).mean()


def generator_loss(fake: Tensor) -> Tensor:
    """Logits float[n] of dreamed screens -> scalar: they should be high."""
    return F.softplus(-fake.float()).mean()


def gradient_penalty(logits: Tensor, screens: Tensor) -> Tensor:
    """Mean squared length of d logit / d screen, float scalar; `screens` must require a gradient."""
    (gradient,) = torch.autograd.grad(logits.float().sum(), screens, create_graph=True)
    return gradient.float().square().sum(dim=(1, 2, 3)).mean()


def r1_loss(penalty: Tensor, gamma: float = R1_GAMMA, every: int = R1_EVERY) -> Tensor:
    """The penalty's share of the discriminator's loss in the one step of `every` that takes it."""
    return penalty * (gamma / 2 * every)
