"""`rodtrad search`: find passages."""

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
from rodtrad.cli.output import print_or_show


class Sort(StrEnum):
    """Orders of hits."""

    RELEVANCE = "relevance"
    DATE = "date"


def search(
    context: typer.Context,
    query: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="Words, a phrase in quotes, a dnr.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many hits.")] = 10,
    kind: Annotated[str | None, typer.Option(help="Only documents of this kind.")] = None,
    document: Annotated[str | None, typer.Option(help="Only this document.")] = None,
    agency: Annotated[str | None, typer.Option(help="Only passages that name this agency.")] = None,
    entity: Annotated[
        str | None, typer.Option("--type", metavar="T", help="Only passages with this entity type.")
    ] = None,
    from_date: Annotated[str | None, typer.Option(help="Only documents from this day on.")] = None,
    to_date: Annotated[str | None, typer.Option(help="Only documents up to this day.")] = None,
    queries: Annotated[
        Path | None,
        typer.Option(help="A file of queries: .txt, one a line, or .jsonl with id and query."),
    ] = None,
    sort: Annotated[
        Sort, typer.Option(help="The order of the best hits: best first, or newest first.")
    ] = Sort.RELEVANCE,
    facets: Annotated[
        bool,
        typer.Option(
            "--facets",
            help="Instead of hits, how many of the passages found are of each kind, document, "
            "agency, type, language and year.",
        ),
    ] = False,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Language.SV,
) -> None:
    """Search the corpus in Swedish or English; each hit says where it stands and why it matched."""
    from rodtrad.pipeline.asking import ask, count_facets, read_queries
    from rodtrad.retrieval.hits import SearchFilters

    filters = SearchFilters(
        documents=_only(document),
        kinds=_only(kind),
        agencies=_only(agency),
        types=_only(entity),
        from_date=from_date,
        to_date=to_date,
    )
    place = required_workspace(context, workspace)
    questions = read_queries(query, queries)
    if facets:
        counts = count_facets(place, questions, filters=filters)
        print_or_show("facets", counts, as_json=as_json, language=language_name(lang))
        return
    by_date = sort is Sort.DATE
    records = ask(place, questions, limit=limit, filters=filters, by_date=by_date)
    print_or_show("search", records, as_json=as_json, language=language_name(lang))


def _only(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
