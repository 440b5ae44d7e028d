"""Pictures a second that become screens of a corpus, beside decoding them alone.

    python -m benchmarks.bench_intake [--pictures 1200]

A folder of mixed pictures, native, enlarged, stretched, saved as JPEG, is made first. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

NEAREST, BILINEAR = Image.Resampling.NEAREST, Image.Resampling.BILINEAR
KINDS = (
    ((256, 240), NEAREST, "png"),
    ((512, 480), NEAREST, "png"),
    ((256, 240), NEAREST, "gif"),
    ((768, 720), NEAREST, "jpg"),
    ((320, 240), NEAREST, "png"),
    ((640, 480), BILINEAR, "jpg"),
    ((512, 480), NEAREST, "webp"),
    ((256, 240), NEAREST, "bmp"),
)
"""Size, filter and format of every eighth picture."""


def main() -> int:
    """Measures and prints one JSON object."""
    from training.corpus import CorpusWriter
    from training.screenshots import take_in

    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_intake", description=__doc__)
    parser.add_argument("--pictures", type=int, default=1200)
    parser.add_argument("--processes", type=int, default=len(os.sched_getaffinity(0)))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "pictures"
        folder.mkdir()
        make_pictures(folder, options.pictures)
        began = time.perf_counter()
        for path in sorted(folder.iterdir()):
            with Image.open(path) as picture:
                picture.convert("RGB").load()
        decoding = time.perf_counter() - began
        began = time.perf_counter()
        with CorpusWriter(Path(temporary) / "corpus") as writer:
            listing = Path(temporary) / "left-out.tsv"
            intake = take_in(writer, [folder], listing, options.processes)
        taking = time.perf_counter() - began
    figures = {
        "pictures": options.pictures,
        "became_screens": intake.pictures,
        "pictures_per_s": round(options.pictures / taking, 1),
        "decoded_per_s_one_process": round(options.pictures / decoding, 1),
        "processes": options.processes,
    }
    print(json.dumps(figures))
    return 0


def make_pictures(folder: Path, count: int) -> None:
    """Painted screens in a console's frame, in the sizes, filters and formats of KINDS."""
    from generator.nes.palette import to_rgb
    from training.painter import paint_game, paint_screen

    for number in range(count):
        (width, height), resampling, suffix = KINDS[number % len(KINDS)]
        if number % 10 == 0:
            game = paint_game(number)
        picture = np.zeros((240, 256, 3), np.uint8)
        picture[8:232, 16:240] = to_rgb(paint_screen(game, number)[0])
        shown = Image.fromarray(picture).resize((width, height), resampling)
        options: dict[str, Any] = {"lossless": True} if suffix == "webp" else {}
        shown.save(folder / f"{number:05}.{suffix}", **options)


if __name__ == "__main__":
    raise SystemExit(main())
