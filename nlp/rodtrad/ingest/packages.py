"""Zip packages (DOCX, XLSX) from anywhere: looked at before any program unpacks or parses them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from rodtrad.errors import UnreadableFileError

# What zipfile, openpyxl, python-docx and lxml are known to raise on damaged packages, found by
# reading mutated ones: a bad sum or stream, a name that is no text, an encrypted part, a part that
# is missing or another kind of XML than it should be.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    IndexError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
MOST_PARTS = 20_000
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_START = 4096


def check_package(path: Path, data: bytes, *, largest: int, damaged: str, bomb: str) -> None:
    """Refuse a package that is damaged, swells, or declares entities.

    Args:
        path: what errors call it.
        data: the file.
        largest: bytes its parts may unpack to, together.
        damaged: the sentence for a damaged package, behind the path.
        bomb: the sentence for one that unpacks to more.

    Raises:
        UnreadableFileError: with one of these sentences.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_PARTS or sum(m.file_size for m in members) > largest:
                raise UnreadableFileError(f"{path}{bomb}")
            starts = {member.filename: _start(archive, member) for member in members}
    except DAMAGE as error:
        raise UnreadableFileError(f"{path}{damaged}") from error
    for name, start in starts.items():
        # Declarations stand before the first element.
        if _DECLARATION.search(start) or start.startswith(_WIDE_MARKS):
            raise UnreadableFileError(
                f"{path}: {name} declares a document type, which no office program writes; "
                "nothing was read."
            )


def _start(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if not member.filename.endswith((".xml", ".rels", ".vml")):
        return b""
    with archive.open(member) as file:
        return file.read(_START)
