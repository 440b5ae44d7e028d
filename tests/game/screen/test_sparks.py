"""What flies about: points that stay in view, pieces, and how far the view is shaken."""

from game.screen import SpriteSheet
from game.screen.eyes import EYES, Eyes
from game.screen.sparks import POINTS_TOP_PX, RISE_PX, jolt_px, spark_pictures
from game.world import World
from game.world.blows import strike
from game.world.camera import VIEW_PX
from game.world.cues import SPARK_TICKS, Spark
from game.world.enemies import armour, enemy_of
from game.world.touches import touch
from game.world.world import Outcome
from tests.drawn.levels import level_from_ascii

FLAT = "\n".join(["." * 32] * 11 + [".@" + "." * 30] + ["#" * 32] * 3)


def world_at(tick: int) -> World:
    world = World(level_from_ascii(FLAT), enemies=False)
    world.tick = tick
    return world


def test_points_rise_from_whoever_fell_digit_by_digit() -> None:
    world = world_at(100)
    bat = enemy_of("bat", 120, 150, 1)
    world.enemies = [bat]
    strike(world, bat, 1, -1, [])
    shown = [picture for picture in spark_pictures(world) if picture.name == "points"]
    assert [picture.frame for picture in shown] == [2, 0, 0]
    assert [picture.x_px - shown[0].x_px for picture in shown] == [0, 4, 8]
    world.tick += SPARK_TICKS["points"] - 1
    risen = [picture for picture in spark_pictures(world) if picture.name == "points"]
    assert risen[0].y_px == shown[0].y_px - RISE_PX
    assert len(SpriteSheet.load().sprites["points"]) == 10


def test_points_stay_in_view_and_under_the_status_bar() -> None:
    world = world_at(100)
    left, top = world.camera_px
    for x_px in (left - 20, left + VIEW_PX + 20):
        world.sparks = [Spark("points", x_px, top, 100, worth=5000)]
        for picture in spark_pictures(world):
            assert left <= picture.x_px <= left + VIEW_PX - 4
            assert picture.y_px == top + POINTS_TOP_PX


def test_the_view_is_shaken_less_and_less_and_only_for_eyes_that_bear_it() -> None:
    world = world_at(100)
    world.sparks = [Spark("quake", 100, 100, 100)]
    far = []
    for world.tick in range(100, 100 + SPARK_TICKS["quake"]):
        assert jolt_px(world, Eyes(shake=False)) == 0
        far.append(jolt_px(world, EYES))
    assert min(far) < 0 < max(far) and abs(far[0]) == 3 and abs(far[-1]) == 1
    assert sorted(map(abs, far), reverse=True) == list(map(abs, far))
    world.outcome = Outcome.CLEARED
    assert jolt_px(world, EYES) == 0


def test_a_heavy_blow_shakes_it_and_a_light_one_does_not() -> None:
    for kind, shaken in (("zombie", False), ("armour", True)):
        world = world_at(100)
        foe = enemy_of(kind, 24, 192, -1)
        world.enemies = [foe]
        touch(world, [])
        assert world.hero.hits == 1 and bool(jolt_px(world, EYES)) == shaken
    world = world_at(100)
    foe = enemy_of("armour", 200, 192, -1)
    world.enemies = [foe]
    foe.begin(armour.SWINGING)
    assert jolt_px(world, EYES), "its sword comes down"
