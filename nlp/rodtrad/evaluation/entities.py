"""How good the extractors are: mentions against gold, scored as the annotation guideline says.

Gold is one JSON Lines file a document (`tests/gold/entities/ANNOTATION.md`). A mention counts when
its span is the gold's span; its value is judged apart. Doubtful gold is left out of recall and of
precision, doubtful findings are not counted. *senast, före, under, den* at the left edge of a
deadline are neutral, and nothing outside the annotated ranges is scored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rodtrad.datamodel import Mention, Span
from rodtrad.entities.baseline import find_plainly
from rodtrad.evaluation.figures import Figure

TYPES = ("AGENCY", "DEADLINE", "DIARIENUMMER", "AMOUNT", "REFERENCE")
Ranges = Mapping[str, Sequence[tuple[int, int]]]

_PLAN = "handlingsplan-2026-2028"
PLAN_ANNOTATED = 59283
# What is annotated of each document of the development part; a document not named here is
# annotated as a whole. Agencies of the plan only in chapter 2 and in sections 4.1 and 4.2.
ANNOTATED: Mapping[str, Ranges] = {
    _PLAN: {
        "AGENCY": ((17185, 32504), (41661, PLAN_ANNOTATED)),
        "*": ((0, PLAN_ANNOTATED),),
    }
}
_NEUTRAL = re.compile(r"^(?:(?:senast|före|under|den)\s+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EntityScore:
    """Counts for one type: found, invented and missed mentions, and right values among found.

    For deadlines `values` counts date and kind, `responsible` the right agencies.
    """

    type: str
    found: int = 0
    invented: int = 0
    missed: int = 0
    values: int = 0
    responsible: int = 0

    def __add__(self, other: EntityScore) -> EntityScore:
        return EntityScore(
            self.type,
            self.found + other.found,
            self.invented + other.invented,
            self.missed + other.missed,
            self.values + other.values,
            self.responsible + other.responsible,
        )

    @property
    def precision(self) -> float:
        """Found among all returned; 1 where nothing was returned."""
        returned = self.found + self.invented
        return self.found / returned if returned else 1.0

    @property
    def recall(self) -> float:
        """Found among all in the gold; 1 where the gold has none."""
        wanted = self.found + self.missed
        return self.found / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def value_accuracy(self) -> float:
        """Right values among found mentions; 1 where none was found."""
        return self.values / self.found if self.found else 1.0

    @property
    def responsible_accuracy(self) -> float:
        """Right responsible agencies among found deadlines; 1 where none was found."""
        return self.responsible / self.found if self.found else 1.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A disagreement, for people to read: what kind, where, gold and finding."""

    type: str
    sort: str
    start: int
    surface: str
    gold: Any
    predicted: Any


@dataclass(frozen=True, slots=True)
class _Item:
    """A gold or predicted mention as it is compared."""

    start: int
    end: int
    surface: str
    value: Any
    doubtful: bool


def evaluate_entities(
    predicted: Iterable[Mention], gold: Path, *, ranges: Ranges | None = None
) -> dict[str, EntityScore]:
    """Scores per type of one document's mentions against its gold file.

    `ranges` are the annotated stretches of the source text per type, "*" for the types not named;
    None takes what is known of the file's name, else the whole document.
    """
    return {kind: score for kind, score, _ in _compared(predicted, gold, ranges)}


def evaluate_places(predicted: Iterable[Mention], gold: Path) -> dict[str, EntityScore]:
    """Scores by place alone, for mentions that carry no values."""
    return {
        kind: EntityScore(kind, score.found, score.invented, score.missed)
        for kind, score, _ in _compared(map(_without_value, predicted), gold, None)
    }


def _without_value(mention: Mention) -> Mention:
    nothing = {"date": "", "kind": "", "responsible": []} if mention.type == "DEADLINE" else ""
    return replace(mention, value=nothing)


def disagreements(
    predicted: Iterable[Mention], gold: Path, *, ranges: Ranges | None = None
) -> list[Miss]:
    """Every invented or missed mention and every wrong value, sorted by place."""
    misses = [miss for _, _, found in _compared(predicted, gold, ranges) for miss in found]
    return sorted(misses, key=lambda miss: (miss.start, miss.type))


def baseline_mentions(source: str) -> list[Mention]:
    """What one regular expression per type finds in a source text: the plain baseline."""
    return [
        Mention(f.type, f.at.of(source), f.value, f.at, f.at, f.labeller)
        for f in find_plainly(source)
    ]


def entity_figures(
    scores: Mapping[str, EntityScore], baseline: Mapping[str, EntityScore], *, split: str
) -> list[Figure]:
    """The figures of `rodtrad evaluate --task entities`: per type, with the plain baseline."""
    figures = []
    for kind, score in scores.items():
        plain = baseline.get(kind, EntityScore(kind))
        wanted = score.found + score.missed
        for metric in ("precision", "recall", "f1", "value_accuracy"):
            value, beside = getattr(score, metric), getattr(plain, metric)
            figures.append(Figure("entities", split, f"{kind} {metric}", value, wanted, beside))
        if kind == "DEADLINE":
            name = f"{kind} responsible"
            figures.append(Figure("entities", split, name, score.responsible_accuracy, score.found))
    return figures


def _compared(
    predicted: Iterable[Mention], gold: Path, ranges: Ranges | None
) -> Iterator[tuple[str, EntityScore, list[Miss]]]:
    known = ANNOTATED.get(gold.stem, {"*": ((0, 10**9),)}) if ranges is None else ranges
    wanted, returned = _read_gold(gold), list(predicted)
    for kind in TYPES:
        inside = known.get(kind, known.get("*", ((0, 10**9),)))
        golden = _keyed((item for item in wanted.get(kind, ()) if _within(item, inside)), kind)
        found = (_item(mention) for mention in returned if mention.type == kind)
        mine = _keyed((i for i in found if _within(i, inside) and not i.doubtful), kind)
        yield kind, *_score(kind, golden, mine)


def _score(
    kind: str, golden: Mapping[Span, _Item], mine: Mapping[Span, _Item]
) -> tuple[EntityScore, list[Miss]]:
    sure = {span for span, item in golden.items() if not item.doubtful}
    found = sure & mine.keys()
    invented, missed = mine.keys() - golden.keys(), sure - mine.keys()
    misses = [
        Miss(kind, "invented", s.start, mine[s].surface, None, mine[s].value) for s in invented
    ]
    misses += [
        Miss(kind, "missed", s.start, golden[s].surface, golden[s].value, None) for s in missed
    ]
    values = responsible = 0
    for span in found:
        want, have = golden[span].value, mine[span].value
        right, who = _same_value(kind, want, have), _same_responsible(kind, want, have)
        values, responsible = values + right, responsible + who
        if not (right and who):
            misses.append(Miss(kind, "value", span.start, golden[span].surface, want, have))
    return EntityScore(kind, len(found), len(invented), len(missed), values, responsible), misses


def _same_value(kind: str, want: Any, have: Any) -> bool:
    if kind == "DEADLINE":
        return bool(have["date"] == want["date"] and have["kind"] == want["kind"])
    return _canonical(want) == _canonical(have)


def _same_responsible(kind: str, want: Any, have: Any) -> bool:
    if kind != "DEADLINE":
        return True
    return sorted(map(_canonical, want["responsible"])) == sorted(
        map(_canonical, have["responsible"])
    )


def _canonical(value: Any) -> str:
    """A value with white space normalised; the order of a list does not count."""
    if isinstance(value, list):
        return json.dumps(sorted(_canonical(part) for part in value))
    return re.sub(r"\s+", " ", json.dumps(value, ensure_ascii=False, sort_keys=True)).strip()


def _keyed(items: Iterable[_Item], kind: str) -> dict[Span, _Item]:
    return {_span(item, kind): item for item in items}


def _span(item: _Item, kind: str) -> Span:
    neutral = _NEUTRAL.match(item.surface) if kind == "DEADLINE" else None
    return Span(item.start + (neutral.end() if neutral else 0), item.end)


def _within(item: _Item, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(start <= item.start < end for start, end in ranges)


def _item(mention: Mention) -> _Item:
    return _Item(
        mention.span.start,
        mention.span.end,
        mention.surface,
        mention.value,
        mention.certainty == "doubtful",
    )


def _read_gold(path: Path) -> dict[str, list[_Item]]:
    items: dict[str, list[_Item]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        item = _Item(row["start"], row["end"], row["surface"], row["value"], bool(row.get("doubt")))
        items.setdefault(row["type"], []).append(item)
    return items
