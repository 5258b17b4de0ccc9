"""Recommendations of some documents held against the measures of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from rodtrad import __version__
from rodtrad.backends.runners import PoolRunner
from rodtrad.datamodel import (
    AnnotatedDocument,
    Document,
    Measure,
    Passage,
    Recommendation,
    TraceLine,
)
from rodtrad.errors import UsageError
from rodtrad.pipeline.jobs import far_runner
from rodtrad.pipeline.linkmodel import means_for
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import measures_as_of, reports_in
from rodtrad.pipeline.searchjob import encoder_for
from rodtrad.statements.lists import read_recommendation_list
from rodtrad.tables.measured import measured_figures
from rodtrad.tables.traceview import DocumentInfo, Provenance, TraceTable, build_trace_table
from rodtrad.tracing import Means, trace
from rodtrad.tracing.notes import trace_notes
from rodtrad.workspace import Workspace

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Traced:
    """A finished trace with everything a table needs."""

    lines: tuple[TraceLine, ...]
    recommendations: tuple[Recommendation, ...]
    measures: tuple[Measure, ...]
    sources: tuple[AnnotatedDocument, ...]
    targets: tuple[AnnotatedDocument, ...]
    as_of: date
    encoder: str
    means: Means

    def table(self, *, language: str = "sv") -> TraceTable:
        """The cross-reference table, in "sv" or "en"."""
        chosen: Literal["sv", "en"] = "en" if language == "en" else "sv"
        table = build_trace_table(
            self.lines,
            self.recommendations,
            self.measures,
            documents={d.id: document_info(d.document) for d in (*self.sources, *self.targets)},
            as_of=self.as_of,
            language=chosen,
            notes=trace_notes(self.sources, self.targets, language=chosen),
            provenance=Provenance(
                generated=self.as_of,
                tool=f"Rödtråd {__version__}",
                model=self.means.model.version,
                encoder=self.encoder,
                figures=measured_figures(self.means.model.version, language=chosen),
            ),
        )
        return replace(table, aspects=self.means.aspects)


def document_info(document: Document) -> DocumentInfo:
    """What a table says about a document."""
    return DocumentInfo(
        id=document.id,
        title=document.title,
        kind=document.kind,
        issuer=document.get("issuer"),
        date=document.get("date"),
        dnr=document.get("dnr"),
        language=document.language,
        marking=document.get("marking"),
        digest=sha256(document.source.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def run_trace(
    sources: Sequence[str],
    targets: Sequence[str],
    *,
    workspace: Workspace | None,
    as_of: date,
    from_file: Path | None = None,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Traced:
    """Trace the recommendations of `sources`, or of a list in a file, to the measures of `targets`.

    Args:
        sources: document ids or paths.
        targets: document ids or paths.
        workspace: where ids are looked up.
        as_of: what counts as today.
        from_file: a list the user brings (.jsonl, .csv, .xlsx), instead of or beside sources.
        jobs: how many processes compare pairs, where no job runner beyond this machine is named.
        progress: called with (stage, done, total).

    Raises:
        UsageError: there is nothing to trace, or nothing to trace it to.
    """
    found = load_documents(sources, workspace)
    recommendations = tuple(r for document in found for r in document.recommendations)
    if from_file:
        recommendations += _own_list(from_file)
    answering = load_documents(targets, workspace)
    reports = reports_in((*found, *answering), as_of=as_of)
    measures = tuple(m for d in answering for m in measures_as_of(d, as_of=as_of, reports=reports))
    _check(recommendations, measures, sources or [str(from_file)], targets)
    encoder = encoder_for(workspace, jobs_hint=_words(recommendations, measures))
    means = means_for(workspace, encoder)
    lines = trace(
        recommendations,
        measures,
        means=means,
        documents={d.id: d.document for d in (*found, *answering)},
        context_passages=tuple(_context(answering)),
        progress=(lambda done, total: progress("spårar", done, total)) if progress else None,
        runner=far_runner(workspace) or (PoolRunner(jobs) if jobs > 1 else None),
    )
    name = f"{encoder.name} {encoder.revision}".strip()
    return Traced(lines, recommendations, measures, found, answering, as_of, name, means)


def _own_list(path: Path) -> tuple[Recommendation, ...]:
    items = read_recommendation_list(path)
    return tuple(replace(item, document=item.document or path.stem) for item in items)


def _context(targets: Sequence[AnnotatedDocument]) -> list[Passage]:
    return [passage for document in targets for passage in document.passages]


def _words(recommendations: Sequence[Recommendation], measures: Sequence[Measure]) -> int:
    texts = [r.text for r in recommendations] + [m.text for m in measures]
    return sum(map(len, texts)) // 6


def _check(
    recommendations: Sequence[Recommendation],
    measures: Sequence[Measure],
    sources: Sequence[str],
    targets: Sequence[str],
) -> None:
    if not recommendations:
        raise UsageError(
            f"{', '.join(sources)}: no recommendation was found there; see what was read with "
            "'rodtrad recommendations', or bring a list with --from-file."
        )
    if not measures:
        raise UsageError(
            f"{', '.join(targets)}: no measure was found there; see what was read with "
            "'rodtrad measures'."
        )
