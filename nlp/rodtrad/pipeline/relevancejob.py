"""Measure the search of a workspace, alone or with a sample of other pages beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from rodtrad.datamodel import Passage
from rodtrad.errors import UsageError
from rodtrad.evaluation.relevancereport import judged, report
from rodtrad.evaluation.search import RelevanceQuery, rankers, read_pages, read_queries
from rodtrad.pipeline.loading import load_all
from rodtrad.pipeline.searchjob import (
    encoder_for,
    open_search,
    own_termbank,
    passage_facts,
    search_info,
)
from rodtrad.pipeline.store import required_manifest
from rodtrad.retrieval.index import SearchIndex
from rodtrad.workspace import Workspace


def relevance_report(workspace: Workspace, suite: Path, *, pages: Path | None = None) -> str:
    """The relevance suite on the workspace's documents as an HTML page.

    With `pages` (JSON Lines, gzipped) an index of the documents and of the sampled pages is made
    and thrown away again. Queries whose judgements lie elsewhere are left out.

    Raises:
        UsageError: no query of the suite can be judged here.
        UnreadableFileError: the suite cannot be read.
    """
    found = load_all(workspace)
    passages = [passage for one in found for passage in one.passages]
    encoder = encoder_for(workspace, jobs_hint=1 if pages else 0)
    with TemporaryDirectory() as made:
        if pages is None:
            index = open_search(workspace, required_manifest(workspace))
        else:
            from rodtrad.retrieval.building import build_search_index

            more, infos = read_pages(pages)
            passages += more
            infos |= {one.document.id: search_info(one.document) for one in found}
            facts = {key: fact for one in found for key, fact in passage_facts(one).items()}
            build_search_index(
                passages, Path(made), encoder=encoder, documents_info=infos, facts=facts
            )
            index = SearchIndex.open(Path(made), bank=own_termbank(workspace))
        by_key = {passage.key: passage for passage in passages}
        queries = _judgeable(suite, by_key)
        rows = judged(
            queries,
            rankers(index, encoder, passages),
            by_key,
            refuses=lambda q: index.search(q, encoder=encoder, limit=1).refusal is not None,
        )
    about = f"{len(queries)} queries, {len(passages)} passages, encoder {encoder.name}."
    return report(rows, about=about)


def _judgeable(suite: Path, passages: Mapping[str, Passage]) -> list[RelevanceQuery]:
    held = {passage.document for passage in passages.values()}
    queries = [
        query for query in read_queries(suite) if all(j.document in held for j in query.judgements)
    ]
    if not any(query.judgements for query in queries):
        raise UsageError(f"{suite}: none of its queries is about the documents of this workspace.")
    return queries
