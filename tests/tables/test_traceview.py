from dataclasses import replace
from datetime import date

import pytest

from rodtrad.tables.filters import TableFilter, filter_table, for_sharing
from rodtrad.tables.htmlpage import html_page
from rodtrad.tables.phrases import counts_text, gap_text, nearest_text, searched_text
from rodtrad.tables.terms import Language, load_terms
from rodtrad.tables.traceview import build_trace_table
from tables import sample

SV = load_terms("sv")


def ids(table: object) -> list[str]:
    return [row.line.id for row in table.rows]  # type: ignore[attr-defined]


def test_rows_keep_the_order_of_the_lines_and_find_their_values() -> None:
    table = sample.table()
    assert ids(table) == ["5.7", "5.4", "SE-R3-01"]
    assert [cell.title for cell in table.rows[0].cells] == [sample.TITLE_431]
    assert [d.id for d in table.sources] == [sample.REPORT, sample.GRETA]
    assert [d.id for d in table.targets] == [sample.PLAN]


def test_values_call_for_their_notes() -> None:
    notes = " ".join(sample.table().notes)
    assert notes.startswith("Planens avsnitt 7.4 bygger på en senare lägesrapport (26)")
    assert "En rekommendation är en sammanfattning med egna ord, ej citat" in notes
    assert "hänvisningar ges till avsnitt" in notes


def test_deadlines_are_told_once_and_soonest_first() -> None:
    dates = [due.deadline.date for _, due in sample.table().due_dates()]
    assert dates == ["2026-10-01", "2027-02-26", "2029-03-01"]


def test_a_rejected_measure_has_its_title_and_probability() -> None:
    (rejected,) = sample.table().rows[1].rejected
    assert (rejected.measure, rejected.title) == ("4.3.9", sample.TITLE_439)
    assert rejected.probability == 0.17


def test_unknown_documents_and_measures_are_shown_by_their_ids() -> None:
    table = build_trace_table(sample.lines(), (), (), documents={}, as_of=sample.AS_OF)
    assert table.rows[0].document.title == sample.REPORT
    assert table.rows[0].cells[0].title is None
    assert table.rows[0].evidence is None


@pytest.mark.parametrize(
    ("searched", "shown"),
    [
        ("Plan X (40 åtgärder)", "Plan X (40 åtgärder)"),
        ("ingen motsvarighet hittad i Plan X (40 åtgärder)", "Plan X (40 åtgärder)"),
        ("Ingen motsvarighet hittad i Plan X.", "Plan X"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_was_searched_is_worded_once(searched: str, shown: str) -> None:
    row = sample.table().rows[1]
    assert row.line.gap
    gap = replace(row.line.gap, searched=searched)
    row = replace(row, line=replace(row.line, gap=gap), targets=())
    assert searched_text(row, SV) == shown
    assert gap_text(row, SV).count("otsvarighet hittad") == 1


def test_every_open_row_says_what_it_was_held_against_in_the_tables_language() -> None:
    line = replace(sample.lines()[1], status="unresolved", gap=None)
    said: tuple[tuple[Language, str], ...] = (("sv", "(3 åtgärder) kan"), ("en", "(3 measures) "))
    for language, words in said:
        table = build_trace_table(
            [line], sample.recommendations(), sample.measures(), documents=sample.DOCUMENTS,
            as_of=sample.AS_OF, language=language,
        )  # fmt: skip
        assert words in gap_text(table.rows[0], table.terms)


def test_an_unresolved_row_shows_what_came_closest() -> None:
    line = replace(sample.lines()[1], status="unresolved", gap=None)
    table = build_trace_table(
        [line], sample.recommendations(), sample.measures(),
        documents=sample.DOCUMENTS, as_of=sample.AS_OF,
    )  # fmt: skip
    (row,) = table.rows
    assert gap_text(row, SV) == (
        "Oavgjord: samband med åtgärder i Handlingsplan mot prostitution och människohandel "
        "2026–2028 (3 åtgärder) kan varken godtas eller uteslutas."
    )
    assert nearest_text(row, SV) == "Närmast: 4.3.9 (0,17)"
    assert [index for index, _ in table.gaps] == [0]


@pytest.mark.parametrize(
    ("text", "said"), [("Stöd ska ges.", True), ("Stöd ska ges " * 4, False)]
)  # fmt: skip
def test_a_short_demand_says_why_it_is_no_gap(text: str, said: bool) -> None:
    line = replace(sample.lines()[1], status="unresolved", gap=None, text=text)
    table = build_trace_table(
        [line], sample.recommendations(), sample.measures(),
        documents=sample.DOCUMENTS, as_of=sample.AS_OF,
    )  # fmt: skip
    assert (SV["gap.short"] in gap_text(table.rows[0], SV)) is said


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        (TableFilter(), ["5.7", "5.4", "SE-R3-01"]),
        (TableFilter(statuses=("gap",)), ["5.4"]),
        (TableFilter(strengths=("urge",)), ["SE-R3-01"]),
        (TableFilter(agency="Socialstyrelsen"), ["5.7"]),
        (TableFilter(before=date(2026, 12, 1)), ["SE-R3-01"]),
        (TableFilter(statuses=("partly",), agency="Polismyndigheten"), ["SE-R3-01"]),
        (TableFilter(agency="Skatteverket"), []),
    ],
)
def test_filters_hold_for_every_export(chosen: TableFilter, left: list[str]) -> None:
    table = filter_table(sample.table(), chosen)
    assert ids(table) == left
    said = f"Tabellen är ett urval: {len(left)} av 3 rekommendationer visas."
    assert (said in table.notes) == (len(left) < 3)
    selection = f" (urval: {len(left)} av 3 visas)" if len(left) < 3 else ""
    assert counts_text(table) == (
        f"Motsvaras 0 · Motsvaras delvis 2 · Ingen motsvarighet hittad 1 · Oavgjord 0{selection}"
    )


def test_what_must_not_be_handed_on_is_not_counted_either() -> None:
    infos = {**sample.DOCUMENTS}
    infos[sample.REPORT] = replace(infos[sample.REPORT], marking="sekretess")
    chosen = filter_table(sample.table(documents=infos), TableFilter(statuses=("partly",)))
    assert counts_text(for_sharing(chosen)).startswith(
        "Motsvaras 0 · Motsvaras delvis 1 · Ingen motsvarighet hittad 0"
    )


def test_marked_documents_stay_out_of_what_is_shared() -> None:
    def marked(document: str, marking: str) -> dict[str, object]:
        infos = dict(sample.DOCUMENTS)
        infos[document] = replace(infos[document], marking=marking)
        return {"documents": infos}

    without_report = for_sharing(sample.table(**marked(sample.REPORT, "sekretess")))
    assert ids(without_report) == ["SE-R3-01"]
    assert without_report.marking is None
    assert not any("lägesrapport" in note for note in without_report.notes)
    assert "Ett märkt dokument har utelämnats." in without_report.notes
    without_plan = for_sharing(sample.table(**marked(sample.PLAN, "arbetsmaterial")))
    assert not any(row.cells or row.rejected or row.line.context for row in without_plan.rows)
    assert without_plan.measures == ()
    assert "Handlingsplan" not in html_page(without_plan)
    unmarked = sample.table(**marked(sample.PLAN, "öppen"))
    assert for_sharing(unmarked) == unmarked
