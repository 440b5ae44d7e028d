"""All networks of a run with their optimisers, and one step of the lesson that it is in."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn

from generator.rng import mix

from ..corpus import Corpus
from . import checkpoint, lessons, processes
from .article import PlainGenerator, draw_weights
from .codec import Codec
from .config import TrainConfig
from .networks import Critic, Discriminator, Generator, average_into
from .screens import WEIGHTS, Screens


class Trainer:
    """Everything that the next step depends on; `step` is one step of training."""

    def __init__(self, corpus: Corpus, config: TrainConfig, device: torch.device) -> None:
        self.config, self.device = config, device
        self.screens = Screens(corpus, config, device)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(mix(config.seed, WEIGHTS) >> 1)
            self.networks = _networks(config)
        self.networks.to(device)
        plain = config.recipe == "article"
        rates = {
            "codec_adam": ("codec", config.codec_rate),
            "plan_adam": ("plan", config.rate),
            "critic_adam": ("critic", config.rate),
            "screen_adam": ("generator" if plain else "drawn", config.screen_rate),
            "discriminator_adam": ("discriminator", config.screen_rate),
        }
        parts = self.parts
        self.optimisers = {
            name: self._adam(parts[part], rate, decays=name == "codec_adam")
            for name, (part, rate) in rates.items()
            if part in parts
        }
        half_life = config.average_half_life
        self.average_decay = 0.5 ** (config.batch / half_life) if half_life else 0.0
        self.lesson: lessons.Lesson | None = None

    @property
    def generator(self) -> Generator | PlainGenerator:
        """The generator that learns."""
        generator: Generator | PlainGenerator = self.networks["generator"]  # type: ignore[assignment]  # a module
        return generator

    @property
    def averaged(self) -> Generator | PlainGenerator:
        """The average of the generator's weights over the last images."""
        averaged: Generator | PlainGenerator = self.networks["averaged"]  # type: ignore[assignment]  # a module
        return averaged

    @property
    def critic(self) -> Critic:
        """The discriminator of code maps."""
        critic: Critic = self.networks["critic"]  # type: ignore[assignment]  # a module
        return critic

    @property
    def discriminator(self) -> Discriminator:
        """The discriminator of pixels."""
        discriminator: Discriminator = self.networks["discriminator"]  # type: ignore[assignment]  # a module
        return discriminator

    @property
    def parts(self) -> dict[str, nn.Module]:
        """The networks by name, and the parts of the generator that are trained apart."""
        found = dict(self.networks.items())
        if isinstance(self.generator, Generator):
            codec, plan = self.generator.codec, [self.generator.layout, self.generator.reader]
            found |= {"codec": codec, "plan": nn.ModuleList(plan)}  # what the second lesson trains,
            found["drawn"] = nn.ModuleList([*plan, codec.decoder])  # and the third
        return found

    def _adam(self, part: nn.Module, rate: float, *, decays: bool) -> torch.optim.Optimizer:
        beta1, beta2 = self.config.betas
        if decays:
            return torch.optim.AdamW(part.parameters(), rate, weight_decay=1e-3, fused=True)
        return torch.optim.Adam(part.parameters(), rate, (float(beta1), float(beta2)), fused=True)

    def lesson_at(self, step: int) -> lessons.Lesson:
        """The lesson that a step belongs to; it is prepared where it begins."""
        name = self.config.lesson_at(step * self.config.batch)
        if self.lesson is None or self.lesson.name != name:
            self.lesson = lessons.LESSONS[name](self)
        return self.lesson

    def step(self, step: int, precision: str) -> dict[str, float]:
        """Makes one step; returns its numbers, the means over all processes."""
        numbers = self.lesson_at(step).step(step, precision)
        # Early weights should be forgotten fast: the average is short at first.
        average_into(self.averaged, self.generator, min(self.average_decay, (1 + step) / (10 + step)))
        means = processes.mean_of_all(torch.stack([value.detach().float() for value in numbers.values()]))
        return dict(zip(numbers, means.tolist(), strict=True))

    def tensors(self) -> dict[str, Tensor]:
        """All tensors that a checkpoint keeps, by name."""
        found: dict[str, Tensor] = {}
        for name, network in self.networks.items():
            found |= checkpoint.module_tensors(name, network)
        for name, optimiser in self.optimisers.items():
            if optimiser.state:
                found |= checkpoint.optimiser_tensors(name, optimiser)
        return found

    def is_finite(self) -> bool:
        """Whether every number that a checkpoint keeps is finite."""
        return all(bool(torch.isfinite(tensor).all()) for tensor in self.tensors().values())

    def load(self, saved: checkpoint.Checkpoint) -> None:
        """Takes back what `tensors` gave. Raises TrainingError for tensors of other shapes."""
        for name, network in self.networks.items():
            checkpoint.load_module(network, name, saved)
        for name, optimiser in self.optimisers.items():
            checkpoint.load_optimiser(optimiser, name, saved)
        self.lesson = None


def _networks(config: TrainConfig) -> nn.ModuleDict:
    """The networks of a run, with their weights at the start."""
    discriminator = Discriminator(config.discriminator_widths, norm=config.recipe == "article")
    if config.recipe == "article":
        plain = PlainGenerator(config.latent)
        draw_weights(plain)
        draw_weights(discriminator)
        found = {"generator": plain, "discriminator": discriminator}
    else:
        codec = Codec(config.code, config.codec_width)
        generator = Generator(config.latent, config.plan_widths, config.plan_blocks, config.bank, codec)
        critic = Critic(config.code, config.critic_widths, config.critic_group)
        found = {"generator": generator, "critic": critic, "discriminator": discriminator}
    found["averaged"] = copy.deepcopy(found["generator"]).requires_grad_(False)
    networks = nn.ModuleDict(found)
    return networks.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]  # torch's stubs lack it
