"""What goes to stdout and stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

Record = Mapping[str, Any]


def print_records(records: Iterable[Record]) -> None:
    """JSON Lines on stdout: one object a line, UTF-8, no colour."""
    for record in records:
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def show(renderables: Iterable[RenderableType]) -> None:
    """What a person reads, cut to the terminal's width; paged where it does not fit a screen."""
    from rich.console import Console

    console = Console(highlight=False)
    for renderable in renderables:
        console.print(renderable)


def warn(sentence: str) -> None:
    """One sentence on stderr."""
    typer.echo(f"rodtrad: {sentence}", err=True)


def tell_saved(path: Path, language: str = "sv") -> None:
    """On stderr, that a file was written."""
    from rodtrad.tables.terms import load_terms

    warn(load_terms("en" if language == "en" else "sv").say("saved", path=path))


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A callback `(stage, done, total)` that draws a bar on a terminal and is quiet elsewhere."""
    if not sys.stderr.isatty():
        yield _quiet
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield step


def _quiet(stage: str, done: int, total: int) -> None:
    """Progress of a job that nobody watches."""


def print_or_show(kind: str, records: Sequence[Record], *, as_json: bool, language: str) -> None:
    """Records as JSON Lines for programs, or as a table for people.

    Args:
        kind: what the records are: documents, build, status, sections, entities, …
        records: as the command contract says.
        as_json: JSON Lines instead of a table.
        language: "sv" or "en", for the table.
    """
    if as_json:
        print_records(records)
        return
    from rodtrad.tables.terminal import render_records

    show(render_records(kind, records, language=language))


def print_or_tell(records: Iterable[Record], lines: Iterable[str], *, as_json: bool) -> None:
    """Records as JSON Lines for programs, or the lines for people, without control characters."""
    if as_json:
        print_records(records)
        return
    from rodtrad.tables.safety import plain_text

    for line in lines:
        typer.echo(plain_text(line))
