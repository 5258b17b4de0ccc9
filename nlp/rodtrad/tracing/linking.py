"""Recommendations × measures → trace lines: candidates, links, statuses, gaps, context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from rodtrad.datamodel import (
    Candidate,
    ContextPassage,
    Document,
    Gap,
    Measure,
    Passage,
    Recommendation,
    TraceLine,
)
from rodtrad.datamodel.link import TraceStatus
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.retrieval.encoders.spread import Runner
from rodtrad.tracing.arrays import Floats, standardise_rows
from rodtrad.tracing.context import ContextIndex, outside_measures
from rodtrad.tracing.evidence import (
    best_unit,
    measure_evidence,
    recommendation_evidence,
    sentence_of,
)
from rodtrad.tracing.explicit import ExplicitIndex, ExplicitLink
from rodtrad.tracing.features import Demands, MeasureSpace, read_demands
from rodtrad.tracing.means import Means
from rodtrad.tracing.model import Bands, LinkModel, Row
from rodtrad.tracing.signals import (
    Signal,
    aspect_signals,
    in_words,
    same,
    similarity_signals,
    told_aspects,
    turning_signal,
)
from rodtrad.tracing.texts import Side, ends_something, is_preparing, sets_condition

Progress: TypeAlias = Callable[[int, int], None]
MOST_CANDIDATES = 100
# "Answers" is the stronger claim. Below this the judges graded 75 of 192 accepted links so, from it
# 126 of 174 (all judged sources of the plan and of violence against women).
ANSWERS_FROM = 0.55
EXPLICIT_PROBABILITY = 0.99
MET_IN_PART = 0.5  # what a demand has got at most when its answers leave something essential open
MET_WHOLLY = 0.8  # share of a demand's aspects, by weight, that makes an answer a whole one
_BLOCK = 64  # demands compared at once: bounds memory whatever the length of the list
PIECE = 4 * _BLOCK  # demands a job: with each goes all that is known of the measures
_REJECTED_SHOWN = 3
_WORTH_A_LOOK = 0.3  # from here a reader asks what would change the decision


@dataclass(frozen=True)
class _Scored:
    """One demand's row: probabilities and what they were made of, a column a measure.

    `told` are the aspects it asks for, the most telling first; `telling` how much each says.
    """

    row: int
    probability: Floats
    answers: Floats
    no_link: float
    known_action: float
    subject: bool
    standardised: Mapping[str, Floats]
    told: tuple[int, ...]
    telling: Floats


@dataclass(frozen=True)
class _Run:
    """What stays the same for all demands."""

    space: MeasureSpace
    explicit: ExplicitIndex
    context: ContextIndex
    documents: Mapping[str, Document]
    model: LinkModel

    @property
    def bands(self) -> Bands:
        """The decision limits for this target."""
        return self.model.weights(known=self.space.known_field).bands


def trace(
    recommendations: Sequence[Recommendation],
    measures: Sequence[Measure],
    *,
    means: Means,
    documents: Mapping[str, Document] | None = None,
    context_passages: Sequence[Passage] = (),
    progress: Progress | None = None,
    runner: Runner | None = None,
) -> tuple[TraceLine, ...]:
    """One trace line a recommendation, in order.

    `documents` give the verbatim quotes; without a document its end shows the clean sentence as
    a summary. `context_passages` are all passages of the target documents; those inside measures
    are left out here. A recommendation gets the same line alone and in a list. `progress` is called
    with (demands done, demands in all). `runner` says where pairs are compared if there are more
    than `PIECE` demands; they are encoded here.
    """
    if not recommendations:
        return ()
    known = documents or {}
    if not measures:
        return tuple(_nothing_to_search(recommendation) for recommendation in recommendations)
    outside = outside_measures(context_passages, measures)
    run = _Run(
        space=MeasureSpace(
            measures,
            encoder=means.encoder,
            book=means.aspects,
            termbank=means.termbank,
        ),
        explicit=ExplicitIndex(measures),
        context=ContextIndex(outside, documents=known, termbank=means.termbank, book=means.aspects),
        documents=known,
        model=means.model,
    )
    step = progress or (lambda done, total: None)
    if runner is None or len(recommendations) <= PIECE:
        lines = map(trace_piece, _pieces(recommendations, run, means.encoder, size=_BLOCK))
        return _collected(enumerate(lines), len(recommendations), step)
    pieces = list(_pieces(recommendations, run, means.encoder, size=PIECE))
    return _collected(runner.run(trace_piece, pieces), len(recommendations), step)


@dataclass(frozen=True)
class Piece:
    """Some demands in blocks, and what they are compared with."""

    run: _Run
    blocks: tuple[Demands, ...]


def trace_piece(piece: Piece) -> tuple[TraceLine, ...]:
    """The lines of some demands, in the process that has the job."""
    return tuple(
        _line(demands, scored, piece.run)
        for demands in piece.blocks
        for scored in _score(demands, piece.run)
    )


def _pieces(
    recommendations: Sequence[Recommendation], run: _Run, encoder: Encoder, *, size: int
) -> Iterator[Piece]:
    for first in range(0, len(recommendations), size):
        some = recommendations[first : first + size]
        blocks = (some[start : start + _BLOCK] for start in range(0, len(some), _BLOCK))
        read = (read_demands(one, encoder=encoder, book=run.space.book) for one in blocks)
        yield Piece(run, tuple(read))


def _collected(
    outcomes: Iterable[tuple[int, tuple[TraceLine, ...] | BaseException]],
    total: int,
    progress: Progress,
) -> tuple[TraceLine, ...]:
    """The lines of all pieces in their order, as they come; an error in one ends the trace."""
    found: dict[int, tuple[TraceLine, ...]] = {}
    for place, outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
        found[place] = outcome
        progress(sum(map(len, found.values())), total)
    return tuple(line for place in sorted(found) for line in found[place])


def _score(demands: Demands, run: _Run) -> Iterator[_Scored]:
    features = run.space.compare(demands)
    known = run.space.known_field
    score = run.model.weights(known=known).score(features)
    probability = run.model.probabilities(score, known=known)
    answers = run.model.answer_probabilities(score, known=known)
    shown = {name: standardise_rows(features[name]) for name in ("words", "subwords", "title")}
    no_link = run.model.gap_probabilities(probability, features, known=known)
    for row in range(len(demands.items)):
        yield _Scored(
            row,
            probability[row],
            answers[row],
            float(no_link[row]),
            known_action=float(features["known_action"][row, 0]) if known else 1.0,
            subject=not known or bool(features["subject"][row, 0]),
            standardised={name: z[row] for name, z in shown.items()},
            told=told_aspects(demands.aspects[row], run.space.idf),
            telling=np.where(demands.aspects[row] > 0, run.space.idf, np.float32(0.0)),
        )


def _line(demands: Demands, scored: _Scored, run: _Run) -> TraceLine:
    recommendation = demands.items[scored.row]
    explicit = {link.measure: link for link in run.explicit.find(recommendation)}
    for place in explicit:
        scored.probability[place] = max(scored.probability[place], EXPLICIT_PROBABILITY)
    order = np.argsort(-scored.probability, kind="stable")[:MOST_CANDIDATES]
    candidates = tuple(
        _candidate(demands, scored, int(place), explicit.get(int(place)), run) for place in order
    )
    no_link = run.bands.is_gap(_row(demands, scored))
    accepted = [int(place) for place, c in zip(order, candidates, strict=True) if c.accepted]
    met = run.space.share_met(demands, scored.row, accepted)
    side = demands.sides[scored.row]
    if _only_prepared(side, candidates, accepted, run) or _condition_open(side, accepted, run):
        met = min(met, MET_IN_PART)
    status = status_of(candidates, no_link=no_link, met=met)
    context = run.context.find(demands.sides[scored.row], demands.aspects[scored.row])
    return TraceLine(
        id=recommendation.id,
        document=recommendation.document,
        text=recommendation.text,
        strength=recommendation.strength,
        status=status,
        candidates=candidates,
        context=context,
        gap=_gap(candidates, scored.probability, run) if status == "gap" else None,
    )


def _row(demands: Demands, scored: _Scored) -> Row:
    words = len(demands.sides[scored.row].own.split())
    best = float(scored.probability.max())
    none = float(np.prod(1.0 - scored.probability))
    return Row(scored.no_link, none, best, scored.known_action, words)


def _only_prepared(
    demand: Side, candidates: Sequence[Candidate], accepted: Sequence[int], run: _Run
) -> bool:
    """Whether the thing itself is asked for and every answer only lays the ground for it."""
    if any(is_preparing(u.text, demand.language) for u in demand.units if u.weight == 1.0):
        return False
    answers = {c.measure for c in candidates if c.accepted and c.grade == 2}
    titles = [
        run.space.sides[place] for place in accepted if run.space.measures[place].id in answers
    ]
    return all(is_preparing(side.title, side.language) for side in titles)


def _condition_open(demand: Side, accepted: Sequence[int], run: _Run) -> bool:
    """Whether a demand says under what condition ("oavsett …") and no answer says any."""
    if not sets_condition(demand.asked, demand.language):
        return False
    answers = [run.space.sides[place] for place in accepted]
    return not any(sets_condition(side.text, side.language) for side in answers)


def status_of(candidates: Sequence[Candidate], *, no_link: bool, met: float) -> TraceStatus:
    """Covered, partly, gap or unresolved.

    Covered needs an accepted answer and that the accepted links together have most of what is asked
    (`met`, a share of the demand's aspects); other accepted links cover it partly. A gap needs
    `no_link`: that the model is sure there is no link of any grade. What lies between (nothing sure
    enough to accept, something too likely to rule out) is unresolved.
    """
    grades = [c.grade for c in candidates if c.accepted]
    if grades:
        return "covered" if max(grades) == 2 and met >= MET_WHOLLY else "partly"
    return "gap" if no_link else "unresolved"


def _candidate(
    demands: Demands, scored: _Scored, place: int, explicit: ExplicitLink | None, run: _Run
) -> Candidate:
    measure = run.space.measures[place]
    recommendation = demands.items[scored.row]
    probability = float(scored.probability[place])
    asking, offering = _best_ends(demands, scored, place, run)
    held = None if explicit else _held_back(demands, scored, place, run)
    signals = _signals(demands, scored, place, explicit, run)
    if held is not None:
        signals = (Signal(held), *signals)
    grade = _grade(probability, float(scored.answers[place]), explicit is not None)
    return Candidate(
        measure=measure.id,
        document=measure.document,
        probability=round(probability, 4),
        grade=grade if held is None else min(grade, 1),
        explicit=explicit is not None,
        accepted=explicit is not None or (probability >= run.bands.accept and held is None),
        signals=in_words(signals, "sv"),
        evidence_from=recommendation_evidence(recommendation, asking, run.documents),
        evidence_to=measure_evidence(measure, sentence_of(measure, offering), run.documents),
    )


def _grade(probability: float, answers: float, explicit: bool) -> int:
    """2 for a measure that surely answers, 1 for any other likely link, else 0."""
    if explicit or probability * answers >= ANSWERS_FROM:
        return 2
    return 1 if probability >= 0.5 else 0


def _best_ends(demands: Demands, scored: _Scored, place: int, run: _Run) -> tuple[str, str]:
    """The demand's sentence and the measure's sentence that fit each other best.

    Of the measure that is the one with most of what the two have in common, for that is what the
    link is said to rest on; nearness decides between equals.
    """
    row = scored.row
    side, target = demands.sides[row], run.space.sides[place]
    if not side.units:
        return side.title, target.title
    start, end = demands.encoded.starts[row], demands.encoded.starts[row + 1]
    first, last = run.space.encoded.starts[place], run.space.encoded.starts[place + 1]
    close = demands.encoded.rows[start:end] @ run.space.encoded.rows[first + 1 : last].T
    if close.size == 0:
        return best_unit(side, [1.0] * len(side.units)), target.title
    asking = best_unit(side, [float(x) + 1.0 for x in close.max(axis=1)])
    weights = demands.encoded.weights[start:end]
    near = (weights[:, None] * (close + 1.0)).max(axis=0)
    offering = int((near + _share_said(scored, place, run)).argmax())
    return asking, target.units[offering].text


def _share_said(scored: _Scored, place: int, run: _Run) -> Floats:
    """How much of what demand and measure have in common each sentence of the measure says: 0 to 2.

    The most telling, without which the link would fall, counts as much as all together.
    """
    said = run.space.said[place]
    share = said @ scored.telling
    leading = next((i for i in scored.told if said[:, i].any()), None)
    if leading is None:
        return share
    common = float(scored.telling[said.any(axis=0)].sum())
    return np.asarray(share / max(common, 1e-6) + said[:, leading], np.float32)


def _held_back(demands: Demands, scored: _Scored, place: int, run: _Run) -> str | None:
    """Why a link is not shown as sure though it is likely enough: the code of a signal, or None.

    `vague`: the demand does not say what it is about and may be of any field (of 361 judged demands
    none such had a link that reached the limit). `contrary`: it wants something ended or not done
    and the measure ends nothing; likeness does not see that they go opposite ways.
    """
    if scored.probability[place] < run.bands.accept:
        return None
    side, target = demands.sides[scored.row], run.space.sides[place]
    if not scored.subject:
        return "vague"
    ends = ends_something(side.asked, side.language)
    return "contrary" if ends and not ends_something(target.text, target.language) else None


def _signals(
    demands: Demands, scored: _Scored, place: int, explicit: ExplicitLink | None, run: _Run
) -> tuple[Signal, ...]:
    space = run.space
    signals: list[Signal] = []
    if explicit is not None:
        signals.append(Signal(explicit.kind, (same(explicit.reference),)))
    signals += aspect_signals(scored.told, space.aspects[place], book=space.book)
    probability = float(scored.probability[place])
    if explicit is None and probability >= _WORTH_A_LOOK:
        signals += turning_signal(
            scored.told,
            space.aspects[place],
            book=space.book,
            accepted=probability >= run.bands.accept,
        )
    named = space.named_agencies(demands.items[scored.row], place)
    if named:
        signals.append(Signal("agency", tuple(same(name) for name in named)))
    signals += similarity_signals(
        {name: float(z[place]) for name, z in scored.standardised.items()}
    )
    return tuple(signals)


def _gap(candidates: Sequence[Candidate], probability: Floats, run: _Run) -> Gap:
    measures = run.space.measures
    names = list(dict.fromkeys(measure.document for measure in measures))
    titles = ", ".join(run.documents[n].title if n in run.documents else n for n in names)
    return Gap(
        searched=f"ingen motsvarighet hittad i {titles} ({len(measures)} åtgärder)",
        best_rejected=tuple(c.measure for c in candidates[:_REJECTED_SHOWN]),
        expected_misses=round(float(probability.sum()), 3),
    )


def _nothing_to_search(recommendation: Recommendation) -> TraceLine:
    """The line of a demand when the target documents hold no measures: nothing can be said."""
    context: tuple[ContextPassage, ...] = ()
    return TraceLine(
        id=recommendation.id,
        document=recommendation.document,
        text=recommendation.text,
        strength=recommendation.strength,
        status="unresolved",
        candidates=(),
        context=context,
        gap=None,
    )
