"""The search index: opened from its folder, asked in Swedish or English, answering with reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property, partial
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rodtrad.retrieval.acronyms import long_form
from rodtrad.retrieval.analysers import (
    LEXICAL_FOLDER,
    Analysers,
    as_language,
    english_key,
)
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.directions import LANGUAGES
from rodtrad.retrieval.duplicates import say_the_same, words_of
from rodtrad.retrieval.early import REFINED, EarlyEncoder, QueryEncoder, Refining
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.facets import facets
from rodtrad.retrieval.feedback import drawn_to_best
from rodtrad.retrieval.flatfile import are_among, products
from rodtrad.retrieval.hits import DocumentInfo, Hit, SearchFilters, SearchResult
from rodtrad.retrieval.lexical import LexicalIndex
from rodtrad.retrieval.ports import PassageReader, VectorIndex, WordIndex
from rodtrad.retrieval.query import Alternative, Concept, ParsedQuery, QueryParser, plain_kind
from rodtrad.retrieval.querytext import in_one_text
from rodtrad.retrieval.ranking import Scored, Weights, document_bonus, is_listed, lexical_query, mix
from rodtrad.retrieval.rarity import Rarities
from rodtrad.retrieval.reasons import reasons
from rodtrad.retrieval.refusal import (
    NOTHING_CHOSEN,
    answers,
    coverage,
    exact_refusal,
    importance,
    names_refusal,
    subject_refusal,
    unknown_names,
)
from rodtrad.retrieval.reranking import READ, Reranker
from rodtrad.retrieval.shapes import ShapeQuery
from rodtrad.retrieval.snippets import Finder, snippet
from rodtrad.retrieval.spelling import corrections
from rodtrad.retrieval.stemming import Language, stem
from rodtrad.retrieval.store import PassageStore, StoredPassage
from rodtrad.retrieval.termbank import TermBank, load_termbank
from rodtrad.retrieval.tokenization import fold
from rodtrad.retrieval.traits import Numbers, Traits
from rodtrad.retrieval.wordquery import SumOf, WordQuery, all_of, any_of, term
from rodtrad.retrieval.wordstore import WordStore

if TYPE_CHECKING:
    from concurrent.futures import Executor

CANDIDATES = 100
BACKGROUND = frozenset({"contents", "reference_list", "heading", "signature"})
_COMPOUNDS = 5
_EXPLAINING = 20  # passages with an acronym that are read for what it stands for
_BEFORE_SECTIONS = 2000  # the word engine does not know sections; so many are read and sifted
_LOOKED_AT = 10  # passages read before the query is said to have no answer
_LONG_NAME = 6  # letters from which a word may be the beginning of another: *Palermo|protokollet*
_TOGETHER_FROM = 20_000  # passages from which a query is encoded on another thread
_AT_A_TIME = 4  # queries encoded
_BROAD = 0.1  # the share of passages from which a filter is put to what was found
_SPARE = 1.5  # so many times as many are asked for as a filter should leave
NO_FILTERS = SearchFilters()


class SearchIndex:
    """One folder written by `build_search_index`, open for questions."""

    def __init__(
        self,
        store: PassageReader,
        lexical: WordIndex,
        dense: VectorIndex,
        words: WordStore,
        *,
        bank: TermBank | None = None,
        weights: Weights | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._store, self._lexical, self._dense = store, lexical, dense
        self._documents = store.documents()
        self._weights = weights or Weights()
        self._reranker = reranker
        self._words = words
        spoken: dict[Language, int] = {one: words.count("language", one) for one in LANGUAGES}
        self._rarities = Rarities(
            lexical, size=dense.size, spoken=spoken, origins=self._weights.origins
        )
        self.analysers = Analysers.of_index(words)
        self.parser = QueryParser(bank or load_termbank(wide=True), self, self.analysers)

    @classmethod
    def open(
        cls, folder: Path, *, bank: TermBank | None = None, reranker: Reranker | None = None
    ) -> SearchIndex:
        """The index of a folder, searched with a term bank and, if given, a cross-encoder.

        Raises:
            WorkspaceError: it is missing, damaged or of another version.
        """
        store = PassageStore.open(folder)
        words = WordStore.open(folder)
        lexical = LexicalIndex.open(folder / LEXICAL_FOLDER)
        return cls(store, lexical, DenseIndex.open(folder), words, bank=bank, reranker=reranker)

    @property
    def documents(self) -> Mapping[str, DocumentInfo]:
        """The documents by id."""
        return self._documents

    def keys(self) -> dict[int, str]:
        """Passage key by number, of all passages."""
        return self._store.keys()

    # What the query parser asks (the Vocabulary protocol).

    def knows(self, stem: str, language: Language) -> bool:
        """Whether any passage of a language holds the stem or it is part of a compound there."""
        return self._rarities.of_stem(stem, language) > 0

    def writes(self, surface: str) -> bool:
        """Whether any passage has the word exactly so."""
        return self._lexical.document_frequency("exact", surface) > 0

    def swedish_word(self, word: str) -> bool:
        """Whether it is a Swedish word, in the collection or not."""
        root = stem(word, "sv")
        known = self._words.count("stem", root) or self._words.of_stem(root)
        return bool(known) or self._words.halves(word) is not None

    def beginning(self, letters: str) -> Sequence[str]:
        """A few words of the collection that begin so."""
        return self._lexical.terms_with_prefix(letters, limit=_COMPOUNDS)

    def corrections(self, surface: str) -> Sequence[str]:
        """Words of the collection one edit away, the most frequent first."""
        frequency = partial(self._lexical.document_frequency, "exact")
        return corrections(surface, frequency, begins=lambda letters: bool(self.beginning(letters)))

    def dictionary(self, word: str) -> tuple[str, ...]:
        """Swedish words for an English one."""
        return self._words.translations(english_key(word))

    def long_forms(self, acronym: str) -> Iterator[tuple[str, Language]]:
        """What passages say that an acronym stands for, and their language."""
        found = self._lexical.search(term("exact", fold(acronym)), limit=_EXPLAINING)
        passages = [one.passage for one in self._store.passages([n for n, _ in found]).values()]
        for language in LANGUAGES:
            texts = (one.text for one in passages if as_language(one.language) == language)
            form = long_form(acronym, texts)
            if form is not None:
                yield form, language

    def search(
        self,
        query: str,
        *,
        encoder: Encoder,
        limit: int = 10,
        filters: SearchFilters = NO_FILTERS,
        language: Language | None = None,
        refuse: bool = True,
    ) -> SearchResult:
        """The best passages for a query, with reasons; or the reason why there are none.

        Raises:
            WorkspaceError: the encoder is not the one that made the index.
        """
        self._dense.require(VectorSpace(encoder.name, encoder.revision, encoder.dimensions))
        early = EarlyEncoder(encoder, self._pool if self._dense.size >= _TOGETHER_FROM else None)
        parsed = self.parser.parse(query, language=language)
        early.expect(in_one_text(parsed, self.has).text)
        finder = Finder(parsed, self.analysers)
        scored, traits = self._ranked(parsed, early, finder, filters)
        exact = self._exact(parsed, filters)
        beside = _with_flags(traits, BACKGROUND)
        ordered = self._reranked(query, self._ordered(scored, parsed, beside, exact), beside, exact)
        self._expect(finder, [one.id for one in ordered[: max(limit, _LOOKED_AT)]])
        best = ordered[:_LOOKED_AT]
        refusal = self._refusal(parsed, best, exact, filters, finder) if refuse else None
        if refusal is not None:
            return SearchResult(query, parsed.language, (), (), refusal, parsed.corrected)
        hits = tuple(
            self._hit(rank, one, parsed, finder, similar, exact=one.id in exact)
            for rank, (one, similar) in enumerate(self._distinct(ordered, limit), start=1)
        )
        counts = facets(traits.values(), self._documents)
        return SearchResult(query, parsed.language, hits, counts, corrected=parsed.corrected)

    def _ranked(
        self, parsed: ParsedQuery, encoder: EarlyEncoder, finder: Finder, filters: SearchFilters
    ) -> tuple[list[Scored], Mapping[int, Traits]]:
        """All candidates in mixed order, before grouping, and their traits."""
        words = self.by_words(parsed, filters=filters)
        asked = ShapeQuery(self._importances(parsed), self._weights.origins)
        refining = Refining(asked, self._store)
        if parsed.concepts:
            refining.look_ahead(list(words), until=lambda: encoder.is_ready)
        if not encoder.is_ready:
            self._expect(finder, list(words)[:_LOOKED_AT])
        only = words if parsed.phrases or parsed.prefixes else None
        meaning = self.by_meaning(parsed, encoder, filters=filters, only=only, also=words)
        traits = self._store.traits(list(meaning))
        scored = mix(
            words,
            meaning,
            {number: one.language for number, one in traits.items()},
            query_language=parsed.language,
            weights=self._weights,
            notes=_with_flags(traits, {"footnote"}),
            unknown=self.unknown_share(parsed),
            bonuses=self._bonuses(traits, parsed),
        )
        if parsed.concepts:
            scored = refining.refined(scored, traits, self._weights.shape)
            scored = drawn_to_best(
                scored,
                self._dense.vectors,
                weight=self._weights.feedback.get(parsed.language, 0.0),
                among=REFINED,
                beside=_with_flags(traits, BACKGROUND),
            )
        return scored, traits

    @cached_property
    def _pool(self) -> Executor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(_AT_A_TIME, "rodtrad-search")

    def _bonuses(self, traits: Mapping[int, Traits], parsed: ParsedQuery) -> dict[int, float]:
        """What is added to passages of documents of the time and the kind that were asked for."""
        if not parsed.periods and parsed.kinds.isdisjoint(self._kinds.values()):
            return {}
        of = {
            name: document_bonus(self._documents.get(name), parsed, self._weights)
            for name in {one.document for one in traits.values()}
        }
        return {number: of[one.document] for number, one in traits.items()}

    def _of_the_time(self, parsed: ParsedQuery, filters: SearchFilters) -> Numbers | None:
        """The passages of documents of a time that was asked for, and of the kind if one was.

        A year alone may be what a text is about; with a kind, or of a month, it is a document's.
        """
        kinds = tuple(kind for kind, plain in self._kinds.items() if plain in parsed.kinds)
        asked = [period for period in parsed.periods if period.is_short or kinds]
        if len(asked) != 1 or not filters.empty:
            return None
        first, last = asked[0].ends()
        return self._store.allowed(SearchFilters(kinds=kinds, from_date=first, to_date=last))

    @cached_property
    def _kinds(self) -> dict[str, str]:
        """The kinds of the documents, and how a query's are compared with them."""
        return {one.kind: plain_kind(one.kind) for one in self._documents.values()}

    def _importances(self, parsed: ParsedQuery) -> dict[Concept, float]:
        size = self._dense.size
        return {c: importance(c, self._rarities.of_concept(c), size) for c in parsed.concepts}

    def unknown_share(self, parsed: ParsedQuery) -> float:
        """The share of the query's concepts for which the collection has no word at all."""
        known = [any(map(self.has, concept.alternatives)) for concept in parsed.concepts]
        return known.count(False) / len(known) if known else 0.0

    def has(self, alternative: Alternative) -> bool:
        """Whether some passage holds every word of an alternative."""
        return self._rarities.of(alternative) > 0

    def by_words(
        self, parsed: ParsedQuery, *, filters: SearchFilters = NO_FILTERS, limit: int = CANDIDATES
    ) -> dict[int, float]:
        """BM25 scores of the passages that match words of the query, best first."""
        query = lexical_query(parsed, self._lexical, self._weights, evened=self._rarities.evened)
        if query is None:
            return {}
        if isinstance(query, SumOf):
            query = self._rarities.without_trifles(query)
        if filters.empty:
            return dict(self._lexical.search(query, limit=limit))
        return self._sifted(query, filters, limit)

    def _sifted(self, query: WordQuery, filters: SearchFilters, limit: int) -> dict[int, float]:
        """The best passages that pass a filter.

        A filter that lets much through is put to the best of all, which are found faster than those
        under a condition.
        """
        inside = self._store.allowed(filters)
        share = len(inside) / max(self._dense.size, 1)
        if share >= _BROAD:
            count = int(limit / share * _SPARE)
            found = self._lexical.search(query, limit=count)
            passing = _those(found, inside)
            if len(passing) >= limit or len(found) < count:
                return dict(passing[:limit])
        count = _BEFORE_SECTIONS if filters.sections else limit
        found = self._lexical.search(query, limit=count, filters=filters)
        return dict((_those(found, inside) if filters.sections else found)[:limit])

    def by_meaning(
        self,
        parsed: ParsedQuery,
        encoder: QueryEncoder,
        *,
        filters: SearchFilters = NO_FILTERS,
        only: Iterable[int] | None = None,
        also: Iterable[int] = (),
        limit: int = CANDIDATES,
    ) -> dict[int, float]:
        """How near in meaning the nearest passages are, best first, then those that `also` gives.

        In standard deviations above an unrelated passage.
        """
        asked = in_one_text(parsed, self.has)
        vector = self._dense.direction(encoder.encode_queries([asked.text])[0], asked.languages)
        if only is not None:
            among: Numbers | None = np.array(sorted(only), dtype=np.int64)
        else:
            among = None if filters.empty else self._store.allowed(filters)
        found = dict(self._dense.search(vector, limit=limit, among=among))
        timely = self._of_the_time(parsed, filters) if only is None else None
        if timely is not None:
            found.update(self._dense.search(vector, limit=limit, among=timely))
        missing = [number for number in also if number not in found]
        if missing:
            cosines = products(self._dense.vectors(missing), vector)
            found.update(zip(missing, cosines.tolist(), strict=True))
        surprises = self._dense.surprises(vector, list(found.values()))
        return dict(zip(found, surprises, strict=True))

    def _ordered(
        self,
        scored: Sequence[Scored],
        parsed: ParsedQuery,
        beside: Collection[int],
        exact: Collection[int],
    ) -> list[Scored]:
        """Exact references first; contents pages, headings and lists of references last."""
        if exact and not parsed.concepts:
            scored = [one for one in scored if one.id in exact]
        first = [one for one in scored if one.id not in beside]
        last = [one for one in scored if one.id in beside]
        if not exact:
            return [*first, *last]
        return [o for some in (first, last) for o in sorted(some, key=lambda o: o.id not in exact)]

    def _reranked(
        self,
        query: str,
        ordered: list[Scored],
        beside: Collection[int],
        exact: Collection[int],
    ) -> list[Scored]:
        """The best candidates as the cross-encoder orders them, if there is one.

        Exact references stay first, and what is no running text last.
        """
        if self._reranker is None:
            return ordered
        best = [one for one in ordered if one.id not in beside and one.id not in exact][:READ]
        stored = self._store.passages([one.id for one in best])
        texts = [
            "\n".join((*stored[o.id].passage.path[-1:], stored[o.id].passage.text)) for o in best
        ]
        scores = self._reranker.scores(query, texts)
        places = sorted(range(len(best)), key=lambda place: (-scores[place], place))
        fresh = iter(best[place] for place in places)
        moved = {one.id for one in best}
        return [next(fresh) if one.id in moved else one for one in ordered]

    def _refusal(
        self,
        parsed: ParsedQuery,
        best: Sequence[Scored],
        exact: Collection[int],
        filters: SearchFilters,
        finder: Finder,
    ) -> str | None:
        """Why the best passages are no answer; None when they are one."""
        if not best and not filters.empty and not len(self._store.allowed(filters)):
            return NOTHING_CHOSEN
        if not best:
            literal = parsed.references or parsed.phrases or parsed.prefixes
            return exact_refusal(parsed) if literal else subject_refusal(parsed, None)
        if parsed.phrases or parsed.prefixes:
            return None
        if parsed.references:
            return None if exact or parsed.concepts else exact_refusal(parsed)
        about = self._documents.get(self._passage(best[0]).passage.document)
        if about is not None and is_listed(about, parsed):
            return None
        weights = self._importances(parsed)
        strange = unknown_names(parsed, self._can_be_known)
        unknown = self.unknown_share(parsed)
        for one in best:
            found = finder.shares(self._passage(one).passage)
            covered = max(coverage(weights, found), one.shape)
            if answers(covered, one.meaning, unknown_names=len(strange), unknown_share=unknown):
                return None
        if strange:
            return names_refusal(strange)
        path = self._passage(best[0]).passage.path
        return subject_refusal(parsed, f"avsnittet ”{path[-1]}”" if path else None)

    def _can_be_known(self, word: str) -> bool:
        """Whether the collection or a dictionary has a word, or a word that begins with it."""
        begun = len(word) >= _LONG_NAME and self.beginning(word)
        known = begun or self.writes(word) or self.swedish_word(word) or self.dictionary(word)
        return bool(known)

    def _expect(self, finder: Finder, numbers: Sequence[int]) -> None:
        """Read the passages in which the query will be looked for, and their words, at once."""
        finder.expect(one.passage for one in self._store.passages(numbers).values())

    def _exact(self, parsed: ParsedQuery, filters: SearchFilters) -> frozenset[int]:
        """The passages that hold all references of the query."""
        if not parsed.references:
            return frozenset()
        wanted = [
            any_of([(term(field, one.text), 1.0) for field in ("body", "path")])
            for one in parsed.references
        ]
        found = self._lexical.search(all_of(wanted), limit=CANDIDATES, filters=filters)
        return frozenset(number for number, _ in found)

    def _passage(self, one: Scored) -> StoredPassage:
        return self._store.passages([one.id])[one.id]

    def _distinct(self, ordered: Sequence[Scored], limit: int) -> list[tuple[Scored, list[str]]]:
        """The best passages, each with the keys of near-duplicates found on the way."""
        chosen: list[tuple[Scored, list[str]]] = []
        said: list[frozenset[bytes]] = []
        for one in ordered:
            words = words_of(*self._store.letters([one.id]))
            twin = next((n for n, other in enumerate(said) if say_the_same(other, words)), None)
            if twin is not None:
                chosen[twin][1].append(self._passage(one).passage.key)
            elif len(chosen) == limit:
                break
            else:
                chosen.append((one, []))
                said.append(words)
        return chosen

    def _hit(
        self,
        rank: int,
        one: Scored,
        parsed: ParsedQuery,
        finder: Finder,
        similar: Sequence[str],
        *,
        exact: bool,
    ) -> Hit:
        passage = self._passage(one).passage
        matches = finder.matches(passage.text, passage.language)
        text, marks = snippet(passage.text, matches)
        heading = "\n".join(passage.path)
        above = [match.at.of(heading) for match in finder.matches(heading, passage.language)]
        why = reasons(passage, parsed, matches, above=above, meaning=one.meaning, exact=exact)
        return Hit(
            rank, passage.key, passage.document, passage.path, passage.page, passage.span,
            passage.at, round(one.score, 4), text, marks, why, passage.language, exact,
            tuple(similar),
        )  # fmt: skip


def _with_flags(traits: Mapping[int, Traits], flags: AbstractSet[str]) -> set[int]:
    """The numbers of passages that have one of some flags."""
    return {n for n, one in traits.items() if one.flags and not flags.isdisjoint(one.flags)}


def _those(found: Sequence[tuple[int, float]], inside: Numbers) -> list[tuple[int, float]]:
    """Those found whose numbers are among some that rise."""
    passing = are_among(np.array([number for number, _ in found], dtype=np.int64), inside)
    return list(compress(found, passing.tolist()))
