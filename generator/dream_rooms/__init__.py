"""Rooms that are dreamed screens, cell by cell: mended where they must be, proven, and shown as dreamed."""

__all__ = ["build", "chain", "grid", "life", "look", "mend", "repair", "stage"]
