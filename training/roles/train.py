"""Trains the role network on the painter's labels, and measures it on games that it has never seen."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from tqdm import tqdm

from generator.nes.roles import FOLD, NEVER_TILES, SOLID, Role
from generator.rng import mix

from ..corpus import UNKNOWN_ROLE, Corpus
from ..errors import TrainingError
from ..files import write_json
from ..onnx_file import check_out, describe, save_model, to_onnx
from .imitation import imitate_dreams, mirror, spliced
from .network import WIDTHS, RoleNetwork, to_input

SCREENS_A_STEP = 16
RATE = 2e-3
"""Adam's at its highest; it falls to nothing along a cosine."""
WEIGHT_DECAY = 1e-4
JUDGED_SCREENS = 240
"""Held-out screens, at most, that the network is judged on: 47,000 cells."""


@dataclass(frozen=True)
class RoleConfig:
    """What decides the role network."""

    seed: int = 1
    steps: int = 5_000  # of 16 screens
    widths: tuple[int, int, int, int] = WIDTHS


def train_roles(corpus: Corpus, config: RoleConfig) -> RoleNetwork:
    """Trains a network; returns it in eval mode. Raises TrainingError where the loss is not finite."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(mix(config.seed, 0) >> 1)
        network = RoleNetwork(config.widths)
    adam = torch.optim.AdamW(network.parameters(), RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, RATE, total_steps=config.steps)
    rows = corpus.training_rows()
    rows = rows[(corpus.roles[rows] != UNKNOWN_ROLE).all((1, 2))]
    if not len(rows):
        raise TrainingError(
            f"{corpus.path}: nobody knows the roles of its screens; mix in --painter 12000 or --kits 6000"
        )
    counts = np.bincount(corpus.roles[rows].reshape(-1), minlength=len(Role))
    # Between counting every cell alike (mostly sky) and every role alike (a door is one of a screen).
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
    with torch.no_grad():  # the weights made rare roles likelier than they are
        network.head.bias -= weight.log()
    return network.eval()


@torch.no_grad()
def classify(network: RoleNetwork, screens: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Palette indices uint8[n, 224, 224] -> the likeliest roles uint8[n, 14, 14]."""
    parts = np.array_split(screens, -(-len(screens) // SCREENS_A_STEP))
    found = [network(to_input(part)).argmax(1).to(torch.uint8).numpy() for part in parts]
    return np.concatenate(found)


def judge(network: RoleNetwork, screens: NDArray[np.uint8], roles: NDArray[np.uint8]) -> dict[str, Any]:
    """Measures a network: accuracy over all cells, recall and precision of every role, and its mistakes.

    `accuracy` is that of the base roles, so that networks which know 17 roles and 26 compare.

    Args:
        screens, roles: palette indices uint8[n, 224, 224] and the right roles uint8[n, 14, 14].
    Returns: values for JSON; `confusion` says for every role how often it was taken for each.
    """
    found = classify(network, screens).reshape(-1).astype(np.int64)
    wanted = roles.reshape(-1).astype(np.int64)
    table = np.bincount(wanted * len(Role) + found, minlength=len(Role) ** 2).reshape(len(Role), len(Role))
    right = np.diag(table)
    never, solid = np.isin(wanted, list(NEVER_TILES)), sorted(SOLID)
    wrong = table - np.diag(right)
    worst = np.argsort(wrong, axis=None)[::-1][:8]
    return {
        "cells": int(table.sum()),
        "accuracy": _share((FOLD[found] == FOLD[wanted]).sum(), len(wanted)),
        "accuracy_of_all_roles": _share(right.sum(), table.sum()),
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
    """Trains a network, judges it on held-out games, and writes `out` and, beside it, its metrics.

    Raises: TrainingError, WriteError.
    """
    check_out(out)
    start = time.perf_counter()
    network = train_roles(corpus, config)
    metrics: dict[str, Any] = {"config": asdict(config), "seconds": round(time.perf_counter() - start, 1)}
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
    model = to_onnx(network, example, "screens", ["logits"])
    made_of = {**corpus.told(), "images": config.steps * SCREENS_A_STEP}
    describe(model, "roles", {"roles": ",".join(role.name for role in Role)}, made_of)
    metrics["export_difference"] = save_model(model, out, network, example)
    write_json(out.with_suffix(".json"), metrics, "make room")
    return metrics
