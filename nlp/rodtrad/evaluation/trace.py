"""How good the tracing is: candidates, accepted links, gaps and probabilities, baselines beside.

Figures are over sources with at least one judged link (rankings), over pairs (decisions and
probabilities) or over all sources (gaps). Pairs on which the judges disagreed count for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Literal

import numpy as np

from rodtrad.datamodel import Measure, Recommendation, TraceLine
from rodtrad.errors import UnreadableFileError
from rodtrad.evaluation.figures import Figure
from rodtrad.evaluation.metrics import (
    average_precision,
    calibration_error,
    f_score,
    interval,
    precision_recall,
    recall_at,
    reliability,
)
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.tokenization import Analyser

DEPTH = 10
TASK = "trace"
_BM25_K, _BM25_B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class TraceItem:
    """A judged source statement. `links` maps measure ids to grades, `doubt` is left out."""

    id: str
    set: str
    language: Literal["sv", "en"]
    text: str
    status: str
    links: Mapping[str, int]
    doubt: frozenset[str]
    split: str

    @property
    def gap(self) -> bool:
        """Whether the judges agreed that no measure has any link to it."""
        return not self.links and not self.doubt

    def recommendation(self) -> Recommendation:
        """The statement as tracing reads it from a list."""
        return Recommendation(
            id=self.id,
            document=self.set,
            issuer=self.set,
            addressees=(),
            strength=None,
            text=self.text,
            language=self.language,
        )


def read_trace_gold(path: Path, *, split: str = "given") -> tuple[TraceItem, ...]:
    """Judged sources from JSON; measure ids lose the name of their document ("plan2026:4.1.1").

    Raises:
        UnreadableFileError: the file is missing or not such gold.
    """
    try:
        entries = json.loads(path.read_text("utf-8"))
        if isinstance(entries, dict):
            entries = entries["sources"]
        return tuple(_item(entry, split) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableFileError(f"{path}: not trace gold ({error})") from error


def _item(entry: Mapping[str, Any], split: str) -> TraceItem:
    return TraceItem(
        id=entry["id"],
        set=entry["set"],
        language="en" if entry["lang"] == "en" else "sv",
        text=entry["text"],
        status=entry["status"],
        links={_measure(key): int(grade) for key, grade in entry["links"].items()},
        doubt=frozenset(_measure(key) for key in entry["doubt"]),
        split=entry.get("split", split),
    )


def _measure(key: str) -> str:
    return key.rpartition(":")[2]


def trace_figures(
    items: Sequence[TraceItem], lines: Sequence[TraceLine], *, baselines: Mapping[str, Rankings]
) -> Iterator[Figure]:
    """Figures over all sources, then by split, set and language."""
    ranked = [[c.measure for c in line.candidates] for line in lines]
    for name, chosen in _parts(items):
        yield from _ranking_figures(name, chosen, items, ranked, baselines)
        here = [(items[i], lines[i]) for i in chosen]
        yield from _decision_figures(name, here)


Rankings = Sequence[Sequence[str]]


def _parts(items: Sequence[TraceItem]) -> Iterator[tuple[str, list[int]]]:
    yield "all", list(range(len(items)))
    for field in ("split", "set", "language"):
        for value in sorted({getattr(item, field) for item in items}):
            yield (
                f"{field}:{value}",
                [i for i, item in enumerate(items) if getattr(item, field) == value],
            )


def _ranking_figures(
    name: str,
    chosen: Sequence[int],
    items: Sequence[TraceItem],
    ranked: Rankings,
    baselines: Mapping[str, Rankings],
) -> Iterator[Figure]:
    linked = [i for i in chosen if items[i].links]
    if not linked:
        return
    for metric, score in (("MAP", _ap), (f"recall@{DEPTH}", _recall)):
        values = [score(items[i], ranked[i]) for i in linked]
        others = {
            other: fmean(score(items[i], rows[i]) for i in linked)
            for other, rows in baselines.items()
        }
        low, high = interval(values, fmean)
        best = max(others.values(), default=None)
        beside = ", ".join(f"{other} {value:.2f}" for other, value in others.items())
        note = f"95 %: {low:.2f}–{high:.2f}; {beside}"
        yield Figure(TASK, name, metric, fmean(values), len(linked), best, note)


def _clear(item: TraceItem, ranking: Sequence[str]) -> list[str]:
    return [measure for measure in ranking if measure not in item.doubt]


def _ap(item: TraceItem, ranking: Sequence[str]) -> float:
    return average_precision(_clear(item, ranking), item.links)


def _recall(item: TraceItem, ranking: Sequence[str]) -> float:
    return recall_at(_clear(item, ranking), item.links, depth=DEPTH)


def _decision_figures(name: str, here: Sequence[tuple[TraceItem, TraceLine]]) -> Iterator[Figure]:
    wanted = {(item.id, measure) for item, _ in here for measure in item.links}
    accepted = {
        (item.id, link.measure)
        for item, line in here
        for link in line.links
        if link.measure not in item.doubt
    }
    precision, recall = precision_recall(accepted, wanted)
    yield Figure(TASK, name, "accepted: precision", precision, len(accepted))
    yield Figure(TASK, name, "accepted: recall", recall, len(wanted))
    yield Figure(TASK, name, "accepted: F0.5", f_score(precision, recall, beta=0.5), len(wanted))
    candidates = {
        (item.id, measure)
        for item, line in here
        for measure in _clear(item, [c.measure for c in line.candidates])[:DEPTH]
    }
    wide, found = precision_recall(candidates, wanted)
    yield Figure(TASK, name, "candidates: F2", f_score(wide, found, beta=2), len(wanted))
    yield _gap_figure(name, here)
    yield _calibration_figure(name, here)


def _gap_figure(name: str, here: Sequence[tuple[TraceItem, TraceLine]]) -> Figure:
    clear = [(item, line) for item, line in here if item.links or item.gap]
    wanted = {item.id for item, _ in clear if item.gap}
    declared = {item.id for item, line in clear if line.status == "gap"}
    precision, recall = precision_recall(declared, wanted)
    f1 = f_score(precision, recall) if wanted or declared else 1.0
    note = f"precision {precision:.2f}, recall {recall:.2f}, {len(declared)} declared"
    return Figure(TASK, name, "gap: F1", f1, len(wanted), None, note)


def judged_chances(
    items: Sequence[TraceItem], lines: Sequence[TraceLine]
) -> list[tuple[float, bool]]:
    """For every pair the judges agreed on: its probability, and whether it is a link."""
    return [
        (candidate.probability, candidate.measure in item.links)
        for item, line in zip(items, lines, strict=True)
        for candidate in line.candidates
        if candidate.measure not in item.doubt
    ]


def _calibration_figure(name: str, here: Sequence[tuple[TraceItem, TraceLine]]) -> Figure:
    pairs = judged_chances([item for item, _ in here], [line for _, line in here])
    bins = reliability([p for p, _ in pairs], [y for _, y in pairs])
    picture = " ".join(f"{b.predicted:.2f}→{b.observed:.2f}({b.n})" for b in bins)
    return Figure(TASK, name, "ECE", calibration_error(bins), len(pairs), None, picture)


def baseline_rankings(
    items: Sequence[TraceItem], measures: Sequence[Measure], *, encoder: Encoder
) -> dict[str, Rankings]:
    """What plain rankers make of the same pairs: TF-IDF, BM25, the encoder alone."""
    texts = [f"{measure.title}. {measure.text}" for measure in measures]
    asked = [item.text for item in items]
    ids = [measure.id for measure in measures]
    vectors = encoder.encode_queries(asked) @ encoder.encode_passages(texts).T
    scores = {
        "TF-IDF": _tfidf(asked, texts, analyzer="word", sizes=(1, 1)),
        "TF-IDF char_wb": _tfidf(asked, texts, analyzer="char_wb", sizes=(3, 5)),
        "BM25": _bm25(asked, texts),
        "encoder": np.asarray(vectors, float),
    }
    return {name: [_ranked(row, ids) for row in rows] for name, rows in scores.items()}


def _ranked(row: Any, ids: Sequence[str]) -> list[str]:
    return [ids[i] for i in np.argsort(-row, kind="stable")]


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
