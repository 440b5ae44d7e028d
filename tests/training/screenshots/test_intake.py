"""A folder of somebody's pictures: what is fit comes in, what is not is listed with its reason."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.files import WriteError
from generator.nes.palette import quantise
from tests.drawn.pictures import console_picture, jpeg, resized, save
from training.corpus import UNKNOWN_ROLE, Corpus, CorpusWriter, open_corpus
from training.errors import TrainingError
from training.screenshots import take_in
from training.screenshots.find import LeftOut
from training.screenshots.intake import Intake, Wishes
from training.screenshots.lists import write_left_out
from training.screenshots.reading import frames_of
from training.screenshots.screens import (
    Unfit,
)

pytestmark = pytest.mark.slow


def taken(
    folder: Path, *paths: str | Path, processes: int = 1, wishes: Wishes | None = None
) -> tuple[Corpus, Intake]:
    with CorpusWriter(folder) as writer:
        intake = take_in(writer, paths, folder.with_suffix(".tsv"), processes, wishes)
    return open_corpus(folder), intake


def reasons(intake: Intake) -> dict[str, str]:
    return {Path(left.name).name: left.reason for left in intake.left_out}


@pytest.mark.parametrize(
    "name", ["a.png", "a.gif", "a.jpg", "a.webp", "a.bmp", "a.tif", "a.tga", "a.pcx", "A.PNG", "noending"]
)
def test_every_format_by_its_contents(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    picture = console_picture()
    kind = {"noending": "PNG"}.get(name, Image.registered_extensions().get(Path(name).suffix.lower()))
    options: dict[str, dict[str, object]] = {"JPEG": {"quality": 95}, "WEBP": {"lossless": True}}
    enlarged = resized(picture, 512, 480)  # as people save them; it saves the pixels from JPEG, too
    save(enlarged, tmp_path / "in" / name, format=kind, **options.get(str(kind), {}))
    corpus, intake = taken(tmp_path / "c", tmp_path / "in")
    assert (len(corpus), intake.left_out) == (1, ())
    assert (corpus.roles == UNKNOWN_ROLE).all()
    assert corpus.sources[0].licence == "unknown"
    assert corpus.sources[0].name.endswith(name)
    wanted = quantise(picture)[8:232, 16:240]
    assert (corpus.screens[0] == wanted).mean() > 0.9


def test_every_mode_of_pixels(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    pictures = {f"{number}.png": console_picture(number) for number in (3, 4, 5, 6)}
    Image.fromarray(pictures["3.png"]).quantize(64).save(tmp_path / "in" / "3.png")
    shown = Image.fromarray(pictures["4.png"]).convert("RGBA")
    shown.putalpha(Image.fromarray((quantise(pictures["4.png"]) != 0x0F).astype(np.uint8) * 255))
    shown.save(tmp_path / "in" / "4.png")
    Image.fromarray(pictures["5.png"]).convert("CMYK").save(tmp_path / "in" / "5.jpg", quality=95)
    grey = np.asarray(Image.fromarray(pictures["6.png"]).convert("L")).astype(np.uint16) * 257
    Image.fromarray(grey).save(tmp_path / "in" / "6.png")
    corpus, intake = taken(tmp_path / "c", tmp_path / "in")
    assert (len(corpus), intake.left_out) == (4, ())
    for number, screen in zip((3, 4, 5), corpus.screens, strict=False):
        assert (screen == quantise(pictures[f"{number}.png"])[8:232, 16:240]).mean() > 0.8


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_pictures_that_move_give_as_many_frames_as_are_wanted(tmp_path: Path, kind: str) -> None:
    frames = [Image.fromarray(console_picture(number)) for number in (3, 4, 5, 6)]
    options: dict[str, Any] = {"lossless": True} if kind == "webp" else {}
    (tmp_path / "in").mkdir()
    frames[0].save(tmp_path / "in" / f"a.{kind}", save_all=True, append_images=frames[1:], **options)
    for wanted, screens in ((1, 1), (2, 2), (9, 4)):
        corpus, _ = taken(tmp_path / f"c{wanted}", tmp_path / "in", wishes=Wishes(frames=wanted))
        assert (len(corpus), len(corpus.sources)) == (screens, 1)


def test_texts_and_menus_are_left_out_where_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    picture = console_picture(3)
    save(picture, tmp_path / "in" / "game.png")
    bar = picture[8:40, 16:240]  # the status bar, again and again
    save(np.concatenate([bar] * 7), tmp_path / "in" / "text.png")
    assert len(taken(tmp_path / "all", tmp_path / "in")[0]) == 2
    corpus, intake = taken(tmp_path / "some", tmp_path / "in", wishes=Wishes(text=False))
    assert [Path(source.name).name for source in corpus.sources] == ["game.png"]
    assert reasons(intake)["text.png"].startswith("a text or a menu")


def test_an_indexed_picture_with_a_transparent_colour_lies_on_black() -> None:
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([255, 0, 0, 0, 255, 0])
    picture.putpixel((1, 1), 1)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", transparency=0)
    frames = frames_of(buffer.getvalue())
    assert not isinstance(frames, Unfit)
    (rgb,) = frames
    assert rgb[0, 0].tolist() == [0, 0, 0]
    assert rgb[1, 1].tolist() == [0, 255, 0]


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header says that it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def test_whatever_is_broken_is_listed_and_the_rest_comes_in(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deeper").mkdir(parents=True)
    good = save(console_picture(), folder / "deeper" / "good.png")
    data = good.read_bytes()
    (folder / "empty.png").write_bytes(b"")
    (folder / "cut.png").write_bytes(data[: len(data) // 2])
    (folder / "text.png").write_bytes(b"no picture at all")
    (folder / "mislabelled.png").write_bytes(
        save(console_picture(9), folder / "m.jpg", quality=95).read_bytes()
    )
    (folder / "m.jpg").unlink()
    (folder / "bomb.png").write_bytes(png_that_claims(60_000, 60_000))
    (folder / "large.png").write_bytes(png_that_claims(9_000, 9_000))
    (folder / "notes.txt").write_text("levels I like")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    save(np.zeros((240, 256, 3), np.uint8), folder / "black.png")
    save(console_picture()[:100, :120], folder / "small.png")
    noise = np.random.default_rng(0).integers(0, 256, (240, 256, 3)).astype(np.uint8)
    save(noise, folder / "photograph.png")
    save(jpeg(resized(console_picture(), 768, 720), 90), folder / "deeper" / "saved again.png")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    corpus, intake = taken(tmp_path / "c", folder)
    assert sorted(Path(source.name).name for source in corpus.sources) == ["good.png", "mislabelled.png"]
    told = reasons(intake)
    assert told["empty.png"].startswith("empty")
    assert told["cut.png"].startswith("damaged or cut off")
    assert told["text.png"].startswith("no picture")
    assert told["bomb.png"].startswith("too large")
    assert told["large.png"] == "too large: 9000x9000 px"
    assert told["notes.txt"] == "not a picture's name: ends in .txt"
    assert told["broken.zip"].startswith("no zip file")
    assert told["black.png"].startswith("blank")
    assert told["small.png"] == "too small: 120x100 px, 224x192 are needed; tile sets go with --tiles"
    assert told["photograph.png"].startswith("no pixel art")
    assert told["saved again.png"].startswith("the same view as ")
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_names_with_line_breaks_or_no_utf8(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "in")
    (tmp_path / "in").mkdir()
    picture = save(console_picture(), tmp_path / "a.png").read_bytes()
    for name, data in ((b"two\nlines.png", picture), (b"caf\xe9.png", b""), (b"tab\tbed.txt", b"")):
        try:
            Path(os.fsdecode(folder + b"/" + name)).write_bytes(data)
        except OSError:
            pytest.skip("this disk takes no such names")
    corpus, intake = taken(tmp_path / "c", tmp_path / "in")
    assert corpus.sources[0].name.endswith("two\\nlines.png")
    write_left_out(tmp_path / "left-out.tsv", intake.left_out)
    lines = (tmp_path / "left-out.tsv").read_text("utf-8").splitlines()
    assert [line.count("\t") for line in lines] == [1, 1]
    assert any("caf\\xe9.png" in line for line in lines)


def test_zip_files_are_read_where_they_are(tmp_path: Path) -> None:
    save(console_picture(3), tmp_path / "a.png")
    with zipfile.ZipFile(tmp_path / "shots.zip", "w") as archive:
        archive.write(tmp_path / "a.png", "../../outside.png")
        archive.writestr("readme.md", "hello")
        archive.writestr("huge.png", b"\0" * (65 * 2**20), zipfile.ZIP_DEFLATED)
        archive.writestr("folder/", "")
    corpus, intake = taken(tmp_path / "c", tmp_path / "shots.zip")
    assert [source.name for source in corpus.sources] == [f"{tmp_path / 'shots.zip'}/../../outside.png"]
    assert reasons(intake)["huge.png"].startswith("too large: more than 64 MB")
    written = {"a.png", "c", "c.tsv", "kept.png", "kept.tsv", "shots.zip"}
    assert {path.name for path in tmp_path.iterdir()} == written


def zip_of_one(path: Path, name: str, data: bytes) -> bytearray:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return bytearray(path.read_bytes())


def test_damaged_members_of_zip_files_are_listed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    good = save(console_picture(3), tmp_path / "in" / "a good one.png").read_bytes()
    bitmap = save(console_picture(4), tmp_path / "b.bmp").read_bytes()
    spoilt = zip_of_one(tmp_path / "in" / "spoilt.zip", "b.bmp", bitmap)
    spoilt[60:90] = b"\xff" * 30  # no deflated data
    locked = zip_of_one(tmp_path / "in" / "locked.zip", "c.png", good)
    for flags in (6, locked.find(b"PK\x01\x02") + 8):
        locked[flags] |= 1  # says that a password is needed
    (tmp_path / "in" / "spoilt.zip").write_bytes(spoilt)
    (tmp_path / "in" / "locked.zip").write_bytes(locked)
    corpus, intake = taken(tmp_path / "c", tmp_path / "in")
    assert len(corpus) == 1
    assert reasons(intake)["b.bmp"].startswith("cannot be read")
    assert "encrypted" in reasons(intake)["c.png"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system knows no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    save(console_picture(3), tmp_path / "in" / "a.png")
    os.mkfifo(tmp_path / "in" / "pipe.png")
    _, intake = taken(tmp_path / "c", tmp_path / "in")
    assert reasons(intake) == {"pipe.png": "no file but a pipe, a socket or a device"}


def test_a_place_with_a_name_that_no_disk_takes(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no such folder, file or pattern"):
        taken(tmp_path / "c", "x" * 5000)


def test_globs_and_single_files(tmp_path: Path) -> None:
    for number in (3, 4):
        save(console_picture(number), tmp_path / f"{number}.png")
    assert len(taken(tmp_path / "c", str(tmp_path / "*.png"))[0]) == 2
    assert len(taken(tmp_path / "d", tmp_path / "4.png")[0]) == 1
    with pytest.raises(TrainingError, match="no such folder, file or pattern"):
        taken(tmp_path / "e", tmp_path / "*.gif")


def test_a_folder_with_no_usable_picture(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.png", "b.png"):
        (tmp_path / "in" / name).write_bytes(b"")
    with pytest.raises(
        TrainingError,
        match=r"in: no usable picture \(2 files were left out, most of them: empty; the first: .*a\.png: ",
    ):
        taken(tmp_path / "c", tmp_path / "in")


def test_processes_do_not_change_the_corpus(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(12):
        save(resized(console_picture(number), 512, 480), tmp_path / "in" / f"{number:02}.png")
    alone, _ = taken(tmp_path / "a", tmp_path / "in")
    together, _ = taken(tmp_path / "b", tmp_path / "in", processes=2)
    assert alone.sha256 == together.sha256
    assert len(alone) == 12


def test_one_picture_of_sixteen_is_held_out(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(33):
        save(console_picture(number), tmp_path / "in" / f"{number:02}.png")
    corpus, _ = taken(tmp_path / "c", tmp_path / "in")
    assert len(corpus.held_out_rows("screenshot")) == 1


def test_what_is_no_file_is_listed(tmp_path: Path) -> None:
    save(console_picture(), tmp_path / "good.png")
    (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.png")
    os.mkfifo(tmp_path / "pipe.zip")
    with zipfile.ZipFile(tmp_path / "nameless.zip", "w") as archive:
        archive.writestr("x", b"")
        archive.infolist()[0].filename = ""
    _, intake = taken(tmp_path / "c", str(tmp_path / "*.*"))
    assert set(reasons(intake)) >= {"gone.png", "pipe.png", "pipe.zip"}
    with pytest.raises(TrainingError, match="no usable picture"):
        taken(tmp_path / "d", tmp_path / "pipe.png")


@given(data=st.binary(max_size=200))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    try:
        frames = frames_of(data)
    except (OSError, ValueError):
        return
    assert isinstance(frames, Unfit | list)


def test_what_was_kept_is_listed_and_shown_with_its_grid(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        save(resized(console_picture(number), 512, 480), tmp_path / "in" / f"{number}.png")
    taken(tmp_path / "c", tmp_path / "in")
    head, *lines = [line.split("\t") for line in (tmp_path / "kept.tsv").read_text("utf-8").splitlines()]
    assert head == ["file", "size", "own size", "scale", "tiles begin at", "colours", "screens"]
    assert [Path(line[0]).name for line in lines] == ["0.png", "1.png", "2.png"]
    assert lines[0][1:] == ["512x480", "256x240", "2 x 2", "0, 8", "our own", "1"]
    sheet = np.array(Image.open(tmp_path / "kept.png"))
    assert sheet.shape == (256, 3 * 256, 3)
    assert sheet[8, :256].min() >= 127 and sheet[:240, 0].min() >= 127, "lines of the grid"


def test_left_out_names_and_reasons(tmp_path: Path) -> None:
    write_left_out(tmp_path / "l.tsv", [LeftOut("a", "b")])
    assert (tmp_path / "l.tsv").read_text() == "a\tb\n"
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="cannot be written"):
        write_left_out(tmp_path / "file" / "l.tsv", [])
