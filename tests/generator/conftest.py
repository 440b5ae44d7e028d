"""What tests of the generator share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.dream.loading import load_networks
from generator.dream.network import Networks
from tests.drawn import onnx_files
from tests.drawn.levels import proven


@pytest.fixture(autouse=True, scope="session")
def stages_are_proven_once() -> Iterator[None]:
    """Levels of the same integers share their proof, which takes most of the time of a level."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("generator.stream.build.build_stage", proven)
        yield


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
