"""The web page with twenty readers at once: start, first search, searches and pages.

    python tests/benchmark/bench_web.py [-w WORKSPACE] [--readers 20] [--seconds 20]

Builds the demonstration corpus in a temporary folder (unless a built workspace is named), starts
`rodtrad serve` there on a free port of this machine and ends it again. No question is asked twice,
so none is answered from memory. Readers either think between questions (1 to 3 seconds, as people
who read do) or ask the next one at once, which shows what the machine can carry. Prints a JSON line
a figure, times in milliseconds on the clock.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server
from statistics import quantiles
from tempfile import TemporaryDirectory
from urllib.parse import quote

ROOT = Path(__file__).parents[2]
PAIR = "fran=greta&till=handlingsplan-2026-2028"
PAGES = {
    "start": "/",
    "reader": "/dokument/handlingsplan-2026-2028",
    "trace": f"/sparning?{PAIR}",
    "matrix": f"/sparning?{PAIR}&visning=matris",
    "gaps": f"/luckor?{PAIR}",
    "deadlines": "/tidsfrister",
}
Pause = Callable[[random.Random], float]


def questions(workspace: Path, seed: int) -> Iterator[str]:
    """Two or three words of one sentence of the documents, never the same question twice."""
    texts = sorted((workspace / "corpus" / "sources").rglob("*.txt"))
    sentences = [
        words
        for path in texts
        for sentence in re.split(r"[.!?]\s", path.read_text("utf-8"))
        if len(words := re.findall(r"[a-zåäö]{5,}", sentence)) > 3
    ]
    dice, asked = random.Random(seed), set()  # noqa: S311 - no secret
    while True:
        question = " ".join(dice.sample(dice.choice(sentences), dice.choice((2, 3))))
        if question not in asked:
            asked.add(question)
            yield question


@contextmanager
def served(workspace: Path) -> Iterator[tuple[int, float]]:
    """A running page: its port, and the seconds until it answered."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    begin = time.perf_counter()
    command = [sys.executable, "-m", "rodtrad", "-w", str(workspace), "serve", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            while not answers(port):
                if process.poll() is not None or time.perf_counter() - begin > 60:
                    raise SystemExit("rodtrad serve did not start")
                time.sleep(0.01)
            yield port, time.perf_counter() - begin
        finally:
            process.terminate()
            process.wait(20)


def answers(port: int) -> bool:
    """Whether somebody listens."""
    try:
        ask(HTTPConnection("127.0.0.1", port, timeout=5), "/stil.css")
    except OSError:
        return False
    return True


def ask(connection: HTTPConnection, address: str) -> float:
    """Milliseconds until the whole answer was there.

    Raises:
        AssertionError: the answer is a refusal.
    """
    begin = time.perf_counter()
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, (address, answer.status)
    return (time.perf_counter() - begin) * 1000


def crowd(
    port: int, readers: int, seconds: float, workspace: Path, *, pause: Pause, seed: int
) -> list[float]:
    """What readers at the same time wait for each of their searches."""
    end = time.perf_counter() + seconds

    def read(number: int) -> list[float]:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        dice = random.Random(seed + number)  # noqa: S311 - no secret
        waited = []
        time.sleep(pause(dice))
        for question in questions(workspace, seed * 1000 + number):
            if time.perf_counter() > end:
                return waited
            waited.append(ask(connection, f"/sok?q={quote(question)}"))
            time.sleep(pause(dice))
        return waited

    with ThreadPoolExecutor(readers) as people:
        return [ms for waited in people.map(read, range(readers)) for ms in waited]


def tell(figure: str, values: Sequence[float], **more: object) -> None:
    """A line with the middle, the 95th percentile and the worst."""
    many = quantiles(values, n=100) if len(values) > 1 else list(values) * 99
    line = {"figure": figure, "n": len(values), "p50": round(many[49], 1),
            "p95": round(many[94], 1), "max": round(max(values), 1), **more}  # fmt: skip
    print(json.dumps(line), flush=True)


def measure(workspace: Path, *, readers: int, seconds: float) -> None:
    """All figures of one workspace."""
    with served(workspace) as (port, started):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        tell("start, until it answers", [started * 1000])
        tell("first search after start", [ask(connection, "/sok?q=bet%C3%A4nketid")])
        tell("start page after that", [ask(connection, "/")])  # waits for the usual trace
        tell("searches, readers who think", crowd(
            port, readers, seconds, workspace, pause=lambda dice: dice.uniform(1, 3), seed=1),
            readers=readers)  # fmt: skip
        waited = crowd(port, readers, seconds, workspace, pause=lambda _: 0.0, seed=2)
        tell("searches, without a pause", waited, readers=readers,
             a_second=round(len(waited) / seconds, 1))  # fmt: skip
        alone = crowd(port, 1, seconds / 4, workspace, pause=lambda _: 0.0, seed=3)
        tell("searches, one reader without a pause", alone, readers=1)
        connection.close()  # the page has let it go by now
        for name, address in PAGES.items():
            first = ask(connection, address)
            again = [ask(connection, address) for _ in range(10)]
            tell(f"page: {name}", again, first=round(first, 1))


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-w", "--workspace", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    options = parser.parse_args()
    if options.workspace:
        measure(options.workspace, readers=options.readers, seconds=options.seconds)
        return
    from rodtrad.pipeline.build import build
    from rodtrad.workspace import init_workspace

    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "corpus", Path(folder) / "corpus")
        build(init_workspace(Path(folder)))
        measure(Path(folder), readers=options.readers, seconds=options.seconds)


if __name__ == "__main__":
    main()
