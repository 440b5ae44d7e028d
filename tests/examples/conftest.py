"""What tests of the examples share: small networks, since art does not matter in them."""

from __future__ import annotations

import pytest

from generator.dream.loading import load_networks
from generator.dream.network import Networks
from tests.drawn import onnx_files


@pytest.fixture(scope="session")
def small_networks(tmp_path_factory: pytest.TempPathFactory) -> Networks:
    """A small generator, which dreams painted screens, and a role network that guesses."""
    folder = tmp_path_factory.mktemp("networks")
    return load_networks(
        onnx_files.write(onnx_files.generator_model(), folder / "dream.onnx"),
        onnx_files.write(onnx_files.roles_model(), folder / "roles.onnx"),
    )


@pytest.fixture
def small(small_networks: Networks, monkeypatch: pytest.MonkeyPatch) -> Networks:
    """These networks, which every `Dreamer` dreams with in this test."""
    monkeypatch.setattr("generator.dreamer.load_networks", lambda *_: small_networks)
    return small_networks
