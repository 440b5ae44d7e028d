"""Three initials: turned, typed, confirmed."""

from game.session.initials import DONE, WAIT_TICKS, Initials
from generator.motion import Button

UP, DOWN, LEFT, RIGHT = (int(b) for b in (Button.UP, Button.DOWN, Button.LEFT, Button.RIGHT))
JUMP, WHIP = int(Button.JUMP), int(Button.WHIP)


def asked(proposed: str = "AAA") -> Initials:
    initials = Initials(proposed)
    for _ in range(WAIT_TICKS):
        assert not initials.tick(JUMP, "X"), "nothing is felt yet"
    assert initials.letters == proposed and initials.at == 0
    return initials


def test_letters_are_turned_and_jump_confirms_each() -> None:
    initials = asked()
    for press in (UP, JUMP, DOWN, DOWN, JUMP):
        assert not initials.tick(press)
    assert initials.tick(JUMP) and initials.letters == "ZCA"


def test_left_and_the_whip_go_back_and_not_out() -> None:
    initials = asked("KIM")
    for press, at in (
        (RIGHT, 1),
        (RIGHT, 2),
        (RIGHT, DONE),
        (RIGHT, DONE),
        (LEFT, 2),
        (WHIP, 1),
        (LEFT, 0),
        (WHIP, 0),
    ):
        assert not initials.tick(press)
        assert initials.at == at
    for _ in range(DONE):
        initials.tick(RIGHT)
    assert initials.tick(JUMP) and initials.letters == "KIM"


def test_letters_are_typed_and_others_are_none() -> None:
    initials = asked()
    initials.tick(DOWN)
    for letter in ("z", "é", "7", "oe"):
        assert not initials.tick(0, letter)
    assert initials.letters == "ZOE" and initials.at == DONE
    assert not initials.tick(0, "x") and initials.letters == "ZOE"
    initials.back()
    initials.tick(0, "x")
    assert initials.letters == "ZOX" and initials.tick(JUMP)
