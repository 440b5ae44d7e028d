"""Dream rooms: dreamed screens as they are, mended where they must be, proven, and never a letter shown."""

from __future__ import annotations

import dataclasses
import zlib
from pathlib import Path

import numpy as np
import pytest

from game.world import World
from game.world.world import Outcome
from generator.dream.loading import load_networks
from generator.dream.network import Networks
from generator.dream.z import latents
from generator.dream_rooms.build import STAGE_CENTRES
from generator.dream_rooms.chain import Chain, plain_room
from generator.dream_rooms.grid import BAR_CELLS, draft
from generator.dream_rooms.look import fit_sub_palettes
from generator.dream_rooms.mend import Ends, mend, rehearsal
from generator.dream_rooms.repair import Change, applied, cheapest_way
from generator.dream_rooms.stage import dream_stage, room_count
from generator.level import SCREEN_COLUMNS, SCREEN_ROWS, Level
from generator.level.level import ENEMY_KINDS
from generator.motion import DEADLY_KIND, EMPTY_KIND, NES_MOTION, ONE_WAY_KIND, SOLID_KIND
from generator.motion.terrain import KIND_OF_ROLE
from generator.nes.palette import quantise, to_rgb
from generator.nes.roles import BASE_ROLES, CELLS, TILE, Role
from generator.proof import prove
from generator.proof.jumps import jumps_of
from generator.rng import Pcg32
from generator.stream import Built, build_level
from generator.tiles.colours import to_palette
from generator.tiles.measure import NEVER_ODDS
from tests.drawn import onnx_files

pytestmark = pytest.mark.slow

KIND_OF_CHARACTER = {".": EMPTY_KIND, "#": SOLID_KIND, "=": ONE_WAY_KIND, "^": DEADLY_KIND}
ROLE_OF_CHARACTER = {
    ".": Role.BACKDROP, "#": Role.GROUND_FILL, "=": Role.PLATFORM, "^": Role.SPIKES, "A": Role.GLYPH,
}  # fmt: skip
PREFIX_BYTES = 22
"""Of a level's bytes, before what is packed."""
HOPELESS = {"solid": "#", "open": ".", "deadly": "^", "letters": "A"}


@pytest.fixture(scope="module")
def shipped() -> Networks:
    return load_networks()


@pytest.fixture(scope="module")
def built(shipped: Networks) -> Built:
    return build_level(7, 2, networks=shipped, mode="dream")


@pytest.fixture
def few_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages are made of one dream a centre, where any stage will do."""
    monkeypatch.setattr("generator.dream_rooms.build.SCREENS", STAGE_CENTRES)


def network(folder: Path, scale: float) -> Networks:
    """Paints screens of the painter's, so many times as bright; sees roles in colours."""
    dream = onnx_files.write(onnx_files.generator_model(scale=scale), folder / "dream.onnx")
    roles = onnx_files.write(onnx_files.roles_model(), folder / "roles.onnx")
    return load_networks(dream, roles)


def room(text: str) -> np.ndarray:
    """Kinds [15, 16] of rows of inner cells, the last ones of the room; all above is open, the walls shut."""
    rows = text.split()
    kinds = np.full((SCREEN_ROWS, SCREEN_COLUMNS), SOLID_KIND, np.uint8)
    kinds[2:, 1:-1] = EMPTY_KIND
    for row, line in enumerate(rows, SCREEN_ROWS - len(rows)):
        kinds[row, 1:-1] = [KIND_OF_CHARACTER[c] for c in line]
    return kinds


def odds_of(lines: list[str], sure: float = 0.9) -> np.ndarray:
    """Odds [14, 14, 17] of a role network that sees this."""
    odds = np.full((CELLS, CELLS, BASE_ROLES), (1 - sure) / (BASE_ROLES - 1), np.float32)
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            odds[row, column, ROLE_OF_CHARACTER[character]] = sure
    return odds


def ways(kinds: np.ndarray, begin: tuple[int, int], end: tuple[int, int]) -> list[Change]:
    sure = np.ones(kinds.shape, np.float32)
    return cheapest_way(kinds, sure, begin, [end], jumps_of(NES_MOTION))[1]


def plays(level: Level) -> bool:
    """Whether the certificate leads out of the game's own world."""
    world = World(level, enemies=False)
    for mask in level.certificate:
        world.step(mask)
    return world.outcome == Outcome.CLEARED


def test_a_stage_is_proven_and_its_certificate_is_played(built: Built) -> None:
    level = built.level
    assert level.mode == "dream" and len(level.rooms) == room_count(2) == 4
    assert prove(level).proven
    assert plays(level)


def test_cells_are_shown_where_they_were_dreamed(built: Built) -> None:
    level, screens = built.level, quantise(built.dreams)
    shown = np.where(level.tiles >= 0, level.tiles, level.backdrop)
    assert (shown >= 0).all()
    repaired = set(level.repairs)
    as_dreamed = 0
    for x, _, _, _ in level.rooms:
        places = level.bank.provenance[shown[2:14, x + 1 : x + 15]]
        # One screen a room, its rows and columns one after the other.
        screen, top = np.bincount(places[..., 1].ravel()).argmax(), places[0, :, 2].min() - 2
        for row in range(2, 14):
            for column in range(x + 1, x + 15):
                tile = shown[row, column]
                here = [screen, row + top, column - x - 1]
                own = level.bank.provenance[tile, 1:].tolist() == here
                assert own or (column, row) in repaired
                as_dreamed += own
                s, r, c = level.bank.provenance[tile, 1:]
                cell = screens[s, r * TILE : (r + 1) * TILE, c * TILE : (c + 1) * TILE]
                palette = level.bank.palettes[level.bank.palette[tile]]
                assert np.array_equal(level.bank.pixels[tile], to_palette(cell, palette))
    assert as_dreamed / (12 * 14 * len(level.rooms)) > 0.95


def test_four_sub_palettes_and_never_a_letter(built: Built, shipped: Networks) -> None:
    level = built.level
    assert len(np.unique(level.bank.palettes)) <= 13 and len(np.unique(level.bank.palettes[:, 0])) == 1
    z_seeds, _, row, column = level.bank.provenance.T
    dreamed = np.unique(z_seeds)
    odds, _ = shipped.generator.glance(latents(dreamed.tolist(), shipped.generator.latent))
    never = odds[..., [Role.GLYPH, Role.FIGURE]].sum(-1)
    assert (never[np.searchsorted(dreamed, z_seeds), row, column] < NEVER_ODDS).all()


@pytest.mark.usefixtures("few_screens")
def test_a_stage_is_a_function_of_its_integers(shipped: Networks) -> None:
    one, two, other = (build_level(7, 1, networks=shipped, mode="dream", art=art).level for art in (0, 0, 1))
    assert one.equals(two)
    assert not np.array_equal(other.roles, one.roles)


def test_repairs_are_kept_and_files_without_them_are_read(built: Built) -> None:
    level = built.level
    assert level.repairs and Level.from_bytes(level.to_bytes()).equals(level)
    bare = dataclasses.replace(level, repairs=())
    assert b'"repairs"' not in zlib.decompress(bare.to_bytes()[PREFIX_BYTES:])
    assert Level.from_bytes(bare.to_bytes()).repairs == ()
    with pytest.raises(ValueError, match="repairs"):
        dataclasses.replace(level, repairs=((0, SCREEN_ROWS),))


def test_nobody_lives_near_a_door(built: Built) -> None:
    level = built.level
    assert {spawn.kind for spawn in level.spawns} <= ENEMY_KINDS | {"candle"}
    for spawn in level.spawns:
        column, row = spawn.x_px // TILE, spawn.y_px // TILE - 1
        assert KIND_OF_ROLE[level.roles[row, column]] == EMPTY_KIND
        if spawn.kind != "candle":
            assert 4 <= column % SCREEN_COLUMNS <= SCREEN_COLUMNS - 5


@pytest.mark.parametrize("scale", [0.0, 1 / 127.5], ids=["black", "painted"])
def test_roles_seen_by_guesswork_give_rooms_that_can_be_played(tmp_path: Path, scale: float) -> None:
    networks = network(tmp_path, scale)
    screens = quantise(networks.generator.dream(np.eye(onnx_files.LATENT, dtype=np.float32)[:1]))
    odds = networks.roles.classify(to_rgb(screens))
    made = dream_stage(screens, odds, NES_MOTION, 1, Pcg32(1))
    assert len(made.rooms) == room_count(1) == 2, "screens come again where there are too few"
    assert (
        prove(made.chain).proven and (KIND_OF_ROLE[made.roles] == np.concatenate(made.chain.kinds, 1)).all()
    )


@pytest.mark.usefixtures("few_screens")
def test_who_dreams_all_black_is_stood_in_for(tmp_path: Path, shipped: Networks) -> None:
    black = load_networks(onnx_files.write(onnx_files.generator_model(scale=0.0), tmp_path / "black.onnx"))
    level = build_level(3, 1, networks=black, mode="dream").level
    assert level.network == shipped.generator.sha256
    theirs = build_level(3, 1, networks=shipped, mode="dream").level
    assert level.equals(dataclasses.replace(theirs, substitute=True)) and not theirs.substitute


# A screen becomes a room.


def test_a_dreamed_status_bar_vanishes_under_the_game_s() -> None:
    barred = draft(0, odds_of(["A" * CELLS] * 2 + ["." * CELLS] * 10 + ["#" * CELLS] * 2))
    assert BAR_CELLS < 2 * CELLS
    assert not barred.inside[:2].any() and (barred.cell[2, 1:-1] == 2 * CELLS + np.arange(CELLS)).all()
    assert (barred.kinds[14, 1:-1] == SOLID_KIND).all() and (barred.cell[14] == -1).all()
    assert not (barred.barred & barred.inside).any()


def test_any_other_screen_lies_one_row_lower() -> None:
    plain = draft(2, odds_of(["." * CELLS] * 12 + ["#" * CELLS] * 2))
    assert (plain.cell[14, 1:-1] == 2 * CELLS * CELLS + 13 * CELLS + np.arange(CELLS)).all()
    assert (plain.kinds[12, 1:-1] == EMPTY_KIND).all() and (plain.kinds[13:, 1:-1] == SOLID_KIND).all()
    assert (plain.kinds[:2] == SOLID_KIND).all() and (plain.kinds[:, [0, -1]] == SOLID_KIND).all()
    assert (plain.kinds[2:, 1:-1] == plain.dreamed[2:, 1:-1]).all()


def test_a_doubtful_cell_becomes_what_is_around_it() -> None:
    odds = odds_of(["." * CELLS] * 14)
    odds[6, 6] = 0.0
    odds[6, 6, Role.GROUND_FILL], odds[6, 6, Role.BACKDROP] = 0.52, 0.48
    seen = draft(0, odds)
    assert seen.dreamed[7, 7] == SOLID_KIND and seen.kinds[7, 7] == EMPTY_KIND
    odds[6, 6, Role.GROUND_FILL], odds[6, 6, Role.BACKDROP] = 0.9, 0.1
    assert draft(0, odds).kinds[7, 7] == SOLID_KIND


def test_dreamed_steps_carry_and_dreamed_doors_do_not_count() -> None:
    odds = odds_of(["." * CELLS] * 14)
    odds[5, 5], odds[5, 6] = 0.0, 0.0
    odds[5, 5, Role.STAIRS_RIGHT] = odds[5, 6, Role.DOOR] = 1.0
    seen = draft(0, odds)
    assert seen.kinds[6, 6] == ONE_WAY_KIND and seen.kinds[6, 7] == EMPTY_KIND


# The cheapest way.


def test_level_ground_needs_nothing() -> None:
    assert ways(room("############## ##############"), (1, 12), (14, 12)) == []


def test_a_wall_is_broken_through_where_it_is_thinnest() -> None:
    tall = "\n".join(["......##......"] * 11 + ["#" * CELLS] * 2)
    changes = ways(room(tall), (1, 12), (14, 12))
    assert {change.kind for change in changes} == {EMPTY_KIND} and len(changes) == 4


def test_a_ledge_two_tiles_high_is_climbed_and_three_get_a_step() -> None:
    two = room("....########## ....########## ##############")
    assert ways(two, (1, 13), (14, 11)) == []
    three = room("....########## ....########## ....########## ##############")
    changes = ways(three, (1, 13), (14, 10))
    assert len(changes) == 1 and changes[0].kind in (SOLID_KIND, ONE_WAY_KIND)


def test_a_wide_gap_gets_a_plank() -> None:
    assert ways(room("######..######"), (1, 13), (14, 13)) == []
    changes = ways(room("#####....#####"), (1, 13), (14, 13))
    assert len(changes) == 1 and changes[0].kind == ONE_WAY_KIND and 5 < changes[0].column <= 9


def test_nobody_drops_through_planks() -> None:
    pocket = room("============== .............. .............. ##############")
    changes = ways(pocket, (5, 10), (14, 13))
    assert len(changes) == 1 and changes[0][1:] == (11, EMPTY_KIND)


def test_changes_are_applied_to_a_copy() -> None:
    kinds = room("##############")
    assert applied(kinds, [Change(4, 14, EMPTY_KIND)])[14, 4] == EMPTY_KIND and kinds[14, 4] == SOLID_KIND


# Mending.


@pytest.mark.parametrize("what", HOPELESS.values(), ids=HOPELESS)
@pytest.mark.parametrize("ends", [Ends(11, 11), Ends(12, 6, first=True), Ends(7, 12, last=True)], ids=str)
def test_even_hopeless_screens_become_rooms(what: str, ends: Ends) -> None:
    kinds = mend(draft(0, odds_of([what * CELLS] * CELLS)), ends, NES_MOTION)
    assert prove(rehearsal(kinds, ends)[0]).proven


def test_noise_becomes_rooms() -> None:
    rng = np.random.default_rng(5)
    for ends in (Ends(11, 11), Ends(9, 11, first=True), Ends(8, 12, last=True), Ends(12, 6)):
        odds = rng.dirichlet(np.full(BASE_ROLES, 0.1), (CELLS, CELLS)).astype(np.float32)
        kinds = mend(draft(0, odds), ends, NES_MOTION)
        assert prove(rehearsal(kinds, ends)[0]).proven


@pytest.mark.parametrize("rows", [(11, 11), (6, 12), (12, 6), (8, 9)], ids=str)
def test_plain_rooms_cannot_fail(rows: tuple[int, int]) -> None:
    for first, last in ((False, False), (True, False), (False, True), (True, True)):
        ends = Ends(*rows, first=first, last=last)
        assert prove(rehearsal(plain_room(*ends.doors, *rows), ends)[0]).proven


def test_a_chain_is_a_place() -> None:
    rooms = (plain_room(None, 9, 11, 0), plain_room(9, None, 0, 12))
    chain = Chain(rooms, (9,), 11, 12)
    assert chain.rooms == ((0, 0, 16, 15), (16, 0, 16, 15)) and chain.exit == (29, 12)
    assert prove(chain).proven


# Sub-palettes.


def test_sub_palettes_hold_what_they_can() -> None:
    histograms = np.zeros((8, 64), np.float32)
    for cell in range(8):
        # Two cells of each of four sets of three colours.
        histograms[cell, [0x0F, *(0x11 + cell // 2 + 4 * np.arange(3))]] = 64
    palettes = fit_sub_palettes(histograms)
    assert palettes.shape == (4, 4) and (palettes[:, 0] == 0x0F).all()
    wanted = {frozenset((0x0F, *(0x11 + n + 4 * np.arange(3)).tolist())) for n in range(4)}
    assert {frozenset(palette.tolist()) for palette in palettes} == wanted


def test_one_colour_is_enough() -> None:
    histograms = np.zeros((3, 64), np.float32)
    histograms[:, 0x0F] = 256
    assert (fit_sub_palettes(histograms) == 0x0F).all()
