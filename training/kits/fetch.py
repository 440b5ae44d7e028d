"""Fetches the openly licensed art that kits are made of: a fixed list, pinned by commit and SHA-256.

Nothing is put in place before its hash is right, and what is in place is not fetched again.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import pooch
from requests import HTTPError, RequestException
from tqdm import tqdm

from generator.files import writing

from ..errors import TrainingError
from .table import KITS

BASE_URL = "https://raw.githubusercontent.com"
RETRIES = 2
"""How often a download that breaks off is begun anew, after a wait of a second or two."""
TIMEOUT_S = 30.0
_LIST = Path(__file__).with_name("art_files.csv")


@dataclass(frozen=True)
class ArtFile:
    """A file of an art pack: where it goes, what it must be, and where it is kept."""

    file: str  # below the art folder
    sha256: str
    repository: str  # owner/name
    commit: str
    path: str  # in the repository

    def url(self, base: str) -> str:
        """Where it can be fetched."""
        return f"{base.rstrip('/')}/{self.repository}/{self.commit}/{quote(self.path)}"


class _Refused(Exception):
    """Why a file did not come; asking again is no use."""


def art_files(listed: Path = _LIST) -> tuple[ArtFile, ...]:
    """The list that ships. Raises TrainingError for a path that leaves the folder."""
    with listed.open(encoding="utf-8", newline="") as file:
        rows = tuple(ArtFile(**row) for row in csv.DictReader(file))
    for row in rows:
        parts = PurePosixPath(row.file).parts
        if not parts or ".." in parts or PurePosixPath(row.file).is_absolute() or "\\" in row.file:
            raise TrainingError(f"{listed}: {row.file!r} leaves the art folder; restore the list")
    return rows


def credits_text() -> str:
    """Whose art it is and on what terms, a line a pack."""
    packs = dict.fromkeys(kit.pack for kit in KITS)
    return "\n".join(f"{pack.folder}: {pack.credits} ({pack.licence})" for pack in packs)


def fetch_art(
    out: Path, files: tuple[ArtFile, ...], *, source: Path | None = None, base_url: str = BASE_URL
) -> int:
    """Puts every file of the list below `out`, out of the folder `source` or from the network.

    Returns: how many came; those that are there already, with the right hash, do not count.
    Raises: TrainingError that names the first file that did not come, and why; those that did come stay.
        WriteError where the disk refuses.
    """
    pooch.get_logger().setLevel("WARNING")
    store = pooch.create(
        out,
        base_url,
        registry={file.file: file.sha256 for file in files},
        urls={file.file: str(source / file.file) if source else file.url(base_url) for file in files},
        retry_if_failed=0 if source else RETRIES,
    )
    missing = [file for file in files if not _is_there(out / file.file, file.sha256)]
    failed: list[str] = []
    for file in tqdm(missing, unit="file", disable=None):
        target = out / file.file
        try:
            with writing(target):
                _fetch(store, file, _copy if source else _download)
        except _Refused as refused:
            failed.append(f"{target}: {refused}")
    if failed:
        first, others = failed[0], f" and {len(failed) - 1} more" if len(failed) > 1 else ""
        raise TrainingError(
            f"{first}{others}; {len(missing) - len(failed)} files came: the same command goes on"
        )
    return len(missing)


def _is_there(path: Path, sha256: str) -> bool:
    return path.is_file() and pooch.file_hash(str(path)) == sha256


def _fetch(store: pooch.Pooch, file: ArtFile, bring: Callable[[str, str, object], None]) -> None:
    """Fetches one file. Raises _Refused, and OSError where the disk refuses."""
    try:
        store.fetch(file.file, downloader=bring)
    except RequestException as error:
        raise _Refused(f"the download broke off ({error})") from error
    except ValueError as error:
        raise _Refused(f"has another SHA-256 than {file.sha256[:12]}...: not the file of the list") from error


def _copy(path: str, output: str, _: object) -> None:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise _Refused(f"{path} cannot be read ({error.strerror})") from error
    Path(output).write_bytes(data)


def _download(url: str, output: str, _: object) -> None:
    try:
        pooch.HTTPDownloader(timeout=TIMEOUT_S)(url, output, None)
    except HTTPError as error:
        answer = error.response
        if answer is not None and answer.status_code < 500:  # it is the request that is wrong
            raise _Refused(f"the server says {answer.status_code} {answer.reason}") from error
        raise
