"""The faster precision is found by measuring."""

from __future__ import annotations

import time

import pytest
import torch

from training.gan import precision


def test_the_faster_precision_is_chosen_and_a_hopeless_one_is_tried_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []
    now = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(precision, "_one_layer", lambda device, kind: now.__setitem__(0, now[0] + 1.0))

    def step(name: str) -> None:
        tried.append(name)
        now[0] += {"fp32": 1.0, "bf16": 50.0}[name]

    name, seconds = precision.fastest(step, torch.device("cpu"))
    assert name == "fp32"
    assert set(seconds) == set(precision.PRECISIONS)
    assert tried.count("bf16") == 1


def test_a_precision_in_which_one_layer_is_hopeless_makes_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    now = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])

    def layer(_: torch.device, kind: str) -> None:
        now[0] += {"fp32": 1.0, "bf16": 30.0}[kind]

    def step(kind: str) -> None:
        tried.append(kind)
        now[0] += 2.0

    monkeypatch.setattr(precision, "_one_layer", layer)
    name, seconds = precision.fastest(step, torch.device("cpu"))
    assert name == "fp32" and seconds == {"fp32": 2.0, "bf16": 60.0}
    assert "bf16" not in tried
