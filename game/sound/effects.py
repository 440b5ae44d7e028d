"""Every sound effect: what makes it, which of the chip's voices it takes, and how much it weighs.

An effect takes its voices from the music and from effects that weigh no more, as on the chip, which has only
four. The first pulse plays on under all but the jingles: so there is always a melody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from . import fight_effects as fight
from . import hero_effects as hero
from . import item_effects as item
from . import scene_effects as scene
from .synth import Samples
from .voices import Voice

Voices = frozenset[Voice]

PULSE: Voices = frozenset({Voice.SECOND})
NOISE: Voices = frozenset({Voice.DRUMS})
BOTH = PULSE | NOISE
LOW = NOISE | {Voice.BASS}
DEEP = BOTH | {Voice.BASS}
ALL: Voices = frozenset(Voice)

OFTEN, BLOW, GAIN, FATE = range(4)
"""What an effect weighs: what is heard all the time; blows, doors, menus; what is won; what ends."""


class Effect(NamedTuple):
    """A sound effect."""

    make: Callable[[], Samples]
    """Composes it; the same samples every time."""
    voices: Voices
    weight: int


def _named(voices: Voices, weight: int, *makers: Callable[[], Samples]) -> dict[str, Effect]:
    return {make.__name__.rstrip("_"): Effect(make, voices, weight) for make in makers}


EFFECTS: dict[str, Effect] = {
    **_named(LOW, OFTEN, hero.land, hero.platform, hero.stairs),
    **_named(NOISE, OFTEN, hero.whip, hero.crumble),
    **_named(BOTH, OFTEN, hero.jump, scene.letter),
    **_named(PULSE, OFTEN, scene.choose, scene.count_time, scene.count_heart, fight.bone),
    **_named(BOTH, BLOW, hero.clang, hero.hit, hero.candle, hero.locked, hero.unlock),
    **_named(DEEP, BLOW, hero.door),
    **_named(LOW, BLOW, hero.break_),
    **_named(NOISE, BLOW, hero.splash),
    **_named(BOTH, BLOW, fight.dagger, fight.axe, fight.flask, fight.burst, fight.fall),
    **_named(PULSE, BLOW, fight.boomerang, fight.stopwatch),
    **_named(BOTH, BLOW, fight.great_bat_attack, fight.armour_attack, fight.shade_attack),
    **_named(BOTH, OFTEN, fight.spit, fight.fireball),
    **_named(PULSE, BLOW, scene.enter, scene.leave, scene.pause, scene.ask),
    **_named(PULSE, BLOW, item.heart, item.heart_large, item.money),
    **_named(BOTH, BLOW, scene.keep, scene.look),
    **_named(NOISE, BLOW, scene.snapshot),
    **_named(PULSE, GAIN, item.upgrade, item.multiply, item.key),
    **_named(PULSE, GAIN, item.roast, item.secret, item.potion, item.one_up, scene.entered, scene.hurry),
    **_named(BOTH, GAIN, item.weapon, item.rosary),
    **_named(DEEP, GAIN, item.treasure, item.orb, scene.begin),
    **_named(frozenset({Voice.BASS}), GAIN, scene.low_life),
    **_named(BOTH, GAIN, hero.hurt),
    **_named(DEEP, FATE, fight.great_bat_fall, fight.armour_fall, fight.shade_fall),
    **_named(ALL - NOISE, FATE, scene.death),
    **_named(ALL, FATE, scene.clear, scene.dream),
}
"""Every effect by its name: that of a cue of the world, or of what `game/hearing.py` asks for."""
