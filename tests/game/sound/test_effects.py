"""Effects are well formed, every cue has one, and no mixture of effects and music clips."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from game.sound.effects import EFFECTS
from game.sound.sound import EFFECT_VOLUME
from game.sound.synth import RATE_HZ
from game.sound.tune import voice_of
from game.sound.tunes import TUNES
from game.sound.voices import CEILING, SHARES, Voice
from game.world.hero import Carry, Hero
from game.world.items import Item, pick_up
from tests.drawn.cues import ITEMS, kinds_of_cues
from tests.drawn.levels import level_from_ascii

HEADROOM = 10 ** (-1 / 20)
"""-1 dBFS."""
FLOOR = """
.@..............
................
################
"""


def loudness(wave: np.ndarray) -> float:
    """The root mean square of the loudest 50 ms of a sound."""
    power = np.convolve(wave.astype(np.float64) ** 2, np.ones(RATE_HZ // 20), "valid")
    return float(np.sqrt(power.max() / (RATE_HZ // 20)))


def test_every_effect_is_there_short_and_does_not_clip() -> None:
    assert len(EFFECTS) >= 35
    for name, effect in EFFECTS.items():
        wave = effect.make()
        assert wave.dtype == np.float32
        assert 0.04 * RATE_HZ < len(wave) < 2.5 * RATE_HZ, name
        assert 0.05 < np.abs(wave).max() <= 1.0, name
        assert np.isfinite(wave).all()
        assert abs(wave[-1]) < 0.02, f"{name} ends with a click"


def test_effects_are_the_same_every_time() -> None:
    for effect in EFFECTS.values():
        assert np.array_equal(effect.make(), effect.make())


def test_what_is_heard_often_is_short_and_what_is_rare_may_be_long() -> None:
    often = (
        "whip", "hit", "jump", "land", "heart", "candle", "stairs", "platform", "crumble", "locked", "door",
    )  # fmt: skip
    for name in often:
        assert len(EFFECTS[name].make()) <= 0.3 * RATE_HZ, name


def test_a_step_on_stairs_is_the_softest_and_a_wall_that_breaks_among_the_loudest() -> None:
    level = {name: loudness(effect.make()) for name, effect in EFFECTS.items()}
    assert all(level["stairs"] <= level[name] for name in ("jump", "land", "whip", "platform", "crumble"))
    assert level["stairs"] < 0.25 * level["land"]
    assert level["platform"] < 0.6 * level["land"] < level["break"]


def test_every_cue_of_the_world_has_a_sound() -> None:
    told = kinds_of_cues()
    assert {"hit", "clang", "candle", "splash"} <= told
    assert sorted(told - set(EFFECTS)) == []


@pytest.mark.parametrize("kind", ITEMS)
def test_every_item_has_a_sound(kind: str) -> None:
    assert pick_up(Item(kind, 0, 0), Hero(level_from_ascii(FLOOR), Carry())) in EFFECTS


def test_items_are_told_apart_by_ear() -> None:
    heard = {kind: pick_up(Item(kind, 0, 0), Hero(level_from_ascii(FLOOR), Carry())) for kind in ITEMS}
    assert len(set(heard.values())) == 10
    assert heard["one_up"] == "one_up" and heard["heart_small"] != heard["heart_large"]


@pytest.mark.parametrize("names", [("break", "secret"), ("death", "splash"), ("hurt", "low_life")])
def test_what_comes_in_one_tick_is_heard_together(names: tuple[str, str]) -> None:
    assert not EFFECTS[names[0]].voices & EFFECTS[names[1]].voices


def test_every_effect_and_every_voice_of_the_music_keeps_to_its_share() -> None:
    """So whatever comes together stays under -1 dBFS: voices are taken, never shared."""
    assert pytest.approx(sum(SHARES.values())) == CEILING <= HEADROOM
    for name, effect in EFFECTS.items():
        assert np.abs(effect.make()).max() * EFFECT_VOLUME <= sum(SHARES[v] for v in effect.voices), name
    for name, tune in TUNES.items():
        for voice in Voice:
            assert np.abs(voice_of(tune, voice)).max() <= SHARES[voice], (name, voice)


def test_the_loudest_that_can_come_together_stays_under_a_decibel_of_headroom() -> None:
    """The loudest effects of disjoint voices, at their loudest moments, with the loudest music beneath."""
    peak = {name: float(np.abs(effect.make()).max()) * EFFECT_VOLUME for name, effect in EFFECTS.items()}
    loud = {v: max(float(np.abs(voice_of(tune, v)).max()) for tune in TUNES.values()) for v in Voice}
    worst = 0.0
    for number in (0, 1, 2, 3):
        for names in combinations(EFFECTS, number):
            taken = [voice for name in names for voice in EFFECTS[name].voices]
            if len(taken) == len(set(taken)):
                left = sum(loud[voice] for voice in Voice if voice not in taken)
                worst = max(worst, left + sum(peak[name] for name in names))
    assert 0.5 < worst < HEADROOM
