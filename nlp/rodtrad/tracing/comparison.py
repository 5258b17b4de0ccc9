"""Two plans side by side: what is continued, changed, now a standing structure, left out, or new.

An earlier measure is continued by the later one that is the same assignment (its own number, or the
same object and agency), else by the one that most likely answers it, judged in both directions: a
long measure resembles everything, but not everything resembles it. A measure that no later one
continues may stand in another chapter as a structure: then its rare words are found there together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from rodtrad.datamodel import (
    AnnotatedDocument,
    Document,
    Evidence,
    Measure,
    Passage,
    Recommendation,
)
from rodtrad.retrieval.termbank import TermBank
from rodtrad.statements import origin_of, same_assignments
from rodtrad.tracing.arrays import Floats
from rodtrad.tracing.context import ContextIndex, outside_measures
from rodtrad.tracing.evidence import measure_evidence
from rodtrad.tracing.features import MeasureSpace, read_demands
from rodtrad.tracing.lexical import TfIdf, word_terms
from rodtrad.tracing.means import Means
from rodtrad.tracing.texts import demand_side

ChangeKind = Literal["continued", "changed", "structure", "not mentioned", "new"]
Relation = Literal["same", "forerunner", "similar"]
CONTINUED = 0.75  # mean probability of both directions from which a measure goes on in another
TIE = 0.05  # two successors whose probabilities differ by less cannot be told apart
STRUCTURE = 0.75  # similarity and share of rare words, from which a passage describes the same …
HEADED = 0.5  # … where its section's heading is as similar to the measure's title
SPELT_ALIKE = 0.75  # share of letter trigrams: "regionskoordinator" and "regionkoordinator"
_SENTENCES = 4  # of a measure read as a demand: what it is to do stands first


@dataclass(frozen=True, slots=True)
class Difference:
    """What a field said in the older plan and says in the newer one."""

    field: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What became of one measure, or where a new one comes from.

    `relation` is "same" for the same assignment, "forerunner" for an earlier one of the same object
    whose time had passed, "similar" where only meaning ties them. `probability` is that of the tie
    (None where the same assignment is read from its number or its title, or where there is none).
    `alternatives` are later measures that could as well be the successor: then it is doubtful.
    """

    old: str | None
    new: str | None
    change: ChangeKind
    relation: Relation | None
    probability: float | None
    differences: tuple[Difference, ...]
    evidence: tuple[Evidence, ...]
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tie:
    old: int
    new: int
    relation: Relation
    probability: float | None
    others: tuple[int, ...] = ()


def compare_plans(
    old: AnnotatedDocument,
    new: AnnotatedDocument,
    *,
    means: Means,
) -> tuple[PlanChange, ...]:
    """What became of the measures of `old` in `new`, in their order; then the new ones.

    One earlier measure has one successor; one later measure may continue several.
    """
    documents = {d.id: d.document for d in (old, new)}
    ties = _ties(old, new, means)
    structures = _Structures(new, means.termbank)
    before = (
        _continued(old.measures[place], new.measures, ties[place], documents)
        if place in ties
        else _without_successor(measure, structures, documents)
        for place, measure in enumerate(old.measures)
    )
    answered = {tie.new for tie in ties.values()}
    after = (
        PlanChange(None, m.id, "new", None, None, (), (measure_evidence(m, None, documents),))
        for place, m in enumerate(new.measures)
        if place not in answered
    )
    return (*before, *after)


def _ties(old: AnnotatedDocument, new: AnnotatedDocument, means: Means) -> dict[int, _Tie]:
    """The successor of each earlier measure that has one, by place; assignments first."""
    if not old.measures or not new.measures:
        return {}
    chance = both_ways(old.measures, new.measures, means)
    ties = {tie.old: tie for tie in successors(chance)}
    for tie in _assignments(old, new):
        ties[tie.old] = tie
    return ties


def successors(chance: Floats) -> Iterator[_Tie]:
    """The likeliest successor of each row that has one likely enough.

    Several earlier measures may go on in one later one. But where two later ones are as likely,
    each goes to the earlier one that makes the sum over all the greatest ("the helpline", "money
    for the helpline" in both plans); those that no other earlier one takes are the alternatives.
    """
    from scipy.optimize import linear_sum_assignment

    likely = np.where(chance >= CONTINUED, chance, 0.0)
    rows, columns = linear_sum_assignment(likely, maximize=True)
    taken = {int(r): int(c) for r, c in zip(rows, columns, strict=True) if likely[r, c]}
    for place, row in enumerate(likely):
        near = [int(n) for n in np.flatnonzero(row) if row[n] > row.max() - TIE]
        if near:
            best = taken[place] if taken.get(place) in near else int(row.argmax())
            elsewhere = {new for old, new in taken.items() if old != place}
            others = tuple(n for n in near if n != best and n not in elsewhere)
            yield _Tie(place, best, "similar", round(float(row[best]), 4), others)


def _assignments(old: AnnotatedDocument, new: AnnotatedDocument) -> Iterator[_Tie]:
    origins = {d.id: origin_of(d.document, d.mentions) for d in (old, new)}
    places = {(m.document, m.id): n for d in (old, new) for n, m in enumerate(d.measures)}
    for one in same_assignments((*old.measures, *new.measures), origins):
        later = [places[m.document, m.id] for m in one.versions if m.document == new.id]
        for relation, earlier in (("same", one.versions), ("forerunner", one.forerunners)):
            for measure in earlier:
                if later and measure.document == old.id:
                    kind: Relation = "same" if relation == "same" else "forerunner"
                    yield _Tie(places[measure.document, measure.id], later[0], kind, None)


def both_ways(one: Sequence[Measure], other: Sequence[Measure], means: Means) -> Floats:
    """Mean probability of a link of each measure of `one` (rows) to each of `other` and back."""
    there = _probability(one, other, means)
    back = _probability(other, one, means)
    return np.asarray((there + back.T) / 2, np.float32)


def _probability(asking: Sequence[Measure], offering: Sequence[Measure], means: Means) -> Floats:
    encoder, book, model = means.encoder, means.aspects, means.model
    space = MeasureSpace(offering, encoder=encoder, book=book, termbank=means.termbank)
    demands = read_demands([as_demand(m) for m in asking], encoder=encoder, book=book)
    features = space.compare(demands)
    score = model.weights(known=space.known_field).score(features)
    return model.probabilities(score, known=space.known_field)


def as_demand(measure: Measure) -> Recommendation:
    """A measure read as if somebody asked for it: its title and first sentences."""
    said = " ".join(s.text for s in measure.sentences[:_SENTENCES]) or measure.text
    return Recommendation(
        id=measure.id,
        document=measure.document,
        issuer="",
        addressees=(),
        strength=None,
        text=f"{measure.title.rstrip('.')}. {said}".strip(),
        language=measure.language,
    )


def _continued(
    old: Measure, later: Sequence[Measure], tie: _Tie, documents: Mapping[str, Document]
) -> PlanChange:
    new = later[tie.new]
    found = tuple(_differences(old, new))
    return PlanChange(
        old=old.id,
        new=new.id,
        change="changed" if found else "continued",
        relation=tie.relation,
        probability=tie.probability,
        differences=found,
        evidence=tuple(measure_evidence(m, None, documents) for m in (old, new)),
        alternatives=tuple(later[place].id for place in tie.others),
    )


def _differences(old: Measure, new: Measure) -> Iterator[Difference]:
    """Deadline, agency and money where they differ."""
    told: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
        ("deadlines", _days(old), _days(new)),
        ("agencies", tuple(sorted(old.agencies)), tuple(sorted(new.agencies))),
        ("amounts", _money(old), _money(new)),
    ]
    for field, before, after in told:
        if before != after:
            yield Difference(field, before, after)


def _days(measure: Measure) -> tuple[str, ...]:
    return tuple(sorted(f"{d.kind} {d.date}" for d in measure.deadlines))


def _money(measure: Measure) -> tuple[str, ...]:
    return tuple(sorted(f"{a.value} {a.currency}" for a in measure.amounts))


def _without_successor(
    measure: Measure, structures: _Structures, documents: Mapping[str, Document]
) -> PlanChange:
    """A measure that no later one continues: a structure in another chapter, or not mentioned."""
    here = measure_evidence(measure, None, documents)
    found = structures.describing(measure)
    if found is None:
        return PlanChange(measure.id, None, "not mentioned", None, None, (), (here,))
    return PlanChange(measure.id, None, "structure", None, None, (), (here, found))


class _Structures:
    """What the newer plan describes outside its measures, by the headings of its sections."""

    def __init__(self, plan: AnnotatedDocument, termbank: TermBank) -> None:
        documents = {plan.id: plan.document}
        passages = outside_measures(plan.passages, plan.measures)
        self._context = ContextIndex(passages, documents=documents, termbank=termbank)
        self._first = {p.path: p for p in reversed(passages) if p.path}
        self._headings = {path: place for place, path in enumerate(self._first)}
        self._space = TfIdf([word_terms(_unnumbered(path[-1]), "sv") for path in self._first])
        self._plan = plan

    def describing(self, measure: Measure) -> Evidence | None:
        """The sentence that describes what a measure was about; None where none does.

        A heading of nearly the same letters is enough; else the sentence must hold the title's rare
        words and stand under a heading like the title.
        """
        for path, passage in self._first.items():
            if spelt_alike(measure.title, _unnumbered(path[-1])) >= SPELT_ALIKE:
                return self._opening(passage)
        asked = as_demand(replace(measure, sentences=(), text=""))
        headed = self._space.similarity([word_terms(measure.title, measure.language)])[0]
        for found in self._context.find(demand_side(asked)):
            place = self._headings.get(found.evidence.section)
            if found.score >= STRUCTURE and place is not None and headed[place] >= HEADED:
                return found.evidence
        return None

    def _opening(self, passage: Passage) -> Evidence:
        return Evidence(
            document=self._plan.id,
            quote=self._plan.document.quote(passage.span),
            start=passage.span.start,
            end=passage.span.end,
            page=passage.page,
            section=passage.path,
        )


def _unnumbered(heading: str) -> str:
    return re.sub(r"^[\d.]+\s+", "", heading)


def spelt_alike(one: str, other: str) -> float:
    """Dice share of letter trigrams: 1 for the same letters, near 1 for a variant spelling."""
    first, second = _trigrams(one), _trigrams(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _trigrams(text: str) -> set[str]:
    plain = f" {text.casefold()} "
    return {plain[i : i + 3] for i in range(len(plain) - 2)}


def change_record(change: PlanChange) -> dict[str, Any]:
    """One JSON record: what became of a measure, with the quotes."""
    return {
        "old": change.old,
        "new": change.new,
        "change": change.change,
        "relation": change.relation,
        "probability": change.probability,
        "certainty": "doubtful" if change.alternatives else "certain",
        "alternatives": list(change.alternatives),
        "differences": [
            {"field": d.field, "old": list(d.old), "new": list(d.new)} for d in change.differences
        ],
        "evidence": [
            {
                "document": e.document,
                "quote": e.quote,
                "summary": e.summary,
                "start": e.start,
                "end": e.end,
                "page": e.page,
                "section": list(e.section),
            }
            for e in change.evidence
        ],
    }
