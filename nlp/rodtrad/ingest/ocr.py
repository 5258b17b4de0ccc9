"""Text for scanned pages, from the OCR program (tesseract) that the user has installed."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import median

from rodtrad.errors import UnreadableFileError

PROGRAM = "tesseract"
LANGUAGES = "swe+eng"
SECONDS_A_PAGE = 120
DOTS_AN_INCH = 300
_WORD = "5"
_COMMAND = (PROGRAM, "-l", LANGUAGES, "--dpi", str(DOTS_AN_INCH))


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page as the program read it: lines of words."""

    lines: tuple[tuple[OcrWordBox, ...], ...]


@dataclass(frozen=True, slots=True)
class OcrWordBox:
    """A word, how sure the program is in percent, and its box in dots from the top left."""

    text: str
    confidence: int
    left: int
    top: int
    width: int
    height: int


def read_picture(path: Path, picture: bytes) -> OcrPage:
    """The words in a picture of a page (a grey PNM file of 300 dots an inch).

    `path` is the document's file, for messages.

    Raises:
        UnreadableFileError: the program is missing, fails, or takes more than two minutes.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnreadableFileError(
            f"{path} has scanned pages and no OCR program is installed; "
            "install tesseract-ocr and tesseract-ocr-swe."
        )
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder, "page.pgm")
        image.write_bytes(picture)
        command = [program, str(image), "stdout", *_COMMAND[1:], "tsv"]
        return OcrPage(tuple(_lines(_run(path, command))))


def _run(path: Path, command: Sequence[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell, files of our own naming
            command, check=True, capture_output=True, timeout=SECONDS_A_PAGE
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(
            f"{path} took the OCR program too long; split the file or read it without OCR."
        ) from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise UnreadableFileError(
            f"{path} could not be read by the OCR program ({_reason(error)}); "
            "check that tesseract has the languages swe and eng."
        ) from error
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str) -> Iterator[tuple[OcrWordBox, ...]]:
    """The lines of the program's table: a row a word, with block, paragraph and line numbers."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = (row for row in rows if row.get("level") == _WORD and (row.get("text") or "").strip())
    for _, group in groupby(words, key=lambda r: (r["block_num"], r["par_num"], r["line_num"])):
        yield tuple(_word(row) for row in group)


def _word(row: dict[str, str]) -> OcrWordBox:
    box = (int(row[name]) for name in ("left", "top", "width", "height"))
    return OcrWordBox(row["text"].strip(), round(float(row["conf"])), *box)


def line_height(line: Sequence[OcrWordBox]) -> float:
    """The usual height of the words of a line, in dots."""
    return float(median(word.height for word in line))


def _reason(error: subprocess.CalledProcessError | OSError) -> str:
    if isinstance(error, OSError):
        return error.strerror or "no output"
    lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"exit code {error.returncode}"
