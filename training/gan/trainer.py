"""One step of training, and everything that the next step depends on.

All chance is a function of numbers that a checkpoint keeps: order = f(seed, epoch), noise = f(seed, step),
augmentation = f(seed, step).
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from torch import Tensor

from generator.nes.palette import PALETTE_RGB
from generator.nes.roles import SCREEN_PX
from generator.rng import mix

from ..corpus import Corpus
from ..errors import TrainingError
from . import augment, checkpoint, losses, processes
from .config import TrainConfig
from .networks import Discriminator, Generator, average_into, draw_weights
from .precision import autocast
from .warm_start import Start, begin_with

_ORDER, _NOISE, _AUGMENT, _WEIGHTS, GRID_STREAM = range(5)
"""One stream of the seed for each use, so that no two uses share random numbers."""

NETWORKS, OPTIMISERS = ("generator", "discriminator", "averaged"), ("generator_adam", "discriminator_adam")
"""The trainer's attributes that a checkpoint keeps."""


def dice(seed: int, stream: int, number: int) -> torch.Generator:
    """A CPU generator that is a function of three integers."""
    return torch.Generator().manual_seed(mix(seed, stream, number) >> 1)


def sharpness_at(images: int, config: TrainConfig) -> float:
    """The factor of the palette head's logits after so many images."""
    first, last = config.sharpness
    return float(first * (last / first) ** min(1.0, images / config.sharpen_images))


def hardness_at(images: int, config: TrainConfig) -> float:
    """The share of the hard choice in what the palette head takes, in 0..1, after so many images."""
    first, last = config.harden_images
    return min(1.0, max(0, images - first) / max(1, last - first))


class Trainer:
    """Both networks, the averaged generator, the optimisers and the data; `step` is one step of training."""

    def __init__(self, corpus: Corpus, config: TrainConfig, device: torch.device) -> None:
        self.config, self.device = config, device
        self.attempt = 0
        """How often the run went back to an earlier state; then it meets other noise and another order."""
        rows = corpus.training_rows()
        if not len(rows):
            raise TrainingError(f"{corpus.path}: all its screens are held out; add some to train on")
        rows = np.tile(rows, -(-config.batch // len(rows)) if len(rows) < config.batch else 1)
        if config.batch % processes.count():
            raise TrainingError(
                f"--batch {config.batch} cannot be shared evenly by {processes.count()} "
                "processes; give a multiple"
            )
        self.corpus, self.rows = corpus, rows
        # As bytes 20,000 screens take 1 GB of a GPU's memory. The CPU reads them from the disk.
        self.on_device = torch.from_numpy(corpus.read(rows)).to(device) if device.type == "cuda" else None
        self.bars_px = torch.from_numpy(augment.bar_heights_px(corpus.roles[rows]))
        colours = torch.from_numpy(PALETTE_RGB.copy()).float() / 127.5 - 1.0  # [64, 3] in -1..1
        self.colours = colours.to(device)
        self.epoch_steps = len(rows) // config.batch
        self._order: tuple[tuple[int, int], Tensor] = ((-1, -1), torch.empty(0))

        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(mix(config.seed, _WEIGHTS) >> 1)
            generator = Generator(config.latent, config.generator_widths, config.head)
            discriminator = Discriminator(config.discriminator_widths, config.discriminator_norm)
            if config.weight_deviation:
                draw_weights(generator, config.weight_deviation)
                draw_weights(discriminator, config.weight_deviation)
        if generator.side_px != SCREEN_PX:
            raise TrainingError(
                f"{len(config.generator_widths)} generator widths make {generator.side_px} px, not 224"
            )
        self.generator = generator.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs lack it
        self.discriminator = discriminator.to(device).to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stubs lack it
        self.averaged = copy.deepcopy(self.generator).requires_grad_(False)
        self.generator_adam = self._adam(self.generator)
        self.discriminator_adam = self._adam(self.discriminator)
        half_life = config.average_half_life
        self.average_decay = 0.5 ** (config.batch / half_life) if half_life else 0.0

    def begin_with(self, start: Start) -> None:
        """Takes an exported network's weights. Raises TrainingError where its layers are others."""
        begin_with(self.generator, start)
        self.averaged.load_state_dict(self.generator.state_dict())

    def _adam(self, network: torch.nn.Module) -> torch.optim.Adam:
        beta1, beta2 = self.config.betas
        return torch.optim.Adam(
            network.parameters(), self.config.rate, (float(beta1), float(beta2)), fused=True
        )

    def _dice(self, stream: int, number: int) -> torch.Generator:
        seed = self.config.seed
        return dice(mix(seed, self.attempt) if self.attempt else seed, stream, number)

    def real(self, step: int) -> Tensor:
        """This process's share of the corpus's screens of a step: float[k, 3, 224, 224] in -1..1."""
        config = self.config
        epoch, at = divmod(step, self.epoch_steps)
        if self._order[0] != (self.attempt, epoch):
            order = torch.randperm(len(self.rows), generator=self._dice(_ORDER, epoch))
            self._order = ((self.attempt, epoch), order)
        rows = self._order[1][at * config.batch : (at + 1) * config.batch]
        if self.on_device is not None:
            screens = self.on_device[rows.to(self.device)]
        else:
            screens = torch.from_numpy(self.corpus.read(self.rows[rows.numpy()]))
        chance = self._dice(_AUGMENT, step)
        if config.roll:
            screens = augment.roll_sideways(screens, self.bars_px[rows], chance)
        if config.mirror:
            screens = augment.mirror_some(screens, chance)
        return self.colours[processes.share(screens).int()].permute(0, 3, 1, 2)

    def noise(self, step: int) -> Tensor:
        """This process's share of the z of a step: float[k, latent]."""
        z = torch.randn(self.config.batch, self.config.latent, generator=self._dice(_NOISE, step))
        return processes.share(z).to(self.device)

    def step(self, step: int, precision: str) -> dict[str, float]:
        """Makes one step of the discriminator, then one of the generator against it; returns its numbers.

        Both take the same dreams: the generator has not changed in between, dreaming again would gain little.
        """
        config, discriminator = self.config, self.discriminator
        images = step * config.batch
        waits = images < config.start_images + config.wait_images
        if self.generator.head is not None:
            self.generator.head.sharpness.fill_(sharpness_at(images, config))
            self.generator.head.hardness.fill_(hardness_at(images, config))
        real = self.real(step)
        with autocast(self.device, precision):
            dreamed = self.generator(self.noise(step))
            real_logits = discriminator(real)
            fake_logits = discriminator(dreamed.detach())
        numbers = {"logit_real": real_logits.detach().float().mean()}
        numbers["logit_fake"] = fake_logits.detach().float().mean()
        loss_d = losses.discriminator_loss(real_logits, fake_logits)
        self.discriminator_adam.zero_grad(set_to_none=True)
        loss_d.backward()
        if config.r1_gamma and step % config.r1_every == 0:
            # Every second screen: that is the same half of the batch whether one process has it or several.
            some = real[::2].detach().requires_grad_(True)
            with autocast(self.device, precision):
                logits = discriminator(some)
            penalty = losses.gradient_penalty(logits, some)
            losses.r1_loss(penalty, config.r1_gamma, config.r1_every).backward()
            numbers["r1"] = penalty.detach()
        processes.average_gradients(discriminator.parameters())
        self.discriminator_adam.step()

        discriminator.requires_grad_(False)  # its weights' gradients would be computed and thrown away
        with autocast(self.device, precision):
            judged = discriminator(dreamed)
        loss_g = losses.generator_loss(judged)
        self.generator_adam.zero_grad(set_to_none=True)
        loss_g.backward()
        processes.average_gradients(self.generator.parameters())
        for group in self.generator_adam.param_groups:
            group["lr"] = 0.0 if waits else config.rate  # its moments warm up meanwhile
        self.generator_adam.step()
        discriminator.requires_grad_(True)
        # Early weights should be forgotten fast: the average is short at first.
        average_into(self.averaged, self.generator, min(self.average_decay, (1 + step) / (10 + step)))
        numbers = {"loss_d": loss_d.detach(), "loss_g": loss_g.detach(), **numbers}
        means = processes.mean_of_all(torch.stack(list(numbers.values())).float())
        return dict(zip(numbers, means.tolist(), strict=True))

    def tensors(self) -> dict[str, Tensor]:
        """All tensors that a checkpoint keeps, by name."""
        found: dict[str, Tensor] = {}
        for name in NETWORKS:
            found |= checkpoint.module_tensors(name, getattr(self, name))
        for name in OPTIMISERS:
            found |= checkpoint.optimiser_tensors(name, getattr(self, name))
        return found

    def is_finite(self) -> bool:
        """Whether every number that a checkpoint keeps is finite."""
        return all(bool(torch.isfinite(tensor).all()) for tensor in self.tensors().values())

    def load(self, saved: checkpoint.Checkpoint) -> None:
        """Takes back what `tensors` gave. Raises TrainingError for tensors of other shapes."""
        for name in NETWORKS:
            checkpoint.load_module(getattr(self, name), name, saved)
        for name in OPTIMISERS:
            checkpoint.load_optimiser(getattr(self, name), name, saved)
