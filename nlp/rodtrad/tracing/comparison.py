"""Two plans side by side: what is continued, changed, now a standing structure, left out, or new.

An earlier measure is continued by the later one that is the same assignment (its own number, or the
same object and agency), else by the one that most likely answers it, judged in both directions: a
long measure resembles everything, but not everything resembles it. A measure may stand in another
chapter as a structure: under a heading of its own name, which says more than any likeness, or where
its rare words are found together. That a measure is not mentioned is said with what was searched;
where its words stand in the later plan, or a later measure is somewhat like it, that is unresolved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from rodtrad.datamodel import (
    AnnotatedDocument,
    Document,
    Evidence,
    Measure,
    Recommendation,
)
from rodtrad.statements import origin_of, same_assignments
from rodtrad.tracing.arrays import Floats
from rodtrad.tracing.evidence import evidence_record, measure_evidence
from rodtrad.tracing.features import MeasureSpace, read_demands
from rodtrad.tracing.means import Means
from rodtrad.tracing.standing import LaterText, Named

ChangeKind = Literal["continued", "changed", "structure", "not mentioned", "new"]
Relation = Literal["same", "forerunner", "similar"]
CONTINUED = 0.75  # mean probability of both directions from which a measure goes on in another
TIE = 0.05  # probabilities that differ by less cannot be told apart: nor one from the limit
FAIR = 0.2  # mean probability from which "not mentioned" would be wrong too often to be said
SECTION = 0.5  # the same of a section outside the measures, which resembles more of the field
_SURE_WORDS = 0.75  # share of a title's words from which their sentence is nearer than a section
_NEAREST = 3  # later measures named as the nearest
_SENTENCES = 4  # of a measure read as a demand: what it is to do stands first


@dataclass(frozen=True, slots=True)
class Difference:
    """What a field said in the older plan and says in the newer one."""

    field: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched for a measure without a successor, and what came closest.

    `nearest` are later measures with the mean probability of both directions, best first; `named`
    is the sentence of the later plan that holds most of the measure's words; `section` opens the
    section outside the measures that is likeliest to be about the same, with its probability.
    """

    measures: int
    sentences: int
    words: str
    abbreviations: tuple[str, ...]
    nearest: tuple[tuple[str, float], ...]
    named: Named | None
    section: tuple[Evidence, float] | None = None

    @property
    def touching(self) -> Evidence | None:
        """The sentence that may be about the measure; None where none comes near enough."""
        by_words = self.named if self.named is not None and self.named.telling else None
        near = self.section is not None and self.section[1] >= SECTION
        if self.section and near and (by_words is None or by_words.share < _SURE_WORDS):
            return self.section[0]
        return by_words.evidence if by_words else None


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What became of one measure, or where a new one comes from.

    `relation` is "same" for the same assignment, "forerunner" for an earlier one of the same object
    whose time had passed, "similar" where only meaning ties them. `probability` is that of the tie
    (None where the same assignment is read from its number or its title, or where there is none).
    `alternatives` are later measures that could as well be the successor: then it is doubtful.
    `searched` is the proof of "not mentioned".
    """

    old: str | None
    new: str | None
    change: ChangeKind
    relation: Relation | None
    probability: float | None
    differences: tuple[Difference, ...]
    evidence: tuple[Evidence, ...]
    alternatives: tuple[str, ...] = ()
    searched: Searched | None = None

    @property
    def unresolved(self) -> bool:
        """Whether the later plan may speak of the measure though nothing there continues it."""
        found = self.searched
        touching = found is not None and found.touching is not None
        return self.change == "not mentioned" and (touching or bool(self.alternatives))

    @property
    def doubtful(self) -> bool:
        """Whether it could be otherwise: another successor, a tie at its limit, or unresolved."""
        weak = self.probability is not None and self.probability < CONTINUED + TIE
        return bool(self.alternatives) or weak or self.unresolved


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
    text = LaterText(old, new)
    chance = both_ways(old.measures, new.measures, means)
    sections = text.sections()
    near = both_ways(old.measures, sections, means)
    standing = {n: text.headed(measure) for n, measure in enumerate(old.measures)}
    ties = _ties(old, new, chance, [n for n, found in standing.items() if found])
    before = [
        _continued(measure, new.measures, ties[place], documents)
        if place in ties
        else _structure(measure, standing[place] or text.describing(measure), documents)
        or _not_found(
            measure,
            replace(
                _searched(measure, new, chance[place], text),
                section=_nearest_section(sections, near[place], text),
            ),
            documents,
        )
        for place, measure in enumerate(old.measures)
    ]
    answered = {tie.new for tie in ties.values()}
    after = (
        PlanChange(None, m.id, "new", None, None, (), (measure_evidence(m, None, documents),))
        for place, m in enumerate(new.measures)
        if place not in answered
    )
    return (*before, *after)


def _ties(
    old: AnnotatedDocument, new: AnnotatedDocument, chance: Floats, standing: Sequence[int]
) -> dict[int, _Tie]:
    """The successor of each earlier measure that has one, by place; assignments first.

    What stands under a heading of its own name (`standing`) goes on there, whatever it is like.
    """
    likely = chance.copy()
    likely[list(standing)] = 0.0
    ties = {tie.old: tie for tie in successors(likely)}
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
    if not one or not other:
        return np.zeros((len(one), len(other)), np.float32)
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


def _structure(
    measure: Measure, found: Evidence | None, documents: Mapping[str, Document]
) -> PlanChange | None:
    """A measure that the later plan describes outside its measures; None where it does not."""
    if found is None:
        return None
    here = measure_evidence(measure, None, documents)
    return PlanChange(measure.id, None, "structure", None, None, (), (here, found))


def _searched(
    measure: Measure, later: AnnotatedDocument, chance: Floats, text: LaterText
) -> Searched:
    ranked = np.argsort(-chance, kind="stable")[:_NEAREST]
    return Searched(
        measures=len(later.measures),
        sentences=text.sentences,
        words=measure.title,
        abbreviations=text.abbreviations(measure),
        nearest=tuple((later.measures[n].id, round(float(chance[n]), 4)) for n in ranked),
        named=text.naming(measure),
    )


def _nearest_section(
    sections: Sequence[Measure], chance: Floats, text: LaterText
) -> tuple[Evidence, float] | None:
    for place in map(int, np.argsort(-chance, kind="stable")):
        opening = text.opening(sections[place].section)
        if opening is not None:
            return opening, round(float(chance[place]), 4)
    return None


def _not_found(
    measure: Measure, searched: Searched, documents: Mapping[str, Document]
) -> PlanChange:
    """A measure that nothing continues: with what comes near enough to leave it open."""
    evidence: tuple[Evidence, ...] = (measure_evidence(measure, None, documents),)
    fair = [name for name, probability in searched.nearest if probability >= FAIR]
    named, touching = searched.named, searched.touching
    if touching is not None:
        evidence = (*evidence, touching)
    if named is not None and touching is named.evidence and named.measure:
        fair = [named.measure, *fair]
    return PlanChange(
        measure.id, None, "not mentioned", None, None, (), evidence,
        alternatives=tuple(dict.fromkeys(fair)), searched=searched,
    )  # fmt: skip


def change_record(change: PlanChange) -> dict[str, Any]:
    """One JSON record: what became of a measure, with the quotes."""
    return {
        "old": change.old,
        "new": change.new,
        "change": change.change,
        "status": "unresolved" if change.unresolved else "resolved",
        "relation": change.relation,
        "probability": change.probability,
        "certainty": "doubtful" if change.doubtful else "certain",
        "alternatives": list(change.alternatives),
        "differences": [
            {"field": d.field, "old": list(d.old), "new": list(d.new)} for d in change.differences
        ],
        "evidence": [evidence_record(e) for e in change.evidence],
        "gap": _searched_record(change.searched) if change.searched else None,
    }


def _searched_record(found: Searched) -> dict[str, Any]:
    named = found.named
    return {
        "measures": found.measures,
        "sentences": found.sentences,
        "words": found.words,
        "abbreviations": list(found.abbreviations),
        "best_rejected": [{"measure": m, "probability": p} for m, p in found.nearest],
        "best_sentence": named and {**evidence_record(named.evidence), "share": named.share},
        "best_section": found.section
        and {**evidence_record(found.section[0]), "probability": found.section[1]},
    }
