"""`make benchmark`: measure everything and write docs/benchmarks.md with its plots.

    python tests/benchmark/report.py [--pages FILE] [--sizes 125 250 500 1000] [--vectors real]

Without a file of pages the growth of building is measured on copies of the demonstration corpus's
paragraphs. Figures are processor time; the machine and the day stand in the page.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import ratios
from bench_build import Cost, cost_of, measured
from pages_workspace import make_workspace

from rodtrad.evaluation.search import read_queries
from rodtrad.pipeline.build import build
from rodtrad.pipeline.searchjob import open_search
from rodtrad.pipeline.store import required_manifest
from rodtrad.workspace import Workspace, init_workspace

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"
PLOTS = ROOT / "docs" / "assets"
SUITE = ROOT / "tests" / "relevance" / "queries.toml"
QUERIES = 40
Growth = dict[int, dict[str, Cost]]
"""Costs by number of documents and by what was done."""


def demo(folder: Path) -> Workspace:
    """The demonstration corpus, built."""
    shutil.copytree(ROOT / "corpus", folder / "corpus")
    workspace = init_workspace(folder)
    build(workspace)
    return workspace


def all_ratios(workspace: Workspace) -> Iterator[ratios.Ratio]:
    """Every stage beside its peers."""
    index = open_search(workspace, required_manifest(workspace))
    stored = index._store.passages(list(index.keys()))
    passages = [one.passage.text for one in stored.values()]
    texts = [p.read_text("utf-8") for p in sorted((ROOT / "corpus" / "sources").rglob("*.txt"))]
    queries = [query.text for query in read_queries(SUITE)][:QUERIES]
    yield from ratios.pdf()
    yield from ratios.words(texts, index)
    yield from ratios.entities(texts)
    yield from ratios.encoding(passages)
    yield from ratios.searching(index, passages, queries)
    yield from ratios.nearest(index)
    yield from ratios.tracing(workspace)


def command_names() -> list[str]:
    """The commands there are."""
    from typer.main import get_command

    from rodtrad.cli.main import make_app

    return list(get_command(make_app()).list_commands(None))  # type: ignore[attr-defined]


def start_of(command: list[str]) -> tuple[float, float]:
    """Processor seconds and peak megabytes of a command; the least of three."""
    costs = [cost_of(command) for _ in range(min(3, ratios.ROUNDS))]
    return min((cost.processor, cost.megabytes) for cost in costs)


def starts(workspace: Workspace) -> Iterator[str]:
    """A row a command: what `--help` costs beside a bare interpreter, and some real questions."""
    bare, _ = start_of([sys.executable, "-c", "pass"])
    run = [sys.executable, "-m", "rodtrad"]
    calls = [[name, "--help"] for name in sorted(command_names())]
    at = ["-w", str(workspace.root)]
    calls += [["documents", *at], ["search", "betänketid", *at], ["status", *at], ["build", *at]]
    for call in calls:
        seconds, megabytes = start_of([*run, *call])
        shown = " ".join(part for part in call if not part.startswith("/") and part != "-w")
        yield f"| `rodtrad {shown}` | {seconds:.2f} | {seconds / bare:.1f} | {megabytes:.0f} |"


def whole(workspace: Workspace) -> Iterator[str]:
    """A row a job: the demonstration corpus from its files to the table, every vector encoded."""
    run, at = [sys.executable, "-m", "rodtrad"], ["-w", str(workspace.root)]
    trace = ["trace", "--from", "greta", "--to", "handlingsplan-2026-2028"]
    with tempfile.TemporaryDirectory() as empty:
        kept, os.environ["RODTRAD_CACHE"] = os.environ.get("RODTRAD_CACHE"), empty
        for call in (["build", "--force", "--jobs", "2"], trace):
            cost = cost_of([*run, *call, *at])
            yield (
                f"| `rodtrad {' '.join(call)}` | {cost.processor:.1f} | {cost.seconds:.1f} "
                f"| {cost.megabytes:.0f} |"
            )
        if kept is None:
            del os.environ["RODTRAD_CACHE"]
        else:
            os.environ["RODTRAD_CACHE"] = kept


def growth(
    pages: Path | None, sizes: Sequence[int], *, jobs: int, vectors: str
) -> tuple[Growth, Growth]:
    """The costs of building workspaces of growing size, and of the stages of that."""
    builds: Growth = {}
    stages: Growth = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "w"
            if pages is not None:
                make_workspace(pages, root, count=size)
            else:
                paragraphs_as_documents(root, size)
            builds[size], stages[size] = measured(root, jobs=jobs, vectors=vectors)
            for costs in builds[size], stages[size]:
                print(
                    size, {stage: round(c.processor, 2) for stage, c in costs.items()}, flush=True
                )
    return builds, stages


def paragraphs_as_documents(root: Path, size: int) -> None:
    """As many documents as wanted from the paragraphs of the demonstration corpus."""
    workspace = init_workspace(root)
    texts = [p.read_text("utf-8") for p in sorted((ROOT / "corpus" / "sources").rglob("*.txt"))]
    parts = [part for text in texts for part in text.split("\n\n") if len(part) > 200]
    for number in range(size):
        text = f"# Avsnitt {number}\n\n{parts[number % len(parts)]}\n"
        (workspace.corpus / "sources" / f"d{number}.md").write_text(text, encoding="utf-8")


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The exponent b of a · size^b fitted to the values."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def plot(found: Growth, unit: str, path: Path) -> dict[str, float]:
    """A plot of a cost against size for each kind of build; the fitted exponents."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 5))
    sizes = sorted(found)
    fitted = {}
    for stage in found[sizes[0]]:
        values = [getattr(found[size][stage], unit) for size in sizes]
        fitted[stage] = exponent(sizes, values)
        axes.loglog(sizes, values, "o-", label=f"{stage} ({fitted[stage]:.2f})")
    axes.set_xlabel("documents")
    axes.set_ylabel({"processor": "processor seconds", "megabytes": "peak MB"}[unit])
    axes.legend(fontsize="small", title="fitted exponent")
    axes.grid(True, which="both", alpha=0.3)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return fitted


def growth_table(found: Growth) -> Iterator[str]:
    """Processor seconds and peak megabytes: a row a kind of work, a column a size."""
    sizes = sorted(found)
    yield "| | " + " | ".join(f"{size:,}" for size in sizes) + " |"
    yield "|---" * (len(sizes) + 1) + "|"
    for stage in found[sizes[0]]:
        costs = [found[size][stage] for size in sizes]
        cells = (f"{cost.processor:.2f} s, {cost.megabytes:.0f} MB" for cost in costs)
        yield f"| {stage} | " + " | ".join(cells) + " |"


def growth_part(found: Growth, name: str, what: str) -> Iterator[str]:
    """A table, the exponents and the plots of how some costs grow."""
    if not any(found.values()):
        return
    seconds = plot(found, "processor", PLOTS / f"{name}-time.svg")
    memory = plot(found, "megabytes", PLOTS / f"{name}-memory.svg")
    yield from (f"## {what}", "", *growth_table(found), "")
    yield from ("| | exponent of time | exponent of memory |", "|---|---|---|")
    yield from (f"| {s} | {seconds[s]:.2f} | {memory[s]:.2f} |" for s in seconds)
    yield from ("", f"![Time against size: {what}](assets/{name}-time.svg)", "")
    yield from (f"![Memory against size: {what}](assets/{name}-memory.svg)", "")


def page(
    rows: Sequence[ratios.Ratio],
    commands: Sequence[str],
    jobs: Sequence[str],
    found: tuple[Growth, Growth],
    about: str,
) -> str:
    """The page, from what was measured."""
    builds, stages = found
    return "\n".join(
        [
            "# Benchmarks", "",
            "Written by `make benchmark`; do not edit. Times are of the processor, the least of "
            f"some rounds taken in turns with what they are compared to. {about}", "",
            "## Stages beside a lower bound or a peer", "",
            "| stage | work | ours, s | compared with | it, s | ratio |",
            "|---|---|---|---|---|---|",
            *(row.row for row in rows), "",
            "A ratio of 1 is the bound itself; what the peers leave out (places of words, layout, "
            "offsets, reasons) is what the rest is spent on. Search at other sizes, with recall: "
            "[search](benchmarks-search.md).", "",
            "## Cold start", "",
            "| command | processor, s | of a bare interpreter | peak MB |", "|---|---|---|---|",
            *commands, "",
            "## The demonstration corpus from file to table, nothing kept", "",
            "| command | processor, s | clock, s | peak MB |", "|---|---|---|---|",
            *jobs, "",
            *growth_part(builds, "growth", "Building grows with the documents"),
            *growth_part(stages, "stages", "Stages grow with the documents"),
            "Memory is the peak of the process while the stage ran. A trace is of 50 made demands "
            "to as many made measures as there are documents. Hashed vectors only stand in for an "
            "encoder; what a real one takes is told in [Grow](how-to/grow.md#what-it-costs).", "",
        ]
    )  # fmt: skip


def main() -> None:
    """Read the options, measure, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[125, 250, 500, 1000])
    parser.add_argument("--rounds", type=int, default=ratios.ROUNDS)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--vectors", choices=("hashed", "real"), default="hashed")
    options = parser.parse_args()
    start = time.perf_counter()
    ratios.ROUNDS = options.rounds
    # A command that is installed finds its modules compiled, whatever is usual where this runs.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        workspace = demo(Path(folder) / "demo")
        rows = list(all_ratios(workspace))
        commands = list(starts(workspace))
        jobs = list(whole(workspace))
    found = growth(options.pages, options.sizes, jobs=options.jobs, vectors=options.vectors)
    texts = "government pages" if options.pages else "paragraphs of the demonstration corpus"
    about = (
        f"Measured {datetime.now().astimezone():%Y-%m-%d} with Python "
        f"{platform.python_version()} on {os.cpu_count()} cores ({platform.machine()}), "
        f"{os.getloadavg()[0]:.0f} processes wanting them at the end; growth on "
        f"{texts}, vectors {options.vectors}, `--jobs {options.jobs}`, {options.rounds} rounds."
    )
    PAGE.write_text(page(rows, commands, jobs, found, about), encoding="utf-8")
    print(f"{PAGE}: written in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
