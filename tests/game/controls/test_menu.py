"""The pause's menu: presses in, what is chosen out."""

from __future__ import annotations

from game.controls.menu import DIRECTIONS, REPEAT_AFTER_TICKS, REPEAT_TICKS, Entry, Menu, PressEdges
from generator.motion import Button

UP, DOWN, RIGHT = int(Button.UP), int(Button.DOWN), int(Button.RIGHT)
JUMP, WHIP = int(Button.JUMP), int(Button.WHIP)


def test_what_is_held_when_it_opens_chooses_nothing() -> None:
    presses = PressEdges()
    assert [presses.tick(mask) for mask in (JUMP, JUMP, 0, JUMP, JUMP | UP)] == [0, 0, 0, JUMP, UP]


def test_a_direction_that_is_held_goes_on_and_a_jump_does_not() -> None:
    presses = PressEdges()
    presses.tick(0)
    felt = [presses.tick(RIGHT | JUMP) for _ in range(1 + REPEAT_AFTER_TICKS + 2 * REPEAT_TICKS)]
    times = [tick for tick, mask in enumerate(felt) if mask & DIRECTIONS]
    assert times == [0, REPEAT_AFTER_TICKS, REPEAT_AFTER_TICKS + REPEAT_TICKS, len(felt) - 1]
    assert [tick for tick, mask in enumerate(felt) if mask & JUMP] == [0]


def test_the_menu_goes_round() -> None:
    menu = Menu()
    seen = []
    for _ in range(len(Entry) + 1):
        seen.append(menu.chosen)
        assert menu.tick(DOWN) is None
    assert seen == [*Entry, Entry.RESUME]
    menu.tick(UP)
    assert menu.tick(JUMP) == Entry.RESUME
    assert menu.tick(WHIP) == Entry.RESUME


def test_what_ends_a_run_is_asked_about() -> None:
    menu = Menu()
    assert menu.tick(UP | JUMP) is None and menu.asked == menu.chosen == Entry.QUIT
    assert menu.tick(UP) is None and menu.asked is None and menu.chosen == Entry.TITLE
    assert menu.tick(DOWN | JUMP) is None, "the question was forgotten"
    assert menu.tick(JUMP) == Entry.QUIT
