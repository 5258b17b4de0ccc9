"""How good the search is: queries with judgements, rankers alone and mixed, with intervals.

Figures are means over queries. A ranking is judged by what each place adds: several passages that
answer to the same judgement count once, at the place of the first.
"""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import log2
from pathlib import Path
from typing import Any, Literal

import numpy as np

from rodtrad.datamodel import Passage, Span
from rodtrad.errors import UnreadableFileError
from rodtrad.evaluation.metrics import interval as bootstrap
from rodtrad.evaluation.metrics import mean_of, once_each
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.hits import DocumentInfo
from rodtrad.retrieval.index import SearchIndex
from rodtrad.retrieval.stemming import Language

Ranker = Callable[[str, Language], Sequence[str]]
Split = Literal["dev", "test", "all"]
DEPTH = 10
SAMPLE = 25
PAGE_WORDS = 160
_JUDGEMENT = re.compile(r"([12]) (\S+)(?: § ([^~]*?))?(?: ?~ (.*))?")
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\n))+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is relevant: grade, document, and optionally a section and words the passage holds."""

    grade: int
    document: str
    section: str = ""
    contains: str = ""

    def fits(self, passage: Passage) -> bool:
        """Whether a passage is what the judgement means."""
        return (
            passage.document == self.document
            and (not self.section or any(p.startswith(self.section) for p in passage.path))
            and self.contains.casefold() in passage.text.casefold()
        )


@dataclass(frozen=True, slots=True)
class RelevanceQuery:
    """One query of the suite. Without judgements the collection has no answer."""

    id: str
    text: str
    language: Language
    category: str
    judgements: tuple[Judgement, ...]

    @property
    def split(self) -> Split:
        """Half of the queries, by a digest of their words, are for developing, half for testing."""
        digest = blake2b(self.text.encode(), digest_size=8).digest()
        return "test" if int.from_bytes(digest, "big") % 2 else "dev"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value: which ranker, on which queries, with a 95 % bootstrap interval."""

    ranker: str
    queries: str
    metric: str
    value: float
    low: float
    high: float
    n: int


def read_queries(path: Path) -> tuple[RelevanceQuery, ...]:
    """The queries of a suite.

    Raises:
        UnreadableFileError: the file is missing or not a suite; the wrong line is named.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["query"]
        return tuple(_query(table) for table in tables)
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise UnreadableFileError(f"{path} is not a relevance suite: {error}") from error


def _query(table: Mapping[str, Any]) -> RelevanceQuery:
    judgements = tuple(_judgement(line) for line in table["relevant"])
    return RelevanceQuery(
        table["id"], table["text"], table["language"], table["category"], judgements
    )


def _judgement(line: str) -> Judgement:
    match = _JUDGEMENT.fullmatch(line)
    if match is None:
        raise ValueError(f"no judgement: {line!r}")
    return Judgement(int(match[1]), match[2], match[3] or "", match[4] or "")


def in_sample(page_id: str) -> bool:
    """Whether a page is in the fixed sample: one in 25, by a digest of its id."""
    digest = blake2b(page_id.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % SAMPLE == 0


def read_pages(path: Path) -> tuple[list[Passage], dict[str, DocumentInfo]]:
    """The sampled pages of a `.jsonl.gz` file (id, kind, published, title, text) as passages."""
    passages: list[Passage] = []
    documents: dict[str, DocumentInfo] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            if in_sample(page["id"]):
                info = DocumentInfo(page["id"], page["title"], page["kind"], page["published"])
                documents[info.id] = info
                passages.extend(_page_passages(info, page["text"]))
    return passages, documents


def _page_passages(info: DocumentInfo, text: str) -> Iterator[Passage]:
    """Paragraphs merged up to 160 words; the heading is in the path."""
    start = end = 0
    for match in _PARAGRAPH.finditer(text):
        if match[0].startswith("# "):
            continue
        if end and len(text[start : match.end()].split()) > PAGE_WORDS:
            yield _page_passage(info, text, start, end)
            start = match.start()
        elif not end:
            start = match.start()
        end = match.end()
    if text[start:end].strip():
        yield _page_passage(info, text, start, end)


def _page_passage(info: DocumentInfo, text: str, start: int, end: int) -> Passage:
    key = blake2b(f"{info.id}\x1f{start}".encode(), digest_size=16).hexdigest()
    at = Span(start, end)
    return Passage(key, info.id, None, (info.title,), at.of(text), at, at, "sv")


def gains(ranking: Iterable[Passage], judgements: Sequence[Judgement]) -> list[int]:
    """The grade that each place of a ranking adds; repeats of a judgement take no place."""
    open_judgements = sorted(judgements, key=lambda judgement: -judgement.grade)
    result: list[int] = []
    for passage in ranking:
        fitting = [j for j in judgements if j.fits(passage)]
        fresh = next((j for j in open_judgements if j in fitting), None)
        if fresh is not None:
            open_judgements.remove(fresh)
            result.append(fresh.grade)
        elif not fitting:
            result.append(0)
    return result


def ndcg(found: Sequence[int], judgements: Sequence[Judgement], *, depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain at a depth, gain 2^grade - 1 (Järvelin, Kekäläinen)."""
    ideal = _dcg(sorted((j.grade for j in judgements), reverse=True)[:depth])
    return _dcg(found[:depth]) / ideal if ideal else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return float(sum((2**g - 1) / log2(place + 1) for place, g in enumerate(grades, start=1)))


def recall(found: Sequence[int], judgements: Sequence[Judgement], *, depth: int = DEPTH) -> float:
    """The share of the judgements found within a depth (of as many as fit in it)."""
    possible = min(depth, len(judgements))
    return sum(g > 0 for g in found[:depth]) / possible if possible else 0.0


def reciprocal_rank(found: Sequence[int], *, depth: int = DEPTH) -> float:
    """One through the place of the first passage of grade 2; of any grade where none has 2."""
    for wanted in (2, 1):
        places = [place for place, g in enumerate(found[:depth], start=1) if g >= wanted]
        if places:
            return 1.0 / places[0]
    return 0.0


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95 % bootstrap interval of a mean; of nothing 0 and 0."""
    if not values:
        return 0.0, 0.0
    return bootstrap(once_each(values), mean_of, seed=7)


def measure(
    name: str,
    ranker: Ranker,
    queries: Sequence[RelevanceQuery],
    passages: Mapping[str, Passage],
    *,
    label: str = "all",
) -> list[Figure]:
    """nDCG@10, recall@10 and MRR of one ranker over the queries that have judgements."""
    rows: dict[str, list[float]] = {"nDCG@10": [], "recall@10": [], "MRR": []}
    for query in queries:
        if query.judgements:
            ranking = (passages[key] for key in ranker(query.text, query.language))
            found = gains(ranking, query.judgements)
            rows["nDCG@10"].append(ndcg(found, query.judgements))
            rows["recall@10"].append(recall(found, query.judgements))
            rows["MRR"].append(reciprocal_rank(found))
    return [
        Figure(name, label, metric, float(np.mean(v)) if v else 0.0, *interval(v), len(v))
        for metric, v in rows.items()
    ]


def refusals(
    index: SearchIndex, encoder: Encoder, queries: Sequence[RelevanceQuery]
) -> dict[str, float]:
    """Shares of wrong behaviour: answers where there are none, refusals where there are some."""
    answered = [q for q in queries if q.judgements]
    empty = [q for q in queries if not q.judgements]

    def refused(query: RelevanceQuery) -> bool:
        return index.search(query.text, encoder=encoder, limit=1).refusal is not None

    return {
        "refused though answerable": _share([refused(q) for q in answered]),
        "answered though empty": _share([not refused(q) for q in empty]),
    }


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def rankers(
    index: SearchIndex, encoder: Encoder, passages: Sequence[Passage], *, depth: int = 50
) -> dict[str, Ranker]:
    """The rankers to compare: words alone, meaning alone, TF-IDF of characters, and the mix."""
    by_number = index.keys()

    def words(text: str, language: Language) -> Sequence[str]:
        parsed = index.parser.parse(text)
        return [by_number[n] for n in index.by_words(parsed, limit=depth)]

    def meaning(text: str, language: Language) -> Sequence[str]:
        parsed = index.parser.parse(text)
        return [by_number[n] for n in index.by_meaning(parsed, encoder, limit=depth)]

    def mixed(text: str, language: Language) -> Sequence[str]:
        result = index.search(text, encoder=encoder, limit=depth, refuse=False)
        return [hit.passage_key for hit in result.hits]

    return {"BM25": words, "dense": meaning, "TF-IDF": tfidf(passages, depth), "mixed": mixed}


def tfidf(passages: Sequence[Passage], depth: int) -> Ranker:
    """The baseline: TF-IDF over character n-grams of 3–5 within words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    model = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    matrix = model.fit_transform([" ".join([*p.path, p.text]) for p in passages])

    def rank(text: str, language: Language) -> Sequence[str]:
        scores = (matrix @ model.transform([text]).T).toarray().ravel()
        order = np.argsort(-scores, kind="stable")[:depth]
        return [passages[i].key for i in order if scores[i] > 0]

    return rank


def compare(
    index: SearchIndex,
    encoder: Encoder,
    queries: Sequence[RelevanceQuery],
    passages: Sequence[Passage],
) -> list[Figure]:
    """All rankers on all queries and on those of each language."""
    by_key = {passage.key: passage for passage in passages}
    figures: list[Figure] = []
    groups = {"all": list(queries)}
    for language in ("sv", "en"):
        groups[language] = [q for q in queries if q.language == language]
    for name, ranker in rankers(index, encoder, passages).items():
        for label, group in groups.items():
            figures += measure(name, ranker, group, by_key, label=label)
    return figures
