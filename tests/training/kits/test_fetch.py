"""Fetching art from a server that does what servers do."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from training.__main__ import main
from training.errors import TrainingError
from training.kits.fetch import ArtFile, art_files, credits_text, fetch_art
from training.kits.kits import KITS

DATA = bytes(range(256)) * 400


def art_file(name: str, data: bytes = DATA) -> ArtFile:
    return ArtFile(
        f"pack/{name}", hashlib.sha256(data).hexdigest(), len(data), "who/what", "0" * 40, f"a b/{name}"
    )


class Server(ThreadingHTTPServer):
    """Serves DATA for every path; how badly is said by the file's name."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str | None]] = []


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        name, asked_for = self.path.rpartition("/")[2], self.headers.get("Range")
        self.server.asked.append((self.path, asked_for))
        body, status, length, begin = DATA, 200, len(DATA), 0
        if asked_for and name != "no-ranges.png":
            begin = int(asked_for.removeprefix("bytes=").rstrip("-"))
            body, status, length = DATA[begin:], 206, len(DATA) - begin
        if name == "gone.png":
            body, status, length = b"", 404, 0
        if name == "other.png":
            body = DATA[:-1] + b"x"
        if name == "longer.png":
            body, length = DATA + b"more", length + 4
        if name == "claims-more.png":
            length += 1000
        if name in ("breaks.png", "claims-more.png", "always-breaks.png"):
            self.close_connection = True
        if (name == "breaks.png" and status == 200) or name == "always-breaks.png":
            body = body[: len(body) // 2]
        self.send_response(status)
        if status == 206:
            self.send_header("Content-Range", f"bytes {begin}-{len(DATA) - 1}/{len(DATA)}")
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield running
        running.shutdown()


def fetch(server: Server, out: Path, *files: ArtFile) -> int:
    return fetch_art(
        out, files, base_url=f"http://127.0.0.1:{server.server_address[1]}", wait=lambda seconds: None
    )


def test_files_come_once(server: Server, tmp_path: Path) -> None:
    assert fetch(server, tmp_path, art_file("a.png"), art_file("b.png")) == 2
    assert (tmp_path / "pack" / "a.png").read_bytes() == DATA
    assert server.asked[0][0] == f"/who/what/{'0' * 40}/a%20b/a.png"
    assert fetch(server, tmp_path, art_file("a.png"), art_file("b.png")) == 0
    assert len(server.asked) == 2
    assert sorted(path.name for path in (tmp_path / "pack").iterdir()) == ["a.png", "b.png"]


def test_a_download_that_broke_off_goes_on(server: Server, tmp_path: Path) -> None:
    assert fetch(server, tmp_path, art_file("breaks.png")) == 1
    assert [asked for _, asked in server.asked] == [None, f"bytes={len(DATA) // 2}-"]
    assert (tmp_path / "pack" / "breaks.png").read_bytes() == DATA


def test_one_that_breaks_off_again_and_again_keeps_its_part(server: Server, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match=r"always-breaks\.png: .*the same command goes on"):
        fetch(server, tmp_path, art_file("always-breaks.png"))
    part = tmp_path / "pack" / "always-breaks.png.part"
    assert DATA.startswith(part.read_bytes())
    assert part.stat().st_size > len(DATA) // 2


def test_a_server_without_ranges_begins_anew(server: Server, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "no-ranges.png.part").write_bytes(DATA[:1000])
    assert fetch(server, tmp_path, art_file("no-ranges.png")) == 1
    assert (tmp_path / "pack" / "no-ranges.png").read_bytes() == DATA


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("other.png", "not the file of the list"),
        ("longer.png", "sends more than the 102,400 bytes of the list"),
        ("gone.png", "the server says 404"),
    ],
)
def test_what_is_wrong_is_named_and_good_files_stay(
    server: Server, tmp_path: Path, name: str, complaint: str
) -> None:
    with pytest.raises(TrainingError, match=rf"{name.replace('.', '[.]')}: .*{complaint}.*1 files came"):
        fetch(server, tmp_path, art_file("a.png"), art_file(name))
    assert [path.name for path in (tmp_path / "pack").iterdir()] == ["a.png"]


def test_a_length_that_is_a_lie_does_no_harm_where_all_has_come(server: Server, tmp_path: Path) -> None:
    assert fetch(server, tmp_path, art_file("claims-more.png")) == 1


def test_a_damaged_part_is_thrown_away(server: Server, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "a.png.part").write_bytes(b"x" * 1000)
    assert fetch(server, tmp_path, art_file("a.png")) == 1
    (tmp_path / "pack" / "b.png.part").write_bytes(b"x" * (len(DATA) + 1))
    assert fetch(server, tmp_path, art_file("b.png")) == 1


def test_nobody_listening(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="broke off"):
        fetch_art(tmp_path, (art_file("a.png"),), base_url="http://127.0.0.1:9", wait=lambda seconds: None)


def test_files_that_lie_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "in" / "pack").mkdir(parents=True)
    (tmp_path / "in" / "pack" / "a.png").write_bytes(DATA)
    assert fetch_art(tmp_path / "out", (art_file("a.png"),), source=tmp_path / "in") == 1
    (tmp_path / "in" / "pack" / "b.png").write_bytes(b"another")
    with pytest.raises(TrainingError, match=r"b\.png: has SHA-256 .* not the file of the list"):
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
    listed.write_text(f"file,sha256,bytes,repository,commit,path\n{name},0,1,a/b,c,d\n")
    with pytest.raises(TrainingError, match="leaves the art folder"):
        art_files(listed)


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["art", "--out", str(tmp_path / "art"), "--from", str(tmp_path)]) == 2
    assert "cannot be read" in capsys.readouterr().err
