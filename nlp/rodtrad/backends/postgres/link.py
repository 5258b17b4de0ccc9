"""A connection to the server that comes back when it was lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from rodtrad.errors import ServerError

if TYPE_CHECKING:
    from psycopg import Connection

T = TypeVar("T")
Values = Sequence[Any] | Mapping[str, Any]
_WAITS = (0.1, 0.5, 2.0, 5.0)
# How many vectors a search in the graph looks at, as many as it may; filters let it go on.
_NEAREST = "SET hnsw.ef_search = 1000; SET hnsw.iterative_scan = strict_order"


class ReplacedError(ServerError):
    """What was open has been replaced on the server; opened again, it answers."""


class Link:
    """One connection to a database; any thread may use it, they take turns.

    Work that is lost with its connection is done again on a new one, after a wait that grows; so
    everything that goes through `run` must be a read, or one transaction that may be done twice.
    """

    def __init__(self, url: str, *, writes: bool = False, waits: Sequence[float] = _WAITS) -> None:
        """Remember the address; nothing is opened yet. Only what `writes` makes the extension."""
        self._url, self._writes = url, writes
        self._waits = tuple(waits)
        self._turn = RLock()
        self._connection: Connection[Any] | None = None
        self.schema: str | None = None

    def rows(self, statement: str, values: Values = ()) -> list[Any]:
        """All rows of a query that only reads."""
        return self._tried(lambda connection: connection.execute(statement, values).fetchall())

    def run(self, work: Callable[[Connection[Any]], T]) -> T:
        """Do the work in one transaction; again, on a new connection, if the old one was lost.

        Raises:
            ServerError: the server cannot be reached.
        """

        def at_once(connection: Connection[Any]) -> T:
            with connection.transaction():
                return work(connection)

        return self._tried(at_once)

    def _tried(self, work: Callable[[Connection[Any]], T]) -> T:
        import psycopg

        lost: psycopg.Error | None = None
        with self._turn:
            for wait in (*self._waits, None):
                try:
                    return work(self._open())
                except psycopg.errors.UndefinedTable as error:
                    raise ReplacedError(
                        "the collection on the search server was replaced meanwhile; ask again."
                    ) from error
                except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                    if _is_whole(self._connection):
                        raise
                    lost = error
                    self.close()
                    if wait is not None:
                        time.sleep(wait)
        raise ServerError(
            f"the search server cannot be reached ({_first_line(lost)}); check [search] url in "
            "rodtrad.toml, and that the server runs."
        ) from lost

    def _open(self) -> Connection[Any]:
        if self._connection is None or self._connection.closed:
            connection = _connected(self._url, writes=self._writes)
            if self.schema is not None:
                connection.execute(
                    "SELECT set_config('search_path', %s, false)", (f'"{self.schema}", public',)
                )
            self._connection = connection
        return self._connection

    def use(self, schema: str) -> None:
        """Let names of tables mean those of a schema, on this connection and those after it."""
        self.schema = schema
        self.close()

    def close(self) -> None:
        """Close the connection; the next use opens a new one."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        """Whoever forgets to close it leaves no connection behind on the server."""
        self.close()


def _connected(url: str, *, writes: bool) -> Connection[Any]:
    import psycopg
    from pgvector.psycopg import register_vector

    connection = psycopg.connect(url, autocommit=True, connect_timeout=10)
    try:
        if writes:
            with connection.transaction():
                # Two who make it at once would both find that it is not there.
                connection.execute("SELECT pg_advisory_xact_lock(hashtextextended('extension', 9))")
                connection.execute("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
        register_vector(connection)
        connection.execute(_NEAREST)
    except psycopg.errors.ReadOnlySqlTransaction as error:
        connection.close()
        raise ServerError(
            "the search server can only be read (a replica); set [search] url to the one it copies."
        ) from error
    except psycopg.ProgrammingError as error:
        connection.close()
        raise ServerError("the search server holds nothing yet; run 'rodtrad push'.") from error
    return connection


def _is_whole(connection: Connection[Any] | None) -> bool:
    """Whether an error was the work's own and the connection may be used on."""
    return connection is not None and not connection.closed and not connection.broken


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).strip().splitlines()), "no answer")
