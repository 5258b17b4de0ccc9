"""How right the statements are, field by field, against gold of the same form.

Measures are compared with the records of tests/gold (see its README): title and type by equality,
the lists as sets, so that order and repetition do not count. A field's score counts single values
(right, found, wanted) and how many measures have the field wholly right. Recommendations and
stances are matched by their words and scored as found or missed, then by strength or stance.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rodtrad.datamodel import Document, Measure, Recommendation, Span, Stance
from rodtrad.segmentation import split_sentences

SCALAR_FIELDS = ("title", "type")
LIST_FIELDS = (
    "agencies",
    "other_agencies",
    "deadlines",
    "dnr",
    "other_dnr",
    "refs",
    "amounts",
)
_SAME_WORDS = 0.6

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldScore:
    """Counts for one field: values right, found and wanted; items wholly right, of `items`."""

    field: str
    right: int
    found: int
    wanted: int
    whole: int
    items: int

    @property
    def precision(self) -> float:
        """Share of the values found that are right; 1 when nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the values wanted that were found; 1 when nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def exact(self) -> float:
        """Share of the items with this field wholly right."""
        return self.whole / self.items if self.items else 1.0


def read_gold(path: Path) -> tuple[Record, ...]:
    """Gold records from a .json array or a .jsonl file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return tuple(json.loads(line) for line in text.splitlines() if line.strip())
    return tuple(json.loads(text))


def measure_record(measure: Measure) -> dict[str, Any]:
    """A measure in the form of the gold."""
    return {
        "id": measure.id,
        "title": measure.title,
        "type": measure.type,
        "agencies": list(measure.agencies),
        "other_agencies": list(measure.other_agencies),
        "deadlines": [[d.kind, d.date] for d in measure.deadlines],
        "dnr": list(measure.dnr),
        "other_dnr": list(measure.other_dnr),
        "refs": list(measure.refs),
        "amounts": [a.value for a in measure.amounts],
    }


def score_measures(
    gold: Sequence[Record], found: Iterable[Measure], *, key: str = "id"
) -> tuple[FieldScore, ...]:
    """A score per field, after one called "measure" (found at all).

    A gold measure that was not found counts as missing in every field; measures found beyond the
    gold count only in "measure", and only where `gold` holds every measure of its documents.
    """
    records = {str(r[key]): r for r in (measure_record(m) for m in found)}
    pairs = [(g, records.get(str(g[key]))) for g in gold]
    hits = sum(r is not None for _, r in pairs)
    first = FieldScore("measure", hits, len(records), len(gold), hits, len(gold))
    fields = (f for f in (*SCALAR_FIELDS, *LIST_FIELDS) if all(f in g for g in gold))
    return (first, *(_score_field(field, pairs) for field in fields))


def _score_field(field: str, pairs: Sequence[tuple[Record, Record | None]]) -> FieldScore:
    right = found = wanted = whole = 0
    for gold, record in pairs:
        want, got = _values(gold[field]), _values(record[field] if record else ())
        right += len(want & got)
        found += len(got)
        wanted += len(want)
        whole += want == got and record is not None
    return FieldScore(field, right, found, wanted, whole, len(pairs))


def _values(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({" ".join(value.split())})
    if isinstance(value, list | tuple):
        return frozenset(json.dumps(v, ensure_ascii=False) for v in value)
    return frozenset({str(value)})


def score_recommendations(
    gold: Sequence[Record], found: Sequence[Recommendation]
) -> tuple[FieldScore, ...]:
    """Recommendations found, their strength and their addressees.

    Gold records hold `text`, `strength` and optionally `addressees`. A found item is the gold one
    when most of the words of the shorter stand in the other.
    """
    texts = [" ".join((r.text, *r.parts)) for r in found]
    pairs = _matched([str(g["text"]) for g in gold], texts)
    hits = [(gold[i], found[j]) for i, j in pairs]
    strength = sum(g.get("strength") == f.strength for g, f in hits)
    scores = [
        FieldScore("recommendation", len(hits), len(found), len(gold), len(hits), len(gold)),
        FieldScore("strength", strength, len(hits), len(gold), strength, len(gold)),
    ]
    if all("addressees" in g for g in gold):
        rows = [(g, {"addressees": list(f.addressees)}) for g, f in hits]
        scores.append(_score_field("addressees", rows))
    return tuple(scores)


def score_stances(gold: Sequence[Record], found: Sequence[Stance]) -> tuple[FieldScore, ...]:
    """Stances with the right target, and those with the right stance as well."""
    pairs = _matched([str(g["target"]) for g in gold], [s.target for s in found])
    same = sum(gold[i]["stance"] == found[j].stance for i, j in pairs)
    return (
        FieldScore("target", len(pairs), len(found), len(gold), len(pairs), len(gold)),
        FieldScore("stance", same, len(found), len(gold), same, len(gold)),
    )


def _matched(wanted: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indices whose texts share most words, the most alike first, each used once."""
    scored = sorted(
        ((_likeness(w, f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    used_wanted: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for likeness, i, j in scored:
        if likeness < _SAME_WORDS or i in used_wanted or j in used_found:
            continue
        used_wanted.add(i)
        used_found.add(j)
        pairs.append((i, j))
    return sorted(pairs)


def _likeness(one: str, other: str) -> float:
    first, second = set(one.casefold().split()), set(other.casefold().split())
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


@dataclass(frozen=True, slots=True)
class QuoteScore:
    """Counts of statements matched by their place in the text.

    `found` of `wanted` gold statements stand where the rules found one; `extra` were found where
    the gold has none. `right` also have the gold's first label; `accepted` that or one that the
    gold accepts as well; `whole` are accepted and have the right target or addressees.
    """

    wanted: int
    found: int
    extra: int
    right: int
    accepted: int
    whole: int

    def f1(self, count: int) -> float:
        """F1 of a count among those wanted and those found."""
        both = self.wanted + self.found + self.extra
        return 2 * count / both if both else 1.0

    def __add__(self, other: QuoteScore) -> QuoteScore:
        """The counts of both."""
        return QuoteScore(
            self.wanted + other.wanted,
            self.found + other.found,
            self.extra + other.extra,
            self.right + other.right,
            self.accepted + other.accepted,
            self.whole + other.whole,
        )


NO_QUOTES = QuoteScore(0, 0, 0, 0, 0, 0)


def score_quoted_stances(
    gold: Sequence[Record], found: Sequence[Stance], source: str
) -> QuoteScore:
    """Stances of one document against gold with `quote`, `target` and `stance`.

    `also` and `also_targets` hold other readings that are accepted. Doubtful gold (`doubt`) is
    neither wanted nor extra.
    """
    taken: set[int] = set()
    rows: list[tuple[bool, bool, bool]] = []
    sure = [record for record in gold if not record.get("doubt")]
    for record in (*sure, *(record for record in gold if record.get("doubt"))):
        here = [n for n, s in enumerate(found) if n not in taken and _at(record, s.span, source)]
        here.sort(key=lambda n: found[n].stance != record["stance"])
        if not here:
            continue
        taken.add(here[0])
        if record.get("doubt"):
            continue
        stance = found[here[0]]
        accepted = stance.stance in _labels(record, "stance")
        same = _is_about(record, stance)
        rows.append((stance.stance == record["stance"], accepted, accepted and same))
    return _quote_score(len(sure), rows, len(found) - len(taken))


def _is_about(record: Record, found: Stance) -> bool:
    """Whether the target is the gold's, or another reading that it accepts (`also_targets`)."""
    readings = (record["target"], *record.get("also_targets", ()))
    said = _plain(found.target)
    return any(_likeness(_plain(str(reading)), said) >= _SAME_WORDS for reading in readings)


def score_quoted_recommendations(
    gold: Sequence[Record], found: Sequence[Recommendation], source: str
) -> QuoteScore:
    """Demands of one document against gold with `quote`, `strength` and optional `addressees`.

    Doubtful gold (`doubt`) is neither wanted nor extra; several demands found at one gold quote
    count once.
    """
    taken: set[int] = set()
    rows: list[tuple[bool, bool, bool]] = []
    sure = [record for record in gold if not record.get("doubt")]
    for record in gold:
        here = [n for n, r in enumerate(found) if r.span and _at(record, r.span, source)]
        taken.update(here)
        if not here or record.get("doubt"):
            continue
        labels = _labels(record, "strength")
        best = found[min(here, key=lambda n: found[n].strength not in labels)]
        accepted = best.strength in labels
        same = "addressees" not in record or _is_put_to(record, best)
        rows.append((best.strength == record["strength"], accepted, accepted and same))
    return _quote_score(len(sure), rows, len(found) - len(taken))


def _is_put_to(record: Record, found: Recommendation) -> bool:
    """Whether the addressees are the gold's, or other ones that it accepts (`also_addressees`)."""
    readings = (record["addressees"], *record.get("also_addressees", ()))
    return any(set(reading) == set(found.addressees) for reading in readings)


def _quote_score(wanted: int, rows: Sequence[tuple[bool, bool, bool]], extra: int) -> QuoteScore:
    right, accepted, whole = (sum(row[n] for row in rows) for n in range(3))
    return QuoteScore(wanted, len(rows), extra, right, accepted, whole)


def _labels(record: Record, field: str) -> tuple[str | None, ...]:
    return (record[field], *record.get("also", ()))


def _at(record: Record, span: Span, source: str) -> bool:
    start = source.index(str(record["quote"]))
    return span.start < start + len(str(record["quote"])) and start < span.end


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text)


_PLAIN_STANCES = (
    ("avstyrker", re.compile(r"\bavstyrk\w+", re.IGNORECASE)),
    ("tillstyrker", re.compile(r"\btillstyrk\w+", re.IGNORECASE)),
    ("delar bedömningen", re.compile(r"\b(?:instämmer|delar)\b", re.IGNORECASE)),
    ("välkomnar", re.compile(r"\bvälkomnar\b", re.IGNORECASE)),
    ("inget att erinra", re.compile(r"\berinra\b", re.IGNORECASE)),
    ("inga synpunkter", re.compile(r"\binga synpunkter\b", re.IGNORECASE)),
)
_PLAIN_DEMANDS = (
    ("propose", re.compile(r"\bföreslår\b", re.IGNORECASE)),
    ("recommend", re.compile(r"\b(?:rekommenderar|bör|recommends)\b", re.IGNORECASE)),
    ("urge", re.compile(r"\burges\b")),
    ("invite", re.compile(r"\binvites\b")),
    ("consider", re.compile(r"\bconsiders that\b.*\bshould\b", re.DOTALL)),
)


def plain_stances(document: Document) -> tuple[Stance, ...]:
    """The baseline: each sentence with a stance's own verb, which is then about all it says."""
    return tuple(
        Stance(document.id, None, at.of(document.text), label, document.span_of(at), ())
        for label, at in _plain_hits(document, _PLAIN_STANCES)
    )


def plain_recommendations(document: Document) -> tuple[Recommendation, ...]:
    """The baseline: each sentence with a demand's own verb, put to the Government."""
    return tuple(
        Recommendation(
            id=str(number),
            document=document.id,
            issuer="",
            addressees=("regeringen",) if document.language == "sv" else (),
            strength=label,
            text=at.of(document.text),
            language=document.language,
            span=document.span_of(at),
        )
        for number, (label, at) in enumerate(_plain_hits(document, _PLAIN_DEMANDS))
    )


def _plain_hits(
    document: Document, verbs: Sequence[tuple[str, re.Pattern[str]]]
) -> Iterable[tuple[str, Span]]:
    for block in document.blocks:
        if block.kind not in ("paragraph", "list_item"):
            continue
        for part in split_sentences(block.at.of(document.text)):
            at = Span(block.at.start + part.start, block.at.start + part.end)
            label = next((name for name, verb in verbs if verb.search(at.of(document.text))), None)
            if label is not None:
                yield label, at
