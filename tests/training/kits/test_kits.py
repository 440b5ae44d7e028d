"""Kits: NES screens out of any art at all, the same ones every time, each with its licence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from generator.nes.cells import colour_counts, cut
from generator.nes.roles import CELLS, TILE, Role
from generator.rng import mix
from training.collect import Mix, collect
from training.corpus import CorpusError
from training.kits import KITS, Kit, art_kits
from training.kits.art import drawn, shades_of
from training.kits.kits import kit_game, paint_kit
from training.kits.shades import halved, ranked
from training.kits.table import Pack, Rectangle, read_kits
from training.painter import paint_game

pytestmark = pytest.mark.slow

LIGHTNESS = hnp.arrays(
    np.float32, st.just((8, 8)), elements=st.one_of(st.just(float("nan")), st.floats(0, 255, width=32))
)


@pytest.fixture(scope="module")
def art(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Noise in place of every art file, large enough for all that is cut out of it."""
    folder = tmp_path_factory.mktemp("art")
    sizes: dict[str, tuple[int, int]] = {}
    for file, x, y, width, height in (part for kit in KITS for each in kit.motifs.values() for part in each):
        wide, high = sizes.get(file, (0, 0))
        sizes[file] = (max(wide, x + width), max(high, y + height))
    for number, (file, (width, height)) in enumerate(sorted(sizes.items())):
        noise = np.random.default_rng(number).integers(0, 256, (height, width, 4), np.uint8)
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(noise).save(folder / file, "PNG")
    return folder


def test_there_are_enough_kits_and_some_are_held_out() -> None:
    assert len(KITS) >= 30
    assert 3 <= sum(kit.held_out for kit in KITS) <= len(KITS) // 4
    assert len({kit.name for kit in KITS}) == len(KITS)


def test_the_masonry_of_held_out_kits_is_not_trained_on() -> None:
    """Furniture and far walls are shared by the kits of a pack."""
    solid = {"fill", "core", "slab", "top", "slab_top", "ledge"}
    masonry: dict[bool, set[Rectangle]] = {False: set(), True: set()}
    for kit in KITS:
        for name in solid & kit.motifs.keys():
            masonry[kit.held_out].update(kit.motifs[name])
    assert not masonry[False] & masonry[True]


@pytest.mark.parametrize("kit", KITS, ids=lambda kit: kit.name)
def test_every_cell_is_of_one_sub_palette_of_its_game(kit: Kit, art: Path) -> None:
    own = drawn(kit, art)
    screens, roles = paint_kit(own, 2, 7)
    assert screens.shape == (2, TILE * CELLS, TILE * CELLS)
    assert roles.shape == (2, CELLS, CELLS)
    assert roles.max() <= max(Role)
    palettes = [set(row.tolist()) for row in kit_game(own, mix(7, 0)).palettes]
    cells = np.concatenate([cut(screen).reshape(-1, TILE, TILE) for screen in screens])
    assert all(any(set(np.unique(cell).tolist()) <= palette for palette in palettes) for cell in cells)
    assert colour_counts(cells).max() <= 4


def test_a_kit_is_a_function_of_its_seed(art: Path) -> None:
    first, again, other = (paint_kit(drawn(KITS[0], art), 2, seed) for seed in (7, 7, 8))
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])
    assert not np.array_equal(first[0], other[0])
    kits = art_kits(art)
    assert len({kit.seed for kit in kits}) == len(kits), "no two draw the same games"


def test_a_wall_that_a_kit_brings_is_a_mere_wall(art: Path) -> None:
    """The painter's own may be arcades or curtains, whose cells have roles of their own."""
    kit = next(kit for kit in art_kits(art) if "wall" in kit.motifs)
    numbers = [number for number in range(40) if Role.ARCH in paint_game(number).wall_roles.values()]
    assert numbers, "some games have arcades"
    for seed in range(40):
        assert kit_game(kit, seed).wall_roles["wall"] == Role.BACKDROP


def test_a_corpus_says_whose_tiles_a_screen_is_made_of(art: Path, tmp_path: Path) -> None:
    corpus = collect(tmp_path / "c", Mix(art=art, kits=len(KITS) + 3), processes=1)
    assert [source.name for source in corpus.sources] == [kit.name for kit in KITS]
    assert np.bincount(corpus.source).tolist() == [2, 2, 2] + [1] * (len(KITS) - 3)
    for kit, source in zip(KITS, corpus.sources, strict=True):
        assert (source.kind, source.licence, source.held_out) == ("kit", kit.pack.licence, kit.held_out)
        assert kit.pack.credits in source.credits


@given(LIGHTNESS)
def test_shades_keep_the_order_of_lightness(lightness: np.ndarray) -> None:
    shades = ranked(lightness)
    assert shades.max(initial=0) <= 3
    assert (shades[np.isnan(lightness)] == 0).all()
    order = np.argsort(lightness, axis=None)  # NaN last
    shown = shades.ravel()[order][: np.isfinite(lightness).sum()]
    assert (np.diff(shown.astype(int)) >= 0).all()


@given(LIGHTNESS)
def test_halving_takes_only_what_is_there(lightness: np.ndarray) -> None:
    small = halved(lightness)
    assert small.shape == (4, 4)
    blocks = lightness.reshape(4, 2, 4, 2).swapaxes(1, 2).reshape(4, 4, 4)
    seen = np.isfinite(small)
    assert (seen == (np.isfinite(blocks).sum(2) >= 2)).all()
    assert (blocks == small[..., None]).any(2)[seen].all()


def test_shades_are_whole_cells_standing_on_the_ground(tmp_path: Path) -> None:
    Image.new("RGBA", (24, 20), (255, 255, 255, 255)).save(tmp_path / "a.png")
    shades = shades_of(tmp_path, ("a.png", 0, 0, 24, 20))
    assert shades.shape == (32, 32)
    assert (shades[12:, 4:28] > 0).all()
    assert (shades[:12] == 0).all()


def test_missing_small_and_broken_art_is_named_with_what_to_do(tmp_path: Path) -> None:
    kit = Kit("mine", Pack("mine", "MIT", "me"), {"wall": (("mine/a.png", 0, 0, 32, 32),)})
    (tmp_path / "mine").mkdir()
    with pytest.raises(CorpusError, match=r"a\.png: no such file; fetch it with"):
        drawn(kit, tmp_path)
    (tmp_path / "mine" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CorpusError, match=r"a\.png: no picture .*; fetch it again"):
        drawn(kit, tmp_path)
    Image.new("RGB", (16, 16)).save(tmp_path / "mine" / "a.png")
    with pytest.raises(CorpusError, match=r"a\.png: too small"):
        drawn(kit, tmp_path)


def test_kits_without_art_say_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="kits need --art DIR"):
        collect(tmp_path / "c", Mix(kits=10), processes=1)
    with pytest.raises(CorpusError, match="no such file; fetch it with `python -m training art"):
        collect(tmp_path / "c", Mix(kits=10, art=tmp_path), processes=1)
    assert not (tmp_path / "c").exists()


GOOD = """
[packs.p]
licence = "MIT"
credits = "me"
[files]
a = "p/a.png"
[groups.woods]
bush = ["a 0 0 16 16"]
[[kits]]
name = "mine"
pack = "p"
groups = ["woods"]
[kits.motifs]
wall = ["a 16 0 32 16", "a 16 16 32 16"]
"""


def test_a_kit_has_its_own_motifs_and_those_of_its_groups(tmp_path: Path) -> None:
    (tmp_path / "kits.toml").write_text(GOOD)
    (kit,) = read_kits(tmp_path / "kits.toml")
    assert list(kit.motifs) == ["wall", "bush"]
    assert kit.motifs["wall"] == (("p/a.png", 16, 0, 32, 16), ("p/a.png", 16, 16, 32, 16))
    assert (kit.pack, kit.held_out, kit.files()) == (Pack("p", "MIT", "me"), False, {"p/a.png"})


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("[files]", "[files"),
        ('"a 0 0 16 16"', '"b 0 0 16 16"'),
        ('"a 0 0 16 16"', '"a 0 0 16"'),
        ('"a 0 0 16 16"', '"a 0 0 16 wide"'),
        ("bush =", "wall ="),
        ('pack = "p"', 'pack = "q"'),
        ('["woods"]', '["fields"]'),
        ('credits = "me"', 'who = "me"'),
    ],
)
def test_a_table_that_is_none_is_named(tmp_path: Path, good: str, bad: str) -> None:
    (tmp_path / "kits.toml").write_text(GOOD.replace(good, bad))
    with pytest.raises(CorpusError, match=r"kits\.toml: no table of kits .*; restore it"):
        read_kits(tmp_path / "kits.toml")
