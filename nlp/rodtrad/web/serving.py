"""Run the page: where it listens, who may come in, what the log holds."""

from __future__ import annotations

import logging
import threading
from asyncio import TimerHandle
from itertools import takewhile
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from rodtrad.web.app import make_app
from rodtrad.web.guard import Access
from rodtrad.workspace import Workspace

SLOWEST_HEADERS = 20.0
_LOGS = ("uvicorn.error", "asyncio")
_TRACE = "Traceback (most recent call last):"


class PatientProtocol(H11Protocol):
    """HTTP that closes a connection whose request line and headers do not come in time."""

    _timer: TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """A client has connected: the clock runs until its first request is there."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Something came: between two requests the clock runs, within one it does not."""
        super().data_received(data)
        idle = self.cycle is None or self.cycle.response_complete
        if idle and self._timer is None:
            self._wait()
        elif not idle:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._timer = self.loop.call_later(SLOWEST_HEADERS, self._too_slow)

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


class WithoutText(logging.Filter):
    """Keeps what an error says out of the log, since it may quote a document; its kind and place
    stay."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten a record that carries an error, or the text of one."""
        if record.exc_info and record.exc_info[1]:
            record.msg, record.args = f"failed: {_kind_and_place(record.exc_info[1])}", ()
            record.exc_info = None
        elif _TRACE in (text := record.getMessage()):
            record.msg, record.args = f"failed at {_last_place(text)}", ()
        return True


def _last_place(text: str) -> str:
    """Where a failed start, which comes as text, went wrong: the error's own words come after."""
    lines = text.partition(_TRACE)[2].splitlines()[1:]
    places = [one.strip() for one in takewhile(lambda line: line.startswith(" "), lines)]
    return next((one for one in reversed(places) if one.startswith("File ")), "?")


def _kind_and_place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def _log_thread(failed: threading.ExceptHookArgs) -> None:
    """A thread that ends with an error says so in the log as a request does."""
    if failed.exc_value:
        logging.getLogger(_LOGS[0]).error("", exc_info=failed.exc_value)


def serve(workspace: Workspace, access: Access, *, host: str, port: int) -> None:
    """Listen until interrupted."""
    for name in _LOGS:
        logging.getLogger(name).addFilter(WithoutText())
    threading.excepthook = _log_thread
    uvicorn.run(
        make_app(workspace, access),
        host=host,
        port=port,
        http=PatientProtocol,
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        h11_max_incomplete_event_size=32_768,
        limit_concurrency=200,
    )
