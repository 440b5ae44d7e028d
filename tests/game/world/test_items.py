"""What falls out of candles."""

from hypothesis import given
from hypothesis import strategies as st

from game.world.hero import Carry, Hero
from game.world.items import HEARTS_IN, HELD, Candle, Item, drop, fall, pick_up, weights
from generator.constraints import HARDEST
from generator.rng import Pcg32
from tests.drawn.levels import level_from_ascii

FLOOR = """
.@..............
........====....
................
################
"""


@given(st.integers(0, 2**32), st.integers(20, 230), st.sampled_from(["heart_small", "heart_large", "money"]))
def test_things_come_to_rest_on_what_carries_or_fade(seed: int, x_px: int, kind: str) -> None:
    level = level_from_ascii(FLOOR)
    item = Item(kind, x_px, 120, start_px=x_px)
    lives = 0
    while fall(item, level.terrain):
        lives += 1
        assert item.y_px <= 224
    assert lives == 300
    assert item.y_px in (192, 224)


def test_upgrades_come_at_four_and_eight_hearts_one_at_a_time() -> None:
    level = level_from_ascii(FLOOR)
    candle = Candle(100, 200)
    for whip_level, hearts, about, due in [
        (1, 4, False, True),
        (1, 3, False, False),
        (1, 9, True, False),
        (2, 7, False, False),
        (2, 8, False, True),
        (3, 99, False, False),
    ]:
        hero = Hero(level, Carry(hearts=hearts, whip_level=whip_level))
        assert (
            drop(candle, hero, frozenset({"whip_upgrade"} if about else ()), Pcg32(1)).kind == "whip_upgrade"
        ) == due


def test_hearts_grow_rare_where_it_is_hard() -> None:
    hearts = [
        sum(weight * HEARTS_IN.get(kind, 0) for kind, weight in zip(HELD, weights(hard), strict=True))
        for hard in range(HARDEST + 1)
    ]
    assert hearts == sorted(hearts, reverse=True) and hearts[0] >= 2 * hearts[-1] > 0
    assert all(sum(weights(hard)) == 20 and min(weights(hard)) > 0 for hard in range(HARDEST + 1))


def test_what_things_are_worth() -> None:
    hero = Hero(level_from_ascii(FLOOR), Carry(hearts=0))
    assert pick_up(Item("heart_small", 0, 0), hero) == "heart" and hero.hearts == 1
    assert pick_up(Item("heart_large", 0, 0), hero) == "heart_large" and hero.hearts == 6
    assert pick_up(Item("money", 0, 0, worth=400), hero) == "money" and hero.score == 400
    for _ in range(5):
        pick_up(Item("whip_upgrade", 0, 0), hero)
    assert hero.whip_level == 3
