"""A platformer with a hero of its own: every level is proven for him, and the next is dreamed while he plays.

The arrows walk, the space bar jumps, and once more in the air. Until you press a key the proof plays: the
level brings the buttons of a way to its exit, tick by tick.
"""

from __future__ import annotations

import pygame

from generator import Level, LevelKey, LevelStream, pygame_util
from generator.motion import SUB, Button, EventKind, FreeMotion, body_box, spawn, step

HERO = FreeMotion("hopper", walk_sub=400, jump_sub=900, air_jumps=1, air_jump_sub=700)
"""His numbers, in 1/256 px a tick. The levels are proven for them, and `step` moves him by them."""
VIEW_PX = 400, 240
KEYS = {pygame.K_RIGHT: Button.RIGHT, pygame.K_LEFT: Button.LEFT, pygame.K_SPACE: Button.JUMP}
COIN_RGB, HERO_RGB, EYE_RGB = (252, 224, 168), (252, 116, 96), (0, 0, 0)


def key_of(number: int) -> LevelKey:
    """What the first, second, third ... level is built from: longer and harder ones."""
    return LevelKey(9, stage=number, mode="strip", width=min(3 + number, 12))


class Run:
    """One run through a level."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self.state = spawn(level)
        self.tick = 0
        # Coins are where candles hang in Castlevania. Foes are spawns, too: see level.spawns.
        self.coins = [pygame.Rect(s.x_px - 4, s.y_px - 12, 8, 8) for s in level.spawns if s.kind == "candle"]

    @property
    def hero(self) -> pygame.Rect:
        """Where he is, px."""
        left, top, right, bottom = body_box(HERO, self.state.body)
        return pygame.Rect(left, top, right - left, bottom - top)

    def step(self, buttons: int) -> bool:
        """One tick; returns whether the exit is reached."""
        self.state, events = step(self.level, HERO, self.state, buttons)
        self.tick += 1
        self.coins = [coin for coin in self.coins if not coin.colliderect(self.hero)]
        happened = {event.kind for event in events}
        if EventKind.DIED in happened:  # spikes, or a pit: again from the start
            self.state = spawn(self.level)
        return EventKind.EXITED in happened

    def draw(self, screen: pygame.Surface) -> None:
        """The level around the hero, then what is on it."""
        last_px = self.level.width_tiles * 16 - VIEW_PX[0]
        x_px = max(0, min(self.state.body.x_sub // SUB - VIEW_PX[0] // 2, last_px))
        pygame_util.draw(screen, self.level, (x_px, 0))
        pygame_util.draw_mechanisms(screen, self.level, (x_px, 0), self.state)  # lifts, and the door out
        for coin in self.coins:
            pygame.draw.ellipse(screen, COIN_RGB, coin.move(-x_px, 0))
        hero = self.hero.move(-x_px, 0)
        pygame.draw.rect(screen, HERO_RGB, hero, border_radius=4)
        pygame.draw.circle(screen, EYE_RGB, (hero.centerx + 3 * self.state.body.facing, hero.top + 7), 1.5)


def held() -> int:
    """The buttons whose keys are down."""
    pressed = pygame.key.get_pressed()
    return sum(button for key, button in KEYS.items() if pressed[key])


def main() -> None:
    pygame.init()
    screen = pygame.display.set_mode(VIEW_PX, pygame.SCALED)
    clock = pygame.time.Clock()
    stream = LevelStream(motion=HERO)
    number, run, proof_plays = 1, None, True
    is_open = True
    while is_open:
        events = pygame.event.get()
        is_open = all(event.type != pygame.QUIT for event in events)
        # Once a frame: what is needed next, the most urgent first. Nothing here waits.
        stream.want([key_of(number)] if run is None else [key_of(number + 1)])
        stream.poll()
        if run is None and (built := stream.take(key_of(number))) is not None:
            run = Run(built.level)
        if run is None:
            pygame.display.set_caption("dreaming ...")
            if stream.error or key_of(number) in stream.failed:
                raise SystemExit(stream.error or stream.failed[key_of(number)])
        else:
            if proof_plays and any(event.type == pygame.KEYDOWN for event in events):
                run, proof_plays = Run(run.level), False  # from here on you play
            pygame.display.set_caption(f"level {number}{': the proof plays' * proof_plays}")
            is_out = run.step(run.level.certificate[run.tick] if proof_plays else held())
            run.draw(screen)
            pygame.display.flip()
            if is_out:
                number, run = number + 1, None
        clock.tick(60)
    stream.close()


if __name__ == "__main__":
    main()
