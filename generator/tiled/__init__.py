"""Levels as maps of the editor Tiled, written and read."""
