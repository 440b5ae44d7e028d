"""What tests of the generator share."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.dream.network import Networks, load_networks
from tests.drawn import onnx_files


@pytest.fixture(scope="session")
def network_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The files of a small generator, which dreams painted screens, and of a role network that guesses."""
    folder = tmp_path_factory.mktemp("networks")
    return (
        onnx_files.write(onnx_files.generator_model(), folder / "dream.onnx"),
        onnx_files.write(onnx_files.roles_model(), folder / "roles.onnx"),
    )


@pytest.fixture(scope="session")
def small_networks(network_files: tuple[Path, Path]) -> Networks:
    """These networks, loaded."""
    return load_networks(*network_files)


@pytest.fixture(scope="session")
def network_options(network_files: tuple[Path, Path]) -> list[str]:
    """The options of a command line that name these networks."""
    dream, roles = network_files
    return ["--model", str(dream), "--roles", str(roles)]
