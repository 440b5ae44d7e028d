"""Images a second of this project's training step, beside the plain fp32 loop of the same networks and loss.

    python -m benchmarks.bench_training [--steps 8] [--rounds 3]

Plain means as one writes it first: fp32, channels first, Adam as it comes, the generator run once for
the discriminator's step and once for its own, malloc as it is. Both take the same noise and screens. A
round runs one after the other, in processes of their own; the median round is told. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

SCREENS, GAMES = 64, 4
WARM_UP_STEPS = 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--steps", type=int, default=8, help="steps a round; a multiple of 8 holds as many R1 as a run"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--only", choices=("plain", "ours"), help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure_one(options.only, options.corpus, options.steps, options.threads)))
        return 0
    from training.collect import Mix, collect

    found: dict[str, list[float]] = {"plain": [], "ours": []}
    with tempfile.TemporaryDirectory() as folder:
        collect(Path(folder) / "corpus", Mix(SCREENS, GAMES), processes=1)
        for number in range(options.rounds):
            for name, rates in found.items():
                told = _in_a_process_of_its_own(name, Path(folder) / "corpus", options.steps, options.threads)
                rates.append(told["images_per_s"])
                precision = told["precision"]
                print(
                    f"round {number + 1} {name:5} {told['precision']}: {rates[-1]:.1f} images/s", flush=True
                )
    plain, ours = (statistics.median(found[name]) for name in ("plain", "ours"))
    ratios = [one / other for one, other in zip(found["ours"], found["plain"], strict=True)]
    result = {
        "training_images_per_s": round(ours, 1),
        "plain_images_per_s": round(plain, 1),
        "ratio": round(statistics.median(ratios), 2),
        "precision": precision,
        "threads": options.threads,
        "machine": platform.machine(),
        "cpu_flags": _flags(),
    }
    print(f"{ours:.1f} images/s in {precision}, the plain loop {plain:.1f}: {result['ratio']} times")
    print(json.dumps(result))
    return 0


def measure_one(name: str, folder: Path, steps: int, threads: int) -> dict[str, float | str]:
    """Images a second of one kind of step, R1 included in its share."""
    import torch

    from training.corpus import open_corpus
    from training.gan.config import TrainConfig
    from training.gan.memory import keep_freed_memory
    from training.gan.precision import fastest
    from training.gan.trainer import Trainer

    torch.set_num_threads(threads)
    # All in the second lesson, which is the longest, on a codec that has learnt nothing: that costs the same.
    corpus, config, device = open_corpus(folder), replace(TrainConfig(), codec_images=0), torch.device("cpu")
    if name == "plain":
        precision, step = "fp32", plain_step(corpus, config)
    else:
        keep_freed_memory()
        trial = Trainer(corpus, config, device)
        precision, _ = fastest(lambda name: trial.step(1, name), device)
        trainer = Trainer(corpus, config, device)

        def step(number: int) -> None:
            trainer.step(number, precision)

    for number in range(WARM_UP_STEPS):
        step(1 + number)
    start = time.perf_counter()
    for number in range(steps):
        step(number)
    return {"images_per_s": steps * config.batch / (time.perf_counter() - start), "precision": precision}


def plain_step(corpus: object, config: object) -> Callable[[int], None]:
    """The same game as the second lesson's, with none of what makes it fast."""
    import torch
    import torch.nn.functional as F

    from training.corpus import Corpus
    from training.gan import losses
    from training.gan.config import TrainConfig
    from training.gan.networks import Generator, average_into, code_maps
    from training.gan.trainer import Trainer

    assert isinstance(corpus, Corpus)
    assert isinstance(config, TrainConfig)
    data = Trainer(corpus, config, torch.device("cpu"))
    generator, averaged, critic = data.generator, data.averaged, data.critic
    assert isinstance(generator, Generator)
    codes = generator.codec.eval().codes_of(data.screens.tiles)
    adam_g = torch.optim.Adam(data.parts["plan"].parameters(), config.rate, config.betas)
    adam_d = torch.optim.Adam(critic.parameters(), config.rate, config.betas)

    def step(number: int) -> None:
        looks, roles = data.screens.maps(number, codes)
        real = code_maps(looks, roles)
        with torch.no_grad():
            dreamed = generator.maps(generator.layout(data.screens.noise(number)))
        noise = data.screens.moved(number, dreamed, config.critic_noise)
        adam_d.zero_grad()
        losses.discriminator_loss(critic(real + noise), critic(dreamed + noise), critic.weights).backward()
        if number % config.r1_every == 0:
            some = (real + noise)[: config.batch // 2].requires_grad_(True)
            penalty = losses.gradient_penalty(critic(some), some, critic.weights)
            losses.r1_loss(penalty, config.r1_gamma, config.r1_every).backward()
        adam_d.step()
        adam_g.zero_grad()
        again = generator.maps(generator.layout(data.screens.noise(number)))
        losses.generator_loss(critic(again + noise), critic.weights).backward()
        generator.reader.zero_grad()
        F.cross_entropy(generator.reader((real + noise)[:, : looks.shape[1]]), roles).backward()
        adam_g.step()
        average_into(averaged, generator, data.average_decay)

    return step


def _in_a_process_of_its_own(name: str, corpus: Path, steps: int, threads: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.bench_training", "--only", name, "--corpus", str(corpus)]
    command += ["--steps", str(steps), "--threads", str(threads)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _flags() -> list[str]:
    """What the CPU says of bf16."""
    try:
        text = Path("/proc/cpuinfo").read_text("ascii", "replace")
    except OSError:
        return []
    return [flag for flag in ("avx512_bf16", "amx_bf16") if f" {flag}" in text]


if __name__ == "__main__":
    sys.exit(main())
