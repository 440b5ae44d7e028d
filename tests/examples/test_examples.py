"""Every example runs from its beginning to its end, headless, and does what it says."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pygame
import pytest
from PIL import Image

from examples import morphs, platformer
from examples.__main__ import FOLDER, INSTALLS, main, titles
from generator import Built, Dreamer, LevelKey, Role, tiled
from generator.dream.network import Networks
from generator.motion import SUB, FreeMotion
from generator.stream import build_level

ROOT = FOLDER.parent
PAGE = ROOT / "docs" / "PLUGIN.md"
MOST_LINES = 10
"""Lines of a game that shows and scrolls a dreamed level, imports aside."""
MOST_BYTES = 25_000
"""What a picture in the docs may weigh."""
HERE = ("ten_lines", "platformer", "scrolled", "dress_my_map", "morphs")


class AtOnce:
    """A `LevelStream` that builds in this process, when it is asked."""

    error: str | None = None

    def __init__(self, motion: FreeMotion) -> None:
        self.motion = motion
        self.failed: dict[LevelKey, str] = {}
        self.wanted: list[LevelKey] = []
        self.is_closed = False
        AtOnce.last = self

    last: AtOnce
    networks: Networks

    def want(self, keys: Sequence[LevelKey]) -> None:
        self.wanted = list(keys)

    def poll(self) -> None:
        """Nothing to hear of."""

    def take(self, key: LevelKey) -> Built:
        assert key in self.wanted
        return build_level(
            key.seed, key.stage, networks=self.networks, mode=key.mode, width=key.width, motion=self.motion
        )

    def close(self) -> None:
        self.is_closed = True


@pytest.fixture
def at_once(small: Networks, monkeypatch: pytest.MonkeyPatch) -> type[AtOnce]:
    """Streams that build at once, with small networks."""
    AtOnce.networks = small
    monkeypatch.setattr("generator.LevelStream", AtOnce)
    return AtOnce


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Holds keys down from now on."""

    def hold(*keys: int) -> None:
        class Held:
            def __getitem__(self, key: int) -> bool:
                return key in keys

        monkeypatch.setattr(pygame.key, "get_pressed", Held)

    return hold


def shown(
    tmp_path: Path, name: str, frames: int, *arguments: str
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The last of so many frames of an example, RGB."""
    path = tmp_path / f"{name}.png"
    assert main([name, "--frames", str(frames), "--picture", str(path), *arguments]) == 0
    with Image.open(path) as picture:
        return np.array(picture.convert("RGB"))


def colours(frame: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> int:
    return len(np.unique(frame.reshape(-1, 3), axis=0))


def test_the_game_in_ten_lines_has_ten_lines() -> None:
    lines = [
        line
        for line in (FOLDER / "ten_lines.py").read_text("utf-8").splitlines()
        if line.strip() and not line.startswith(('"""', "import ", "from ", "#"))
    ]
    assert 0 < len(lines) <= MOST_LINES
    statements = [node for node in ast.walk(ast.parse("\n".join(lines))) if isinstance(node, ast.stmt)]
    assert len(statements) == len(lines), "no two in a line"


def test_ten_lines_show_a_level_and_scroll_it(
    small: Networks, press: Callable[..., None], tmp_path: Path
) -> None:
    before = shown(tmp_path, "ten_lines", 1)
    assert colours(before) > 3
    press(pygame.K_RIGHT)
    after = shown(tmp_path, "ten_lines", 11)  # the first frame is scrolled already
    assert np.array_equal(after[-32:, :-33], before[-32:, 33:]), "the ground went 33 px to the left"


def test_its_proof_plays_the_platformer_to_the_exit(small: Networks) -> None:
    level = Dreamer(motion=platformer.HERO).level(seed=2, shape="strip", width=3)
    run = platformer.Run(level)
    reached = [run.step(buttons) for buttons in level.certificate]
    assert reached[-1] and not any(reached[:-1])


def test_who_dies_in_the_platformer_starts_again_and_coins_are_taken(small: Networks) -> None:
    level = Dreamer(motion=platformer.HERO).level(seed=6, stage=3, shape="strip", width=3, theme="gate")
    run = platformer.Run(level)
    start = run.state.body
    coins = len(run.coins)
    run.coins.append(run.hero.copy())
    run.step(0)
    assert len(run.coins) == coins
    row, column = np.argwhere(level.roles == Role.SPIKES)[0].tolist()
    x_sub, y_sub = (column * 16 + 8) * SUB, (row * 16 + 8) * SUB
    run.state = run.state._replace(body=start._replace(x_sub=x_sub, y_sub=y_sub))
    run.step(0)
    assert run.state.body[:2] == start[:2]


@pytest.mark.slow
def test_the_platformer_goes_on_to_the_next_level_and_wants_the_one_after(
    at_once: type[AtOnce], tmp_path: Path
) -> None:
    first = at_once(platformer.HERO)
    first.want([platformer.key_of(1)])
    ticks = len(first.take(platformer.key_of(1)).level.certificate)
    frame = shown(tmp_path, "platformer", ticks + 5)
    assert colours(frame) > 3
    assert at_once.last.wanted == [platformer.key_of(3)] and at_once.last.is_closed


def test_pyscroll_s_camera_follows_the_ball(
    small: Networks, press: Callable[..., None], tmp_path: Path
) -> None:
    still, more = shown(tmp_path, "scrolled", 1), shown(tmp_path, "scrolled", 3)
    assert colours(still) > 3 and np.array_equal(still, more)
    press(pygame.K_RIGHT)
    assert not np.array_equal(shown(tmp_path, "scrolled", 150), still)


def test_my_map_is_dressed_and_so_is_a_file(small: Networks, tmp_path: Path) -> None:
    mine = shown(tmp_path, "dress_my_map", 1)
    assert mine.shape == (15 * 16, 32 * 16, 3) and colours(mine) > 3
    level = Dreamer().level(seed=2, shape="room", width=1)
    path, *_ = tiled.write_map(level, tmp_path, "room")
    assert shown(tmp_path, "dress_my_map", 1, str(path)).shape == (*(16 * n for n in level.roles.shape), 3)


@pytest.mark.parametrize("file", ["nowhere.tmx", "nowhere.ldtk"])
def test_a_file_that_is_no_map_is_one_line(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dress_my_map", "--frames", "1", file]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: ") and file in said and said.count("\n") == 1


def test_a_room_s_morph_has_both_its_arts_at_its_ends(small: Networks) -> None:
    first, *between, last = morphs.hung(Dreamer(), "hall")
    assert len(between) == morphs.FRAMES - 2 and first.art == 0
    assert np.array_equal(first.roles, last.roles) and not first.bank.equals(last.bank)


@pytest.mark.slow
def test_four_morphs_hang_in_the_gallery(small: Networks, tmp_path: Path) -> None:
    gallery = shown(tmp_path, "morphs", 4)
    assert gallery.shape == (480, 512, 3)
    for row, column in ((0, 0), (0, 256), (240, 0), (240, 256)):
        assert colours(gallery[row : row + 240, column : column + 256]) > 2


def test_without_a_name_they_are_listed_each_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    *listed, empty, where = capsys.readouterr().out.splitlines()
    assert not empty and str(FOLDER) in where, "whoever has the wheel alone learns where they lie"
    assert {line.split()[0] for line in listed} == set(titles()) >= set(HERE)
    assert all(len(line.split()) > 4 and line.endswith(".") for line in listed)


def test_a_wrong_name_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["castle"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: there is no example 'castle'; write ") and said.count("\n") == 1


@pytest.mark.parametrize(("name", "library"), [("ten_lines", "pygame"), ("scrolled", "pyscroll")])
def test_a_missing_library_is_one_line_that_says_how_to_get_it(name: str, library: str) -> None:
    code = f"import sys; sys.modules[{library!r}] = None; from examples.__main__ import main; "
    code += f"sys.exit(main([{name!r}]))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"error: {name} needs {library}; install it with: pip install {INSTALLS[library]}"
    )


def test_each_has_a_small_picture_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    for name in HERE:
        assert (FOLDER.parent / "docs" / "examples" / f"{name}.png").stat().st_size < MOST_BYTES
        assert f"(examples/{name}.png)" in page, name


def test_the_page_shows_the_ten_lines_as_they_are() -> None:
    program = (FOLDER / "ten_lines.py").read_text("utf-8").partition("\n\n")[2]
    assert program.replace("from generator", "from ganvania") in PAGE.read_text("utf-8")


def test_examples_use_only_what_is_public() -> None:
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "generator":
                module = importlib.import_module(str(node.module))
                for name in (alias.name for alias in node.names):
                    public = getattr(module, "__all__", None)  # `adapters` hands on nothing but its modules
                    assert name in public if public else importlib.import_module(f"{node.module}.{name}")
