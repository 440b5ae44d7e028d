"""Damaged networks: each of 300 mutated ONNX files ends in an error of one line or in a proven level.

    python -m benchmarks.bench_mutants [--mutants 300] [--seed 0] [--model FILE]

A mutant is a network with a few bytes changed, taken out, doubled or cut off: half of them anywhere, so
mostly in its weights, half in what is no weights (names, shapes, operators). Each is loaded and a level is
built with it in a process of its own, as the worker does. Counted are those that end otherwise: by a crash,
after more than HANG_CPU_S, in an error of another kind or of several lines, in a level without a proof; and
the most memory that one of them held. The last line is JSON. Only POSIX: each process is forked.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import select
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from generator.dream.loading import asset, load_networks
from generator.errors import GanvaniaError
from generator.proof import replay
from generator.stream import build_level

HANG_CPU_S, HANG_S = 60, 600
"""A process that takes more processor time, or longer, hangs; a level takes 2 to 4 s of it."""
SEED, MODE = 7, "endless"
"""The level that is built: the mode with the smallest first stages."""
WEIGHTS_BYTES = 256
"""A run of bytes in a file that is longer than this and is one tensor's is weights."""
GOOD = "error", "level"


def mutants(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """So many mutants of a file, the same for the same seed."""
    dice = random.Random(seed)
    bare = structure(data)
    for number in range(count):
        mutant = bytearray(data)
        for _ in range(dice.choice((1, 1, 2, 4, 16))):
            at = dice.randrange(len(mutant)) if number % 2 else dice.choice(bare)
            at = min(at, len(mutant) - 1)
            match dice.randrange(8):
                case 0:
                    del mutant[at : at + dice.randrange(1, 64)]
                case 1:
                    mutant[at:at] = mutant[at : at + dice.randrange(1, 64)]
                case 2 if dice.random() < 0.25:
                    del mutant[at:]
                case 3:
                    mutant[at : at + 4] = dice.randbytes(4)
                case 4:
                    mutant[at] = dice.choice((0x00, 0x01, 0x7F, 0x80, 0xFF))
                case _:
                    mutant[at] ^= 1 << dice.randrange(8)
            if not mutant:
                mutant.append(0)
        yield bytes(mutant)


def structure(data: bytes) -> list[int]:
    """Where a file's bytes are no weights."""
    import onnx

    weights = bytearray(len(data))
    for tensor in onnx.load_from_string(data).graph.initializer:
        if len(tensor.raw_data) > WEIGHTS_BYTES:
            at = data.find(tensor.raw_data)
            weights[at : at + len(tensor.raw_data)] = b"\1" * len(tensor.raw_data)
    return [at for at, weight in enumerate(weights) if not weight]


def build(model: Path, roles: Path | None) -> str:
    """What becomes of a network: "error", "level", or what is wrong."""
    try:
        networks = load_networks(model, roles)
        level = build_level(SEED, mode=MODE, networks=networks).level
    except GanvaniaError as error:
        lines = str(error).splitlines()
        return "error" if len(lines) == 1 and lines[0] else f"an error of {len(lines)} lines: {lines[:2]}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    proven = replay(level, level.motion, level.certificate) is not None
    return "level" if proven else "a level without a proof"


def verdict(model: Path, roles: Path | None) -> tuple[str, float]:
    """The same in a process of its own, and the most memory that it held, MB."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (HANG_CPU_S, HANG_CPU_S))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        said = build(model, roles)
        os.write(writing, said.encode()[:4000])
        os._exit(0)
    os.close(writing)
    ended, _, _ = select.select([reading], [], [], HANG_S)
    if not ended:
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as pipe:
        said = pipe.read() if ended else "hangs"
    _, status, usage = os.wait4(child, 0)
    if os.WIFSIGNALED(status) and ended:
        said = f"killed by signal {os.WTERMSIG(status)}"
    return said, usage.ru_maxrss * 1024 / 1e6


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_mutants", description=__doc__)
    parser.add_argument("--mutants", type=int, default=300, metavar="N", help="how many (default: 300)")
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--model", type=Path, default=asset("dream.onnx"), metavar="FILE")
    parser.add_argument("--roles", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ends: Counter[str] = Counter()
    bad: list[str] = []
    peak_mb = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mutant.onnx"
        data = options.model.read_bytes()
        for number, mutant in enumerate(mutants(data, options.mutants, options.seed)):
            path.write_bytes(mutant)
            said, held_mb = verdict(path, options.roles)
            ends[said if said in GOOD else "bad"] += 1
            peak_mb = max(peak_mb, held_mb)
            if said not in GOOD:
                bad.append(f"{number}: {said}")
                print(f"mutant {number}: {said}", file=sys.stderr, flush=True)
    figures = {
        "bench": "mutants",
        "mutants": options.mutants,
        "errors": ends["error"],
        "levels": ends["level"],
        "bad": ends["bad"],
        "which": bad[:5],
        "peak_mb": round(peak_mb),
    }
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
