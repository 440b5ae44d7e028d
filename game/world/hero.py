"""The hero: a body that moves, and what he has."""

from __future__ import annotations

from dataclasses import dataclass

from generator.motion import AnyMotion, Body, Event, Place, Posture, State, hurt, spawn, step

HEALTH_MAX = 16
"""Bars of health. (FACTS)"""
LIVES = 3
HEARTS = 5
"""Hearts to begin with."""
WHIP_LEVEL_MAX = 3
SHOTS_MAX = 3
"""Second weapons in the air at once, with the triple. (FACTS)"""
LIFE_POINTS = 30_000
"""Points after which he has a life more, again and again. (ours)"""


@dataclass(frozen=True)
class Carry:
    """What a hero takes from one stage to the next."""

    score: int = 0
    lives: int = LIVES
    hearts: int = HEARTS
    whip_level: int = 1
    """1 to WHIP_LEVEL_MAX."""
    health: int = HEALTH_MAX
    weapon: str = ""
    """His second weapon, one of `weapons.WEAPONS`; "": none."""
    shots: int = 1
    """1 to SHOTS_MAX."""


class Hero:
    """The hero is moved by `motion.step` alone, and harmed by `motion.hurt` alone."""

    __slots__ = (
        "health", "hearts", "hits", "lives", "safe_ticks", "score", "shots", "state", "weapon", "weapon_hits",
        "whip_level",
    )  # fmt: skip

    def __init__(self, place: Place, carry: Carry) -> None:
        self.state: State = spawn(place)
        self.score = carry.score
        self.lives = carry.lives
        self.hearts = carry.hearts
        self.whip_level = carry.whip_level
        self.health = carry.health
        self.weapon = carry.weapon
        self.shots = carry.shots
        self.weapon_hits = 0
        """How often his second weapon has hit since he has had it."""
        self.hits = 0
        """Blows that he took."""
        self.safe_ticks = 0
        """How long the potion still works."""

    @property
    def body(self) -> Body:
        """Where and how he is."""
        return self.state.body

    @property
    def dead(self) -> bool:
        """Whether this life is over."""
        return self.state.body.posture == Posture.DEAD

    def carry(self) -> Carry:
        """What he has now."""
        return Carry(
            self.score, self.lives, self.hearts, self.whip_level, self.health, self.weapon, self.shots
        )

    def take_along(self, carry: Carry) -> None:
        """Gives him, where he is, what he has won elsewhere; his health stays."""
        self.score, self.lives, self.hearts = carry.score, carry.lives, carry.hearts
        self.whip_level, self.weapon, self.shots = carry.whip_level, carry.weapon, carry.shots

    def win(self, points: int) -> None:
        """Gives him points, and a life for every LIFE_POINTS."""
        self.lives += (self.score + points) // LIFE_POINTS - self.score // LIFE_POINTS
        self.score += points

    def arm(self, weapon: str) -> None:
        """Gives him a second weapon instead of the one that he has."""
        if weapon != self.weapon:
            self.weapon, self.shots, self.weapon_hits = weapon, 1, 0

    def step(self, place: Place, motion: AnyMotion, buttons: int) -> tuple[Event, ...]:
        """Moves him by one tick. Without health he falls as he was struck, and is dead when he lies."""
        self.safe_ticks = max(0, self.safe_ticks - 1)
        self.state, events = step(place, motion, self.state, buttons if self.health else 0)
        if self.dead:
            self.health = 0
        elif not self.health and self.body.posture not in (Posture.AIR, Posture.HURT):
            body = self.body._replace(posture=Posture.DEAD, vx_sub=0, whip_tick=0, safe_tick=0)
            self.state = self.state._replace(body=body)
        return events

    def harm(self, damage: int, dx: int, *, pushed: bool = True) -> bool:
        """Strikes him, and pushes him along the sign of `dx`, or not at all; False where he is safe from
        blows."""
        if self.safe_ticks:
            return False
        struck = hurt(self.body, dx)
        if struck is self.body:
            return False
        self.hits += 1
        self.health = max(0, self.health - damage)
        if not pushed:
            struck = self.body._replace(safe_tick=struck.safe_tick)
        self.state = self.state._replace(body=struck)
        return True

    def kill(self) -> None:
        """Takes all health: this life ends as soon as he is on the ground."""
        self.health = 0
