"""BM25 over our own terms, in a folder of the tantivy engine.

Fields: `title` and `path` (stems), `body` (stems without stop words), `parts` (stems of compound
parts), `exact` (every word as it stands, for phrases, prefixes and spelling), and keywords for
filters. Terms are made by `tokenization`; the engine only cuts at white space. Stems of English
passages carry a mark so that *fall* (en) and *fall* (sv) stay two terms.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rodtrad.errors import WorkspaceError
from rodtrad.retrieval.hits import SearchFilters
from rodtrad.retrieval.stemming import Language
from rodtrad.retrieval.tokenization import Term
from rodtrad.retrieval.wordquery import (
    AllOf,
    BestOf,
    Everything,
    InField,
    InOrder,
    SumOf,
    Weighted,
    WordQuery,
)

FIELDS = ("title", "path", "body", "parts", "exact")
_KEYWORDS = ("document", "kind", "agency", "type", "language")
_WITH_POSITIONS = ("exact",)
_TOKENIZER = "rodtrad_terms"
_HEAP = 64_000_000
_DAYS = 50_000  # kept: a filter compares the day of every document


@dataclass(frozen=True, slots=True)
class LexicalPassage:
    """What the engine gets: a passage's number, its terms by field, its filter values.

    `date` is the day as a number, 20260611, or 0 when unknown.
    """

    id: int
    terms: Mapping[str, Sequence[str]]
    keywords: Mapping[str, Sequence[str]]
    date: int = 0


def marked(stem: str, language: Language) -> str:
    """A stem as it stands in the index: English ones apart from Swedish ones."""
    return f"en|{stem}" if language == "en" else stem


def index_terms(terms: Iterable[Term], language: Language) -> tuple[list[str], list[str]]:
    """The stems and the compound parts of a text, as they go into the index."""
    stems: list[str] = []
    parts: list[str] = []
    for term in terms:
        if term.kind == "reference":
            stems.append(term.text)
        elif term.kind == "word":
            stems.append(marked(term.text, language))
            parts.extend(marked(part, language) for part in term.parts)
    return stems, parts


@contextmanager
def _writable(folder: Path) -> Iterator[Path]:
    """The folder, or one of links to its files where it cannot be written.

    The engine makes a lock file beside what it opens, also to read. What it has opened stays open
    when the links are gone.
    """
    if os.access(folder, os.W_OK) or not folder.is_dir():
        yield folder
        return
    # The engine may put its lock file there while the folder goes; that is no failed search.
    with TemporaryDirectory(prefix="rodtrad-", ignore_cleanup_errors=True) as name:
        for file in folder.iterdir():
            if file.suffix != ".lock":
                (Path(name) / file.name).symlink_to(file.resolve())
        yield Path(name)


def _let_others_read(folder: Path) -> None:
    """The engine keeps its list of files to its owner; it gets the rights that its files have."""
    usual = next(folder.glob("*.store"), folder / "meta.json").stat().st_mode
    for name in ("meta.json", ".managed.json"):
        (folder / name).chmod(usual & 0o666)


class LexicalIndex:
    """One folder of the engine; passages are added, deleted and found by number."""

    def __init__(self, index: Any, folder: Path) -> None:
        self._index, self._folder = index, folder
        self._searcher = index.searcher()
        self._schema = index.schema

    @classmethod
    def create(cls, folder: Path) -> LexicalIndex:
        """An empty index in a folder, which is made."""
        import tantivy

        folder.mkdir(parents=True, exist_ok=True)
        index = tantivy.Index(_schema(), path=str(folder), reuse=False)
        return cls(_with_tokenizer(index), folder)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """The index of a folder, which may be one that we can only read.

        Raises:
            WorkspaceError: there is none, or it is damaged or of another version.
        """
        import tantivy

        try:
            with _writable(folder) as place:
                return cls(_with_tokenizer(tantivy.Index.open(str(place))), folder)
        except (ValueError, OSError) as error:
            raise WorkspaceError(
                f"{folder}: the word index cannot be read ({error}); run `rodtrad build`."
            ) from error

    def add(self, passages: Iterable[LexicalPassage]) -> None:
        """Add passages and make them searchable."""
        import tantivy

        writer = self._index.writer(_HEAP, 1)
        for passage in passages:
            document = tantivy.Document()
            document.add_unsigned("id", passage.id)
            document.add_unsigned("date", passage.date)
            for name in FIELDS:
                document.add_text(name, " ".join(passage.terms.get(name, ())))
            for name in _KEYWORDS:
                for value in passage.keywords.get(name, ()):
                    document.add_text(name, value)
            writer.add_document(document)
        self._finish(writer)

    def delete(self, ids: Iterable[int]) -> None:
        """Take passages out by number; unknown numbers are no error."""
        writer = self._index.writer(_HEAP, 1)
        for number in ids:
            writer.delete_documents_by_query(self._numbered(number))
        self._finish(writer)

    def _finish(self, writer: Any) -> None:
        try:
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as error:
            # What the engine makes of a full disk.
            raise WorkspaceError(
                f"the word index cannot be written ({error}); free space on the disk."
            ) from error
        _let_others_read(self._folder)
        self._index.reload()
        self._searcher = self._index.searcher()

    @property
    def size(self) -> int:
        """How many passages the index holds."""
        return int(self._searcher.num_docs)

    def document_frequency(self, field: str, term: str) -> int:
        """How many passages hold a term in a field."""
        return int(self._searcher.doc_freq(field, term))

    def terms_with_prefix(self, prefix: str, *, limit: int = 50) -> list[str]:
        """Words of the collection that begin so, in the field of plain words."""
        found = self._searcher.terms_with_prefix("exact", prefix, limit=limit)
        return [str(term) for term, _ in found]

    def search(
        self, query: WordQuery, *, limit: int, filters: SearchFilters | None = None
    ) -> list[tuple[int, float]]:
        """Passage numbers and scores for a query, best first."""
        engine_query = _in_engine(query, self._schema)
        if filters is not None and not filters.empty:
            engine_query = self._filtered(engine_query, filters)
        result = self._searcher.search(engine_query, limit, count=False)
        addresses = [address for _, address in result.hits]
        numbers = self._searcher.fast_field_values("id", addresses)
        return [(int(n), float(s)) for n, (s, _) in zip(numbers, result.hits, strict=True)]

    def _numbered(self, number: int) -> Any:
        """The query for one passage; a term query would take the number for a signed one."""
        import tantivy

        unsigned = tantivy.FieldType.Unsigned
        return tantivy.Query.range_query(self._schema, "id", unsigned, number, number)

    def _filtered(self, query: Any, filters: SearchFilters) -> Any:
        import tantivy

        clauses = [(tantivy.Occur.Must, query)]
        chosen = {
            "document": filters.documents,
            "kind": filters.kinds,
            "agency": filters.agencies,
            "type": filters.types,
            "language": filters.languages,
        }
        for name, values in chosen.items():
            if values:
                terms = tantivy.Query.term_set_query(self._schema, name, list(values))
                clauses.append((tantivy.Occur.Must, tantivy.Query.boost_query(terms, 0.0)))
        if filters.from_date or filters.to_date:
            clauses.append((tantivy.Occur.Must, self._between(filters)))
        return tantivy.Query.boolean_query(clauses)

    def _between(self, filters: SearchFilters) -> Any:
        import tantivy

        first = day_number(filters.from_date, last=False) or 1
        last = day_number(filters.to_date, last=True) or 99_999_999
        between = tantivy.Query.range_query(
            self._schema, "date", tantivy.FieldType.Unsigned, first, last
        )
        return tantivy.Query.boost_query(between, 0.0)


@lru_cache(maxsize=_DAYS)
def day_number(date: str | None, *, last: bool) -> int:
    """An ISO date, or its beginning, as a number; of a part the first or the last day. 0 for None.

    >>> day_number("2026-06", last=True)
    20260631
    """
    if not date:
        return 0
    parts = date.split("-") + (["12", "31"] if last else ["01", "01"])[date.count("-") :]
    return int("".join(parts[:3]))


def _in_engine(query: WordQuery, schema: Any) -> Any:
    """A query in the engine's own terms."""
    import tantivy

    match query:
        case InField(field, term):
            return tantivy.Query.term_query(schema, field, term, "freq")
        case InOrder(field, terms):
            return tantivy.Query.phrase_query(schema, field, list(terms))
        case BestOf(queries, tie):
            return tantivy.Query.disjunction_max_query(_weighted(queries, schema), tie)
        case SumOf():
            should = [(tantivy.Occur.Should, one) for one in _weighted(_flat(query), schema)]
            return tantivy.Query.boolean_query(should)
        case AllOf(parts):
            must = [(tantivy.Occur.Must, _in_engine(one, schema)) for one in parts]
            return tantivy.Query.boolean_query(must)
        case Everything():
            return tantivy.Query.all_query()


def _flat(query: SumOf) -> Weighted:
    """What a sum and the sums in it are of, each once with all its weight.

    The engine prunes a sum of nothing but terms: it passes over the passages that cannot come among
    the best (block-max WAND). Of a sum of sums it reads every place of every term.
    """
    weights: dict[WordQuery, float] = {}
    for one, weight in query.queries:
        for inner, value in _flat(one) if isinstance(one, SumOf) else ((one, 1.0),):
            weights[inner] = weights.get(inner, 0.0) + weight * value
    return tuple(weights.items())


def _weighted(queries: Weighted, schema: Any) -> list[Any]:
    import tantivy

    return [tantivy.Query.boost_query(_in_engine(one, schema), weight) for one, weight in queries]


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_unsigned_field("date", indexed=True, fast=True)
    for name in FIELDS:
        option = "position" if name in _WITH_POSITIONS else "freq"
        builder.add_text_field(name, tokenizer_name=_TOKENIZER, index_option=option)
    for name in _KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _with_tokenizer(index: Any) -> Any:
    import tantivy

    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, analyzer)
    return index
