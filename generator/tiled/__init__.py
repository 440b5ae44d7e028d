"""Levels as maps of the editor Tiled, written and read."""

__all__ = ["document", "layers", "mechanisms", "names", "objects", "read", "tilesets", "write"]
