"""`rodtrad evaluate`: how good is it, beside plain baselines."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rodtrad.cli.options import (
    JsonOption,
    LangOption,
    Language,
    WorkspaceOption,
    language_name,
    required_workspace,
)
from rodtrad.cli.output import print_or_show, print_records, progress_bar, tell_saved
from rodtrad.errors import UsageError
from rodtrad.workspace import Workspace


class Task(StrEnum):
    """What can be measured."""

    ENTITIES = "entities"
    MEASURES = "measures"
    RECOMMENDATIONS = "recommendations"
    STANCES = "stances"
    SEARCH = "search"
    TRACE = "trace"


GoldOption = Annotated[
    Path | None, typer.Option("--gold", help="Folder with the gold; default: tests/gold here.")
]
TaskOption = Annotated[
    list[Task] | None,
    typer.Option("--task", help="Only this task; may be given several times."),
]
GainsOption = Annotated[
    bool,
    typer.Option("--gains", help="What entities are found or lost since the last release."),
]
PagesOption = Annotated[
    Path | None,
    typer.Option(
        "--pages",
        envvar="RODTRAD_PAGES",
        help="With --gains or --relevance: JSON Lines file of the sampled pages.",
    ),
]
ReliabilityOption = Annotated[
    Path | None,
    typer.Option(
        "--reliability",
        metavar="FILE",
        help="Only tracing: save how sure it was against how often right (.svg or .html).",
    ),
]
RelevanceOption = Annotated[
    Path | None,
    typer.Option(
        "--relevance",
        metavar="FILE",
        help="Only search: save every judged query with its figures as an HTML page.",
    ),
]


def evaluate(
    context: typer.Context,
    gold: GoldOption = None,
    task: TaskOption = None,
    gains: GainsOption = False,
    pages: PagesOption = None,
    reliability: ReliabilityOption = None,
    relevance: RelevanceOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Measure extraction, search and tracing on judged examples, with counts and baselines."""
    from rodtrad.pipeline.evaluating import evaluate_all

    place = required_workspace(context, workspace)
    judged = gold or place.root / "tests" / "gold"
    if reliability:
        _save_reliability(place, judged, reliability)
        return
    if relevance:
        _save_relevance(place, judged, relevance, pages=pages)
        return
    if gains:
        _print_gains(place, gold, pages, as_json=as_json)
        return
    with progress_bar() as progress:
        figures = evaluate_all(
            place,
            judged,
            tasks=[one.value for one in task or ()],
            progress=progress,
        )
    records = [figure.record() for figure in figures]
    print_or_show("evaluate", records, as_json=as_json, language=language_name(lang))


def _save_reliability(workspace: Workspace, gold: Path, path: Path) -> None:
    from rodtrad.evaluation.reliability import save_reliability
    from rodtrad.pipeline.tracegold import POOLED, judged_traces, reliability_bins

    traces = judged_traces(workspace, gold)
    if not traces:
        raise UsageError(f"{gold}: holds no gold for trace; name its folder with --gold.")
    title = (
        f"Spårning / tracing: {sum(len(one.items) for one in traces if one.name != POOLED)} sources"
    )
    save_reliability(path, reliability_bins(traces), title=title)
    tell_saved(path)


def _save_relevance(workspace: Workspace, gold: Path, path: Path, *, pages: Path | None) -> None:
    from rodtrad.pipeline.relevancejob import relevance_report

    suite = gold.parent / "relevance" / "queries.toml"
    page = relevance_report(workspace, suite, pages=pages)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error}); name another file.") from error
    tell_saved(path)


def _print_gains(
    workspace: Workspace, gold: Path | None, pages: Path | None, *, as_json: bool
) -> None:
    """Differences to stdout (JSON Lines, or a line each), counts and what was skipped to stderr."""
    from rodtrad.pipeline.gaining import find_gains

    tests = gold.parent if gold else workspace.root / "tests"
    found = find_gains(workspace, tests / "golden", pages)
    if as_json:
        print_records([change.record() for change in found.changes])
    else:
        for change in found.changes:
            typer.echo(str(change))
    for figure in found.figures:
        if figure.value:
            typer.echo(
                f"{figure.split}: {figure.metric} {figure.value:.0f} ({figure.n} now)", err=True
            )
    if found.skipped:
        typer.echo(found.skipped, err=True)
