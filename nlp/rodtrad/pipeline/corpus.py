"""A workspace's corpus as Python values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from rodtrad.pipeline.asking import Searcher, hit_record
from rodtrad.pipeline.display import Manner, Record, Shown
from rodtrad.pipeline.display_chain import Chain
from rodtrad.pipeline.display_document import DEADLINES, Reading
from rodtrad.pipeline.display_trace import Trace
from rodtrad.pipeline.loading import load_documents
from rodtrad.pipeline.records import document_record
from rodtrad.pipeline.store import DocumentRecord, Manifest, required_manifest
from rodtrad.retrieval.hits import Hit, SearchFilters
from rodtrad.tables.terms import Language
from rodtrad.workspace import Workspace, find_workspace, open_workspace

Names = str | Sequence[str] | None
DOCUMENT_COLUMNS = (
    "id", "path", "kind", "title", "issuer", "date", "dnr", "language", "sha256", "pages",
    "status", "errors",
)  # fmt: skip
HIT_COLUMNS = (
    "rank", "document", "section", "page", "start", "end", "score", "snippet", "quote", "why",
)  # fmt: skip
CHANGE_COLUMNS = ("old", "old_title", "new", "new_title", "change", "differences", "evidence")


@dataclass(frozen=True)
class Corpus:
    """A built workspace: its documents, search and tracing.

    `corpus["greta"]` is a document, `for document in corpus` goes through all that could be read.
    `as_of` is what counts as today.
    """

    workspace: Workspace
    manifest: Manifest
    as_of: date

    @classmethod
    def open(cls, folder: Path | None = None, *, as_of: date | None = None) -> Corpus:
        """The corpus of the workspace in `folder`, or the nearest one upward from here."""
        workspace = open_workspace(folder) if folder else find_workspace(Path.cwd())
        return cls(workspace, required_manifest(workspace), as_of or today())

    @property
    def language(self) -> Language:
        """The language of the words around what is shown, from the workspace's settings."""
        return "en" if self.workspace.settings.language == "en" else "sv"

    @property
    def documents(self) -> Shown[DocumentRecord]:
        """What the index holds, a record a document, failed ones included."""
        manner = Manner[DocumentRecord](
            "documents", lambda d: dict(document_record(d)), DOCUMENT_COLUMNS
        )
        return Shown(self.manifest.documents, manner, language=self.language)

    def __getitem__(self, document_id: str) -> Reading:
        """The document of that id, with everything found in it.

        Raises:
            UsageError: there is no such document; the sentence names the nearest id.
        """
        (annotated,) = load_documents([document_id], self.workspace)
        return Reading(annotated, self.as_of, self.language)

    def __iter__(self) -> Iterator[Reading]:
        return (self[d.id] for d in self.manifest.documents if d.artefact)

    def __len__(self) -> int:
        return len(self.manifest.documents)

    def __contains__(self, document_id: object) -> bool:
        return isinstance(document_id, str) and self.manifest.get(document_id) is not None

    @cached_property
    def _searcher(self) -> Searcher:
        return Searcher(self.workspace, self.manifest)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        document: Names = None,
        kind: Names = None,
        agency: Names = None,
        type: Names = None,  # noqa: A002 - the name of the command's option
        from_date: str | None = None,
        to_date: str | None = None,
    ) -> Shown[Hit]:
        """The passages that fit a query best; none, with the reason, where there is no answer.

        Args:
            query: words, a phrase in quotes or a dnr, in Swedish or English.
            limit: how many hits at most.
            document: only these documents.
            kind: only documents of these kinds.
            agency: only passages that name these agencies.
            type: only passages with these entity types.
            from_date: only documents from this day on (ISO).
            to_date: only documents up to this day.
        """
        from rodtrad.pipeline.display_html import hits_html

        filters = SearchFilters(
            documents=_names(document),
            kinds=_names(kind),
            agencies=_names(agency),
            types=_names(type),
            from_date=from_date,
            to_date=to_date,
        )
        result = self._searcher.search(query, limit=limit, filters=filters)
        manner = Manner[Hit]("search", self._hit_record, HIT_COLUMNS, html=hits_html)
        return Shown(result.hits, manner, note=result.refusal, language=self.language)

    def _hit_record(self, hit: Hit) -> Record:
        return hit_record(hit, self._searcher.quote(hit))

    def deadlines(
        self,
        *documents: str,
        agency: str | None = None,
        before: date | None = None,
        outside: bool = False,
    ) -> Shown[Record]:
        """The deadlines of the named documents, or of all, soonest first, as records.

        Args:
            documents: ids or paths; none means the whole corpus.
            agency: only deadlines this agency must meet; an acronym will do.
            before: only deadlines whose last possible day is before this one.
            outside: also the dates that documents give outside their measures.
        """
        from rodtrad.pipeline.deadlinejob import deadline_records

        found = deadline_records(
            documents,
            self.workspace,
            as_of=self.as_of,
            agency=agency,
            before=before,
            outside=outside,
            language=self.language,
        )
        return Shown(map(dict, found), DEADLINES, language=self.language)

    def trace(
        self,
        source: str | Sequence[str] = (),
        target: str | Sequence[str] = (),
        *,
        from_file: str | Path | None = None,
    ) -> Trace:
        """The recommendations of `source` held against the measures of `target`.

        People's decisions in the workspace's review log are laid over it.

        Args:
            source: ids or paths of documents and lists with recommendations.
            target: ids or paths of documents with measures.
            from_file: a list of your own (.jsonl, .csv, .xlsx with columns id and text), instead
                of or beside `source`.

        Raises:
            UsageError: there is nothing to trace, or nothing to trace it to.
        """
        from rodtrad.pipeline.reviewjob import reviewed
        from rodtrad.pipeline.tracejob import run_trace

        traced = run_trace(
            _names(source),
            _names(target),
            workspace=self.workspace,
            as_of=self.as_of,
            from_file=Path(from_file) if from_file else None,
        )
        found = reviewed(traced, self.workspace)
        return Trace(found.traced, self.language, found.reviews, self.workspace)

    def chain(self, item: str) -> Chain:
        """The way of a recommendation or measure through the documents, a hop a step.

        Args:
            item: "document#id", or an id that only one item has.

        Raises:
            UsageError: no item, or several, have that name.
        """
        from rodtrad.pipeline.chainjob import run_chain

        record = run_chain(item, workspace=self.workspace, as_of=self.as_of)
        return Chain(item, record, self.language)

    def decide(
        self,
        action: str,
        recommendation: str,
        measure: str | None = None,
        *,
        grade: int | None = None,
        comment: str = "",
        who: str | None = None,
    ) -> str:
        """Write a decision to the review log, as `rodtrad review` does; returns its id.

        Args:
            action: accept, reject, regrade or justify-gap.
            recommendation: its id, "document#id".
            measure: the id of the measure; none for a gap.
            grade: 2 answers, 1 contributes.
            comment: why.
            who: who decides; else RODTRAD_USER or the login name.

        Raises:
            UsageError: there is no such item, or the parts do not fit together.
        """
        from rodtrad.pipeline.reviewjob import decide

        names = (recommendation, measure) if measure else (recommendation,)
        done = decide(self.workspace, action, names, who=who, grade=grade, comment=comment)
        return done.events[0].id

    def learn(self) -> Record:
        """Let the ranking learn from the decisions, as `rodtrad review learn` does.

        Returns:
            What was measured on decisions held out, before and after, and whether what was learnt
            is kept; traces made from then on use it.

        Raises:
            UsageError: too few decisions, or only of one kind.
        """
        from rodtrad.pipeline.learningjob import learn

        return learn(self.workspace)

    def compare(self, old: str, new: str) -> Shown[Record]:
        """What became of an earlier plan's measures in a later one, then what is new, as records.

        Args:
            old: id or path of the earlier plan.
            new: id or path of the later one.

        Raises:
            UsageError: a document holds no measure, or both are the same.
        """
        from rodtrad.pipeline.comparejob import compare_lines, run_compare
        from rodtrad.pipeline.display_html import changes_html

        manner = Manner[Record](
            "compare",
            dict,
            CHANGE_COLUMNS,
            html=changes_html,
            text=lambda records, language: "\n".join(compare_lines(records, language=language)),
        )
        found = run_compare(old, new, workspace=self.workspace, as_of=self.as_of)
        return Shown(found, manner, language=self.language)

    def _repr_html_(self) -> str:
        return self.documents._repr_html_()

    def __str__(self) -> str:
        return str(self.documents)

    def __repr__(self) -> str:
        return f"<rodtrad corpus {self.workspace.root.name}: {len(self)} documents>"


def read_document(path: Path, *, as_of: date | None = None) -> Reading:
    """One document, outside any workspace."""
    (annotated,) = load_documents([str(path)], None)
    return Reading(annotated, as_of or today())


def today() -> date:
    """The day the program runs."""
    return datetime.now().astimezone().date()


def _names(given: Names) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)
