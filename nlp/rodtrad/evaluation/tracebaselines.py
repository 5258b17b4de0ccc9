"""Plain rankers that the tracing is measured against: TF-IDF, BM25, the encoder alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

import numpy as np

from rodtrad.datamodel import Measure
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.tokenization import Analyser

_BM25_K, _BM25_B = 1.2, 0.75

Scores = Sequence[Mapping[str, float]]
"""For each source the score of every measure, the best first."""


def baseline_scores(
    asked: Sequence[str], measures: Sequence[Measure], *, encoder: Encoder
) -> dict[str, Scores]:
    """What plain rankers make of the same sources and measures, by the ranker's name."""
    texts = [f"{measure.title}. {measure.text}" for measure in measures]
    ids = [measure.id for measure in measures]
    vectors = encoder.encode_queries(asked) @ encoder.encode_passages(texts).T
    scores = {
        "TF-IDF": _tfidf(asked, texts, analyzer="word", sizes=(1, 1)),
        "TF-IDF char_wb": _tfidf(asked, texts, analyzer="char_wb", sizes=(3, 5)),
        "BM25": _bm25(asked, texts),
        "encoder": np.asarray(vectors, float),
    }
    return {name: [_ranked(row, ids) for row in rows] for name, rows in scores.items()}


def _ranked(row: Any, ids: Sequence[str]) -> dict[str, float]:
    return {ids[i]: float(row[i]) for i in np.argsort(-row, kind="stable")}


def _tfidf(
    asked: Sequence[str], texts: Sequence[str], *, analyzer: str, sizes: tuple[int, int]
) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=analyzer, ngram_range=sizes, sublinear_tf=True)
    targets = vectorizer.fit_transform(texts)
    return (vectorizer.transform(asked) @ targets.T).toarray()


def _bm25(asked: Sequence[str], texts: Sequence[str]) -> Any:
    """Okapi BM25 over stems (Robertson and Zaragoza 2009)."""
    analyser = Analyser("sv")
    documents = [[t.text for t in analyser.terms(x) if t.kind != "stop"] for x in texts]
    mean = fmean(len(d) for d in documents)
    found = np.zeros((len(asked), len(texts)))
    for column, words in enumerate(documents):
        length = _BM25_K * (1 - _BM25_B + _BM25_B * len(words) / mean)
        for row, query in enumerate(asked):
            for term in {t.text for t in analyser.terms(query) if t.kind != "stop"}:
                count = words.count(term)
                if count:
                    having = sum(term in d for d in documents)
                    idf = np.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
                    found[row, column] += idf * count * (_BM25_K + 1) / (count + length)
    return found
