"""A PDF opened in a process of its own, so that a file that crashes or hangs the engine is one
file that cannot be read.

A worker starts in about 0.2 s, serves one file at a time and is kept for the next one.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from contextlib import suppress
from threading import Lock, Timer
from types import TracebackType
from typing import IO, Any, cast

import pypdfium2

from rodtrad.ingest.pdfline import PdfLine
from rodtrad.ingest.pdfrules import NO_RULES, Rules
from rodtrad.ingest.pdfstructure import OutlineEntry, PdfStructure
from rodtrad.ingest.pdftext import PdfPage

WORKER = "rodtrad.ingest.pdfworker"
_MOST_IDLE = 2
# So many pages come with one answer.
_BATCH = 32
# However short a document's time is, an answer gets this many seconds.
_LEAST_SECONDS = 5.0


class EngineFailedError(Exception):
    """The worker ended or was ended; the text says how: "crashed" or "took too long"."""


class _Worker:
    """A running worker: requests in, answers out."""

    def __init__(self) -> None:
        # The same packages as here, and nothing from the current folder.
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-P", "-m", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._was_late = False

    def ask(self, request: dict[str, Any], data: bytes = b"", *, seconds: float) -> Any:
        """The answer to a request; a picture comes as bytes.

        Raises:
            EngineFailedError: the process ended, or did not answer in time.
            pypdfium2.PdfiumError: the engine refuses in words.
        """
        alarm = Timer(seconds, self._end_late)
        alarm.daemon = True
        alarm.start()
        try:
            return self._answer(json.dumps(request).encode() + b"\n" + data, request["do"])
        except (OSError, ValueError) as error:
            self.end()
            how = "took too long" if self._was_late else "crashed"
            raise EngineFailedError(how) from error
        finally:
            alarm.cancel()

    def _answer(self, message: bytes, task: str) -> Any:
        requests, answers = self._pipes()
        requests.write(message)
        requests.flush()
        reply = json.loads(answers.readline() or b"-")
        if "error" in reply:
            raise pypdfium2.PdfiumError(reply["error"])
        if task != "picture":
            return reply["answer"]
        picture = answers.read(reply["answer"])
        if len(picture) < reply["answer"]:
            raise EOFError("the picture is cut off")
        return picture

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        return cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)

    def _end_late(self) -> None:
        self._was_late = True
        self._process.kill()

    def end(self) -> None:
        """Stop the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        for pipe in self._pipes():
            with suppress(OSError):
                pipe.close()


class _Idle:
    """Workers that wait for the next file."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._workers: list[_Worker] = []
        atexit.register(self.end)

    def take(self) -> _Worker:
        """One that waits, or a new one."""
        with self._lock:
            if self._workers:
                return self._workers.pop()
        return _Worker()

    def give_back(self, worker: _Worker) -> None:
        """Let a sound worker wait for another file."""
        with self._lock:
            if len(self._workers) < _MOST_IDLE:
                self._workers.append(worker)
                return
        worker.end()

    def end(self) -> None:
        """Stop all that wait."""
        with self._lock:
            workers, self._workers = self._workers, []
        for worker in workers:
            worker.end()


_IDLE = _Idle()


class PdfProcess:
    """An open PDF, as `PdfText`, in another process.

    Every method raises `EngineFailedError` when the engine crashes or takes more than `seconds`.
    """

    def __init__(self, data: bytes, *, seconds: float) -> None:
        """Open the file.

        Raises:
            pypdfium2.PdfiumError: it is damaged or encrypted.
            EngineFailedError: it crashed or hung the engine.
        """
        self._seconds = max(seconds, _LEAST_SECONDS)
        self._worker: _Worker | None = _IDLE.take()
        # Pages that came with the one asked for, by their index.
        self._ahead: dict[int, Any] = {}
        try:
            self._pages = int(self._ask({"do": "open", "size": len(data)}, data))
        except pypdfium2.PdfiumError:
            self._release()
            raise

    def __enter__(self) -> PdfProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._release()

    def __len__(self) -> int:
        return self._pages

    def page(self, index: int) -> PdfPage:
        """The page at an index from 0.

        Raises:
            pypdfium2.PdfiumError: the page is damaged.
        """
        if index not in self._ahead:
            last = min(index + _BATCH, self._pages)
            answers = self._ask({"do": "pages", "first": index, "last": last})
            self._ahead = dict(enumerate(answers, index))
        answer = self._ahead.pop(index)
        if isinstance(answer, str):
            raise pypdfium2.PdfiumError(answer)
        number, width, height, lines, pictures, rotated, strokes = answer
        rules = (
            Rules(*(tuple(map(tuple, found)) for found in strokes)) if any(strokes) else NO_RULES
        )
        return PdfPage(
            number, width, height, tuple(map(_line, lines)), pictures, rotated, rules=rules
        )

    def picture(self, index: int, dots: int) -> bytes:
        """A picture of the page at an index, as a grey PNM file of so many dots an inch."""
        return bytes(self._ask({"do": "picture", "page": index, "dots": dots}))

    def structure(self) -> PdfStructure:
        """What the file says about itself."""
        found = self._ask({"do": "structure"})
        outline = tuple(OutlineEntry(**entry) for entry in found.pop("outline"))
        return PdfStructure(labels=tuple(found.pop("labels")), outline=outline, **found)

    def _ask(self, request: dict[str, Any], data: bytes = b"") -> Any:
        if self._worker is None:
            raise EngineFailedError("crashed")
        try:
            return self._worker.ask(request, data, seconds=self._seconds)
        except EngineFailedError:
            self._worker = None
            raise

    def _release(self) -> None:
        if self._worker is None:
            return
        with suppress(EngineFailedError):
            self._ask({"do": "close"})
        if self._worker is not None:
            _IDLE.give_back(self._worker)
        self._worker = None


def _line(fields: list[Any]) -> PdfLine:
    """A line from its fields; marks and gaps come only where there are any."""
    text, left, right, bottom, size, bold, *more = fields
    if not more:
        return PdfLine(text, left, right, bottom, size, bold)
    marks, gaps, row = more
    marks, gaps = tuple(map(tuple, marks)), tuple(map(tuple, gaps))
    return PdfLine(text, left, right, bottom, size, bold, marks, gaps, row)
