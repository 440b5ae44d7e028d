"""Trains the role network on the painter's labels, and says how good it is on games that it never saw."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from tqdm import tqdm

from generator.files import write_atomically
from generator.nes.roles import NEVER_TILES, SCREEN_PX, SOLID, TILE, Role
from generator.rng import mix

from ..corpus import UNKNOWN_ROLE, Corpus
from ..errors import TrainingError
from ..gan.export import FORMAT, check_out, describe, save_model, to_onnx
from .network import RoleNetwork, imitate_dreams, mirror, spliced, to_input

SCREENS_A_STEP = 16
RATE = 2e-3
"""Adam's, falling to nothing along a cosine."""
WEIGHT_DECAY = 1e-4
JUDGED_SCREENS = 240
"""Held-out screens, at most, that accuracy is taken on: 47,000 cells."""


@dataclass(frozen=True)
class RoleConfig:
    """What decides the role network."""

    seed: int = 1
    steps: int = 5_000  # of 16 screens


def train_roles(corpus: Corpus, config: RoleConfig) -> RoleNetwork:
    """A network in eval mode. Raises TrainingError where the loss is not finite."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(mix(config.seed, 0) >> 1)
        network = RoleNetwork()
    adam = torch.optim.AdamW(network.parameters(), RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, RATE, total_steps=config.steps)
    rows = corpus.training_rows()
    rows = rows[(corpus.roles[rows] != UNKNOWN_ROLE).all((1, 2))]
    if not len(rows):
        raise TrainingError(
            f"{corpus.path}: nobody knows the roles of its screens; mix in --painter 12000 or --kits 6000"
        )
    counts = np.bincount(corpus.roles[rows].reshape(-1), minlength=len(Role))
    # Half-way between even by cell (sky would be most of it) and even by role (a door a screen would be).
    weight = torch.from_numpy(1.0 / np.sqrt(np.maximum(counts, 1))).float()
    for step in tqdm(range(config.steps), unit="step", disable=None):
        dice = np.random.default_rng(mix(config.seed, 1, step))
        some = np.sort(dice.choice(rows, SCREENS_A_STEP))
        screens, roles = corpus.read(some), np.asarray(corpus.roles[some])
        if dice.random() < 0.5:
            screens, roles = mirror(screens, roles)
        screens, roles = spliced(screens, roles, dice)
        logits = network(to_input(imitate_dreams(screens, dice)))
        loss = F.cross_entropy(logits, torch.from_numpy(roles.astype(np.int64)), weight)
        if not torch.isfinite(loss):
            raise TrainingError(f"roles: the loss of step {step} is not finite; try another --seed")
        adam.zero_grad(set_to_none=True)
        loss.backward()
        adam.step()
        schedule.step()
    assert network.head.bias is not None
    with torch.no_grad():  # the weights taught that rare roles are likelier than they are
        network.head.bias -= weight.log()
    return network.eval()


@torch.no_grad()
def classify(network: RoleNetwork, screens: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Palette indices uint8[n, 224, 224] -> the likeliest roles uint8[n, 14, 14]."""
    parts = np.array_split(screens, -(-len(screens) // SCREENS_A_STEP))
    found = [network(to_input(part)).argmax(1).to(torch.uint8).numpy() for part in parts]
    return np.concatenate(found)


def judge(network: RoleNetwork, screens: NDArray[np.uint8], roles: NDArray[np.uint8]) -> dict[str, Any]:
    """Accuracy over all cells, recall and precision of every role, and what is taken for what: `confusion`
    has a row a role, of how often it was taken for each."""
    found = classify(network, screens).reshape(-1).astype(np.int64)
    wanted = roles.reshape(-1).astype(np.int64)
    table = np.bincount(wanted * len(Role) + found, minlength=len(Role) ** 2).reshape(len(Role), len(Role))
    right = np.diag(table)
    never, solid = np.isin(wanted, list(NEVER_TILES)), sorted(SOLID)
    wrong = table - np.diag(right)
    worst = np.argsort(wrong, axis=None)[::-1][:8]
    return {
        "cells": int(table.sum()),
        "accuracy": _share(right.sum(), table.sum()),
        "glyphs_and_figures_taken_for_tiles": _share(
            (never & ~np.isin(found, list(NEVER_TILES))).sum(), never.sum()
        ),
        "recall": {role.name: _share(right[role], table[role].sum()) for role in Role},
        "precision": {role.name: _share(right[role], table[:, role].sum()) for role in Role},
        "solid_against_not": _share((np.isin(found, solid) == np.isin(wanted, solid)).sum(), len(wanted)),
        "confusion": {role.name: table[role].tolist() for role in Role if table[role].any()},
        "mistaken": [
            f"{Role(at // len(Role)).name} for {Role(at % len(Role)).name}: {wrong.flat[at]}"
            for at in worst.tolist()
            if wrong.flat[at]
        ],
    }


def _share(part: Any, whole: Any) -> float | None:
    return round(float(part) / float(whole), 4) if whole else None


def train_and_export(corpus: Corpus, config: RoleConfig, out: Path) -> dict[str, Any]:
    """Trains, judges on held-out games, writes `out` and its metrics beside it.

    Raises TrainingError.
    """
    check_out(out)
    start = time.perf_counter()
    network = train_roles(corpus, config)
    return _export(network, corpus, config, time.perf_counter() - start, out)


def _export(
    network: RoleNetwork, corpus: Corpus, config: RoleConfig, seconds: float, out: Path
) -> dict[str, Any]:
    metrics: dict[str, Any] = {"config": asdict(config), "seconds": round(seconds, 1)}
    metrics["judged"] = {}
    for name, kind in (("games", "painter"), ("kits", "kit")):
        rows = corpus.held_out_rows(kind)
        if not len(rows):
            continue
        rows = rows[:: -(-len(rows) // JUDGED_SCREENS)]
        screens, roles = corpus.read(rows), np.asarray(corpus.roles[rows])
        blurred = imitate_dreams(screens, np.random.default_rng(mix(config.seed, 2)))
        metrics["judged"][f"held-out {name}"] = judge(network, screens, roles)
        metrics["judged"][f"held-out {name}, imitating dreams"] = judge(network, blurred, roles)
    example = to_input(corpus.read(np.arange(2)))
    model = to_onnx(network, example, "screens", "logits")
    metadata = {
        "format": FORMAT,
        "kind": "roles",
        "roles": ",".join(role.name for role in Role),
        "image_size": str(SCREEN_PX),
        "tile_size": str(TILE),
        "palette": "2C02",
        "corpus_sha256": corpus.sha256,
        "images_seen": str(config.steps * SCREENS_A_STEP),
        "licence": corpus.licence,
        "credits": corpus.credits,
    }
    describe(model, metadata)
    metrics["export_difference"] = save_model(model, out, network, example)
    text = json.dumps(metrics, indent=2) + "\n"
    card = out.with_suffix(".json")
    try:
        write_atomically(card, lambda file: file.write(text.encode()))
    except OSError as error:
        raise TrainingError(f"{card}: cannot be written ({error.strerror}); make room") from error
    return metrics
