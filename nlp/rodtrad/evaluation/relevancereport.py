"""The relevance suite as a page to read: figures by ranker and category, and every query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from rodtrad.datamodel import Passage
from rodtrad.evaluation.search import (
    Ranker,
    RelevanceQuery,
    gains,
    interval,
    ndcg,
    recall,
    reciprocal_rank,
)

METRICS = ("nDCG@10", "recall@10", "MRR")
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0 2rem}
th,td{border:1px solid #767676;padding:.25rem .6rem;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.3rem 0}
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """One query, what each ranker reached (nDCG@10, recall@10, MRR), and whether it was refused.

    `found` are the grades that the places of the fused ranking added, best place first.
    """

    query: RelevanceQuery
    values: Mapping[str, tuple[float, float, float]]
    found: tuple[int, ...]
    is_refused: bool


def judged(
    queries: Iterable[RelevanceQuery],
    rankers: Mapping[str, Ranker],
    passages: Mapping[str, Passage],
    *,
    refuses: Callable[[str], bool],
    fused: str = "mixed",
) -> list[Judged]:
    """Every query with its figures. A query without judgements has no figures, only a refusal."""
    rows = []
    for query in queries:
        values: dict[str, tuple[float, float, float]] = {}
        found: tuple[int, ...] = ()
        for name, ranker in rankers.items() if query.judgements else ():
            grades = gains(
                (passages[k] for k in ranker(query.text, query.language)), query.judgements
            )
            judgements = query.judgements
            values[name] = (
                ndcg(grades, judgements), recall(grades, judgements), reciprocal_rank(grades)
            )  # fmt: skip
            found = tuple(grades[:10]) if name == fused else found
        rows.append(Judged(query, values, found, refuses(query.text)))
    return rows


def report(rows: Sequence[Judged], *, about: str, fused: str = "mixed") -> str:
    """The page: rankers alone and fused, categories, refusals, then every query, worst first."""
    answered = [row for row in rows if row.query.judgements]
    names = list(answered[0].values) if answered else []
    parts = [
        _table("Rankers alone and fused, 95 % intervals", _head(), _rankers(answered, names)),
        _table("Categories, fused", _head("category"), _categories(answered, fused)),
        _table(
            "Refusals", ("category", "queries", "refused", "share"), _refusals(rows)
        ),
        _table(
            "Queries, worst first",
            ("id", "query", "category", "refused", "grades by place", *names),
            _queries(answered, names, fused),
        ),
    ]  # fmt: skip
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        f"<title>Relevance of search</title><style>{_STYLE}</style></head><body>"
        f"<h1>Relevance of search</h1><p>{escape(about)}</p>{''.join(parts)}</body></html>\n"
    )


def _head(first: str = "ranker") -> tuple[str, ...]:
    return (first, "queries", "n", *METRICS)


def _rankers(rows: Sequence[Judged], names: Sequence[str]) -> Iterable[list[str]]:
    for name in names:
        for label, group in _by_language(rows):
            yield [name, label, str(len(group)), *_means(group, name)]


def _categories(rows: Sequence[Judged], fused: str) -> Iterable[list[str]]:
    for category in sorted({row.query.category for row in rows}):
        group = [row for row in rows if row.query.category == category]
        yield [category, "all", str(len(group)), *_means(group, fused)]


def _by_language(rows: Sequence[Judged]) -> Iterable[tuple[str, list[Judged]]]:
    yield "all", list(rows)
    for language in ("sv", "en"):
        yield language, [row for row in rows if row.query.language == language]


def _means(rows: Sequence[Judged], name: str) -> Iterable[str]:
    for place in range(len(METRICS)):
        values = [row.values[name][place] for row in rows]
        low, high = interval(values)
        yield f"{np.mean(values):.2f} ({low:.2f}–{high:.2f})" if values else "–"


def _refusals(rows: Sequence[Judged]) -> Iterable[list[str]]:
    groups = {
        "with an answer": [row for row in rows if row.query.judgements],
        "without, near the field": _empty(rows, near=True),
        "without, other fields": _empty(rows, near=False),
    }
    for name, group in groups.items():
        refused = sum(row.is_refused for row in group)
        share = f"{refused / len(group):.0%}" if group else "–"
        yield [name, str(len(group)), str(refused), share]


def _empty(rows: Sequence[Judged], *, near: bool) -> list[Judged]:
    return [
        row
        for row in rows
        if not row.query.judgements and row.query.category.endswith("near") == near
    ]


def _queries(rows: Sequence[Judged], names: Sequence[str], fused: str) -> Iterable[list[str]]:
    for row in sorted(rows, key=lambda one: (one.values[fused][0], one.query.id)):
        query = row.query
        places = " ".join(map(str, row.found))
        figures = (f"{row.values[name][0]:.2f}" for name in names)
        refused = "yes" if row.is_refused else ""
        yield [query.id, query.text, query.category, refused, places, *figures]


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    columns = "".join(f"<th scope='col'>{escape(name)}</th>" for name in head)
    lines = "".join(
        "<tr>" + "".join(f"<td{_class(cell)}>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{columns}</tr></thead>"
        f"<tbody>{lines}</tbody></table>"
    )


def _class(cell: str) -> str:
    return " class='n'" if cell[:1].isdigit() else ""
