"""Traits of passages as rows of numbers: filters, changes, files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rodtrad.datamodel import Passage, Span
from rodtrad.retrieval.hits import DocumentInfo, PassageFacts, SearchFilters
from rodtrad.retrieval.traits import Traits, TraitTable

KINDS, AGENCIES, TYPES = ("plan", "rapport"), ("BRÅ", "SiS", "UHR"), ("date", "amount")
DATES = (None, "2020", "2020-06", "2020-06-30", "2021-01-15")
INFOS = {
    f"{kind}{date}": DocumentInfo(f"{kind}{date}", "", kind, date)
    for kind in KINDS for date in DATES
}  # fmt: skip
SOME = st.lists(st.sampled_from(AGENCIES), unique=True, max_size=2).map(tuple)
TRAITS = st.builds(
    Traits,
    st.sampled_from([*INFOS, "unknown"]),
    st.sampled_from(["sv", "en"]),
    st.sampled_from([(), ("footnote",)]),
    SOME,
    st.sampled_from([(), TYPES[:1], TYPES]),
)
FILTERS = st.builds(
    SearchFilters,
    documents=st.sampled_from([(), tuple(INFOS)[:3]]),
    kinds=st.sampled_from([(), KINDS[:1], KINDS, ("other",)]),
    agencies=SOME,
    types=st.sampled_from([(), TYPES[1:]]),
    languages=st.sampled_from([(), ("en",)]),
    from_date=st.sampled_from([None, "2020-06", "2020-06-01", "2020-06-15", "2021"]),
    to_date=st.sampled_from([None, "2020", "2020-06-30", "2020-06-31"]),
)


def table_of(traits: dict[int, Traits]) -> TraitTable:
    table = TraitTable.empty()
    for number, one in traits.items():
        at = Span(0, 1)
        passage = Passage(
            str(number), one.document, None, (), "x", at, at, one.language, None, one.flags
        )
        table.add(number, passage, PassageFacts(one.agencies, one.types))
    return table


def passes(one: Traits, filters: SearchFilters) -> bool:
    """What a filter says, one passage at a time."""
    about = INFOS.get(one.document)
    first, last = filters.from_date or "", filters.to_date or ""
    day = f"{about.date}-01-01"[:10] if about else ""
    return about is not None and all(
        [
            not filters.documents or one.document in filters.documents,
            not filters.kinds or about.kind in filters.kinds,
            not filters.languages or one.language in filters.languages,
            not filters.agencies or set(filters.agencies) & set(one.agencies),
            not filters.types or set(filters.types) & set(one.types),
            not first or (about.date and day >= f"{first}-01-01"[:10]),
            not last or (about.date and day[: len(last)] <= last),
        ]
    )


@given(st.dictionaries(st.integers(1, 3000), TRAITS, max_size=12), FILTERS, st.data())
def test_a_filter_leaves_what_each_passage_says(
    traits: dict[int, Traits], filters: SearchFilters, data: st.DataObject
) -> None:
    table = table_of(traits)
    gone = data.draw(st.sets(st.sampled_from(sorted(traits)))) if traits else set()
    table.delete(gone)
    left = {number: one for number, one in traits.items() if number not in gone}
    assert table.traits([0, *traits, 5000]) == left
    expected = sorted(number for number, one in left.items() if passes(one, filters))
    assert table.allowed(filters, INFOS).tolist() == expected


def test_a_table_is_read_as_it_was_written_and_may_be_changed(tmp_path: Path) -> None:
    one = Traits("plan2020", "sv", ("footnote",), ("BRÅ",), ("date",))
    other = Traits("rapportNone", "en", (), (), ())
    table_of({3: one, 7: other}).save(tmp_path)
    assert TraitTable.open(tmp_path).traits([3, 7]) == {3: one, 7: other}
    with pytest.raises(ValueError, match="read-only"):
        TraitTable.open(tmp_path).delete([3])
    changed = TraitTable.open(tmp_path, for_change=True)
    changed.delete([7])
    changed.save(tmp_path)
    assert TraitTable.open(tmp_path).traits([3, 7]) == {3: one}
