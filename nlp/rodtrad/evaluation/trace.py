"""How good the tracing is: candidates, accepted links, gaps and probabilities, baselines beside.

Figures are over sources with at least one judged link (rankings), over pairs (decisions and
probabilities) or over all sources (gaps). Pairs on which the judges disagreed count for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any, Literal

import numpy as np

from rodtrad.datamodel import Recommendation, TraceLine
from rodtrad.errors import UnreadableFileError
from rodtrad.evaluation.figures import Figure
from rodtrad.evaluation.metrics import (
    Floats,
    Statistic,
    average_precision,
    bin_sums,
    ece_of,
    f_of,
    interval,
    mean_of,
    once_each,
    precision_of,
    recall_at,
    recall_of,
    reliability,
)
from rodtrad.evaluation.tracebaselines import Scores

DEPTH = 10
TASK = "trace"


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
    items: Sequence[TraceItem], lines: Sequence[TraceLine], *, baselines: Mapping[str, Scores]
) -> Iterator[Figure]:
    """Figures over all sources, then by split, set and language.

    Each has a 95 % interval of sources drawn again, and what the plain rankers reach: their
    rankings, their first `DEPTH`, and for decisions the same number of pairs or gaps as we show.
    A share of nothing has no value.
    """
    for name, chosen in _parts(items):
        part = _Part(
            name,
            [items[i] for i in chosen],
            [lines[i] for i in chosen],
            {other: [rows[i] for i in chosen] for other, rows in baselines.items()},
        )
        yield from _ranking_figures(part)
        yield from _accepted_figures(part)
        yield from _candidate_figures(part)
        yield _gap_figure(part)
        yield _calibration_figure(part)


def _parts(items: Sequence[TraceItem]) -> Iterator[tuple[str, list[int]]]:
    yield "all", list(range(len(items)))
    for field in ("split", "set", "language"):
        for value in sorted({getattr(item, field) for item in items}):
            yield (
                f"{field}:{value}",
                [i for i, item in enumerate(items) if getattr(item, field) == value],
            )


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    items: Sequence[TraceItem]
    lines: Sequence[TraceLine]
    baselines: Mapping[str, Scores]

    def figure(
        self,
        metric: str,
        rows: Floats,
        statistic: Statistic,
        *,
        n: int,
        others: Mapping[str, Floats] | None = None,
        beside: str = "",
        note: str = "",
        digits: int = 2,
    ) -> Figure:
        """The statistic over the sources' rows, its interval, and that of the others' sums."""
        value = float(statistic(rows.sum(axis=0)))
        if isnan(value):
            return Figure(TASK, self.name, metric, None, n, None, "nothing to judge")
        low, high = interval(rows, statistic)
        reached = {name: float(statistic(sums)) for name, sums in (others or {}).items()}
        plain = ", ".join(f"{name} {score:.{digits}f}" for name, score in reached.items())
        said = (f"95 %: {low:.{digits}f}–{high:.{digits}f}", plain and f"{beside}{plain}", note)
        best = max(reached.values(), default=None)
        return Figure(TASK, self.name, metric, value, n, best, "; ".join(filter(None, said)))


def _ranking_figures(part: _Part) -> Iterator[Figure]:
    linked = [i for i, item in enumerate(part.items) if item.links]
    if not linked:
        return
    ranked = [[c.measure for c in line.candidates] for line in part.lines]
    for metric, score in (("MAP", _ap), (f"recall@{DEPTH}", _recall)):
        rows = once_each(score(part.items[i], ranked[i]) for i in linked)
        others = {
            name: once_each(score(part.items[i], [*scores[i]]) for i in linked).sum(axis=0)
            for name, scores in part.baselines.items()
        }
        yield part.figure(metric, rows, mean_of, n=len(linked), others=others)


def _clear(item: TraceItem, ranking: Iterable[str]) -> list[str]:
    return [measure for measure in ranking if measure not in item.doubt]


def _ap(item: TraceItem, ranking: Sequence[str]) -> float:
    return average_precision(_clear(item, ranking), item.links)


def _recall(item: TraceItem, ranking: Sequence[str]) -> float:
    return recall_at(_clear(item, ranking), item.links, depth=DEPTH)


def _accepted_figures(part: _Part) -> Iterator[Figure]:
    rows = _counts(
        _counted(item, _clear(item, (link.measure for link in line.links)))
        for item, line in zip(part.items, part.lines, strict=True)
    )
    _, shown, wanted = map(int, rows.sum(axis=0))
    others = {
        name: np.array([_right_of_best(part.items, scores, shown), shown, wanted], float)
        for name, scores in part.baselines.items()
    }
    for metric, statistic, n in (
        ("precision", precision_of, shown),
        ("recall", recall_of, wanted),
        ("F0.5", f_of(0.5), wanted),
    ):
        name = f"accepted: {metric}"
        yield part.figure(name, rows, statistic, n=n, others=others, beside="as many shown: ")


def _right_of_best(items: Sequence[TraceItem], scores: Scores, shown: int) -> int:
    """How many of the pairs with the highest scores are links, whatever their source."""
    pairs = [
        (score, measure in item.links)
        for item, row in zip(items, scores, strict=True)
        for measure, score in row.items()
        if measure not in item.doubt
    ]
    best = sorted(pairs, key=lambda pair: -pair[0])[:shown]
    return sum(linked for _, linked in best)


def _candidate_figures(part: _Part) -> Iterator[Figure]:
    rows = _first_counts(part.items, [[c.measure for c in line.candidates] for line in part.lines])
    _, shown, wanted = map(int, rows.sum(axis=0))
    others = {
        name: _first_counts(part.items, scores).sum(axis=0)
        for name, scores in part.baselines.items()
    }
    for metric, statistic, n in (
        ("precision", precision_of, shown),
        ("recall", recall_of, wanted),
        ("F2", f_of(2.0), wanted),
    ):
        yield part.figure(f"candidates: {metric}", rows, statistic, n=n, others=others)


def _first_counts(items: Sequence[TraceItem], rankings: Sequence[Iterable[str]]) -> Floats:
    return _counts(
        _counted(item, _clear(item, ranking)[:DEPTH])
        for item, ranking in zip(items, rankings, strict=True)
    )


def _counted(item: TraceItem, shown: Sequence[str]) -> tuple[int, int, int]:
    return sum(measure in item.links for measure in shown), len(shown), len(item.links)


def _counts(rows: Iterable[tuple[int, int, int]]) -> Floats:
    """A row a source: right, shown and wanted."""
    return np.array([*rows], float).reshape(-1, 3)


def _gap_figure(part: _Part) -> Figure:
    clear = [i for i, item in enumerate(part.items) if item.links or item.gap]
    gaps = [part.items[i].gap for i in clear]
    rows = _gap_counts(gaps, [part.lines[i].status == "gap" for i in clear])
    sums = rows.sum(axis=0)
    declared, wanted = int(sums[1]), int(sums[2])
    others = {}
    for name, scores in part.baselines.items():
        best = [max(scores[i].values(), default=0.0) for i in clear]
        lowest = set(np.argsort(best, kind="stable")[:declared].tolist())
        others[name] = _gap_counts(gaps, [i in lowest for i in range(len(clear))]).sum(axis=0)
    note = f"{int(sums[0])} of {declared} declared, {wanted} wanted"
    return part.figure(
        "gap: F1",
        rows,
        f_of(1.0),
        n=wanted,
        others=others,
        beside="as many of the lowest best score: ",
        note=note,
    )


def _gap_counts(gaps: Sequence[bool], declared: Sequence[bool]) -> Floats:
    return _counts(
        (int(gap and said), int(said), int(gap)) for gap, said in zip(gaps, declared, strict=True)
    )


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


def _calibration_figure(part: _Part) -> Figure:
    """The plain rankers' scores are no probabilities: nothing stands beside."""
    pairs = [judged_chances([i], [line]) for i, line in zip(part.items, part.lines, strict=True)]
    rows = np.array([bin_sums(*_apart(row)).ravel() for row in pairs])
    every = [pair for row in pairs for pair in row]
    picture = " ".join(
        f"{b.predicted:.2f}→{b.observed:.2f}({b.n})" for b in reliability(*_apart(every))
    )
    return part.figure("ECE", rows, ece_of, n=len(every), note=picture, digits=3)


def _apart(pairs: Sequence[tuple[float, bool]]) -> tuple[list[float], list[bool]]:
    return [chance for chance, _ in pairs], [linked for _, linked in pairs]
