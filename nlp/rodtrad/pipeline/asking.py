"""Ask the search index, and say where each hit stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rodtrad.backends.postgres.link import ReplacedError
from rodtrad.errors import UnreadableFileError, UsageError
from rodtrad.pipeline.searchjob import (
    encoder_for,
    open_search,
    own_reranker,
    own_termbank,
)
from rodtrad.pipeline.store import Manifest, read_source, required_manifest
from rodtrad.retrieval.encoders import Encoder
from rodtrad.retrieval.facets import newest_first
from rodtrad.retrieval.hits import Hit, SearchFilters, SearchResult
from rodtrad.retrieval.index import SearchIndex
from rodtrad.settings import EMBEDDED, cache_folder
from rodtrad.workspace import Workspace

if TYPE_CHECKING:
    from rodtrad.backends.postgres.link import Link

Record = dict[str, Any]
# Beyond it the time grows with the square of the length; a question is a few words or sentences.
LONGEST_QUESTION = 2_000


@dataclass(frozen=True, slots=True)
class Question:
    """A query, with an id where it comes from a file of queries."""

    text: str
    id: str | None = None


@dataclass(frozen=True)
class Searcher:
    """An open search index with its encoder; both are opened on first use."""

    workspace: Workspace
    manifest: Manifest

    @cached_property
    def _link(self) -> Link | None:
        """The search server; None where the files in `indexes/` are searched."""
        if self.workspace.settings.search.backend == EMBEDDED:
            return None
        from rodtrad.pipeline.pushjob import server_link

        return server_link(self.workspace)

    @cached_property
    def index(self) -> SearchIndex:
        """The index in force."""
        if self._link is None:
            return open_search(self.workspace, self.manifest)
        from rodtrad.backends.postgres.server import open_collection, server_index

        schema = open_collection(self._link, self.workspace.settings.search.collection)
        bank, reranker = own_termbank(self.workspace), own_reranker(self.workspace)
        return server_index(self._link, schema, cache=cache_folder(), bank=bank, reranker=reranker)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder of the workspace."""
        return encoder_for(self.workspace)

    def search(self, query: str, *, limit: int, filters: SearchFilters) -> SearchResult:
        """The answer to one query; a collection that a push has replaced is opened again.

        Raises:
            UsageError: the query is longer than `LONGEST_QUESTION` characters.
        """
        if len(query) > LONGEST_QUESTION:
            raise UsageError(
                f"the query has {len(query)} characters, more than {LONGEST_QUESTION}; write what "
                "you look for in a few sentences."
            )
        try:
            return self.index.search(query, encoder=self.encoder, limit=limit, filters=filters)
        except ReplacedError:
            vars(self).pop("index", None)
            return self.index.search(query, encoder=self.encoder, limit=limit, filters=filters)

    def quote(self, hit: Hit) -> str:
        """The verbatim source text of a hit."""
        if self._link is not None:
            from rodtrad.backends.postgres.server import source_text

            return hit.span.of(source_text(self._link, hit.document))
        record = self.manifest.get(hit.document)
        return hit.span.of(read_source(self.workspace, record)) if record else ""


def read_queries(query: str | None, path: Path | None) -> tuple[Question, ...]:
    """The query of the command line, or those of a file.

    Raises:
        UsageError: neither or both are given, or a query is empty.
        UnreadableFileError: the file cannot be read, or is not what its ending says.
    """
    if (query is None) == (path is None):
        raise UsageError("give a query, or a file of queries with --queries FILE.")
    if query is not None:
        return (_question(query, "the query"),)
    if path is None or not path.is_file():
        raise UnreadableFileError(f"{path}: there is no such file; check the path.")
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{path}: cannot be read as UTF-8 text; save it so.") from error
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if path.suffix.lower() == ".jsonl":
        return tuple(_json_question(line, f"{path}, line {number}") for number, line in rows)
    return tuple(_question(line, f"{path}, line {number}", str(number)) for number, line in rows)


def _question(text: str, place: str, identifier: str | None = None) -> Question:
    if not text.strip():
        raise UsageError(f"{place} is empty; write what you look for.")
    return Question(text.strip(), identifier)


def _json_question(line: str, place: str) -> Question:
    try:
        row = json.loads(line)
        return _question(str(row["query"]), place, str(row["id"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFileError(
            f'{place}: write {{"id": …, "query": …}} on each line.'
        ) from error


def ask(
    workspace: Workspace,
    questions: Sequence[Question],
    *,
    limit: int,
    filters: SearchFilters,
    by_date: bool = False,
) -> list[Record]:
    """A record per hit; one with `rank` None and the reason where a query has no answer.

    The hits are the best `limit`, best first, or `by_date`, newest first.
    """
    searcher = _searcher(workspace)
    records: list[Record] = []
    for question in questions:
        result = searcher.search(question.text, limit=limit, filters=filters)
        if by_date:
            dated = newest_first(result.hits, searcher.index.documents)
            result = replace(result, hits=dated)
        records.extend(_records(question, result, searcher))
    return records


def count_facets(
    workspace: Workspace, questions: Sequence[Question], *, filters: SearchFilters
) -> list[Record]:
    """A record per value of the passages found: which facet, the value, how many have it.

    Where a query has no answer, one with `facet` None and the reason.
    """
    searcher = _searcher(workspace)
    records: list[Record] = []
    for question in questions:
        result = searcher.search(question.text, limit=1, filters=filters)
        counts: list[Record] = [
            {"facet": one.name, "value": one.value, "count": one.count} for one in result.facets
        ]
        if not result.hits:
            counts = [{"facet": None, "value": None, "count": 0, "reason": result.refusal or ""}]
        records.extend(_head(question) | one for one in counts)
    return records


def _searcher(workspace: Workspace) -> Searcher:
    is_here = workspace.settings.search.backend == EMBEDDED
    return Searcher(workspace, required_manifest(workspace) if is_here else Manifest())


def _head(question: Question) -> Record:
    """What tells the records of several queries apart."""
    return {} if question.id is None else {"id": question.id, "query": question.text}


def _records(question: Question, result: SearchResult, searcher: Searcher) -> list[Record]:
    head = _head(question)
    if not result.hits:
        return [head | no_answer_record(result.refusal or "")]
    return [head | hit_record(hit, searcher.quote(hit)) for hit in result.hits]


def no_answer_record(reason: str) -> Record:
    """What is printed for a query the corpus cannot answer."""
    empty = dict.fromkeys(("document", "page", "start", "end", "score", "snippet", "quote"))
    return {"rank": None, "reason": reason, "section": [], "why": [], **empty}


def hit_record(hit: Hit, quote: str) -> Record:
    """A hit as `rodtrad search` prints it; `quote` is the source slice [start:end]."""
    return {
        "rank": hit.rank,
        "document": hit.document,
        "section": list(hit.section),
        "page": hit.page,
        "start": hit.span.start,
        "end": hit.span.end,
        "score": hit.score,
        "snippet": hit.snippet,
        "marks": [[mark.start, mark.end] for mark in hit.marks],
        "quote": quote,
        "why": list(hit.why),
        "language": hit.language,
        "similar": list(hit.similar),
    }
