"""Errors of a training that are the user's to mend."""

from __future__ import annotations

from generator.errors import GanvaniaError


class TrainingError(GanvaniaError):
    """A run, a checkpoint or an option that cannot be used."""
