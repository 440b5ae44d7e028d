"""The generator, z -> screen, and the two discriminators.

The generator builds a screen as the NES does. A DCGAN (Radford, Metz and Chintala, 2016) of transposed
convolutions makes the plan: a vector for each of the 14x14 cells. Beside it z is made into the screen's
sub-palettes and its *bank*, a few dozen tiles as codes. Each cell takes the tile of the bank that suits its
vector, so equal tiles are equal to the pixel. The codec's decoder draws the bank's tiles, and only those.

They differ from the article where that was better for screens like these: the discriminators have no norm (R1
keeps them calm instead, see losses.py), and the weights begin as PyTorch's do.
"""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from generator.nes.palette import OWN_COLOURS, SUB_PALETTES
from generator.nes.roles import CELLS, SCREEN_PX, TILE, Role

from ..planes.planes import SHADES
from .codec import CODE, Codec
from .processes import SharedBatchNorm

LATENT = 100
"""Length of z (the article's)."""
START_CELLS = 7
"""Side of the plan's first feature map."""
PLAN_WIDTHS = (256, 128)
"""Channels of the plan at 7x7 and at 14x14."""
PLAN_BLOCKS = 3
"""Residual blocks at 14x14; all but the last are followed by self-attention."""
STYLE_WIDTH = 128
"""Numbers made of z that say how each layer of the plan is normed."""
HEADS = 4
"""Of the plan's self-attention."""
READER_WIDTH = 96
"""Channels of what says the cells' roles."""
BANK_LAYERS, COLOUR_LAYERS = (512, 512, 512), (256, 256)
"""Widths of the layers between z and the bank, and between z and the colours."""
BANK_TILES = 64
"""Tiles of a screen's bank. Painted screens have 40 different ones, 67 at the 95th percentile. (measured)"""
KEY = 32
"""Numbers by which a cell finds its tile."""
ROLE_SCALE = 2.0
"""What a role's place is worth to the critic, beside codes of deviation 1."""
CRITIC_WIDTHS = (128, 192, 256)
"""Channels of the critic at 14x14, 7x7 and 4x4."""
DISCRIMINATOR_WIDTHS = (32, 64, 128, 256, 256)
"""Channels of the discriminator at 112, 56, 28, 14 and 7 px."""
LEAK = 0.2
"""Slope of the discriminators' LeakyReLU below 0 (the article's)."""
LOCAL_WEIGHT = 0.5
"""What all that the critic says of parts of a screen counts, beside what it says of the whole."""
GROUP = 8
"""Screens among which the critic sees how alike they are. (Karras et al., 2018)"""
RECALIBRATE_BATCH = 64


class Plan(NamedTuple):
    """A screen before its tiles are drawn; n screens, k tiles in each bank."""

    places: Tensor
    """float[n, k, 14, 14]: one tile of the bank for each cell, 1 for it and 0 for the others."""
    codes: Tensor
    """float[n, k, code]: the bank's tiles."""
    attributes: Tensor
    """float[n, k, 4]: one sub-palette for each of them."""
    backdrop: Tensor
    """float[n, 3]: the colour that all sub-palettes share, in -1..1."""
    own: Tensor
    """float[n, 4, 3, 3]: the own colours of the sub-palettes."""

    def look(self) -> Tensor:
        """What the cells look like: see `looks`."""
        codes = torch.einsum("nkhw,nkc->nchw", self.places, self.codes)
        own = self.attributes @ self.own.flatten(2)  # [n, k, 9]: the colours of each tile of the bank
        return looks(codes, torch.einsum("nkhw,nkc->nchw", self.places, own), self.backdrop)


def looks(codes: Tensor, own: Tensor, backdrop: Tensor) -> Tensor:
    """What cells look like, float[n, code + 9 + 3, 14, 14]: of each the code of its tile, the own colours of
    its sub-palette, and the backdrop colour."""
    everywhere = backdrop[:, :, None, None].expand(-1, -1, CELLS, CELLS)
    return torch.cat([codes, own, everywhere], 1)


def code_maps(looks: Tensor, roles: Tensor) -> Tensor:
    """What the critic judges, float[n, code + 9 + 3 + R, 14, 14]: of each cell what it looks like, and its
    role, one-hot."""
    return torch.cat([looks, roles * ROLE_SCALE], 1)


def chosen(logits: Tensor) -> Tensor:
    """The likeliest along axis 1 as 1 and all else as 0; gradients are those of a softmax (straight
    through)."""
    soft = logits.float().softmax(1)
    hard = torch.zeros_like(soft).scatter_(1, soft.argmax(1, keepdim=True), 1.0)
    return hard + soft - soft.detach()


class Reader(nn.Module):
    """Says what cells are for of what they and their neighbours look like: see `looks`.

    It learns that of painted screens. So a flight of stairs that is drawn without a gap is called one.
    """

    def __init__(self, code: int, width: int = READER_WIDTH) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(code + 3 * SHADES, width, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, padding=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(width, len(Role), 1),
        )

    def forward(self, looks: Tensor) -> Tensor:
        """Logits of roles float[n, R, 14, 14]."""
        logits: Tensor = self.layers(looks)
        return logits.float()


class Layout(nn.Module):
    """z float[n, latent] -> Plan."""

    def __init__(self, latent: int, widths: tuple[int, int], blocks: int, bank: int, code: int) -> None:
        super().__init__()
        first, width = widths
        self.bank, self.code = bank, code
        self.styles = perceptron(latent, (STYLE_WIDTH, STYLE_WIDTH), STYLE_WIDTH)
        self.start = nn.Linear(latent, first * START_CELLS**2, bias=False)  # -> [n, 256, 7, 7]
        self.start_norm = StyledNorm(first)
        self.larger = nn.ConvTranspose2d(first, width, 4, 2, 1, bias=False)  # -> [n, 128, 14, 14]
        self.blocks = nn.ModuleList(Residual(width) for _ in range(blocks))
        self.attentions = nn.ModuleList(Attention(width) for _ in range(blocks - 1))
        self.end_norm = StyledNorm(width)
        self.queries = nn.Conv2d(width, KEY, 1)
        self.tiles = perceptron(latent, BANK_LAYERS, bank * (KEY + code + SUB_PALETTES))
        self.colours = perceptron(latent, COLOUR_LAYERS, 3 * (1 + SUB_PALETTES * OWN_COLOURS))

    def forward(self, z: Tensor) -> Plan:
        style = F.relu(self.styles(z))
        start = self.start(z).unflatten(1, (-1, START_CELLS, START_CELLS))
        cells = self.larger(F.relu(self.start_norm(start, style)))
        bank = self.tiles(z).float().unflatten(1, (self.bank, KEY + self.code + SUB_PALETTES))
        keys, codes, attributes = bank.split((KEY, self.code, SUB_PALETTES), 2)
        for block, attention in zip_longest(self.blocks, self.attentions):
            cells = block(cells, style)
            if attention is not None:
                cells = attention(cells)
        cells = F.relu(self.end_norm(cells, style))
        likeness = torch.einsum("nchw,nkc->nkhw", self.queries(cells).float(), keys) * KEY**-0.5
        colours = torch.tanh(self.colours(z).float())
        return Plan(
            chosen(likeness),
            codes,
            chosen(attributes.transpose(1, 2)).transpose(1, 2),
            colours[:, :3],
            colours[:, 3:].unflatten(1, (SUB_PALETTES, OWN_COLOURS, 3)),
        )


def perceptron(wide: int, hidden: tuple[int, ...], narrow: int) -> nn.Sequential:
    """Hidden layers of these widths, with batch norm, between float[n, wide] and float[n, narrow]."""
    layers: list[nn.Module] = []
    for before, width in pairwise((wide, *hidden)):
        layers += [nn.Linear(before, width, bias=False), SharedBatchNorm(width), nn.ReLU(inplace=True)]
    return nn.Sequential(*layers, nn.Linear(hidden[-1], narrow))


class StyledNorm(nn.Module):
    """Batch norm of float[n, width, h, w] whose gain and bias are made of a style float[n, STYLE_WIDTH].

    So z has a say at every layer. (Brock, Donahue and Simonyan, 2019)
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = SharedBatchNorm(width, affine=False)
        self.terms = nn.Linear(STYLE_WIDTH, 2 * width)
        nn.init.normal_(self.terms.weight, 0.0, 0.05)
        nn.init.zeros_(self.terms.bias)

    def forward(self, cells: Tensor, style: Tensor) -> Tensor:
        gain, bias = self.terms(style)[:, :, None, None].chunk(2, 1)
        styled: Tensor = self.norm(cells) * (1 + gain) + bias
        return styled


class Residual(nn.Module):
    """Two convolutions whose sum with their input goes on."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norms = nn.ModuleList(StyledNorm(width) for _ in range(2))
        self.convolutions = nn.ModuleList(nn.Conv2d(width, width, 3, padding=1, bias=False) for _ in range(2))

    def forward(self, cells: Tensor, style: Tensor) -> Tensor:
        change = cells
        for norm, convolution in zip(self.norms, self.convolutions, strict=True):
            change = convolution(F.relu(norm(change, style)))
        return cells + change


class Attention(nn.Module):
    """Self-attention among all cells, each of which knows its place; it begins as no change."""

    def __init__(self, width: int, heads: int = HEADS) -> None:
        super().__init__()
        self.heads = heads
        self.norm = SharedBatchNorm(width)
        self.where = nn.Parameter(0.1 * torch.randn(1, width, CELLS, CELLS))
        self.asks = nn.Conv2d(width, 3 * width, 1, bias=False)
        self.answers = nn.Conv2d(width, width, 1)
        nn.init.zeros_(self.answers.weight)
        assert self.answers.bias is not None
        nn.init.zeros_(self.answers.bias)

    def forward(self, cells: Tensor) -> Tensor:
        n, width, height, across = cells.shape
        asked = self.asks(self.norm(cells) + self.where).reshape(n, 3, self.heads, width // self.heads, -1)
        query, key, value = asked.transpose(3, 4).unbind(1)  # [n, heads, 196, width / heads]
        # PyTorch's own attention takes ten times as long on a CPU, gradients included. (measured)
        likeness = (query * (width // self.heads) ** -0.5) @ key.transpose(2, 3)
        heard = (likeness.softmax(3) @ value).transpose(2, 3)
        changed: Tensor = cells + self.answers(heard.reshape(n, width, height, across))
        return changed


class Generator(nn.Module):
    """z -> screens, and what it says of them."""

    def __init__(
        self,
        latent: int = LATENT,
        widths: tuple[int, int] = PLAN_WIDTHS,
        blocks: int = PLAN_BLOCKS,
        bank: int = BANK_TILES,
        codec: Codec | None = None,
    ) -> None:
        super().__init__()
        self.latent = latent
        self.codec = Codec() if codec is None else codec
        self.layout = Layout(latent, widths, blocks, bank, self.codec.code)
        self.reader = Reader(self.codec.code)

    def forward(self, z: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """z float[n, latent] -> screens float[n, 3, 224, 224] in -1..1, the odds of each cell's roles
        float[n, 14, 14, R], and the thirteen colours float[n, 13, 3] in -1..1, the backdrop colour first."""
        plan = self.layout(z)
        colours = torch.cat([plan.backdrop[:, None], plan.own.flatten(1, 2)], 1)
        return self.draw(plan), self.reader(plan.look()).permute(0, 2, 3, 1).softmax(-1), colours

    def maps(self, plan: Plan) -> Tensor:
        """What the critic judges of a plan: see `code_maps`."""
        look = plan.look()
        return code_maps(look, chosen(self.reader(look)))

    def draw(self, plan: Plan) -> Tensor:
        """The screens float[n, 3, 224, 224] of a plan."""
        n, k = plan.codes.shape[:2]
        shades = chosen(self.codec.decode(plan.codes.flatten(0, 1)))  # [n * k, 4, 256]
        own = (plan.attributes @ plan.own.flatten(2)).unflatten(2, (OWN_COLOURS, 3))
        palettes = torch.cat([plan.backdrop[:, None, None].expand(-1, k, -1, -1), own], 2)  # [n, k, 4, 3]
        tiles = (palettes.transpose(2, 3) @ shades.reshape(n, k, SHADES, -1)).flatten(2)  # [n, k, 3 * 256]
        cells = plan.places.flatten(2).transpose(1, 2) @ tiles  # [n, 196, 3 * 256]
        grid = cells.reshape(n, CELLS, CELLS, 3, TILE, TILE).permute(0, 3, 1, 4, 2, 5)
        screens: Tensor = grid.reshape(n, 3, SCREEN_PX, SCREEN_PX)
        return screens


class Critic(nn.Module):
    """Judges codes: maps float[n, channels, 14, 14] -> logits float[n, 1 + 196 + 49]; above 0 means painted.

    The first logit is of the whole screen, the others of 5x5 cells round each cell, and of 8x8 at every
    second. What is wrong near by is said where it is, and learnt sooner.
    """

    def __init__(
        self, code: int = CODE, widths: tuple[int, int, int] = CRITIC_WIDTHS, group: int = GROUP
    ) -> None:
        super().__init__()
        self.group = group
        channels = code + 3 * SHADES + len(Role)
        first, second, third = widths
        side = torch.linspace(-1, 1, CELLS)
        self.where: Tensor
        self.register_buffer("where", torch.stack(torch.meshgrid(side, side, indexing="ij")))
        self.weights: Tensor
        self.register_buffer("weights", _weights(1, CELLS**2, (CELLS // 2) ** 2), persistent=False)
        self.parts = nn.Sequential(
            nn.Conv2d(channels + 2, first, 3, 1, 1),
            nn.LeakyReLU(LEAK, inplace=True),
            nn.Conv2d(first, first, 3, 1, 1),
            nn.LeakyReLU(LEAK, inplace=True),
        )
        self.blocks = nn.Sequential(
            nn.Conv2d(first, second, 4, 2, 1),  # -> [n, 192, 7, 7]
            nn.LeakyReLU(LEAK, inplace=True),
        )
        self.says_of_parts, self.says_of_blocks = nn.Conv2d(first, 1, 1), nn.Conv2d(second, 1, 1)
        self.screen = nn.Sequential(
            nn.Conv2d(second, third, 3, 2, 1),  # -> [n, 256, 4, 4]
            nn.LeakyReLU(LEAK, inplace=True),
            nn.Conv2d(third, third, 3, 1, 1),
            nn.LeakyReLU(LEAK, inplace=True),
        )
        self.says = nn.Sequential(
            nn.Linear(third * 16 + 1, third),
            nn.LeakyReLU(LEAK, inplace=True),
            nn.Linear(third, 1),
        )

    def forward(self, maps: Tensor) -> Tensor:
        parts = self.parts(torch.cat([maps, self.where.expand(len(maps), -1, -1, -1)], 1))
        blocks = self.blocks(parts)
        screen = self.screen(blocks)
        whole = self.says(torch.cat([screen.flatten(1), deviation(screen, self.group)], 1))
        return torch.cat(
            [whole, self.says_of_parts(parts).flatten(1), self.says_of_blocks(blocks).flatten(1)], 1
        )


def _weights(*counts: int) -> Tensor:
    """What each logit counts in a loss: the first kind 1 in all, every other `LOCAL_WEIGHT`."""
    kinds = [torch.full((count,), LOCAL_WEIGHT / count) for count in counts]
    kinds[0] /= LOCAL_WEIGHT
    return torch.cat(kinds)


def deviation(screens: Tensor, group: int) -> Tensor:
    """How different the screens float[n, c, h, w] of a group are, float[n, 1].

    Without it a generator that makes few kinds of screens is not found out. (Karras et al., 2018)
    """
    group = group if len(screens) % group == 0 else len(screens)
    groups = screens.float().unflatten(0, (-1, group))
    variance = (groups - groups.mean(1, keepdim=True)).square().mean(1)  # `var` takes thrice as long
    spread = variance.add(1e-6).sqrt().mean((1, 2, 3))
    each: Tensor = spread.repeat_interleave(group)[:, None].to(screens.dtype)
    return each


class Discriminator(nn.Module):
    """Judges pixels: screens float[n, 3, 224, 224] -> logits float[n, 1]; above 0 means painted."""

    def __init__(self, widths: tuple[int, ...] = DISCRIMINATOR_WIDTHS, norm: bool = False) -> None:
        super().__init__()
        self.weights: Tensor
        self.register_buffer("weights", _weights(1), persistent=False)
        layers: list[nn.Module] = []
        for channels_in, channels_out in zip((3, *widths[:-1]), widths, strict=True):
            # -> [n, 32, 112, 112] -> [n, 64, 56, 56] -> [n, 128, 28, 28] -> [n, 256, 14, 14] -> [.., 7, 7]
            layers.append(nn.Conv2d(channels_in, channels_out, 4, 2, 1))
            if norm and channels_in != 3:
                layers.append(SharedBatchNorm(channels_out))
            layers.append(nn.LeakyReLU(LEAK, inplace=True))
        layers.append(nn.Conv2d(widths[-1], 1, START_CELLS))  # -> [n, 1, 1, 1]
        self.layers = nn.Sequential(*layers)

    def forward(self, screens: Tensor) -> Tensor:
        logits: Tensor = self.layers(screens).flatten(1)
        return logits


@torch.no_grad()
def average_into(averaged: nn.Module, live: nn.Module, keep: float) -> None:
    """Moves weights to keep * averaged + (1 - keep) * live, in place; copies buffers, see `recalibrated`."""
    kept: list[Tensor] = [*averaged.parameters()]
    fresh: list[Tensor] = [*live.parameters()]
    torch._foreach_lerp_(kept, fresh, 1.0 - keep)
    for old, new in zip(averaged.buffers(), live.buffers(), strict=True):
        old.copy_(new)
