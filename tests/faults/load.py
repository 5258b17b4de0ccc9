"""Load on the page, on this machine alone.

`python -m faults.load --requests 100000` (from tests/) starts `rodtrad serve` over a small
workspace, asks it pages from a few threads, opens 1,000 connections that say nothing, ends the
server under load and starts it again; it prints a JSON line a part.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from faults.targets import make_workspace

PAGES = ("/", "/sok?q=niv%C3%A5er", "/tidsfrister", "/stil.css", "/finns-inte")
THREADS = 4
WORD = "Kvastsoparen"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def server(folder: Path, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The page, once it answers."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "rodtrad", "serve", "--port", str(port)],
            cwd=folder,
            stdout=out,
            stderr=out,
        )
    try:
        for _ in range(600):
            if ask(port, "/stil.css") == 200:
                break
            time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.wait()


def ask(port: int, page: str, connection: http.client.HTTPConnection | None = None) -> int:
    """The status of a page; 0 where there is no answer."""
    own = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        own.request("GET", page)
        answer = own.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        own.close()
        return 0
    if connection is None:
        own.close()
    return answer.status


def many(port: int, count: int) -> Counter[int]:
    """Ask one page after the other on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    found = Counter(ask(port, PAGES[n % len(PAGES)], connection) for n in range(count))
    connection.close()
    return found


def memory(process: subprocess.Popen[bytes]) -> int:
    """Resident memory in MB (Linux)."""
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def threads_and_files(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """How many threads and open files the server has."""
    folder = Path(f"/proc/{process.pid}")
    return len(list((folder / "task").iterdir())), len(list((folder / "fd").iterdir()))


def requests(process: subprocess.Popen[bytes], port: int, count: int) -> dict[str, object]:
    """So many requests from a few threads; memory before and after."""
    many(port, 50 * len(PAGES))
    before, start = memory(process), time.monotonic()
    halves = []
    found: Counter[int] = Counter()
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(2):
            for one in pool.map(lambda _: many(port, count // 2 // THREADS), range(THREADS)):
                found += one
            halves.append(memory(process))
    seconds = time.monotonic() - start
    pace = round(sum(found.values()) / seconds)
    return {"part": "requests", "statuses": dict(found), "a_second": pace,
            "mb_before": before, "mb_half": halves[0], "mb_after": halves[1],
            "threads_files": threads_and_files(process)}  # fmt: skip


def silent(process: subprocess.Popen[bytes], port: int, count: int) -> dict[str, object]:
    """Connections that say nothing, or a byte; meanwhile and afterwards the page answers."""
    opened: list[socket.socket] = []
    for number in range(count):
        with suppress(OSError):
            one = socket.create_connection(("127.0.0.1", port), timeout=10)
            opened.append(one)
            if number % 2:
                one.send(b"G")
    during = ask(port, "/stil.css")
    for one in opened:
        one.close()
    time.sleep(1)
    after = ask(port, "/")
    return {"part": "silent connections", "opened": len(opened), "status_during": during,
            "status_after": after, "threads_files": threads_and_files(process)}  # fmt: skip


def restarts(folder: Path, log: Path, count: int) -> dict[str, object]:
    """The server is killed under load and started again."""
    answered, after = 0, []
    for _ in range(count):
        port = free_port()
        with server(folder, port, log) as process, ThreadPoolExecutor(THREADS) as pool:
            jobs = [pool.submit(many, port, 100) for _ in range(THREADS)]
            time.sleep(2)
            process.kill()
            answered += sum(job.result()[200] for job in jobs)
        with server(folder, port, log):
            after.append(ask(port, "/"))
    return {"part": "restarts", "killed": count, "answered": answered, "status_after": after}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--connections", type=int, default=1_000)
    parser.add_argument("--restarts", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.environ["RODTRAD_CACHE"] = str(Path(name) / "cache")
        folder, log, port = Path(name) / "w", Path(name) / "log", free_port()
        make_workspace(folder)
        with server(folder, port, log) as process:
            print(json.dumps(requests(process, port, given.requests)), flush=True)
            print(json.dumps(silent(process, port, given.connections)), flush=True)
            many_words = ask(port, f"/sok?q={WORD}")
        print(json.dumps(restarts(folder, log, given.restarts)), flush=True)
        logged = log.read_text("utf-8")
        told = {
            "part": "log",
            "status": many_words,
            "lines": len(logged.splitlines()),
            "holds_query": WORD in logged,
            "holds_text": "vattenbrist" in logged,
        }
        print(json.dumps(told))


if __name__ == "__main__":
    main()
