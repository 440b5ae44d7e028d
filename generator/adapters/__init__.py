"""Dreamed levels in other people's engines and editors; each module is imported when it is asked for."""

__all__ = ["godot", "ldtk", "pygame_util", "pyscroll_util", "sheets"]
