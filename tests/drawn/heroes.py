"""Heroes with motions of their own: one that is well, and many that are strange."""

from __future__ import annotations

from typing import Any

from generator.motion import Around, Body, Button, OwnMotion, Posture

RIGHT, LEFT, JUMP = int(Button.RIGHT), int(Button.LEFT), int(Button.JUMP)
WALK_SUB, JUMP_SUB, GRAVITY_SUB, FALL_SUB = 384, 900, 40, 1200


class Plain(OwnMotion):
    """Walks and stops at once, steers in the air, jumps three and a half tiles high."""

    name = "plain"

    def move(self, around: Around, body: Body, buttons: int) -> Body:
        """See `OwnMotion.move`."""
        side = bool(buttons & RIGHT) - bool(buttons & LEFT)
        x_sub, _ = around.slide(body.x_sub, body.y_sub, side * WALK_SUB)
        body = body._replace(x_sub=x_sub, facing=side or body.facing, vx_sub=side * WALK_SUB)
        if body.posture != Posture.AIR:
            if body.jump_held == 1:
                return self.fly(around, body, -JUMP_SUB)
            return body if around.stands(x_sub, body.y_sub) else self.fly(around, body, 0)
        return self.fly(around, body, min(body.vy_sub + GRAVITY_SUB, FALL_SUB))

    def fly(self, around: Around, body: Body, vy_sub: int) -> Body:
        """A tick in the air."""
        if vy_sub < 0:
            y_sub, met = around.rise(body.x_sub, body.y_sub, -vy_sub)
            return body._replace(y_sub=y_sub, posture=Posture.AIR, vy_sub=0 if met else vy_sub)
        y_sub, met = around.fall(body.x_sub, body.y_sub, vy_sub)
        posture = Posture.STAND if met else Posture.AIR
        return body._replace(y_sub=y_sub, posture=posture, vy_sub=0 if met else vy_sub)


class Strange(Plain):
    """As Plain, but what it returns is changed by `change`, given the body before and after and the
    buttons."""

    def __init__(self, name: str, change: Any) -> None:
        self.name, self.change = name, change

    def move(self, around: Around, body: Body, buttons: int) -> Body:
        """See `OwnMotion.move`."""
        after: Body = self.change(body, super().move(around, body, buttons), buttons)
        return after


PLAIN = Plain()
NO_MOTION = 7
