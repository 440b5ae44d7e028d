"""The three lessons of a run: what one step of each does.

Drawing is learnt first, without a game between two networks: the codec learns tiles. Then the DCGAN learns
where things go, on codes, where a screen costs a twentieth of what it costs in pixels. At last all of it goes
on together against a discriminator that sees the pixels.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, Protocol

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import losses, processes
from .networks import Critic, Discriminator, Generator, Plan, code_maps
from .precision import autocast

if TYPE_CHECKING:
    from .trainer import Trainer

SCREEN_R1_EVERY = 8
"""Steps between penalties of the discriminator of pixels."""

Numbers = dict[str, Tensor]


class Terms(NamedTuple):
    """On what terms a discriminator makes a step."""

    rate: float
    gamma: float
    """R1's weight; 0 in a step without it."""
    every: int
    """Steps between penalties."""


class Lesson(Protocol):
    """One lesson of a run; it is made anew where a run begins or goes on in it."""

    name: str

    def step(self, step: int, precision: str) -> Numbers:
        """Makes one step of training; returns what is to be logged."""


class CodecLesson:
    """Tiles -> codes -> the same tiles."""

    name = "codec"

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.codec = _generator(trainer).codec.train()
        self.adam = trainer.optimisers["codec_adam"]

    def step(self, step: int, precision: str) -> Numbers:
        """One step; logs the loss and the share of pixels that come out right."""
        trainer, config = self.trainer, self.trainer.config
        tiles = trainer.screens.some_tiles(step)
        noise = trainer.screens.moved(step, torch.empty(len(tiles), config.code), config.code_noise)
        with autocast(trainer.device, precision):
            logits = self.codec(tiles, noise).float()
        wanted = tiles.flatten(1).long()
        loss = F.cross_entropy(logits, wanted)
        done = step * config.batch / max(1, config.codec_images)
        rate = config.codec_rate * (1 + math.cos(math.pi * min(1.0, done))) / 2
        _descend(self.adam, loss, self.codec, rate)
        return {"loss": loss, "right": (logits.argmax(1) == wanted).float().mean()}


class CodesLesson:
    """z -> codes of a whole screen, against the critic. The codec rests."""

    name = "codes"

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self.generator = trainer, _generator(trainer)
        self.generator.codec.eval()
        with autocast(trainer.device, "fp32"):
            self.codes = self.generator.codec.codes_of(trainer.screens.tiles.to(trainer.device))

    def step(self, step: int, precision: str) -> Numbers:
        """One step of the critic, then one of the layout against it.

        Both take the same dreams: the layout has not changed in between, dreaming again would gain little.
        """
        trainer, config = self.trainer, self.trainer.config
        with autocast(trainer.device, precision):
            dreamed = self.dreamed(self.generator.layout(trainer.screens.noise(step)))
        loss, numbers = self.game(step, precision, dreamed, config.rate)
        _descend(trainer.optimisers["plan_adam"], loss, trainer.parts["plan"], config.rate)
        return numbers

    def dreamed(self, plan: Plan) -> Tensor:
        """What the critic sees of a plan. The reader learns nothing of it: it would learn to please."""
        self.generator.reader.requires_grad_(False)
        maps = self.generator.maps(plan)
        self.generator.reader.requires_grad_(True)
        return maps

    def game(self, step: int, precision: str, dreamed: Tensor, rate: float) -> tuple[Tensor, Numbers]:
        """One step of the critic on painted and dreamed maps; the generator's loss by the critic, and the
        reader's on what is painted."""
        trainer, config, how = self.trainer, self.trainer.config, (self.trainer.device, precision)
        looks, roles = trainer.screens.maps(step, self.codes)
        shown = code_maps(looks, roles)
        noise = trainer.screens.moved(step, dreamed, config.critic_noise)
        painted, dreamed = shown + noise, dreamed + noise.flip(0)
        numbers = _teach(
            trainer.critic,
            trainer.optimisers["critic_adam"],
            (painted, dreamed.detach()),
            Terms(rate, config.r1_gamma if step % config.r1_every == 0 else 0.0, config.r1_every),
            how,
        )
        judged = _judged(trainer.critic, dreamed, how)
        with autocast(*how):
            read = self.generator.reader(painted[:, : looks.shape[1]])
        learnt = F.cross_entropy(read, roles)
        return judged + learnt, {"loss_g": judged, "loss_reader": learnt, **numbers}


class ScreensLesson:
    """z -> pixels, against the discriminator of pixels, and the critic as before.

    The encoder rests, so that painted codes stay what they are; the decoder goes on learning.
    """

    name = "screens"

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.codes: CodesLesson | None = None
        if isinstance(trainer.generator, Generator):
            self.codes = CodesLesson(trainer)

    def step(self, step: int, precision: str) -> Numbers:
        """One step of the discriminator and of the critic, then one of the generator against both."""
        trainer, config = self.trainer, self.trainer.config
        began = config.codec_images + config.codes_images
        waits = step * config.batch < began + config.wait_images
        z = trainer.screens.noise(step)
        maps: Tensor | None = None
        with autocast(trainer.device, precision):
            if self.codes is not None:
                plan = self.codes.generator.layout(z)
                maps, dreamed = self.codes.dreamed(plan), self.codes.generator.draw(plan)
            else:
                (dreamed,) = trainer.generator(z)
        numbers = _teach(
            trainer.discriminator,
            trainer.optimisers["discriminator_adam"],
            (trainer.screens.pixels(step, roll=maps is not None), dreamed.detach()),
            Terms(
                config.screen_rate,
                config.screen_r1_gamma if step % SCREEN_R1_EVERY == 0 else 0.0,
                SCREEN_R1_EVERY,
            ),
            (trainer.device, precision),
        )
        loss = _judged(trainer.discriminator, dreamed, (trainer.device, precision))
        numbers = {"loss_g": loss, **numbers}
        if self.codes is not None and maps is not None:
            own, told = self.codes.game(step, precision, maps, config.screen_rate)
            numbers |= {f"{name}_codes": value for name, value in told.items()}
            loss = config.screen_weight * loss + own
        learns = trainer.parts["generator" if maps is None else "drawn"]
        _descend(trainer.optimisers["screen_adam"], loss, learns, 0.0 if waits else config.screen_rate)
        return numbers


LESSONS: dict[str, type[CodecLesson | CodesLesson | ScreensLesson]] = {
    lesson.name: lesson for lesson in (CodecLesson, CodesLesson, ScreensLesson)
}


def _generator(trainer: Trainer) -> Generator:
    assert isinstance(trainer.generator, Generator)
    return trainer.generator


def _descend(adam: torch.optim.Optimizer, loss: Tensor, learns: nn.Module, rate: float) -> None:
    adam.zero_grad(set_to_none=True)
    loss.backward()
    processes.average_gradients(learns.parameters())
    for group in adam.param_groups:
        group["lr"] = rate
    adam.step()


def _teach(
    judge: Critic | Discriminator,
    adam: torch.optim.Optimizer,
    shown: tuple[Tensor, Tensor],
    terms: Terms,
    how: tuple[torch.device, str],
) -> Numbers:
    """One step of a discriminator.

    Args:
        shown: what is painted, and what is dreamed.
        how: device and precision.
    """
    painted, dreamed = shown
    with autocast(*how):
        real, fake = judge(painted), judge(dreamed)
    numbers = {"logit_real": real[:, 0].float().mean(), "logit_fake": fake[:, 0].float().mean()}
    loss = losses.discriminator_loss(real, fake, judge.weights)
    if terms.gamma:
        # Every second screen: that is the same half of the batch whether one process has it or several.
        some = painted[::2].detach().requires_grad_(True)
        with autocast(*how):
            logits = judge(some)
        numbers["r1"] = losses.gradient_penalty(logits, some, judge.weights)
        _descend(adam, loss + losses.r1_loss(numbers["r1"], terms.gamma, terms.every), judge, terms.rate)
    else:
        _descend(adam, loss, judge, terms.rate)
    return {"loss_d": loss, **numbers}


def _judged(judge: Critic | Discriminator, dreamed: Tensor, how: tuple[torch.device, str]) -> Tensor:
    judge.requires_grad_(False)  # its weights' gradients would be computed and thrown away
    with autocast(*how):
        loss = losses.generator_loss(judge(dreamed), judge.weights)
    judge.requires_grad_(True)
    return loss
