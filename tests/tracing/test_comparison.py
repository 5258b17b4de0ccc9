"""Two plans compared: the same, a forerunner, a structure elsewhere, not mentioned, new."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import AnnotatedDocument, Document, Measure, MetadataValue, Passage, Span
from rodtrad.datamodel.cleantext import whole
from rodtrad.pipeline.comparejob import compare_lines, order_warning, run_compare
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.tracing import Means, comparison
from rodtrad.tracing.comparison import (
    PlanChange,
    Relation,
    change_record,
    compare_plans,
    successors,
)
from rodtrad.tracing.standing import LaterText, spelt_alike
from rodtrad.workspace import open_workspace

TODAY = date(2026, 11, 22)


@pytest.fixture
def new(
    plan: Document, measures: tuple[Measure, ...], passages: tuple[Passage, ...]
) -> AnnotatedDocument:
    return AnnotatedDocument(plan, passages=passages, measures=measures)


@pytest.fixture
def old(measures: tuple[Measure, ...]) -> AnnotatedDocument:
    source = "\n".join(m.text for m in measures)
    document = Document("old", "handlingsplan", "sv", source, whole(source), ())
    same, changed = (replace(m, document="old", id=f"o{m.id}") for m in measures[:2])
    changed = replace(changed, agencies=("Socialstyrelsen",))
    support = replace(changed, id="s", title="Socialtjänstens stöd", text="", sentences=(), dnr=())
    rail = replace(
        changed,
        id="r",
        title="Nya järnvägsbroar",
        text="Trafikverket bygger.",
        sentences=(),
        dnr=(),
    )
    return AnnotatedDocument(document, measures=(same, changed, support, rail))


def test_each_old_measure_has_one_line_and_unmatched_new_ones_follow(
    old: AnnotatedDocument, new: AnnotatedDocument, encoder: Encoder
) -> None:
    changes = compare_plans(old, new, means=Means(encoder))
    assert [c.old for c in changes[:4]] == ["o4.1", "o4.2", "s", "r"]
    assert [c.change for c in changes[4:]] == ["new"] * len(changes[4:])
    matched = {c.new for c in changes[:4] if c.new}
    assert {c.new for c in changes[4:]} == {m.id for m in new.measures} - matched


def test_the_same_number_is_the_same_assignment(
    old: AnnotatedDocument, new: AnnotatedDocument, encoder: Encoder
) -> None:
    first = compare_plans(old, new, means=Means(encoder))[0]
    assert (first.new, first.relation, first.probability) == ("4.1", "same", None)
    assert first.change == "continued"


def test_another_agency_is_a_change_shown_from_both_sides(
    old: AnnotatedDocument, new: AnnotatedDocument, encoder: Encoder
) -> None:
    second = compare_plans(old, new, means=Means(encoder))[1]
    assert (second.new, second.change) == ("4.2", "changed")
    (difference,) = second.differences
    assert (difference.field, difference.old) == ("agencies", ("Socialstyrelsen",))


def test_what_no_later_measure_or_chapter_holds_is_not_mentioned(
    old: AnnotatedDocument, new: AnnotatedDocument, encoder: Encoder
) -> None:
    last = compare_plans(old, new, means=Means(encoder))[3]
    assert (last.change, last.new, last.relation) == ("not mentioned", None, None)


@pytest.mark.parametrize(
    ("chance", "expected"),
    [
        # Twins in both plans: the sum over all decides, not each row's best.
        ([[0.98, 0.97], [0.97, 0.90]], {0: (1, ()), 1: (0, ())}),
        # A tie that no other earlier measure settles is shown.
        ([[0.94, 0.93, 0.10]], {0: (0, (1,))}),
        # No tie: two earlier measures go on in one.
        ([[0.95, 0.20], [0.90, 0.76]], {0: (0, ()), 1: (0, ())}),
        ([[0.50, 0.74]], {}),
        ([[0.10], [0.99]], {1: (0, ())}),
    ],
)
def test_who_succeeds_whom(
    chance: list[list[float]], expected: dict[int, tuple[int, tuple[int, ...]]]
) -> None:
    ties = successors(np.array(chance, np.float32))
    assert {tie.old: (tie.new, tie.others) for tie in ties} == expected


def test_a_successor_that_cannot_be_told_from_another_is_doubtful() -> None:
    change = PlanChange("a", "4.2", "continued", "similar", 0.9, (), (), alternatives=("4.3",))
    record = change_record(change) | {"alternative_titles": ["Medel till jourer"]}
    assert (record["certainty"], record["alternatives"]) == ("doubtful", ["4.3"])
    told = "".join(compare_lines([record], language="sv"))
    assert "lika väl vara 4.3 Medel till jourer" in told
    sure = change_record(replace(change, alternatives=()))
    assert (sure["certainty"], sure["alternatives"]) == ("certain", [])


@pytest.mark.parametrize(
    ("relation", "probability", "certainty"),
    [
        ("similar", 0.7514, "doubtful"),
        ("similar", 0.9, "certain"),
        ("same", None, "certain"),
        ("forerunner", None, "certain"),
    ],
)
def test_a_tie_just_above_its_limit_is_not_certain(
    relation: Relation, probability: float | None, certainty: str
) -> None:
    change = PlanChange("a", "4.2", "changed", relation, probability, (), ())
    assert change_record(change)["certainty"] == certainty


def later(*sections: tuple[str, str], measures: tuple[Measure, ...] = ()) -> AnnotatedDocument:
    """A plan of sections with a heading path ("1 Kapitel/1.1 Avsnitt") and a text each."""
    source = "\n".join(text for _, text in sections)
    document = Document("plan", "handlingsplan", "sv", source, whole(source), ())
    passages = []
    for path, text in sections:
        at = Span(source.index(text), source.index(text) + len(text))
        passages.append(
            Passage(path, "plan", None, tuple(path.split("/")), text, at, at, language="sv")
        )
    return AnnotatedDocument(document, passages=tuple(passages), measures=measures)


def earlier(measure: Measure, title: str, text: str = "") -> AnnotatedDocument:
    """A plan whose only measure has this title and text, and no number."""
    one = replace(
        measure, id="o", document="old", title=title, text=text, sentences=(), dnr=(), agencies=()
    )
    source = f"{title} {text}"
    document = Document("old", "handlingsplan", "sv", source, whole(source), ())
    return AnnotatedDocument(document, measures=(one,))


STANDS = "Hamnlotsar finns i fem distrikt."


@pytest.mark.parametrize(
    ("title", "path", "quote"),
    [
        ("Hamnslotsar", "2 Organisation/2.4 Hamnlotsar", STANDS),
        ("Hamnlotsar", "2 Organisation/2.4 Hamnlotsar", STANDS),
        # Another word, and who was heard on the plan.
        ("Sjöräddare", "2 Organisation/2.4 Hamnlotsar", None),
        ("Hamnlotsar", "7 Beredningsunderlag och samråd/7.1 Hamnlotsar", None),
        # A chapter that holds measures is only their frame.
        ("Stöd till offer", "4 Stöd till offer", None),
    ],
)
def test_a_structure_stands_under_a_heading_of_its_name(
    measures: tuple[Measure, ...], title: str, path: str, quote: str | None
) -> None:
    framed = replace(measures[0], section=("4 Stöd till offer", "4.1 Medel"), at=Span(900, 901))
    plan = later((path, STANDS), measures=(framed,))
    old = earlier(measures[0], title)
    found = LaterText(old, plan).headed(old.measures[0])
    assert (found.quote if found else None) == quote


def test_a_heading_of_the_same_name_says_more_than_a_likeness(
    measures: tuple[Measure, ...], encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        comparison, "both_ways", lambda one, other, _: np.full((len(one), len(other)), 0.9)
    )
    far = replace(measures[0], at=Span(900, 901), dnr=())
    plan = later(("2 Organisation/2.4 Hamnlotsar", STANDS), measures=(far,))
    first = compare_plans(earlier(far, "Hamnslotsar"), plan, means=Means(encoder))[0]
    assert (first.change, first.evidence[-1].quote) == ("structure", STANDS)
    other = compare_plans(earlier(far, "Kusträddning"), plan, means=Means(encoder))[0]
    assert (other.new, other.relation) == (far.id, "similar")


NETWORK = "Myndigheten driver ett nätverk för BRIS-mottagningar."
SEABOARD = "Barentsrådet får medel för aktiviteter."
UNLIKE = "Vägverket lagar broar."


@pytest.mark.parametrize(
    ("title", "text", "nearest"),
    [
        # An abbreviation of the measure, a rare word of its title.
        ("Samtal för barn", "Linjen BRIS svarar.", NETWORK),
        ("Stöd till Barentsrådets aktiviteter", "", SEABOARD),
        # A series of publications is no abbreviation of the measure; common words are not telling.
        ("Samtal för barn", "Se BRIS 2016:42.", None),
        ("Nya järnvägsbroar för en säker trafik", "", None),
    ],
)
def test_what_its_words_leave_open_is_not_said_to_be_unmentioned(
    measures: tuple[Measure, ...], encoder: Encoder, title: str, text: str, nearest: str | None
) -> None:
    plan = later(("1 Inledning", UNLIKE), ("3 Arbete", NETWORK), ("6 Internationellt", SEABOARD))
    (change,) = compare_plans(earlier(measures[0], title, text), plan, means=Means(encoder))
    record = change_record(change)
    assert record["change"] == "not mentioned"
    assert record["status"] == ("unresolved" if nearest else "resolved")
    assert [e["quote"] for e in record["evidence"][1:]] == ([nearest] if nearest else [])
    assert record["gap"]["sentences"] == 3
    assert record["gap"]["words"] == title


@pytest.mark.parametrize(
    ("likeness", "status", "quotes"),
    [
        (0.6, "unresolved", [UNLIKE]),  # a section is named where it is as likely
        (0.3, "unresolved", []),
        (0.1, "resolved", []),
    ],
)
def test_a_later_measure_of_fair_likeness_leaves_it_open_and_is_named(
    measures: tuple[Measure, ...],
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
    likeness: float,
    status: str,
    quotes: list[str],
) -> None:
    monkeypatch.setattr(
        comparison, "both_ways", lambda one, other, _: np.full((len(one), len(other)), likeness)
    )
    far = replace(measures[0], at=Span(900, 901), dnr=())
    plan = later(("1 Inledning", UNLIKE), measures=(far,))
    record = change_record(
        compare_plans(earlier(far, "Kusträddning"), plan, means=Means(encoder))[0]
    )
    assert record["status"] == status
    assert [e["quote"] for e in record["evidence"][1:]] == quotes
    assert record["alternatives"] == ([far.id] if status == "unresolved" else [])
    assert record["gap"]["best_rejected"] == [{"measure": far.id, "probability": likeness}]


def dated(day: str | None, name: str) -> Document:
    facts = (MetadataValue("date", day, "catalogue"),) if day else ()
    return Document(name, "handlingsplan", "sv", "", whole(""), (), metadata=facts)


@pytest.mark.parametrize(
    ("first", "second", "warned"),
    [
        ("2026-06", "2018-02", True),
        ("2018-02", "2026-06", False),
        ("2026-03-01", "2026", False),
        (None, "2018", False),
        ("2018", None, False),
    ],
)
def test_a_later_document_in_the_place_of_the_earlier_is_told(
    first: str | None, second: str | None, *, warned: bool
) -> None:
    told = order_warning(dated(first, "a"), dated(second, "b"), "sv")
    assert (told is not None) is warned
    assert not warned or (told or "").startswith("a (2026-06) är yngre än b (2018-02)")


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Regionskoordinatorer", "Regionkoordinatorer", True),
        ("Telefonlinje för sexköpare", "Regionkoordinatorer", False),
        ("", "Regionkoordinatorer", False),
    ],
)
def test_spelling_variants(one: str, other: str, *, alike: bool) -> None:
    assert (spelt_alike(one, other) >= 0.75) is alike


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=30))
def test_spelling_is_symmetric_and_a_share(one: str, other: str) -> None:
    share = spelt_alike(one, other)
    assert 0 <= share <= 1
    assert share == spelt_alike(other, one)
    assert spelt_alike(one, one) == 1


def test_the_plans_of_2018_and_2026(demo: Path) -> None:
    records = run_compare(
        "handlingsplan-2018", "handlingsplan-2026-2028", workspace=open_workspace(demo), as_of=TODAY
    )
    by_title = {str(r["old"]): r for r in records}
    police = by_title["stärkt-förmåga-inom-polismyndigheten-att-bekämpa"]
    assert (police["new"], police["relation"]) == ("4.4.1", "forerunner")
    manual = by_title["manual-vid-misstanke-om-människohandel"]
    assert manual["change"] == "structure"
    assert manual["evidence"][-1]["section"][-1].startswith("2.2")
    line = by_title["telefonlinje-för-sexköpare"]
    assert (line["change"], line["status"], line["certainty"]) == (
        "not mentioned", "unresolved", "doubtful",
    )  # fmt: skip
    assert line["alternatives"][0] == "4.5.1"
    assert "KAST" in line["evidence"][-1]["quote"]
    coordinators = by_title["regionskoordinatorer"]
    assert (coordinators["change"], coordinators["new"]) == ("structure", None)
    assert any(r["change"] == "new" and r["new"] == "4.1.11" for r in records)
    lines = list(compare_lines(records, language="sv"))
    assert any("föregångare" in line and "4.4.1" in line for line in lines)


def test_quotes_of_both_ends_are_slices(
    old: AnnotatedDocument, new: AnnotatedDocument, encoder: Encoder
) -> None:
    for change in compare_plans(old, new, means=Means(encoder)):
        for evidence in change_record(change)["evidence"]:
            document = new.document if evidence["document"] == new.id else old.document
            if evidence["quote"] is not None:
                assert evidence["quote"] == document.source[evidence["start"] : evidence["end"]]
