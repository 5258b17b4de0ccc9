"""The process in which PDFs are opened: what they may do to the PDF engine, they do to it alone.

It reads requests from its standard input and answers on its standard output, until the input ends.
A request is a line of JSON; that for opening is followed by the file. An answer is a line of JSON;
that for a picture is followed by it. The messages are those of `rodtrad.ingest.pdfprocess`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import IO, Any

import pypdfium2

from rodtrad.ingest.pdftext import PdfPage, PdfText

MEMORY = 4 << 30
"""Address space the process may use, where the system can limit it."""


class _Desk:
    """The open file, and what is asked of it."""

    def __init__(self, requests: IO[bytes]) -> None:
        self._requests = requests
        self._data = b""
        self._pdf: PdfText | None = None

    def answer(self, request: dict[str, Any]) -> tuple[Any, bytes]:
        """What is asked for, and bytes that belong to it."""
        task = request["do"]
        if task == "open":
            self._close()
            self._data = self._requests.read(request["size"])
            self._pdf = PdfText(self._data)
            return len(self._pdf), b""
        if task == "structure":
            from rodtrad.ingest.pdfstructure import read_structure

            return asdict(read_structure(self._data)), b""
        if task == "close" or self._pdf is None:
            self._close()
            return None, b""
        if task == "picture":
            picture = self._pdf.picture(request["page"], request["dots"])
            return len(picture), picture
        return [self._page(index) for index in range(request["first"], request["last"])], b""

    def _page(self, index: int) -> list[Any] | str:
        """The fields of a page, or what the engine says against it."""
        if self._pdf is None:
            return "no file is open"
        try:
            return _plain(self._pdf.page(index))
        except pypdfium2.PdfiumError as error:
            return str(error)

    def _close(self) -> None:
        if self._pdf:
            self._pdf.__exit__(None, None, None)
        self._pdf, self._data = None, b""


def _plain(page: PdfPage) -> list[Any]:
    """The fields of a page in their order, its lines as lists: the last fields where not empty."""
    lines = [
        (
            one.text,
            one.left,
            one.right,
            one.bottom,
            one.size,
            one.bold,
            one.marks,
            one.gaps,
            one.row,
        )
        if one.marks or one.gaps or one.row
        else (one.text, one.left, one.right, one.bottom, one.size, one.bold)
        for one in page.lines
    ]
    strokes = [page.rules.vertical, page.rules.horizontal]
    return [page.number, page.width, page.height, lines, page.pictures, page.rotated, strokes]


def _answers(requests: IO[bytes]) -> Iterator[bytes]:
    desk = _Desk(requests)
    for line in requests:
        try:
            answer, rest = desk.answer(json.loads(line))
            yield json.dumps({"answer": answer}).encode() + b"\n" + rest
        except pypdfium2.PdfiumError as error:
            yield json.dumps({"error": str(error)}).encode() + b"\n"


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer until there is nothing more to read."""
    _limit_memory()
    # What the engine itself may print must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    for answer in _answers(sys.stdin.buffer):
        answers.write(answer)
        answers.flush()


if __name__ == "__main__":
    main()
