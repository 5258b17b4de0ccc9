"""Two plans compared: the same, a forerunner, a structure elsewhere, not mentioned, new."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import AnnotatedDocument, Document, Measure, Passage
from rodtrad.datamodel.cleantext import whole
from rodtrad.pipeline.comparejob import compare_lines, run_compare
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.tracing import Means
from rodtrad.tracing.comparison import (
    PlanChange,
    change_record,
    compare_plans,
    spelt_alike,
    successors,
)
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
    record = change_record(change)
    assert (record["certainty"], record["alternatives"]) == ("doubtful", ["4.3"])
    assert "lika väl vara 4.3" in "".join(compare_lines([record], language="sv"))
    sure = change_record(replace(change, alternatives=()))
    assert (sure["certainty"], sure["alternatives"]) == ("certain", [])


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
    assert by_title["telefonlinje-för-sexköpare"]["change"] == "not mentioned"
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
