"""The cross-reference table as a value: what every writer (HTML, Excel, Word …) lays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from rodtrad.datamodel import (
    Candidate,
    Deadline,
    Decision,
    Evidence,
    FollowUp,
    Measure,
    Recommendation,
    TraceLine,
)
from rodtrad.datamodel.link import TraceStatus
from rodtrad.tables.deadlines import deadline_order, deadline_state
from rodtrad.tables.terms import Language, Terms, load_terms
from rodtrad.tables.wording import swedish_key
from rodtrad.tracing.aspects import AspectBook, load_aspects
from rodtrad.tracing.signals import Signal

ItemKey = tuple[str, str]

SHOWN_REJECTED = 3


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a table says about a document.

    `date` is an ISO date or a part of one, `digest` the SHA-256 of the text that was read.
    """

    id: str
    title: str
    kind: str = ""
    issuer: str | None = None
    date: str | None = None
    dnr: str | None = None
    language: Language = "sv"
    marking: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a table came about: day, program, model, encoder, figures and limits, in words."""

    generated: date | None = None
    tool: str | None = None
    model: str | None = None
    encoder: str | None = None
    figures: tuple[tuple[str, str], ...] = ()
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DueDate:
    """A deadline of a measure and where it stands on the table's day (a key of the terms)."""

    deadline: Deadline
    state: str


@dataclass(frozen=True, slots=True)
class MeasureCell:
    """A measure with an accepted link to a recommendation.

    `measure` is None where the link names a measure that was not handed in. `document` is that of
    the measure. `follow_up` is what people entered of the measure.
    """

    candidate: Candidate
    measure: Measure | None
    document: DocumentInfo
    due: tuple[DueDate, ...]
    follow_up: FollowUp | None = None

    @property
    def title(self) -> str | None:
        """The heading of the measure, None when it is not known."""
        return self.measure.title if self.measure else None


@dataclass(frozen=True, slots=True)
class RejectedMeasure:
    """A measure that came close and was rejected, or about which a person decided.

    `reasons` say what speaks against a link: the signals on what is missing, or shared too faintly.
    """

    measure: str
    title: str | None
    probability: float | None
    decision: Decision | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One recommendation with its accepted measures, best first.

    `targets` are the documents that were searched, with their number of measures.
    """

    line: TraceLine
    recommendation: Recommendation | None
    document: DocumentInfo
    cells: tuple[MeasureCell, ...]
    rejected: tuple[RejectedMeasure, ...]
    follow_up: FollowUp | None = None
    targets: tuple[tuple[DocumentInfo, int], ...] = ()

    @property
    def language(self) -> str:
        """The language of the recommendation's words."""
        return self.recommendation.language if self.recommendation else self.document.language

    @property
    def evidence(self) -> Evidence | None:
        """The recommendation's own words, or its summary, with their place."""
        demand = self.recommendation
        if demand is None:
            return None
        span = demand.span
        return Evidence(
            document=demand.document,
            quote=demand.quote,
            start=span.start if span else None,
            end=span.end if span else None,
            page=demand.page,
            section=demand.section,
            summary=demand.summary,
        )

    @property
    def is_summary(self) -> bool:
        """Whether only a summary in own words exists, no quote."""
        return self.recommendation is not None and self.recommendation.quote is None

    @property
    def is_open(self) -> bool:
        """Whether the row belongs in the list of gaps: a gap, or unresolved."""
        return self.line.status in ("gap", "unresolved")


@dataclass(frozen=True)
class ReviewSetup:
    """What a workbook needs so that decisions written in it can be read back.

    `keys` is an opaque text for every link (both ids) and every recommendation ("" for the
    measure). `departments` each get a column of their own; `comments` are what they wrote so far.
    """

    keys: Mapping[tuple[str, str], str]
    departments: tuple[str, ...] = ()
    comments: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class TraceTable:
    """Everything a reader is shown, in the order it is shown. `language` is that of the words.

    With `review` the workbook gets a sheet for decisions. `masked` says that names of persons are
    masked, so that quotes are not verbatim. `aspects` is the vocabulary that signals are named by.
    `whole` holds the statuses of all that was traced where the rows are a selection of it.
    """

    title: str
    language: Language
    as_of: date
    rows: tuple[Row, ...]
    measures: tuple[Measure, ...]
    documents: tuple[DocumentInfo, ...]
    sources: tuple[DocumentInfo, ...]
    targets: tuple[DocumentInfo, ...]
    notes: tuple[str, ...]
    provenance: Provenance = field(default_factory=Provenance)
    review: ReviewSetup | None = None
    masked: bool = False
    aspects: AspectBook = field(default_factory=load_aspects)
    whole: tuple[TraceStatus, ...] | None = None

    @property
    def terms(self) -> Terms:
        """The words of the table's language."""
        return load_terms(self.language)

    @property
    def statuses(self) -> tuple[TraceStatus, ...]:
        """The status of every recommendation traced, shown or not."""
        return tuple(row.line.status for row in self.rows) if self.whole is None else self.whole

    @property
    def gaps(self) -> tuple[tuple[int, Row], ...]:
        """Index and row of the gaps, then of the unresolved rows."""
        return tuple(
            (index, row)
            for status in ("gap", "unresolved")
            for index, row in enumerate(self.rows)
            if row.line.status == status
        )

    @property
    def marking(self) -> str | None:
        """The markings of the documents used (öppen is none), each once; None without any.

        That names are masked is told with them.
        """
        found = {d.marking for d in self.documents if d.marking and d.marking != "öppen"}
        marks = sorted(found, key=swedish_key)
        return ", ".join([*marks, *([self.terms["mask.marking"]] if self.masked else [])]) or None

    def due_dates(self) -> tuple[tuple[Measure, DueDate], ...]:
        """Deadlines of the measures with an accepted link, each once, soonest first."""
        cells = {
            (cell.document.id, cell.measure.id): (cell.measure, cell.due)
            for row in self.rows
            for cell in row.cells
            if cell.measure
        }
        pairs = [(measure, due) for measure, dates in cells.values() for due in dates]
        return tuple(
            sorted(
                pairs,
                key=lambda p: (
                    deadline_order(p[1].deadline.date, as_of=self.as_of),
                    swedish_key(p[0].id),
                ),
            )
        )


def build_trace_table(
    lines: Iterable[TraceLine],
    recommendations: Iterable[Recommendation],
    measures: Iterable[Measure],
    *,
    documents: Mapping[str, DocumentInfo],
    as_of: date,
    language: Language = "sv",
    notes: Sequence[str] = (),
    title: str | None = None,
    provenance: Provenance | None = None,
) -> TraceTable:
    """The table of a trace.

    Args:
        lines: what tracing found, in the order to show.
        recommendations: the demands the lines are about, found by document and id.
        measures: all measures that were searched, in the order of their documents.
        documents: what is known of each document, by id; an unknown one is shown by its id.
        as_of: the day that decides which deadlines have passed.
        language: of the words around the quotes.
        notes: what the reader must know about these documents, one sentence each.
        title: of the table; by default the titles of the documents traced from and to.
        provenance: how the links were made; by default nothing is claimed.

    Returns:
        Rows in the order of the lines; the notes, followed by those the values themselves call
        for (summaries, missing strengths, sources without pages).
    """
    traced = tuple(lines)
    demands = {(r.document, r.id): r for r in recommendations}
    searched = tuple(measures)
    known = {(m.document, m.id): m for m in searched}
    read = Counter(m.document for m in searched)
    places = tuple((_info(name, documents), count) for name, count in read.items())
    rows = tuple(
        replace(
            _row(line, demands.get((line.document, line.id)), known, documents, as_of),
            targets=places,
        )
        for line in traced
    )
    sources = _infos((line.document for line in traced), documents)
    targets = _infos(
        [m.document for m in searched] + [c.document for line in traced for c in line.candidates],
        documents,
    )
    terms = load_terms(language)
    return TraceTable(
        title=title or default_title(sources, targets, terms),
        language=language,
        as_of=as_of,
        rows=rows,
        measures=searched,
        documents=_infos([d.id for d in (*sources, *targets)], documents),
        sources=sources,
        targets=targets,
        notes=(*notes, *own_notes(rows, terms)),
        provenance=provenance or Provenance(),
    )


def _row(
    line: TraceLine,
    demand: Recommendation | None,
    known: Mapping[ItemKey, Measure],
    documents: Mapping[str, DocumentInfo],
    as_of: date,
) -> Row:
    cells = [
        _cell(candidate, known.get((candidate.document, candidate.measure)), documents, as_of)
        for candidate in line.links
    ]
    return Row(line, demand, _info(line.document, documents), tuple(cells), _rejected(line, known))


def _cell(
    candidate: Candidate,
    measure: Measure | None,
    documents: Mapping[str, DocumentInfo],
    as_of: date,
) -> MeasureCell:
    due = (
        tuple(DueDate(d, deadline_state(d, measure.state, as_of=as_of)) for d in measure.deadlines)
        if measure
        else ()
    )
    return MeasureCell(candidate, measure, _info(candidate.document, documents), due)


def _rejected(line: TraceLine, known: Mapping[ItemKey, Measure]) -> tuple[RejectedMeasure, ...]:
    """The measures that came closest, and those not accepted about which a person decided.

    Closest are those the gap names, else, in an unresolved line, the best that are not accepted.
    """
    named: list[tuple[str, Candidate | None]] = []
    others = [c for c in line.candidates if not c.accepted]
    if line.gap:
        named += [(name, _named(name, line)) for name in line.gap.best_rejected]
    elif line.status == "unresolved":
        named += [(c.measure, c) for c in others][:SHOWN_REJECTED]
    shown = [candidate for _, candidate in named]
    named += [(c.measure, c) for c in others if c.decision and c not in shown]
    return tuple(_rejected_measure(name, candidate, known) for name, candidate in named)


def _rejected_measure(
    name: str, candidate: Candidate | None, known: Mapping[ItemKey, Measure]
) -> RejectedMeasure:
    if candidate is None:
        return RejectedMeasure(name, None, None)
    measure = known.get((candidate.document, candidate.measure))
    title = measure.title if measure else None
    return RejectedMeasure(
        candidate.measure,
        title,
        candidate.probability,
        candidate.decision,
        tuple(s for s in candidate.signals if s.startswith(_speaking_against())),
    )


@cache
def _speaking_against() -> tuple[str, ...]:
    """How the signals begin that tell why a measure is no answer."""
    return tuple(Signal(code).word("sv") for code in ("missing", "weak"))


def _named(name: str, line: TraceLine) -> Candidate | None:
    """The candidate a gap names by its id or as `document#id`."""
    for candidate in line.candidates:
        if name in (candidate.measure, f"{candidate.document}#{candidate.measure}"):
            return candidate
    return None


def with_reviews(
    table: TraceTable, *, follow_ups: Mapping[str, FollowUp], setup: ReviewSetup | None = None
) -> TraceTable:
    """The table with what people entered of its items (by `document#id`), and with a review sheet.

    Decisions stand in the trace lines already.
    """
    rows = [
        replace(
            row,
            follow_up=follow_ups.get(f"{row.line.document}#{row.line.id}"),
            cells=tuple(
                replace(c, follow_up=follow_ups.get(f"{c.document.id}#{c.candidate.measure}"))
                for c in row.cells
            ),
        )
        for row in table.rows
    ]
    return replace(table, rows=tuple(rows), review=setup)


def _info(document: str, documents: Mapping[str, DocumentInfo]) -> DocumentInfo:
    return documents.get(document) or DocumentInfo(document, document)


def _infos(ids: Iterable[str], documents: Mapping[str, DocumentInfo]) -> tuple[DocumentInfo, ...]:
    """Each document once, in the order first seen."""
    return tuple(_info(document, documents) for document in dict.fromkeys(ids))


def default_title(
    sources: Sequence[DocumentInfo], targets: Sequence[DocumentInfo], terms: Terms
) -> str:
    """A title from the titles of the documents; several on a side are only counted."""

    def named(infos: Sequence[DocumentInfo]) -> str:
        if len(infos) == 1:
            return infos[0].title
        return terms.say("title.several", n=len(infos))

    return terms.say("title.against", source=named(sources), target=named(targets))


def own_notes(rows: Sequence[Row], terms: Terms) -> list[str]:
    """Notes that follow from the values themselves."""
    notes = []
    summaries = sum(row.is_summary for row in rows)
    if summaries:
        notes.append(terms.count("note.summaries", summaries))
    without_strength = sum(row.line.strength is None for row in rows)
    if without_strength:
        notes.append(terms.count("note.strength", without_strength))
    ends = [cell.candidate.evidence_to for row in rows for cell in row.cells]
    if ends and all(evidence.page is None for evidence in ends):
        notes.append(terms["note.pages"])
    return notes
