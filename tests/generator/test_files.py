"""Files: written whole or not at all, and one line for the user where the disk refuses."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from generator.files import WriteError, check_file, check_folder, write_atomically, write_whole, writing


def test_a_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    write_atomically(path, lambda file: file.write(b"old"))
    with pytest.raises(RuntimeError):
        write_atomically(path, lambda file: (file.write(b"ne"), _fail()))
    assert path.read_bytes() == b"old"
    write_atomically(path, lambda file: file.write(b"new"))
    assert path.read_bytes() == b"new" and list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match=r"No space left on device.*choose another --maps"):
        write_whole(tmp_path / "a.level", b"a level", "choose another --maps")
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_device_is_written_into_and_stays() -> None:
    with pytest.raises(WriteError, match="No space left on device"):
        write_whole(Path("/dev/full"), b"a level")
    assert Path("/dev/full").is_char_device()


def _fail() -> NoReturn:
    raise RuntimeError("half way")


def test_a_refusal_names_the_path_the_reason_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "no" / "a.bin"
    with pytest.raises(WriteError) as error, writing(path, "choose another --map"):
        path.write_bytes(b"")
    assert str(error.value) == f"{path}: cannot be written (No such file or directory); choose another --map"


def test_a_folder_is_made_before_anything_is_done_for_it(tmp_path: Path) -> None:
    check_folder(tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder").is_dir() and not list((tmp_path / "new" / "folder").iterdir())
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteError, match="cannot be written"):
        check_folder(tmp_path / "file")


def test_looking_whether_a_file_can_be_written_leaves_it_as_it_is(tmp_path: Path) -> None:
    check_file(tmp_path / "new.png")
    assert not list(tmp_path.iterdir())
    (tmp_path / "old.png").write_bytes(b"precious")
    check_file(tmp_path / "old.png")
    assert (tmp_path / "old.png").read_bytes() == b"precious"
    with pytest.raises(WriteError, match="is a folder; name a file"):
        check_file(tmp_path)
    with pytest.raises(WriteError, match=r"there is no folder .*; make it, or choose another --maps"):
        check_file(tmp_path / "no" / "a.png", "choose another --maps")
