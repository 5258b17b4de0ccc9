"""Office files with the same bytes for the same content: fixed times and order in the archive."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Protocol

from rodtrad.tables.outfile import write_file

# openpyxl puts the time of saving here, whatever the workbook says.
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


class Savable(Protocol):
    """An openpyxl workbook or a python-docx document."""

    def save(self, target: io.BytesIO, /) -> object:
        """Write the file into a buffer."""


def save_reproducibly(content: Savable, path: Path, *, day: date) -> None:
    """Save an Office file with every archive member dated `day`, so that equal content is equal."""
    buffer = io.BytesIO()
    content.save(buffer)
    write_file(path, with_fixed_times(buffer.getvalue(), day=day))


def with_fixed_times(archive: bytes, *, day: date) -> bytes:
    """The same Office file, its members and its last change dated midnight of `day`.

    Zip archives know no year before 1980.
    """
    result = io.BytesIO()
    stamp = (max(1980, day.year), day.month, day.day, 0, 0, 0)
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>%b" % f"{day}T00:00:00Z".encode(), content)
            new.writestr(entry, content)
    return result.getvalue()
