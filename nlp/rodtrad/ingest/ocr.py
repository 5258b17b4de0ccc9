"""Text for scanned pages, from an OCR program the user has installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from rodtrad.errors import UnreadableFileError

PROGRAM = "ocrmypdf"
LANGUAGES = "swe+eng"
SECONDS_A_PAGE = 60


def ocr_is_installed() -> bool:
    """Whether the OCR program is on the path."""
    return shutil.which(PROGRAM) is not None


def add_text_layer(path: Path, data: bytes, *, pages: int) -> bytes:
    """The PDF with a text layer on its scanned pages; pages that have text are left alone.

    Raises:
        UnreadableFileError: the program is missing, fails, or takes more than a minute a page.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnreadableFileError(
            f"{path} has scanned pages and no OCR program is installed; "
            "install ocrmypdf and tesseract-ocr-swe."
        )
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        before.write_bytes(data)
        command = [program, "--skip-text", "--quiet", "-l", LANGUAGES, str(before), str(after)]
        try:
            subprocess.run(  # noqa: S603 - a fixed program, no shell, files of our own naming
                command, check=True, capture_output=True, timeout=SECONDS_A_PAGE * max(pages, 1)
            )
            return after.read_bytes()
        except subprocess.TimeoutExpired as error:
            raise UnreadableFileError(
                f"{path} took the OCR program too long; split the file or read it without OCR."
            ) from error
        except (subprocess.CalledProcessError, OSError) as error:
            raise UnreadableFileError(
                f"{path} could not be read by the OCR program ({_reason(error)}); "
                "check that tesseract has the languages swe and eng."
            ) from error


def _reason(error: subprocess.CalledProcessError | OSError) -> str:
    if isinstance(error, OSError):
        return error.strerror or "no output"
    lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"exit code {error.returncode}"
