"""The demand's own sentence carries the link: context, headings, agencies, gaps of few words."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rodtrad.datamodel import Measure, Recommendation
from rodtrad.errors import UsageError
from rodtrad.evaluation.trace import read_trace_gold
from rodtrad.evaluation.tracefit import read_field_measures
from rodtrad.pipeline.linkmodel import means_for, own_aspects
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.tracing import Means, in_english, load_aspects, trace
from rodtrad.tracing.features import MeasureSpace, read_demands
from rodtrad.tracing.lexical import concept_terms
from rodtrad.tracing.model import Bands, Row
from rodtrad.tracing.texts import demand_side, refers_back, sets_condition
from rodtrad.workspace import init_workspace, open_workspace

GOLD = Path(__file__).parent.parent / "gold" / "trace-own"


@pytest.mark.parametrize(
    ("row", "gap"),
    [
        (Row(no_link=0.9, none=0.6, best=0.10, known_action=1.0, words=15), True),
        (Row(no_link=0.3, none=0.6, best=0.10, known_action=1.0, words=15), False),
        (Row(no_link=0.3, none=0.9, best=0.02, known_action=1.0, words=15), True),
        (Row(no_link=0.9, none=0.4, best=0.51, known_action=0.0, words=15), False),
        (Row(no_link=0.9, none=0.6, best=0.10, known_action=1.0, words=4), False),
        (Row(no_link=0.9, none=0.6, best=0.10, known_action=0.2, words=4), True),
    ],
)
def test_a_gap_is_called_only_where_nothing_comes_near(row: Row, *, gap: bool) -> None:
    assert Bands(accept=0.8, gap=0.4).is_gap(row) is gap


@pytest.mark.parametrize(
    ("text", "language", "back"),
    [
        ("Regeringen bör bereda behovet av ett sådant centrum.", "sv", True),
        ("Myndigheten ställer sig bakom detta förslag.", "sv", True),
        ("This should be done by the police.", "en", True),
        ("Det behövs fler utbildningar.", "sv", False),
    ],
)
def test_what_points_back(text: str, language: str, *, back: bool) -> None:
    assert refers_back(text, language) is back


@pytest.mark.parametrize(
    ("text", "language", "condition"),
    [
        ("Stöd ska ges oavsett om offret medverkar.", "sv", True),
        ("Identification must not depend on a report.", "en", True),
        ("Stöd ska ges till offer.", "sv", False),
    ],
)
def test_what_sets_a_condition(text: str, language: str, *, condition: bool) -> None:
    assert sets_condition(text, language) is condition


def with_context(demand: Recommendation, text: str) -> Recommendation:
    context = " ".join(f"Kvinnojourer behöver stöd {n} gånger om året." for n in range(9))
    return replace(demand, text=text, context=context, section=("4 Stöd till kvinnojourer",))


def test_context_weighs_little_beside_the_own_sentence(demand: Recommendation) -> None:
    side = demand_side(with_context(demand, "Migrationsverket bör höja säkerheten."))
    assert sum(u.weight for u in side.units[1:]) == pytest.approx(0.3)
    assert side.title_weight < 1
    assert "kvinnojourer" not in side.own.lower()


def test_context_weighs_more_where_the_demand_points_back(demand: Recommendation) -> None:
    side = demand_side(with_context(demand, "Länsstyrelsen ställer sig bakom detta förslag."))
    assert sum(u.weight for u in side.units[1:]) == pytest.approx(1.0)
    assert side.title_weight == 2


def test_the_section_does_not_make_the_link(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder
) -> None:
    asked = with_context(demand, "Migrationsverket bör höja säkerheten på sina boenden.")
    (line,) = trace([asked], measures, means=Means(encoder))
    assert line.candidates[0].measure == "4.4"


def test_a_measure_of_another_agency_than_the_one_asked(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder
) -> None:
    space = MeasureSpace(measures, encoder=encoder, book=load_aspects())
    asked = [
        replace(demand, text="Migrationsverket bör höja säkerheten."),
        replace(demand, text="Säkerheten bör höjas."),
    ]
    fits = space.compare(read_demands(asked, encoder=encoder, book=space.book))["addressee"]
    assert fits.tolist() == [[0, 0, 1, 1], [1, 1, 1, 1]]


def test_work_with_those_who_commit_the_acts_answers_no_demand_on_others(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder
) -> None:
    offenders = replace(
        measures[0],
        title="Uppdrag om behandling av våldsutövare",
        text="Behandlingen av våldsutövare ska samordnas nationellt.",
        sentences=(),
    )
    space = MeasureSpace([offenders, measures[1]], encoder=encoder, book=load_aspects())
    asked = [
        replace(demand, text="Stödet till offer bör samordnas."),
        replace(demand, text="Män som köper sex bör erbjudas samtal."),
    ]
    fits = space.compare(read_demands(asked, encoder=encoder, book=space.book))["offenders"]
    assert fits.tolist() == [[0, 1], [1, 1]]


def test_what_would_change_the_decision_is_said_in_both_languages(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder
) -> None:
    asked = "Brottsoffermyndigheten bör underlätta för offer att söka brottsskadeersättning."
    plain = replace(demand, text=asked)
    (line,) = trace([plain], measures, means=Means(encoder))
    first = line.candidates[0]
    turning = [s for s in first.signals if s.startswith("skulle")]
    assert len(turning) == 1
    (english,) = in_english(turning, book=load_aspects())
    assert english.startswith("would")
    assert not any("skulle" in s for c in line.candidates[-1:] for s in c.signals)


@pytest.mark.parametrize("path", sorted(GOLD.glob("heldout-*.json")), ids=lambda p: p.stem)
def test_held_out_gold_judges_measures_it_brings(path: Path) -> None:
    items, measures = read_trace_gold(path), {m.id for m in read_field_measures(path)}
    assert len(items) >= 20
    assert {i.split for i in items} == {"held-out"}
    for item in items:
        assert {*item.links, *item.doubt} <= measures
        assert not item.links.keys() & item.doubt


def test_a_workspace_names_aspects_of_its_own(tmp_path: Path) -> None:
    place = init_workspace(tmp_path / "w")
    own = '[form]\nrail = { names = ["järnväg", "rail"], sv = ["järnväg*"], en = ["railway*"] }\n'
    (place.root / "own.toml").write_text(own)
    (place.root / "rodtrad.toml").write_text('aspects = "own.toml"\n')
    book = own_aspects(open_workspace(place.root))
    assert len(book) == len(load_aspects()) + 1
    assert book.counts("nya järnvägar", "sv")[-1] == 1
    (place.root / "rodtrad.toml").write_text('aspects = "gone.toml"\n')
    with pytest.raises(UsageError, match=r"gone\.toml"):
        own_aspects(open_workspace(place.root))


def test_own_aspects_and_own_terms_reach_what_pairs_are_judged_with(
    tmp_path: Path, encoder: Encoder
) -> None:
    place = init_workspace(tmp_path / "w")
    own = '[form]\nrail = { names = ["järnväg", "rail"], sv = ["järnväg*"], en = ["railway*"] }\n'
    (place.root / "own.toml").write_text(own)
    bank = "rail-yard\trail\tbangård\tmarshalling yard\n"
    (place.root / "own.tsv").write_text(bank)
    (place.root / "rodtrad.toml").write_text('aspects = "own.toml"\ntermbank = "own.tsv"\n')
    means = means_for(open_workspace(place.root), encoder)
    assert in_english(["gemensamt: järnväg"], book=means.aspects) == ("in common: rail",)
    asked = concept_terms("A new marshalling yard", "en", means.termbank)
    assert asked.keys() & concept_terms("En ny bangård", "sv", means.termbank).keys()
    assert not concept_terms("En ny bangård", "sv", Means(encoder).termbank)
