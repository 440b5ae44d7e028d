"""Fetches the openly licensed art that kits are made of: a fixed list, pinned by commit and SHA-256.

A download that broke off lies beside its file as `NAME.part` and goes on from there. Nothing is put in
place before its hash is right.
"""

from __future__ import annotations

import csv
import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import httpx
from tqdm import tqdm

from generator.files import write_atomically

from ..errors import TrainingError
from .table import KITS

BASE_URL = "https://raw.githubusercontent.com"
ATTEMPTS = 3
WAIT_S = 2.0
"""Before the second attempt; twice as long before the third."""
TIMEOUT_S = 30.0
_LIST = Path(__file__).with_name("art_files.csv")


@dataclass(frozen=True)
class ArtFile:
    """A file of an art pack: where it goes, what it must be, and where it is kept."""

    file: str  # below the art folder
    sha256: str
    bytes: int
    repository: str  # owner/name
    commit: str
    path: str  # in the repository

    def url(self, base: str) -> str:
        """Where it can be fetched."""
        return f"{base.rstrip('/')}/{self.repository}/{self.commit}/{quote(self.path)}"


class _Refused(Exception):
    """Why a file did not come; `for_good` where asking again is no use."""

    def __init__(self, reason: str, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


def art_files(listed: Path = _LIST) -> tuple[ArtFile, ...]:
    """The list that ships. Raises TrainingError for a path that leaves the folder."""
    with listed.open(encoding="utf-8", newline="") as file:
        rows = [ArtFile(**{**row, "bytes": int(row["bytes"])}) for row in csv.DictReader(file)]  # type: ignore[arg-type]  # columns are its fields
    for row in rows:
        parts = PurePosixPath(row.file).parts
        if not parts or ".." in parts or PurePosixPath(row.file).is_absolute() or "\\" in row.file:
            raise TrainingError(f"{listed}: {row.file!r} leaves the art folder; restore the list")
    return tuple(rows)


def credits_text() -> str:
    """Whose art it is and on what terms, a line a pack."""
    packs = dict.fromkeys(kit.pack for kit in KITS)
    return "\n".join(f"{pack.folder}: {pack.credits} ({pack.licence})" for pack in packs)


def fetch_art(
    out: Path,
    files: tuple[ArtFile, ...],
    *,
    source: Path | None = None,
    base_url: str = BASE_URL,
    wait: Callable[[float], None] = time.sleep,
) -> int:
    """Puts every file of the list below `out`, out of the folder `source` or from the network.

    Files that are there already, with the right hash, are left alone.
    Returns: how many came.
    Raises: TrainingError that names each file that did not come, and why; those that did stay.
    """
    missing = [file for file in files if _hash(out / file.file) != file.sha256]
    failed: list[str] = []
    with httpx.Client(timeout=TIMEOUT_S, follow_redirects=True) as client:
        for file in tqdm(missing, unit="file", disable=None):
            target = out / file.file
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                if source is not None:
                    _copy(file, source / file.file, target)
                else:
                    _download(client, file, base_url, target, wait)
            except _Refused as refused:
                failed.append(f"{target}: {refused}")
            except OSError as error:
                raise TrainingError(
                    f"{target}: cannot be written ({error.strerror}); choose another --out"
                ) from error
    if failed:
        first, others = failed[0], f" and {len(failed) - 1} more" if len(failed) > 1 else ""
        raise TrainingError(
            f"{first}{others}; {len(missing) - len(failed)} files came: the same command goes on"
        )
    return len(missing)


def _hash(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _copy(file: ArtFile, source: Path, target: Path) -> None:
    try:
        data = source.read_bytes()
    except OSError as error:
        raise _Refused(f"{source} cannot be read ({error.strerror})", for_good=True) from error
    _check_hash(file, data)
    write_atomically(target, lambda out: out.write(data))


def _check_hash(file: ArtFile, data: bytes) -> None:
    found = hashlib.sha256(data).hexdigest()
    if found != file.sha256:
        raise _Refused(f"has SHA-256 {found[:12]}..., not {file.sha256[:12]}...: not the file of the list")


def _download(
    client: httpx.Client, file: ArtFile, base_url: str, target: Path, wait: Callable[[float], None]
) -> None:
    for attempt in range(ATTEMPTS):
        try:
            _download_once(client, file, base_url, target)
            return
        except _Refused as refused:
            if refused.for_good or attempt == ATTEMPTS - 1:
                raise
        wait(WAIT_S * 2**attempt)


def _download_once(client: httpx.Client, file: ArtFile, base_url: str, target: Path) -> None:
    part = target.with_name(f"{target.name}.part")
    have = part.stat().st_size if part.exists() else 0
    if have > file.bytes:
        part.unlink()
        have = 0
    if have < file.bytes:
        _receive(client, file, base_url, part, have)
    data = part.read_bytes()
    if len(data) < file.bytes:
        raise _Refused(f"ended after {len(data):,} of {file.bytes:,} bytes")
    part.unlink()
    _check_hash(file, data)
    write_atomically(target, lambda out: out.write(data))


def _receive(client: httpx.Client, file: ArtFile, base_url: str, part: Path, have: int) -> None:
    """Appends to the part, or begins it anew where the server cannot go on; never takes more than is
    listed."""
    headers = (
        {"Range": f"bytes={have}-", "Accept-Encoding": "identity"}
        if have
        else {"Accept-Encoding": "identity"}
    )
    try:
        with client.stream("GET", file.url(base_url), headers=headers) as answer:
            if answer.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
                part.unlink(missing_ok=True)
                gone = answer.status_code in (httpx.codes.NOT_FOUND, httpx.codes.GONE, httpx.codes.FORBIDDEN)
                raise _Refused(f"the server says {answer.status_code} {answer.reason_phrase}", for_good=gone)
            goes_on = answer.status_code == httpx.codes.PARTIAL_CONTENT and answer.headers.get(
                "Content-Range", ""
            ).startswith(f"bytes {have}-")
            size = have if goes_on else 0
            with part.open("ab" if goes_on else "wb") as kept:
                for block in answer.iter_raw():
                    size += len(block)
                    if size > file.bytes:
                        kept.close()
                        part.unlink()
                        raise _Refused(f"the server sends more than the {file.bytes:,} bytes of the list")
                    kept.write(block)
                kept.flush()
                os.fsync(kept.fileno())
    except httpx.HTTPError as error:
        if not part.exists() or part.stat().st_size < file.bytes:
            raise _Refused(f"the download broke off ({str(error) or type(error).__name__})") from error
