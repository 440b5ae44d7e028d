"""All sounds as files, with a page that lists them."""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import pytest

from game.sound.__main__ import PAGE, TIMES, main
from game.sound.effects import EFFECTS
from game.sound.synth import RATE_HZ
from game.sound.tunes import TUNES


def test_everything_is_written_and_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "soundfile", None)  # as if it were not there
    assert main(["--out", str(tmp_path / "out")]) == 0
    files = {path.name for path in (tmp_path / "out").glob("*.wav")}
    assert files == {f"tune_{name}.wav" for name in TUNES} | {f"effect_{name}.wav" for name in EFFECTS}
    page = (tmp_path / "out" / PAGE).read_text("utf-8")
    assert all(f"({name})" in page for name in files)
    with wave.open(str(tmp_path / "out" / "tune_boss.wav")) as file:
        assert file.getframerate() == RATE_HZ and file.getnframes() == TIMES * TUNES["boss"].samples


def test_a_folder_that_cannot_be_written_ends_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["--out", str(tmp_path / "file")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
