"""A whole trace over a small plan: ranks, links, gaps, context, evidence."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rodtrad.datamodel import (
    Candidate,
    Document,
    Evidence,
    Measure,
    Passage,
    Recommendation,
    Sentence,
    Span,
)
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.tracing import AspectBook, Means, trace
from rodtrad.tracing.linking import status_of
from rodtrad.tracing.model import shipped_model

Measures = Sequence[Measure]
NOWHERE = Evidence("plan", None, None, None, None, (), summary="x")


def asked(demand: Recommendation, text: str, language: str = "sv") -> Recommendation:
    return replace(demand, text=text, language="en" if language == "en" else "sv")


@pytest.mark.parametrize(
    ("text", "language", "best"),
    [
        ("Polisen bör utreda fler fall av människohandel.", "sv", "4.1"),
        ("Help victims of trafficking to apply for compensation.", "en", "4.2"),
        ("Ensure long-term funding of women's shelters.", "en", "4.3"),
        ("Säkerheten på Migrationsverkets boenden bör höjas.", "sv", "4.4"),
    ],
)
def test_the_measure_that_answers_is_first(
    demand: Recommendation,
    measures: Measures,
    encoder: Encoder,
    text: str,
    language: str,
    best: str,
) -> None:
    (line,) = trace([asked(demand, text, language)], measures, means=Means(encoder))
    assert line.candidates[0].measure == best


def test_all_measures_are_candidates_in_order_of_probability(
    demand: Recommendation, measures: Measures, encoder: Encoder
) -> None:
    (line,) = trace([demand], measures, means=Means(encoder))
    assert {c.measure for c in line.candidates} == {m.id for m in measures}
    chances = [c.probability for c in line.candidates]
    assert chances == sorted(chances, reverse=True)
    assert chances[-1] >= 0
    assert chances[0] <= 1


def test_no_more_than_a_hundred_candidates(
    demand: Recommendation, measures: Measures, encoder: Encoder
) -> None:
    many = [replace(measures[0], id=str(number)) for number in range(120)]
    (line,) = trace([demand], many, means=Means(encoder))
    assert len(line.candidates) == 100


def test_a_demand_gets_the_same_line_alone_and_in_a_list(
    demand: Recommendation, measures: Measures, encoder: Encoder
) -> None:
    others = [asked(demand, "Train judges.", "en"), asked(demand, "Bygg en järnväg.")]
    (alone,) = trace([demand], measures, means=Means(encoder))
    _, among, _ = trace([others[0], demand, others[1]], measures, means=Means(encoder))
    assert [c.measure for c in alone.candidates] == [c.measure for c in among.candidates]
    assert [c.probability for c in alone.candidates] == pytest.approx(
        [c.probability for c in among.candidates], abs=2e-4
    )
    assert alone.status == among.status


def test_the_own_dnr_gives_an_explicit_link(
    demand: Recommendation, measures: Measures, encoder: Encoder
) -> None:
    text = "Uppdraget (Ju2025/01324) bör förlängas."
    (line,) = trace([asked(demand, text)], measures, means=Means(encoder))
    first = line.candidates[0]
    assert (first.measure, first.explicit, first.accepted, first.grade) == ("4.1", True, True, 2)
    assert first.signals[0] == "samma ärende: ju2025/01324"
    assert not any(c.explicit for c in line.candidates[1:])


def test_quotes_are_slices_of_the_source(
    demand: Recommendation, measures: Measures, plan: Document, encoder: Encoder
) -> None:
    (line,) = trace([demand], measures, means=Means(encoder), documents={"plan": plan})
    for candidate in line.candidates:
        evidence = candidate.evidence_to
        assert evidence.quote == plan.source[evidence.start : evidence.end]
        assert candidate.evidence_from.quote is None
        assert candidate.evidence_from.summary == demand.text


def test_a_gap_names_what_was_searched_and_what_came_closest(
    demand: Recommendation,
    measures: Measures,
    passages: Sequence[Passage],
    plan: Document,
    encoder: Encoder,
) -> None:
    text = "En nationell riktlinje för ansökan om betänketid bör tas fram."
    (line,) = trace(
        [asked(demand, text)],
        measures,
        means=Means(encoder),
        documents={"plan": plan},
        context_passages=passages,
    )
    assert line.status == "gap"
    assert not line.links
    assert line.gap is not None
    assert "4 åtgärder" in line.gap.searched
    assert line.gap.best_rejected == tuple(c.measure for c in line.candidates[:3])
    total = sum(c.probability for c in line.candidates)
    assert line.gap.expected_misses == pytest.approx(total, abs=0.002)
    assert [c.evidence.section for c in line.context] == [("2.3 Stöd från socialtjänsten",)]
    assert "betänketid" in (line.context[0].evidence.quote or "")


def test_context_leaves_out_measures_and_the_contents_page(
    demand: Recommendation, measures: Measures, passages: Sequence[Passage], encoder: Encoder
) -> None:
    (line,) = trace([demand], measures, means=Means(encoder), context_passages=passages)
    assert all(c.evidence.section[0].startswith("2.3") for c in line.context)


def test_without_aspects_it_still_ranks(
    demand: Recommendation, measures: Measures, encoder: Encoder
) -> None:
    (line,) = trace([demand], measures, means=Means(encoder, aspects=AspectBook(())))
    assert line.candidates[0].measure == "4.2"
    assert all(c.signals for c in line.candidates)


def test_nothing_to_trace_and_nothing_to_trace_to(
    demand: Recommendation, measures: Measures, encoder: Encoder
) -> None:
    assert trace([], measures, means=Means(encoder)) == ()
    (line,) = trace([demand], [], means=Means(encoder))
    assert (line.status, line.candidates, line.gap) == ("unresolved", (), None)


def test_an_empty_demand_is_no_link(
    demand: Recommendation, measures: Measures, encoder: Encoder
) -> None:
    (line,) = trace([asked(demand, "")], measures, means=Means(encoder))
    assert not line.links


def candidate(grade: int, *, accepted: bool) -> Candidate:
    return Candidate("m", "plan", 0.9, grade, False, accepted, (), NOWHERE, NOWHERE)


@pytest.mark.parametrize(
    ("candidates", "no_link", "met", "status"),
    [
        ([candidate(2, accepted=True)], False, 1.0, "covered"),
        ([candidate(2, accepted=True)], True, 0.5, "partly"),
        ([candidate(1, accepted=True)], False, 1.0, "partly"),
        ([candidate(2, accepted=False)], False, 1.0, "unresolved"),
        ([candidate(0, accepted=False)], True, 1.0, "gap"),
    ],
)
def test_status(candidates: list[Candidate], no_link: bool, met: float, status: str) -> None:
    assert status_of(candidates, no_link=no_link, met=met) == status


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("Avskaffa brottsskadeersättningen till offer för människohandel.", "sv", "upphör"),
        ("Do not extend compensation to victims of trafficking.", "en", "upphör"),
        ("Brottsoffermyndigheten ska underlätta att söka brottsskadeersättning.", "sv", "inte vad"),
    ],
)
def test_what_goes_the_other_way_or_names_no_subject_is_never_sure(
    demand: Recommendation,
    measures: Sequence[Measure],
    encoder: Encoder,
    text: str,
    language: str,
    reason: str,
) -> None:
    wish = replace(asked(demand, text, language), context="", section=())
    bands = replace(shipped_model().known_field.bands, accept=0.01)
    model = replace(shipped_model(), known_field=replace(shipped_model().known_field, bands=bands))
    (line,) = trace([wish], measures, means=Means(encoder, model=model))
    assert line.candidates[0].probability >= 0.01
    assert not any(candidate.accepted for candidate in line.candidates)
    assert reason in line.candidates[0].signals[0]
    assert all(candidate.grade < 2 for candidate in line.candidates)


def test_the_quote_holds_what_the_link_rests_on(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder
) -> None:
    said = ["Myndigheten ska arbeta mot människohandel.", "Fler poliser ska utbildas."]
    sentences = tuple(Sentence(text, Span(n, n + 1)) for n, text in enumerate(said))
    target = replace(measures[0], text=" ".join(said), sentences=sentences)
    wish = replace(demand, text="Utbilda poliser om människohandel.", context="", section=())
    (line,) = trace([wish], [target, *measures[1:]], means=Means(encoder))
    (chosen,) = [c for c in line.candidates if c.measure == target.id]
    assert said[1] in (chosen.evidence_to.quote, chosen.evidence_to.summary)
