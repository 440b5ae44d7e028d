"""Pictures and facts of levels for a human eye: contact sheets, maps, a page, and how new tiles are."""

__all__ = ["facts", "index_file", "maps", "novelty", "page", "sheet"]
