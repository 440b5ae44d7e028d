"""Stages laid out and proven: how many, at which attempt, how long each takes on one core.

    python -m benchmarks.bench_structure [--seeds 300]

Every certificate is replayed, and from every place to stand the exit must be in reach. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter

from generator.layout import LAST_ATTEMPT, lay_out
from generator.motion import NES_MOTION
from generator.proof import prove, replay


def percentile(values: list[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def main(arguments: list[str] | None = None) -> int:
    """Measures and prints; 1 where a stage is not proven."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench_structure", description=__doc__)
    parser.add_argument("--seeds", type=int, default=300, help="how many seeds, from 0 on (default: 300)")
    options = parser.parse_args(arguments)
    attempts: Counter[int] = Counter()
    kinds: Counter[str] = Counter()
    times_ms: list[float] = []
    nodes: list[float] = []
    ticks: list[float] = []
    proven = 0
    for seed in range(options.seeds):
        stage = 1 + seed % 6
        begin = time.perf_counter()
        for attempt in range(LAST_ATTEMPT + 1):
            structure = lay_out(seed, "castle", 1 + seed % 2, stage, attempt)
            proof = prove(structure, NES_MOTION, everywhere=True) if structure is not None else None
            if structure is not None and proof is not None and not proof.dead_ends:
                break
        times_ms.append((time.perf_counter() - begin) * 1000)
        if structure is None or proof is None or proof.dead_ends:
            print(f"seed {seed}, stage {stage}: not proven")
            continue
        proven += replay(structure, NES_MOTION, proof.certificate) is not None
        attempts[attempt + 1] += 1
        kinds.update(section.kind for section in structure.sections)
        nodes.append(proof.nodes)
        ticks.append(len(proof.certificate))
    result = {
        "bench": "structure",
        "seeds": options.seeds,
        "proven": proven,
        "attempts": {str(number): count for number, count in sorted(attempts.items())},
        "ms_median": round(percentile(times_ms, 0.5), 1),
        "ms_p95": round(percentile(times_ms, 0.95), 1),
        "ms_max": round(max(times_ms), 1),
        "nodes_median": percentile(nodes, 0.5),
        "certificate_seconds_median": round(percentile(ticks, 0.5) / 60, 1),
    }
    print(f"proven {proven} of {options.seeds}; attempts needed {dict(sorted(attempts.items()))}")
    print(f"ms: median {result['ms_median']}, p95 {result['ms_p95']}, max {result['ms_max']}")
    print(" ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print(json.dumps(result))
    return 0 if proven == options.seeds else 1


if __name__ == "__main__":
    raise SystemExit(main())
