"""Fetching art from a server that does what servers do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.files import WriteError
from training.__main__ import main
from training.errors import TrainingError
from training.kits import KITS
from training.kits.fetch import ArtFile, art_files, credits_text, fetch_art

DATA = bytes(range(256)) * 400


def art_file(name: str, data: bytes = DATA) -> ArtFile:
    return ArtFile(f"pack/{name}", hashlib.sha256(data).hexdigest(), "who/what", "0" * 40, f"a b/{name}")


class Server(ThreadingHTTPServer):
    """Serves DATA for every path; how badly is said by the file's name."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        name, again = self.path.rpartition("/")[2], self.path in self.server.asked
        self.server.asked.append(self.path)
        body, status, length = DATA, 200, len(DATA)
        if name == "gone.png":
            body, status, length = b"", 404, 0
        if name == "busy.png" and not again:
            body, status, length = b"", 503, 0
        if name == "other.png":
            body = DATA[:-1] + b"x"
        if name == "longer.png":
            body, length = DATA + b"more", length + 4
        if (name == "breaks.png" and not again) or name == "always-breaks.png":
            body, self.close_connection = body[: len(body) // 2], True
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits before a download is begun anew."""
    monkeypatch.setattr("pooch.core.time.sleep", lambda seconds: None)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield running
        running.shutdown()


def fetch(server: Server, out: Path, *files: ArtFile) -> int:
    return fetch_art(out, files, base_url=f"http://127.0.0.1:{server.server_address[1]}")


def test_files_come_once(server: Server, tmp_path: Path) -> None:
    assert fetch(server, tmp_path, art_file("a.png"), art_file("b.png")) == 2
    assert (tmp_path / "pack" / "a.png").read_bytes() == DATA
    assert server.asked[0] == f"/who/what/{'0' * 40}/a%20b/a.png"
    assert fetch(server, tmp_path, art_file("a.png"), art_file("b.png")) == 0
    assert len(server.asked) == 2
    assert sorted(path.name for path in (tmp_path / "pack").iterdir()) == ["a.png", "b.png"]


@pytest.mark.parametrize("name", ["breaks.png", "busy.png"])
def test_a_download_that_fails_is_begun_anew(server: Server, tmp_path: Path, name: str) -> None:
    assert fetch(server, tmp_path, art_file(name)) == 1
    assert len(server.asked) == 2
    assert [path.read_bytes() for path in (tmp_path / "pack").iterdir()] == [DATA]


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("other.png", "not the file of the list"),
        ("longer.png", "not the file of the list"),
        ("always-breaks.png", "the download broke off"),
        ("gone.png", "the server says 404"),
    ],
)
def test_what_is_wrong_is_named_and_good_files_stay(
    server: Server, tmp_path: Path, name: str, complaint: str
) -> None:
    with pytest.raises(TrainingError, match=rf"{name.replace('.', '[.]')}: .*{complaint}.*1 files came"):
        fetch(server, tmp_path, art_file("a.png"), art_file(name))
    assert [path.name for path in (tmp_path / "pack").iterdir()] == ["a.png"]


def test_a_file_that_is_damaged_by_now_comes_again(server: Server, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "a.png").write_bytes(b"x" * 1000)
    assert fetch(server, tmp_path, art_file("a.png")) == 1
    assert (tmp_path / "pack" / "a.png").read_bytes() == DATA


def test_what_the_server_does_not_have_is_asked_for_once(server: Server, tmp_path: Path) -> None:
    with pytest.raises(TrainingError):
        fetch(server, tmp_path, art_file("gone.png"))
    assert len(server.asked) == 1


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "pack").write_text("in the way")
    (tmp_path / "in" / "pack").mkdir(parents=True)
    (tmp_path / "in" / "pack" / "a.png").write_bytes(DATA)
    with pytest.raises(WriteError, match=r"a\.png: cannot be written .*; choose another --out"):
        fetch_art(tmp_path, (art_file("a.png"),), source=tmp_path / "in")


def test_nobody_listening(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="broke off"):
        fetch_art(tmp_path, (art_file("a.png"),), base_url="http://127.0.0.1:9")


def test_files_that_lie_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "in" / "pack").mkdir(parents=True)
    (tmp_path / "in" / "pack" / "a.png").write_bytes(DATA)
    assert fetch_art(tmp_path / "out", (art_file("a.png"),), source=tmp_path / "in") == 1
    (tmp_path / "in" / "pack" / "b.png").write_bytes(b"another")
    with pytest.raises(TrainingError, match=r"b\.png: has another SHA-256 .* not the file of the list"):
        fetch_art(tmp_path / "out", (art_file("b.png"),), source=tmp_path / "in")
    with pytest.raises(TrainingError, match=r"c\.png cannot be read \(No such file"):
        fetch_art(tmp_path / "out", (art_file("c.png"),), source=tmp_path / "in")


def test_the_list_is_what_the_kits_need() -> None:
    assert {file.file for file in art_files()} == set().union(*(kit.files() for kit in KITS))
    assert all(len(file.sha256) == 64 and len(file.commit) == 40 for file in art_files())
    assert "Demetrius (CC0-1.0)" in credits_text()


@pytest.mark.parametrize("name", ["../out.png", "/etc/passwd", "a/../../b.png", "a\\b.png", ""])
def test_a_list_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(f"file,sha256,repository,commit,path\n{name},0,a/b,c,d\n")
    with pytest.raises(TrainingError, match="leaves the art folder"):
        art_files(listed)


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["art", "--out", str(tmp_path / "art"), "--from", str(tmp_path)]) == 2
    assert "cannot be read" in capsys.readouterr().err
