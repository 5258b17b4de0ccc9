"""Office files with the same bytes for the same content: fixed times and order in the archive."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Protocol


class Savable(Protocol):
    """An openpyxl workbook or a python-docx document."""

    def save(self, target: io.BytesIO, /) -> object:
        """Write the file into a buffer."""


def save_reproducibly(content: Savable, path: Path, *, day: date) -> None:
    """Save an Office file with every archive member dated `day`, so that equal content is equal."""
    buffer = io.BytesIO()
    content.save(buffer)
    path.write_bytes(with_fixed_times(buffer.getvalue(), day=day))


def with_fixed_times(archive: bytes, *, day: date) -> bytes:
    """The same zip archive with every member dated midnight of `day` (from 1980 on)."""
    result = io.BytesIO()
    stamp = (max(1980, day.year), day.month, day.day, 0, 0, 0)
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(member))
    return result.getvalue()
