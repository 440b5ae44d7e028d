"""From the title into a castle and back, by keys."""

from pathlib import Path

import numpy as np
import pygame
import pytest

from game.app import App
from game.front import PREPARE_TICKS
from game.gallery import Favourites
from game.home import Home
from game.screen import Window
from game.session import Phase, Session
from game.session.runs import Run
from game.sound import Sounds
from game.texts import text
from game.title import Choice, Page
from game.title.title import ATTRACT_TICKS, SYMBOLS
from game.world.hero import LIVES, Carry
from generator.level.codes import CastleCode, encode
from generator.rng import Pcg32
from generator.stream import Built, LevelKey
from tests.drawn.fingers import Fingers
from tests.drawn.levels import built
from tests.drawn.sessions import FakeStream

FIRST = LevelKey(3)


class TrueStream(FakeStream):
    """Has those castles that are asked for, and not one under every name."""

    def take(self, key: LevelKey) -> Built | None:
        return built(key.seed, key.stage, key.art) if key.difficulty == 1 else super().take(key)


class Player(Fingers):
    """An app that begins with the title, and fingers."""

    def __init__(
        self, folder: Path, stream: FakeStream | None = None, *, slow: bool = False, run: Run | None = None
    ) -> None:
        super().__init__()
        self.stream = stream or FakeStream()
        self.stream.slow = slow
        self.session = Session(self.stream, FIRST, ask=False)
        home = Home(folder)
        self.runs = home.runs
        self.favourites = Favourites(folder / "favourites")
        self.app = App(
            self.session, Window(1, False), Sounds(mute=True), favourites=self.favourites, home=home
        )
        self.app.front.open(FIRST, run)
        self.wait(4)

    def choose(self, choice: Choice) -> None:
        title = self.app.front.title
        assert title is not None
        while title.chosen != choice:
            self.press(pygame.K_DOWN)
        self.press(pygame.K_x)

    def picture(self) -> np.ndarray:
        return pygame.surfarray.array3d(self.app.window.canvas)


def test_start_leads_into_the_castle_that_was_dreamed_behind_it(tmp_path: Path) -> None:
    player = Player(tmp_path)
    assert player.app.front.behind is not None and player.session.world is None
    player.choose(Choice.START)
    assert player.app.front.title is None and player.session.playthrough.key == FIRST
    assert player.session.phase == Phase.SHOW


def test_the_title_does_not_wait_for_the_dream(tmp_path: Path) -> None:
    player = Player(tmp_path, slow=True)
    assert player.picture().any() and player.app.front.behind is None
    player.choose(Choice.START)
    assert player.session.phase == Phase.LOADING and player.session.waits
    player.stream.slow = False
    player.wait(3)
    assert player.session.phase == Phase.SHOW


@pytest.mark.parametrize(
    ("choice", "mode"), [(Choice.DAILY, "castle"), (Choice.ENDLESS, "endless"), (Choice.DREAM, "dream")]
)
def test_other_castles(tmp_path: Path, choice: Choice, mode: str) -> None:
    player = Player(tmp_path)
    player.choose(choice)
    player.wait(3)
    assert player.session.playthrough.key.mode == mode and player.session.world is not None


def test_a_friends_code(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.choose(Choice.CODE)
    player.press(*(ord(letter) for letter in encode(CastleCode(41, stage=2)).lower()), pygame.K_q)
    player.press(pygame.K_BACKSPACE, pygame.K_RETURN)
    player.wait(3)
    assert player.session.playthrough.key == LevelKey(41, 2) and player.app.front.title is None


def test_every_letter_of_a_code_can_be_typed(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.choose(Choice.CODE)
    player.press(*(ord(letter) for letter in SYMBOLS.lower()))
    title = player.app.front.title
    assert title is not None and title.typed == SYMBOLS and title.page == Page.CODE


def test_the_way_back_to_the_title_and_the_run_that_goes_on(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.choose(Choice.START)
    player.press(pygame.K_x)  # past the show
    assert player.session.world is not None
    player.session.world.hero.score = 800
    player.press(pygame.K_ESCAPE)
    assert player.session.phase == Phase.PAUSED
    player.press(pygame.K_UP, pygame.K_UP, pygame.K_x)
    assert player.app.front.title is None, "it asks"
    player.press(pygame.K_x)
    title = player.app.front.title
    assert title is not None and title.chosen == Choice.CONTINUE
    player.press(pygame.K_x)
    assert player.session.playthrough.key == FIRST and player.session.world is not None
    assert player.session.world.hero.score == 800 and player.session.phase == Phase.PLAYING, "where he was"
    player.runs.wait()
    assert Home(tmp_path).runs.read() is not None


def test_a_friends_code_does_not_end_a_run_unasked(tmp_path: Path) -> None:
    player = Player(tmp_path, run=Run(encode(CastleCode(9, stage=4)), "STAGE 04", Carry()))
    player.choose(Choice.CODE)
    player.press(*map(ord, encode(CastleCode(41)).lower()), pygame.K_RETURN)
    title = player.app.front.title
    assert title is not None and title.line == text("title.sure") and player.session.world is None
    player.press(pygame.K_RETURN)
    player.wait(3)
    assert player.session.playthrough.key == LevelKey(41)


def test_a_start_that_is_not_waited_for_costs_no_run(tmp_path: Path) -> None:
    run = Run(encode(CastleCode(9, stage=4)), "STAGE 04", Carry(score=900))
    player = Player(tmp_path, slow=True, run=run)
    player.choose(Choice.DAILY)
    player.press(pygame.K_x)
    assert player.session.phase == Phase.LOADING and player.app.front.title is None
    player.press(pygame.K_ESCAPE)
    title = player.app.front.title
    assert title is not None and title.run == run


def test_the_castle_just_left_is_begun_anew_from_the_gallery(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.choose(Choice.START)
    player.press(pygame.K_x, pygame.K_f)
    world = player.session.world
    assert world is not None
    world.hero.lives, world.hero.score = 1, 700
    player.press(pygame.K_ESCAPE, pygame.K_UP, pygame.K_UP, pygame.K_x, pygame.K_x)
    player.choose(Choice.FAVOURITES)
    player.press(pygame.K_x, pygame.K_x)
    player.wait(3)
    assert player.app.front.title is None and player.app.pausing.gallery is None
    play, new = player.session.playthrough, player.session.world
    assert play.key == FIRST and new is not None and new is not world
    assert (new.hero.lives, new.hero.score) == (LIVES, 0)


def test_a_favourite_does_not_end_a_run_unasked(tmp_path: Path) -> None:
    picture = pygame.Surface((256, 240), depth=32)
    player = Player(tmp_path, run=Run(encode(CastleCode(9, stage=4)), "STAGE 04", Carry()))
    player.favourites.keep(encode(CastleCode(41)), picture)
    player.choose(Choice.FAVOURITES)
    player.press(pygame.K_x)
    assert player.session.message == text("title.sure") and player.session.world is None
    player.press(pygame.K_x)
    player.wait(3)
    assert player.session.playthrough.key == LevelKey(41)


def test_a_kept_run_goes_on_with_what_the_hero_had(tmp_path: Path) -> None:
    carry = Carry(score=900, lives=1, hearts=20, whip_level=3, weapon="axe")
    player = Player(tmp_path, run=Run(encode(CastleCode(9, stage=4)), "STAGE 04", carry, classic=True))
    player.press(pygame.K_x)
    player.wait(3)
    assert player.session.playthrough.key == LevelKey(9, 4) and player.session.playthrough.classic
    assert player.session.world is not None and player.session.world.hero.carry() == carry


def test_a_run_that_was_left_in_an_interlude_leads_on_to_its_castle(tmp_path: Path) -> None:
    session = Session(FakeStream(), LevelKey(9, 2))
    session.tick(0)
    session.skip_show()
    session.play(session.next_stage())
    session.tick(0)
    left = session.run
    assert left is not None and left.title == text("card.dream_room")
    run = Run.from_bytes(left.to_bytes())
    assert run == left and run.home == encode(CastleCode(9, stage=2))
    player = Player(tmp_path, run=run)
    player.press(pygame.K_x)
    player.wait(3)
    play = player.session.playthrough
    assert play.key.mode == "dream" and play.title == text("card.dream_room") and play.stage == 2
    assert player.session.next_stage() == LevelKey(9, 3)


def test_the_gallery_is_left_to_the_title(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.choose(Choice.FAVOURITES)
    assert player.app.pausing.gallery is not None
    player.press(pygame.K_ESCAPE)
    assert player.app.pausing.gallery is None and player.app.front.is_open
    assert player.session.world is None


def test_quit(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.press(pygame.K_ESCAPE)
    assert not player.app.done
    player.press(pygame.K_x)
    assert player.app.done


def test_after_twenty_seconds_a_run_is_shown_in_a_castle_dreamed_for_it(tmp_path: Path) -> None:
    player = Player(tmp_path, TrueStream())
    front = player.app.front
    front.attract.wait()
    player.wait(PREPARE_TICKS)
    asked = player.stream.wanted
    assert len(asked) == 1 and asked[0].art > 0 and asked[0].seed != FIRST.seed
    player.wait(ATTRACT_TICKS - PREPARE_TICKS + 60)
    demo = front.demo
    assert front.title is not None and front.title.page == Page.DEMO
    assert demo is not None and demo.world.tick > 40 and player.session.world is None
    assert LevelKey.of(demo.world.level) == asked[0] and not demo.differs
    player.press(pygame.K_r)  # any key leaves it, those of play too
    assert front.title.page == Page.MAIN and front.demo is None
    player.choose(Choice.START)
    assert player.session.phase == Phase.SHOW, "its castle was kept meanwhile"
    assert player.session.playthrough.key == FIRST


def test_where_no_castle_comes_for_a_run_the_bot_plays(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.app.front.attract.wait()
    player.wait(4)
    player.stream.slow = True
    player.wait(ATTRACT_TICKS + 60)
    front = player.app.front
    assert front.demo is not None and front.demo.world.tick > 40
    assert front.behind is not None and front.demo.world.level is front.behind.level
    player.press(pygame.K_ESCAPE)
    assert front.title is not None and front.title.page == Page.MAIN
    player.choose(Choice.START)
    assert player.session.phase == Phase.SHOW


def test_a_press_before_the_demo_asks_for_starts_castle_at_once(tmp_path: Path) -> None:
    player = Player(tmp_path, TrueStream())
    player.app.front.attract.wait()
    player.wait(PREPARE_TICKS + 4)
    player.choose(Choice.DIFFICULTY)
    assert player.stream.wanted == (FIRST._replace(difficulty=2),)
    player.wait(4)
    player.choose(Choice.START)
    assert player.session.playthrough.key.difficulty == 2 and player.session.phase == Phase.SHOW


def test_mashed_keys_raise_nothing_and_lead_back(tmp_path: Path) -> None:
    keys = [
        pygame.K_UP, pygame.K_DOWN, pygame.K_LEFT, pygame.K_RIGHT, pygame.K_x, pygame.K_z, pygame.K_RETURN,
        pygame.K_ESCAPE, pygame.K_p, pygame.K_r, pygame.K_t, pygame.K_f, pygame.K_F1,
        pygame.K_BACKSPACE, pygame.K_TAB,
    ]  # fmt: skip
    player, random = Player(tmp_path), Pcg32(7)
    for _ in range(400):
        player.press(random.choice(keys))
        if player.app.done:
            player = Player(tmp_path)
    for _ in range(30):
        if player.app.front.is_open and player.app.front.title is not None:
            return
        player.press(pygame.K_ESCAPE)
        if player.session.phase == Phase.PAUSED and player.app.pausing.gallery is None:
            player.press(pygame.K_UP, pygame.K_UP, pygame.K_x, pygame.K_x)
        player.wait(20)
    raise AssertionError(f"no way back from {player.session.phase}")


def test_options_are_changed_felt_and_kept(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.choose(Choice.OPTIONS)
    menu = player.app.pausing.options_menu
    assert menu is not None and player.picture().any()
    player.press(pygame.K_x, pygame.K_LEFT, pygame.K_z, pygame.K_DOWN, pygame.K_x, pygame.K_LEFT)
    assert (player.app.options.music, player.app.options.speed) == (9, 90)
    player.press(pygame.K_DOWN, pygame.K_x, pygame.K_DOWN, pygame.K_x, pygame.K_z, pygame.K_z)
    assert player.app.pausing.options_menu is None and player.app.front.is_open
    assert player.app.options.asks and player.session.classic
    player.choose(Choice.START)
    player.press(pygame.K_x)
    assert player.session.playthrough.classic
    player.wait(4)
    player.press(pygame.K_r)
    assert player.session.playthrough.key == FIRST and player.session.message, "it asks"
    player.press(pygame.K_r)
    player.wait(3)
    assert player.session.playthrough.key != FIRST


def test_the_difficulty_is_that_of_the_game_that_was_left(tmp_path: Path) -> None:
    player = Player(tmp_path)
    player.choose(Choice.DIFFICULTY)
    player.choose(Choice.START)
    player.press(pygame.K_x, pygame.K_ESCAPE, pygame.K_UP, pygame.K_UP, pygame.K_x, pygame.K_x)
    title = player.app.front.title
    assert title is not None and title.difficulty == 2 and title.key.difficulty == 2
