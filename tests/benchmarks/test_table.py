"""The table of benchmarks: its bars, and that every line is of a benchmark that exists."""

import tomllib

import pytest

from benchmarks.__main__ import FIGURES, holds


def test_bars() -> None:
    assert holds(2, "<= 2") and not holds(2.1, "<= 2")
    assert holds(95, ">= 95") and not holds(94, ">= 95")
    assert holds(300, "= 300") and not holds(299, "= 300")
    assert holds(0, "0 to 150") and not holds(-1, "0 to 150")
    assert holds(1e9, "peer") and holds(1e9, "")
    with pytest.raises(ValueError, match="no bar"):
        holds(1, "about 2")


def test_every_line_is_of_a_benchmark_and_has_a_bar() -> None:
    for benchmark in tomllib.loads(FIGURES.read_text("utf-8"))["benchmark"]:
        assert (FIGURES.parent / f"{benchmark['module']}.py").exists()
        for figure in benchmark["figures"]:
            assert figure["key"] and figure["label"]
            holds(0, figure["bar"])
