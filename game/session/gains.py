"""What a hero has won in a tick that is worth a line."""

from __future__ import annotations

from typing import NamedTuple

from ..texts import text
from ..world.hero import Hero


class Gains(NamedTuple):
    """What may be won, apart from points, hearts and health."""

    weapon: str
    shots: int
    whip_level: int
    lives: int
    safe: bool


def gains(hero: Hero) -> Gains:
    """What he has now."""
    return Gains(hero.weapon, hero.shots, hero.whip_level, hero.lives, hero.safe_ticks > 0)


def news_of(before: Gains, now: Gains) -> str:
    """What to say of it, or ""."""
    if now == before:
        return ""
    if now.weapon != before.weapon:
        return text(f"won.{now.weapon}")
    if now.shots > before.shots:
        return text("won.triple" if now.shots > 2 else "won.double")
    if now.whip_level > before.whip_level:
        return text("won.whip")
    if now.lives > before.lives:
        return text("won.life")
    return text("won.safe") if now.safe and not before.safe else ""
