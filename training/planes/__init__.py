"""Screens taken apart as the NES builds them: distinct tiles, a grid of their numbers, sub-palettes."""
