"""Pages per second of our PDF reading beside bare text extraction by the same engine.

    python tests/benchmark/bench_pdf.py [FILE.pdf …]

Without files a report of 200 pages is made from the corpus. Each figure is the best of five runs,
taken in turns, so that a busy machine hits all alike: by the clock, and in processor time of this
process and the PDF worker together (Linux), which a busy machine changes less.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import pypdfium2

sys.path.insert(0, str(Path(__file__).parents[1]))
from rodtrad.ingest import read_document
from rodtrad.ingest.pdftext import PdfText
from support.makers import make_pdf

ROOT = Path(__file__).parents[2]
RUNS = 5
LINES_A_PAGE = 38


def bare(path: Path) -> int:
    """The text of every page, and nothing else."""
    characters = 0
    with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
        for page in pdf:
            text = page.get_textpage()
            characters += len(text.get_text_range())
            text.close()
            page.close()
    return characters


def with_geometry(path: Path) -> int:
    """Lines with their boxes, sizes and weights."""
    with PdfText(path.read_bytes()) as pdf:
        return sum(len(pdf.page(index).lines) for index in range(len(pdf)))


def whole(path: Path) -> int:
    """The finished document: blocks, clean text, metadata."""
    return len(read_document(path).blocks)


def processor_seconds() -> float:
    """What this process and its children that still run have used; children only on Linux."""
    used = process_time()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def best_seconds(path: Path, clock: Callable[[], float]) -> dict[str, float]:
    """The shortest time of each way to read a file."""
    ways: dict[str, Callable[[Path], int]] = {
        "bare": bare, "geometry": with_geometry, "document": whole,
    }  # fmt: skip
    seconds = dict.fromkeys(ways, float("inf"))
    for _ in range(RUNS):
        for name, read in ways.items():
            begin = clock()
            read(path)
            seconds[name] = min(seconds[name], clock() - begin)
    return seconds


def made(path: Path) -> Path:
    """A report of 200 pages from the longest plan of the corpus."""
    text = ROOT / "corpus/sources/handlingsplan/handlingsplan-2018.txt"
    lines = [line.strip() for line in text.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = (lines * 20)[: 200 * LINES_A_PAGE]
    pages = [lines[i : i + LINES_A_PAGE] for i in range(0, len(lines), LINES_A_PAGE)]
    return make_pdf(path, pages, header="Socialdepartementet")


def main(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(name) for name in names] or [made(Path(folder, "made.pdf"))]
        for path in paths:
            with pypdfium2.PdfDocument(path) as pdf:
                count = len(pdf)
            read_document(path)  # the worker starts once, not in what is measured
            for label, clock in (("clock", perf_counter), ("processor", processor_seconds)):
                print(f"{path.name}: {count} pages; {label}: {report(path, count, clock)}")


def report(path: Path, count: int, clock: Callable[[], float]) -> str:
    """Pages a second of each way, and the shares of the bare engine's rate."""
    seconds = best_seconds(path, clock)
    rates = ", ".join(f"{name} {count / s:.0f} pages/s" for name, s in seconds.items())
    ratios = {name: seconds["bare"] / s for name, s in seconds.items() if name != "bare"}
    return f"{rates}; of bare: " + ", ".join(f"{n} {ratio:.2f}" for n, ratio in ratios.items())


if __name__ == "__main__":
    main(sys.argv[1:])
