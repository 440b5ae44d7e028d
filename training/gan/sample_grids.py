"""The sample grids of a run: dreams of the same z, again and again; in the codec's lesson pairs of a painted
screen and what the codec made of it."""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from generator.nes.cells import colour_counts
from generator.nes.palette import PALETTE_RGB, quantise
from generator.rng import mix

from ..pictures import cells_of, grid_picture, save_picture
from ..planes.planes import put_together, take_apart
from . import processes
from .codec import Codec
from .export import export_generator
from .health import MOST_COLOURS, Relapse, complaint, diversity
from .networks import Generator
from .record import Record
from .run import Run
from .sample import as_exported, dream, fixed_z, recalibrated
from .screens import GRID_STREAM

EARLY_GRIDS = (2_000, 8_000, 20_000)
"""Images seen at which a grid is drawn besides every `grid_every`: the start changes fast."""
MEASURED_SCREENS = 64
"""Screens of the corpus whose diversity the samples' is compared with."""


class SampleGrids:
    """Dreams of fixed z by the averaged generator. The first process draws them for all."""

    def __init__(self, run: Run) -> None:
        self.run = run
        config = run.config
        self.z = fixed_z(run.budget.grid, config.latent, mix(config.seed, GRID_STREAM) >> 1).to(run.device)
        rows = run.corpus.training_rows()
        some = rows[:: max(1, len(rows) // MEASURED_SCREENS)][:MEASURED_SCREENS]
        self.own_diversity = diversity(run.corpus.read(some))
        unseen = run.corpus.held_out_rows()
        self.shown = run.corpus.read(_spread(unseen if len(unseen) else rows, max(1, run.budget.grid // 2)))

    def are_due(self) -> bool:
        """Whether the last step passed a multiple of `grid_every`, one of the early marks, or a lesson's
        end."""
        config, images, every = self.run.config, self.run.images, self.run.budget.grid_every
        before = images - config.batch
        marks = (*EARLY_GRIDS, config.codec_images, config.codec_images + config.codes_images)
        return images // every > before // every or any(before < mark <= images for mark in marks)

    def draw(self, record: Record) -> None:
        """Draws a grid, measures it, and raises Relapse in every process where its screens are all alike."""
        run, wrong = self.run, ""
        if run.first:
            screens, figures = self._pairs() if run.lesson == "codec" else self._dreams()
            save_picture(run.folder / "samples" / f"images-{run.images:08d}.png", grid_picture(screens))
            share = figures["diversity"]
            run.at.diversity.append((run.images, round(share, 3)))
            record.log_samples(figures, screens)
            wrong = complaint(run.at.diversity)
        if wrong := processes.from_first(wrong):
            raise Relapse(wrong)

    def _dreams(self) -> tuple[NDArray[np.uint8], dict[str, float]]:
        """Dreams, RGB uint8[n, 224, 224, 3], and what is measured on them."""
        self.calm = as_exported(recalibrated(self.run.trainer.averaged, self.run.budget.calibration))
        screens = dream(self.calm, self.z)
        indices = quantise(screens)
        tidy = float((colour_counts(cells_of(indices)) <= MOST_COLOURS).mean())
        return screens, {"diversity": diversity(indices) / max(self.own_diversity, 1e-9), "tidy": tidy}

    def _pairs(self) -> tuple[NDArray[np.uint8], dict[str, float]]:
        """Painted screens each beside what the codec makes of it, and what is measured on those.

        Their diversity is how many different tiles come out, as a share of those that went in.
        """
        averaged = self.run.trainer.averaged
        assert isinstance(averaged, Generator)
        codec = averaged.codec.eval()
        made, errors, kept = [], [], []
        for screen in self.shown:
            planes = take_apart(screen)
            drawn = redrawn(codec, planes.shades)
            made += [screen, put_together(planes._replace(shades=drawn))]
            errors.append(
                np.square((PALETTE_RGB[made[-1]] - PALETTE_RGB[screen].astype(np.float64)) / 127.5).mean()
            )
            kept.append(_distinct(drawn) / _distinct(planes.shades))
        figures = {"diversity": float(np.mean(kept)), "squared_error": float(np.mean(errors))}
        return PALETTE_RGB[np.stack(made)], figures

    def export(self) -> None:
        """Writes the generator that drew the last grid as `network.onnx`, for a game that watches."""
        if self.run.first and self.run.lesson != "codec":
            export_generator(self.calm.cpu(), self.run.as_saved(), self.run.folder / "network.onnx")


@torch.no_grad()
def redrawn(codec: Codec, shades: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What a codec in eval mode makes of tiles uint8[n, 16, 16] of shades: the same shape."""
    tiles = torch.from_numpy(shades).to(next(codec.parameters()).device)
    drawn = codec.decode(codec.encode(tiles)).argmax(1).to(torch.uint8).cpu().numpy()
    return np.asarray(drawn.reshape(shades.shape), np.uint8)


def _distinct(tiles: NDArray[np.uint8]) -> int:
    return len(np.unique(tiles.reshape(len(tiles), -1), axis=0))


def _spread(rows: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    return rows[np.linspace(0, len(rows) - 1, min(count, len(rows))).astype(np.intp)]
