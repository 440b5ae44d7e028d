"""What the program makes, in check sums: a change that should change nothing leaves every line as it was.

    python -m benchmarks.sums [--only NAME ...]

Lines are `name sum`. `stages` and `codes` must be the same in every process and on every machine; the others
hold on one machine, since networks promise no equal floats across machines. `training` wants the art packs
only where `--art DIR` names them.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

from generator.dream.loading import load_networks
from generator.inspect.sheet import seed_picture, sheet
from generator.layout.stages import build_stage
from generator.level import Level
from generator.level.codes import MODES, CastleCode, decode, encode
from generator.level.stamps import code_of
from generator.stream import build_level
from generator.tiled.write import write_map

STAGES = 200
LEVELS = 48
SHEET_SEEDS = range(16)
MAP_SEEDS = (1, 2, 3)
TRAINING_STEPS = 20


def stages() -> str:
    """CRC-32 of all that 200 stages are, and of their certificates."""
    return str(check_sum(STAGES))


def check_sum(count: int) -> int:
    """CRC-32 of the structures and certificates of so many stages."""
    total = 0
    for number in range(count):
        built = build_stage(number, 1 + number % 6, 1 + number // 6 % 3)
        s = built.structure
        told = repr((s.rooms, s.mechanisms, s.spawns, s.start, s.exit)).encode()
        for part in (s.roles.tobytes(), told, built.proof.certificate):
            total = zlib.crc32(part, total)
    return total


def levels() -> str:
    """SHA-256 of the bytes of 48 levels: every mode, difficulties 1 to 3, two arts."""
    networks, total = load_networks(None, None), hashlib.sha256()
    for number in range(LEVELS):
        mode, difficulty, art = list(MODES)[number % 3], 1 + number // 3 % 3, number // 9 % 2
        stage = 1 + number % 6 if mode == "castle" else 1 + number
        built = build_level(number, stage, networks=networks, art=art, difficulty=difficulty, mode=mode)
        data = built.level.to_bytes()
        assert Level.from_bytes(data).equals(built.level)
        total.update(hashlib.sha256(data).digest())
        print(number, encode(code_of(built.level)), hashlib.sha256(data).hexdigest()[:16], flush=True)
    return total.hexdigest()


def codes() -> str:
    """CRC-32 of the share codes of some thousand castles and of what they decode to."""
    total = 0
    for number in range(3_000):
        mode = list(MODES)[number % 3]
        stamps = (number * 7 % 1000, number * 11 % 1000) if mode == "dream" else (0, 0)
        castle = CastleCode(number**5, mode, 1 + number % 4, 1 + number % 9, number // 100, *stamps)
        code = encode(castle)
        total = zlib.crc32(repr((code, tuple(decode(code)))).encode(), total)
    return str(total)


def sheets() -> str:
    """SHA-256 of the pixels of the contact sheet of seeds 0 to 15."""
    networks = load_networks(None, None)
    picture = sheet([seed_picture(build_level(seed, networks=networks)) for seed in SHEET_SEEDS])
    return hashlib.sha256(picture.tobytes()).hexdigest()


def maps() -> str:
    """SHA-256 of the files of three castles as maps of Tiled."""
    networks, total = load_networks(None, None), hashlib.sha256()
    with tempfile.TemporaryDirectory() as folder:
        for seed in MAP_SEEDS:
            write_map(build_level(seed, networks=networks).level, Path(folder), str(seed))
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def corpus(art: Path | None) -> str:
    """The hash of a small corpus of painted screens, and of kits where the art is there."""
    from training.collect import Mix, collect

    mix = Mix(painter=96, games=32, art=art, kits=96 if art else 0, seed=5)
    with tempfile.TemporaryDirectory() as folder:
        return collect(Path(folder) / "corpus", mix, 1).sha256


def training() -> str:
    """SHA-256 of all weights after some steps of all three lessons, fp32, one thread."""
    import torch

    from tests.drawn.tiny_corpus import TINY
    from training.collect import Mix, collect
    from training.gan import checkpoint
    from training.gan.config import Budget
    from training.gan.train import train

    torch.set_num_threads(1)
    total = hashlib.sha256()
    with tempfile.TemporaryDirectory() as folder:
        screens = collect(Path(folder) / "corpus", Mix(painter=64, games=16, seed=5), 1)
        budget = Budget(
            images=TRAINING_STEPS * TINY.batch, grid_every=40, precision="fp32", device="cpu", grid=4,
            calibration=64,
        )  # fmt: skip
        train(screens, Path(folder) / "run", TINY, budget)
        saved = checkpoint.load_newest(Path(folder) / "run" / "checkpoints")
        assert saved is not None
        for name, tensor in sorted(saved.tensors.items()):
            total.update(name.encode() + tensor.contiguous().numpy().tobytes())
    return total.hexdigest()


def main(arguments: list[str] | None = None) -> int:
    """Prints a line a sum."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sums", description=__doc__)
    parser.add_argument("--art", type=Path, metavar="DIR", help="what `python -m training art` fetched")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="such as stages")
    options = parser.parse_args(arguments)
    sums: dict[str, Callable[[], str]] = {
        "codes": codes,
        "corpus": lambda: corpus(options.art),
        "training": training,
        "stages": stages,
        "levels": levels,
        "maps": maps,
        "sheets": sheets,
    }
    for name, make in sums.items():
        if not options.only or name in options.only:
            print(f"{name:9} {make()}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
