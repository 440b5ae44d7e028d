"""What is wrong with an environment's arguments."""

from __future__ import annotations

from generator.errors import GanvaniaError


class EnvironmentFault(GanvaniaError):
    """An argument that an environment cannot use: one line that begins with its name."""
