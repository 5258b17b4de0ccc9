"""Passages → a folder of index files, at once or bit by bit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from rodtrad.datamodel import Passage
from rodtrad.retrieval.analysers import (
    LEXICAL_FOLDER,
    Analysers,
    as_language,
)
from rodtrad.retrieval.compounds import CompoundSplitter, known_stems
from rodtrad.retrieval.dense import DenseIndex, VectorSpace
from rodtrad.retrieval.dictionary import general_dictionary, swedish_dictionary
from rodtrad.retrieval.encoders.port import Encoder, Progress, Vectors
from rodtrad.retrieval.hits import DocumentInfo, PassageFacts
from rodtrad.retrieval.lexical import LexicalIndex, LexicalPassage, day_number, index_terms
from rodtrad.retrieval.stemming import Language
from rodtrad.retrieval.store import PassageStore, StoredPassage
from rodtrad.retrieval.tokenization import Analyser, fold
from rodtrad.retrieval.wordstore import WordStore

_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_CITATION = re.compile(
    r"https?://|www\.|\bs\.\s?\d+|[Hh]ämtad\b|\bmål nr\b|\b(?:SOU|Ds|COM|CETS)\b|/CO/"
    r"|\((?:19|20)\d\d\)"
)
_SHORT_NOTE, _MOSTLY = 6, 0.6
_STOPS = (".", "?", "!", ":", ";")
_SEEN_TWICE = 2
_ROWS = "vectors.raw"
AT_ONCE = 4096
"""Passages whose texts are in memory at a time."""


def build_search_index(
    passages: Iterable[Passage],
    folder: Path,
    *,
    encoder: Encoder,
    documents_info: Mapping[str, DocumentInfo],
    facts: Mapping[str, PassageFacts] | None = None,
    progress: Progress | None = None,
) -> int:
    """Write a search index for the passages into a fresh folder; how many it holds.

    `documents_info` is by document id, `facts` by passage key; both may be filled while the
    passages are drawn, which is once and in order. The folder holds plain files only: passages
    (SQLite), words as terms (tantivy) and taken apart (SQLite), vectors (faiss).

    Memory does not hold the passages: they are written as they come and read again, `AT_ONCE` at a
    time. It grows with the different words, and where vectors are searched approximately with
    those, as half-precision numbers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    store = PassageStore.create(folder)
    store.add_passages(_numbered(passages, {} if facts is None else facts))
    store.add_documents(documents_info.values())
    store.commit()
    analysers = _write_words(folder, store)
    lexical = LexicalIndex.create(folder / LEXICAL_FOLDER)
    lexical.add(lexical_passages(store.every(), documents_info, analysers))
    dense = DenseIndex.create(VectorSpace(encoder.name, encoder.revision, encoder.dimensions))
    count = store.next_number() - 1
    if count:
        rows = np.memmap(folder / _ROWS, "<f4", "w+", shape=(count, encoder.dimensions))
        _encode(rows, store, documents_info, encoder, progress)
        dense.add(range(1, count + 1), rows)
        dense.learn(encoder.encode_queries, rows)
        del rows
        (folder / _ROWS).unlink()
    dense.save(folder)
    store.close()
    return count


def _numbered(
    passages: Iterable[Passage], facts: Mapping[str, PassageFacts]
) -> Iterator[StoredPassage]:
    """The different passages with their numbers and what was found in them."""
    for number, passage in enumerate(_distinct(passages), start=1):
        found = facts.get(passage.key, PassageFacts())
        yield StoredPassage(number, with_flags(passage), found)


def _write_words(folder: Path, store: PassageStore) -> Analysers:
    """Count the words of all passages, take them apart, and keep both; the analysers that did."""
    frequencies = word_frequencies(one.passage.text for one in store.every())
    stems = known_stems(frequencies)
    dictionary = swedish_dictionary()
    analysers = Analysers(CompoundSplitter(frequencies, stems, dictionary))
    words = WordStore.create(folder)
    words.add_counts("word", frequencies)
    words.add_counts("stem", stems)
    words.add_counts("language", Counter(as_language(s.passage.language) for s in store.every()))
    words.add_headwords(dictionary.rows())
    words.add_translations(general_dictionary())
    words.add_seen(analysers("sv").taken_apart(swedish_texts(store.every())))
    words.close()
    return analysers


def _encode(
    rows: Vectors,
    store: PassageStore,
    documents_info: Mapping[str, DocumentInfo],
    encoder: Encoder,
    progress: Progress | None,
) -> None:
    """Fill the rows with the vectors of the passages, some thousand at a time."""
    stored, done = store.every(), 0

    def step(here: int, _: int) -> None:
        if progress is not None:
            progress(done + here, len(rows))

    while some := list(islice(stored, AT_ONCE)):
        texts = [encoded_text(s.passage, documents_info.get(s.passage.document)) for s in some]
        rows[done : done + len(some)] = encoder.encode_passages(texts, progress=step)
        done += len(some)


def swedish_texts(stored: Iterable[StoredPassage]) -> Iterator[str]:
    """The texts and section paths of passages that are read as Swedish."""
    for one in stored:
        if as_language(one.passage.language) == "sv":
            yield one.passage.text
            yield "\n".join(one.passage.path)


def with_flags(passage: Passage) -> Passage:
    """A heading alone is flagged so, and as a reference list a footnote that only cites."""
    lines = [line for line in passage.text.split("\n\n") if line.strip()]
    citing = sum(bool(_CITATION.search(line)) or len(line.split()) < _SHORT_NOTE for line in lines)
    if "footnote" in passage.flags:
        flag = "reference_list" if citing >= _MOSTLY * len(lines) else None
    else:
        flag = "heading" if _is_heading(passage.text) else None
    return replace(passage, flags=tuple(dict.fromkeys((*passage.flags, flag)))) if flag else passage


def _is_heading(text: str) -> bool:
    """A few words without a stop: "Brottsoffers rätt till ersättning"; not "Beslut fattas nu."."""
    first = next(filter(str.isalpha, text), "")
    is_short = len(text.split()) < _SHORT_NOTE
    return is_short and first.isupper() and not text.rstrip().endswith(_STOPS)


def word_frequencies(texts: Iterable[str]) -> dict[str, int]:
    """How often each word stands in the texts, casefolded; words seen once are left out."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(match[0] for match in _PLAIN_WORD.finditer(fold(text)))
    return {word: count for word, count in sorted(counts.items()) if count >= _SEEN_TWICE}


def encoded_text(passage: Passage, document: DocumentInfo | None) -> str:
    """What the encoder reads: the document's title and the section's, then the passage.

    An e5 model does not see what a paragraph is about when only its heading says so.
    """
    title = document.title if document else ""
    heads = [title, *passage.path[-1:]]
    head = ". ".join(dict.fromkeys(h.strip(" .") for h in heads if h and h.strip(" .")))
    return f"{head}. {passage.text}" if head else passage.text


def lexical_passages(
    stored: Iterable[StoredPassage],
    documents: Mapping[str, DocumentInfo],
    analysers: Callable[[Language], Analyser],
) -> Iterator[LexicalPassage]:
    """The terms and filter values of passages."""
    for one in stored:
        passage = one.passage
        language = as_language(passage.language)
        document = documents.get(passage.document) or DocumentInfo(passage.document, "")
        title, title_parts = _terms(document.title, document.language, analysers)
        path, path_parts = _terms("\n".join(passage.path), language, analysers)
        body, parts = _terms(passage.text, language, analysers)
        terms = {
            "title": title,
            "path": path,
            "body": body,
            "parts": [*parts, *path_parts, *title_parts],
            "exact": exact_words(passage.text),
        }
        keywords = {
            "document": [passage.document],
            "kind": [document.kind],
            "agency": one.facts.agencies,
            "type": one.facts.types,
            "language": [passage.language],
        }
        yield LexicalPassage(one.id, terms, keywords, day_number(document.date, last=False))


def exact_words(text: str) -> list[str]:
    """Every word as it stands, casefolded, in order; stop words included."""
    return re.findall(r"\w+(?:[-:’'/]\w+)*", fold(text))


def _terms(
    text: str, language: Language, analysers: Callable[[Language], Analyser]
) -> tuple[list[str], list[str]]:
    return index_terms(analysers(language).terms(text), language)


def _distinct(passages: Iterable[Passage]) -> Iterator[Passage]:
    seen: set[str] = set()
    for passage in passages:
        if passage.key not in seen:
            seen.add(passage.key)
            yield passage
