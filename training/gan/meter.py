"""How far a training is, for the person at the terminal: a progress bar, or lines."""

from __future__ import annotations

import time
from collections.abc import Mapping

from tqdm import tqdm

from .run import Run

SHOWN = ("loss", "right", "loss_d", "loss_g")
"""What stands beside the bar, as far as the lesson has it."""


class Meter:
    """The progress bar of a run; where there is no terminal for it, a line at every sample grid."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.bar = tqdm(
            total=run.budget.images,
            initial=run.images,
            unit="img",
            disable=None if run.first else True,  # None: where stderr is no terminal
            smoothing=0.02,
        )
        self._began, self._begun_at = time.monotonic(), run.images

    def show(self, numbers: Mapping[str, float]) -> None:
        """Moves the bar to where the run is; beside it stand the losses of the last step."""
        self.bar.update(self.run.images - self.bar.n)
        self.bar.set_description(self.run.lesson, refresh=False)
        losses = {name: f"{value:.2f}" for name, value in numbers.items() if name in SHOWN}
        self.bar.set_postfix(losses, refresh=False)

    def tell(self) -> None:
        """Says how far the run is, where no bar does."""
        if not self.bar.disable:
            return
        run, budget = self.run, self.run.budget
        speed = (run.images - self._begun_at) / (time.monotonic() - self._began)
        seconds = (budget.images - run.images) / max(speed, 1e-9)
        minutes = max(0, round(min(seconds, budget.minutes * 60 - run.at.seconds) / 60))
        left = f"{minutes // 60} h {minutes % 60:02d} min left"
        run.say(f"{run.lesson}: {run.images:,} images, {speed:.1f} a second, {left}")

    def close(self) -> None:
        """Ends the bar."""
        self.bar.close()
