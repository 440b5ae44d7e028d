"""The sample grids of a run: the same z, dreamed again and again while the generator learns."""

from __future__ import annotations

from generator.nes.cells import colour_counts
from generator.nes.palette import quantise
from generator.rng import mix

from ..pictures import cells_of, grid_picture, save_picture
from . import processes
from .export import export_generator
from .health import MOST_COLOURS, Relapse, complaint, diversity
from .networks import recalibrated
from .record import Record
from .run import Run
from .sample import dream, fixed_z
from .trainer import GRID_STREAM

EARLY_GRIDS = (1_000, 2_000, 4_000)
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

    def are_due(self) -> bool:
        """Whether the last step passed a multiple of `grid_every`, or one of the early marks."""
        images, every = self.run.images, self.run.budget.grid_every
        before = images - self.run.config.batch
        return images // every > before // every or any(before < mark <= images for mark in EARLY_GRIDS)

    def draw(self, record: Record) -> None:
        """Draws a grid, measures it, and raises Relapse in every process where its screens are all alike."""
        run, wrong = self.run, ""
        if run.first:
            self.calm = recalibrated(run.trainer.averaged, run.budget.calibration)
            screens = dream(self.calm, self.z)
            save_picture(run.folder / "samples" / f"images-{run.images:08d}.png", grid_picture(screens))
            indices = quantise(screens)
            share = diversity(indices) / max(self.own_diversity, 1e-9)
            run.at.diversity.append((run.images, round(share, 3)))
            tidy = float((colour_counts(cells_of(indices)) <= MOST_COLOURS).mean())
            record.log_samples({"diversity": share, "tidy": tidy}, screens)
            wrong = complaint(run.at.diversity)
        if wrong := processes.from_first(wrong):
            raise Relapse(wrong)

    def export(self) -> None:
        """Writes the generator that drew the last grid as `network.onnx`, for a game that watches."""
        if self.run.first:
            export_generator(self.calm.cpu(), self.run.as_saved(), self.run.folder / "network.onnx")
