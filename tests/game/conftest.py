"""What every test of the game begins with."""

from collections.abc import Iterator

import pytest

from game.controls import Bindings
from game.controls.places import put_in_force


@pytest.fixture(autouse=True)
def first_bindings() -> Iterator[None]:
    """Texts name the first keys, whatever another test has bound or plugged in."""
    put_in_force(Bindings())
    yield
    put_in_force(Bindings())
