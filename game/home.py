"""What the game keeps in the user's folders: all files that it reads when it starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .controls import Bindings
from .session.kept import Kept
from .session.options import options_in
from .session.records import records_in
from .session.runs import runs_in
from .session.scores import scores_in


class Home:
    """The files. Whoever needs one reads it; all are written in the background."""

    def __init__(self, data: Path | None = None, settings: Path | None = None) -> None:
        """The folders; None: nothing is kept there."""

        def within(folder: Path | None, name: str) -> Path | None:
            return folder and folder / name

        self.runs = runs_in(within(data, "run.json"))
        """The run that was left."""
        self.scores = scores_in(within(data, "scores.json"))
        self.records = records_in(within(data, "records.json"))
        self.ghosts = within(data, "ghosts")
        """The folder of the best runs."""
        self.options = options_in(within(settings, "options.json"))
        self.bindings = Kept(within(settings, "controls.json"), Bindings.from_bytes, Bindings.to_bytes)
        """What keys and pads do."""

    @classmethod
    def of_user(cls) -> Home:
        """The user's folders; nothing is kept where he has none."""
        import platformdirs

        try:
            return cls(
                Path(platformdirs.user_data_path("Ganvania", appauthor=False)),
                Path(platformdirs.user_config_path("Ganvania", appauthor=False)),
            )
        except (OSError, RuntimeError):
            return cls()

    @property
    def set_aside(self) -> list[str]:
        """The names of files that were read and could not be used."""
        return [kept.name for kept in self._all if kept.set_aside]

    def wait(self) -> None:
        """Waits until all is written."""
        for kept in self._all:
            kept.wait()

    @property
    def _all(self) -> tuple[Kept[Any], ...]:
        return self.runs, self.scores, self.records, self.options, self.bindings
