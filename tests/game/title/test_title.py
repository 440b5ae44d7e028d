"""The title's menu: presses and letters in, wishes out."""

import pytest

from game.session.runs import Run
from game.title import Choice, Page, Title
from game.title.title import ATTRACT_TICKS, ENDS_A_RUN, MOST_LETTERS
from game.world.hero import Carry
from generator.level.codes import CastleCode, encode
from generator.motion import Button
from generator.rng import Pcg32
from generator.stream import LevelKey

UP, DOWN, LEFT, RIGHT = (int(b) for b in (Button.UP, Button.DOWN, Button.LEFT, Button.RIGHT))
JUMP, WHIP = int(Button.JUMP), int(Button.WHIP)
FIRST, DAILY = LevelKey(77), LevelKey(5)
RUN = Run(encode(CastleCode(9, stage=4)), "STAGE 04", Carry(score=900))


def at(choice: Choice, run: Run | None = None) -> Title:
    title = Title(FIRST, DAILY, run)
    while title.chosen != choice:
        assert title.tick(DOWN) is None
    return title


@pytest.mark.parametrize(
    ("choice", "key"),
    [
        (Choice.START, FIRST),
        (Choice.DAILY, DAILY),
        (Choice.ENDLESS, FIRST._replace(mode="endless")),
        (Choice.DREAM, FIRST._replace(mode="dream")),
    ],
)
def test_what_leads_into_a_castle(choice: Choice, key: LevelKey) -> None:
    for wish in (at(choice).tick(JUMP), at(choice).enter()):
        assert wish is not None and (wish.choice, wish.key) == (choice, key)


def test_a_run_that_was_left_is_offered_first() -> None:
    assert Choice.CONTINUE not in Title(FIRST, DAILY).offered
    title = Title(FIRST, DAILY, RUN)
    assert title.chosen == Choice.CONTINUE and title.text_of(title.chosen) == "CONTINUE STAGE 04"
    wish = title.tick(JUMP)
    assert wish is not None and wish.run == RUN


@pytest.mark.parametrize("choice", ENDS_A_RUN)
def test_what_would_end_it_is_asked_about(choice: Choice) -> None:
    title = at(choice, RUN)
    assert title.tick(JUMP) is None and title.asked == choice
    title.tick(DOWN)
    title.tick(UP)
    assert title.asked is None and title.enter() is None, "another entry was looked at: it asks anew"
    wish = title.tick(JUMP)
    assert wish is not None and wish.choice == choice


def test_the_difficulty_goes_round_and_is_that_of_what_begins() -> None:
    title = at(Choice.DIFFICULTY)
    seen = []
    for press in (RIGHT, RIGHT, RIGHT, LEFT, JUMP):
        assert title.tick(press) is None and title.moved
        seen.append(title.difficulty)
    assert seen == [2, 3, 1, 3, 1]
    title.tick(RIGHT)
    assert title.key == FIRST._replace(difficulty=2)


def test_a_code_is_typed() -> None:
    title, code = at(Choice.CODE), encode(CastleCode(7, stage=2))
    assert title.tick(JUMP) is None and title.page == Page.CODE
    for letter in code.lower():
        assert title.tick(0, letter) is None and title.page == Page.CODE
    title.tick(0, "q")
    title.erase()
    wish = title.enter()
    assert wish is not None and wish.key == LevelKey(7, 2) and wish.code == CastleCode(7, stage=2)


def test_a_code_that_is_none_is_said_and_stays() -> None:
    title = at(Choice.CODE)
    title.tick(JUMP)
    title.tick(0, "C000-0075")
    assert title.enter() is None and title.line and title.typed == "C000-0075"
    title.erase()
    assert not title.line
    title.tick(0, "X" * 200)
    assert len(title.typed) == MOST_LETTERS
    assert title.leave() and not title.leave()


def test_a_code_by_a_pad() -> None:
    title = at(Choice.CODE)
    title.tick(JUMP)
    for press in (RIGHT, UP, UP, RIGHT, DOWN, LEFT, RIGHT):
        assert title.tick(press) is None
    assert title.typed == "20"
    title.tick(WHIP)
    assert title.page == Page.MAIN


def test_the_castle_plays_by_itself_after_a_while_and_any_press_ends_that() -> None:
    title = Title(FIRST, DAILY)
    for _ in range(ATTRACT_TICKS + 5):
        assert title.tick(0) is None
    assert title.page == Page.MAIN, "there is no castle yet"
    title.tick(0, demo=True)
    assert title.page == Page.DEMO
    title.tick(0, demo=True)
    assert title.page == Page.DEMO
    assert title.tick(JUMP, demo=True) is None and title.page == Page.MAIN


def test_mashed_keys_never_get_stuck() -> None:
    """From wherever they lead, two presses of Escape lead back to the menu."""
    for seed in range(100):
        title, random = Title(FIRST, DAILY, RUN if seed % 2 else None), Pcg32(seed)
        for _ in range(200):
            match random.below(4):
                case 0:
                    title.enter()
                case 1:
                    title.leave()
                case 2:
                    title.tick(random.below(64), chr(33 + random.below(300)) if random.chance(1, 4) else "")
                case _:
                    title.tick(random.below(64))
            assert title.chosen in title.offered
        title.leave()
        assert title.page == Page.MAIN
