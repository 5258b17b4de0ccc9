"""Learning from decisions: helps where they agree, keeps the shipped model where they do not."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from rodtrad.datamodel import Decision, Measure, Recommendation
from rodtrad.errors import UsageError
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.tracing import (
    Case,
    Decided,
    Means,
    Retrained,
    retrain,
    reverse_gaps,
    shipped_model,
    trace,
)
from rodtrad.tracing.learning import FEWEST

RIGHT = {
    "Polisen bör utreda fler fall av människohandel.": "4.1",
    "Hjälp offer att söka brottsskadeersättning.": "4.2",
    "Kvinnojourer behöver medel.": "4.3",
    "Höj säkerheten på Migrationsverkets boenden.": "4.4",
}


@pytest.fixture
def asked(demand: Recommendation) -> list[Recommendation]:
    texts = [*RIGHT, *(f"Dessutom: {text.lower()}" for text in RIGHT)]
    return [replace(demand, id=str(n), text=text) for n, text in enumerate(texts)]


def learn(
    decisions: Sequence[Decided],
    asked: Sequence[Recommendation],
    measures: Sequence[Measure],
    encoder: Encoder,
) -> Retrained:
    case = Case(tuple(decisions), tuple(asked), tuple(measures))
    return retrain([case], means=Means(encoder))


def decided(
    asked: Sequence[Recommendation], measures: Sequence[Measure], *, flip: bool = False
) -> list[Decided]:
    answers = list(RIGHT.values()) * 2
    return [
        Decided(r.id, m.id, (m.id == answer) is not flip)
        for r, answer in zip(asked, answers, strict=True)
        for m in measures
    ]


def test_agreeing_decisions_lower_the_loss_on_held_out_ones(
    asked: list[Recommendation], measures: Sequence[Measure], encoder: Encoder
) -> None:
    found = learn(decided(asked, measures), asked, measures, encoder)
    assert found.kept
    assert found.after < found.before
    assert (found.used, found.model.version) == (32, f"{shipped_model().version}+32")
    assert found.order_after >= found.order_before


@pytest.mark.parametrize("seed", [0, 1, 9])
def test_a_better_loss_is_refused_where_the_order_of_held_out_links_is_worse(
    asked: list[Recommendation], measures: Sequence[Measure], encoder: Encoder, seed: int
) -> None:
    drawn = np.random.default_rng(seed)
    decisions = [Decided(r.id, m.id, drawn.random() < 0.6) for r in asked for m in measures]
    found = learn(decisions, asked, measures, encoder)
    assert found.after < found.before
    assert found.kept is (found.order_after >= found.order_before)
    assert found.kept is (seed == 9)
    assert (found.model == shipped_model()) is not found.kept


def test_the_prior_is_not_forgotten(
    asked: list[Recommendation], measures: Sequence[Measure], encoder: Encoder
) -> None:
    contrary = decided(asked, measures, flip=True)[:FEWEST]
    flipped = learn(contrary, asked, measures, encoder).model
    for weights in (flipped.known_field, flipped.other_field):
        assert min([*weights.relative.values(), *weights.absolute.values()]) >= 0
    (line,) = trace([asked[1]], measures, means=Means(encoder, flipped))
    assert line.candidates[0].measure == "4.2"


@pytest.mark.parametrize(("number", "reason"), [(19, "needs 20"), (0, "needs 20")])
def test_too_few_decisions_are_refused(
    asked: list[Recommendation],
    measures: Sequence[Measure],
    encoder: Encoder,
    number: int,
    reason: str,
) -> None:
    with pytest.raises(UsageError, match=reason):
        learn(decided(asked, measures)[:number], asked, measures, encoder)


def test_one_kind_of_decision_teaches_nothing(
    asked: list[Recommendation], measures: Sequence[Measure], encoder: Encoder
) -> None:
    all_linked = [replace(d, linked=True) for d in decided(asked, measures)]
    with pytest.raises(UsageError, match="only one kind"):
        learn(all_linked, asked, measures, encoder)


def test_a_measure_nobody_asked_for_is_a_reverse_gap(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder
) -> None:
    plain = replace(demand, text="Det ska bli lättare för offer att få brottsskadeersättning.")
    lines = trace([plain], measures, means=Means(encoder))
    found = {gap.measure: gap for gap in reverse_gaps(lines, measures)}
    assert "4.2" not in found
    assert found["4.4"].closest == "list#1"
    assert found["4.4"].probability < 0.4


def test_many_that_come_half_near_are_no_reverse_gap(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder
) -> None:
    (line,) = trace([demand], measures, means=Means(encoder))
    half = [replace(c, probability=0.25, accepted=False) for c in line.candidates]
    lines = [replace(line, id=str(n), candidates=tuple(half)) for n in range(2)]
    assert {g.measure for g in reverse_gaps(lines[:1], measures)} == {m.id for m in measures}
    assert not reverse_gaps(lines, measures)


def test_what_people_decided_counts_before_the_model(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder
) -> None:
    (line,) = trace([demand], measures, means=Means(encoder))
    verdicts = {"4.2": "reject", "4.4": "accept"}
    decided = [
        replace(
            c,
            decision=Decision(action=verdicts[c.measure], who="Anna", when="", event="e"),
            accepted=verdicts[c.measure] == "accept",
        )
        if c.measure in verdicts
        else c
        for c in line.candidates
    ]
    found = {g.measure for g in reverse_gaps([replace(line, candidates=tuple(decided))], measures)}
    assert "4.2" in found
    assert "4.4" not in found


def test_nothing_traced_leaves_every_measure_unasked_for(measures: Sequence[Measure]) -> None:
    assert {g.closest for g in reverse_gaps([], measures)} == {None}
    assert len(reverse_gaps([], measures)) == len(measures)


def test_a_feature_that_never_varies_keeps_its_weight(
    asked: list[Recommendation], measures: Sequence[Measure], encoder: Encoder
) -> None:
    # All demands and measures are Swedish here, so "foreign" is 0 for every decided pair.
    before, after = shipped_model(), learn(decided(asked, measures), asked, measures, encoder).model
    assert after != before
    assert after.known_field.absolute["foreign"] == pytest.approx(
        before.known_field.absolute["foreign"], abs=1e-3
    )


def test_a_target_that_has_no_measures_any_more_teaches_nothing(
    asked: list[Recommendation], measures: Sequence[Measure], encoder: Encoder
) -> None:
    full = Case(tuple(decided(asked, measures)), tuple(asked), tuple(measures))
    empty = Case((Decided(asked[0].id, "gone", linked=True),), tuple(asked), ())
    means = Means(encoder)
    assert retrain([empty, full], means=means) == retrain([full], means=means)
