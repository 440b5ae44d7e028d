"""One stage being played: hero, enemies, items, and the bot that plays. Integers only, no pygame."""

from .world import World

__all__ = ["World"]
