"""Run the page: where it listens, who may come in, what the log holds."""

from __future__ import annotations

import logging
from asyncio import TimerHandle
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from rodtrad.web.app import make_app
from rodtrad.web.guard import Access
from rodtrad.workspace import Workspace

SLOWEST_HEADERS = 20.0


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
        """Shorten a record that carries an error."""
        if record.exc_info and record.exc_info[1]:
            error, trace = record.exc_info[1], record.exc_info[1].__traceback__
            while trace and trace.tb_next:
                trace = trace.tb_next
            code = trace.tb_frame.f_code if trace else None
            place = f"{code.co_filename}:{trace.tb_lineno}" if code and trace else "?"
            record.msg = f"request failed: {type(error).__name__} at {place}"
            record.args = ()
            record.exc_info = None
        return True


def serve(workspace: Workspace, access: Access, *, host: str, port: int) -> None:
    """Listen until interrupted."""
    logging.getLogger("uvicorn.error").addFilter(WithoutText())
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
