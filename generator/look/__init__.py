"""How a stage looks: its theme, its art, its layers of tiles, and the melt from one art to the next."""

__all__ = ["art", "backdrops", "blend", "dressing", "far", "melt", "themes"]
