"""Quantising one screen: our table in a perceptual space beside Pillow's `quantize(palette=...)`.

Pillow's is a table too, of nearest colours in plain RGB. Writes pictures of both, so that what the time buys
can be seen: `quantise.png` holds, from above, the dreams, ours, Pillow's and the ramp of greys in the same
three ways.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generator.dream.loading import load_generator
from generator.dream.z import latents, z_seeds
from generator.nes.palette import CANONICAL, PALETTE_RGB, quantise, to_rgb

REPEATS = 300
SCREENS = 6


def milliseconds(work: Callable[[], object]) -> float:
    """Median of a call's time."""
    work()
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def pillow_palette() -> Image.Image:
    """The NES's distinct colours as Pillow wants them: 256 entries, the rest black."""
    entries = np.zeros((256, 3), np.uint8)
    entries[: len(CANONICAL)] = PALETTE_RGB[CANONICAL]
    image = Image.new("P", (1, 1))
    image.putpalette(entries.tobytes())
    return image


def ramp() -> NDArray[np.uint8]:
    """All greys, black to white, RGB uint8[16, 1536, 3]."""
    return np.broadcast_to(np.arange(256, dtype=np.uint8).repeat(6)[None, :, None], (16, 1536, 3)).copy()


def main() -> int:
    """Measures, writes the picture, prints one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_quantise", description=__doc__)
    parser.add_argument(
        "--model", type=Path, metavar="FILE", help="the network that dreams (default: the shipped one)"
    )
    parser.add_argument("--out", type=Path, default=Path("quantise.png"), metavar="PNG")
    options = parser.parse_args()
    network = load_generator(options.model)
    dreams = network.dream(latents(z_seeds(1, 1, 0, SCREENS), network.latent))
    peer = pillow_palette()

    def pillow(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
        shown = Image.fromarray(rgb).quantize(palette=peer, dither=Image.Dither.NONE)
        return np.asarray(shown.convert("RGB"))

    screen, image = dreams[0], Image.fromarray(dreams[0])
    ours_ms = milliseconds(lambda: quantise(screen))
    pillow_ms = milliseconds(lambda: image.quantize(palette=peer, dither=Image.Dither.NONE))
    wide = np.concatenate(list(dreams), axis=1)
    greys = ramp()[:, : wide.shape[1]]
    rows = [wide, to_rgb(quantise(wide)), pillow(wide), greys, to_rgb(quantise(greys)), pillow(greys)]
    Image.fromarray(np.concatenate(rows)).save(options.out)
    print(
        json.dumps(
            {
                "ours_ms": round(ours_ms, 4),
                "pillow_ms": round(pillow_ms, 4),
                "ratio": round(ours_ms / pillow_ms, 3),
                "picture": str(options.out),
            }
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
