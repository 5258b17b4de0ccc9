from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from rodtrad.tables.filters import TableFilter, filter_table
from rodtrad.tables.records import measure_record, recommendation_record, trace_record
from rodtrad.tables.terminal import render_records
from rodtrad.tables.terminaltrace import render_trace
from rodtrad.tables.writers import table_text, write_table
from tables import sample


def printed(renderables: object, width: int = 100) -> str:
    console = Console(width=width, color_system=None, force_terminal=False, highlight=False)
    with console.capture() as capture:
        for renderable in renderables:  # type: ignore[attr-defined]
            console.print(renderable)
    return capture.get()


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_trace_follows_the_width_of_the_terminal(width: int) -> None:
    text = printed(render_trace(sample.table()), width)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_the_trace_says_everything_without_colour() -> None:
    text = squeezed(printed(render_trace(sample.table()), 120))
    assert "5.7 Motsvaras delvis" in text
    assert "Ingen motsvarighet hittad i Handlingsplan" in text
    assert "sammanfattning, ej citat" in text
    assert "(passerad, redovisning ej funnen)" in text.replace("\u00a0", " ")
    assert "lägesrapport (26)" in text


def test_the_head_of_a_selection_counts_all_that_was_traced(tmp_path: Path) -> None:
    gaps = filter_table(sample.table(), TableFilter(statuses=("gap",)))
    told = "Motsvaras delvis 2 · Ingen motsvarighet hittad 1 · Oavgjord 0 (urval: 1 av 3 visas)"
    assert told in squeezed(printed(render_trace(gaps), 120))
    paragraphs = docx.Document(str(write_table(gaps, tmp_path / "t.docx"))).paragraphs
    assert any(told in paragraph.text for paragraph in paragraphs)
    page = table_text(gaps, ".html")
    assert "<dd>2</dd>" in page
    assert "Urval: 1 av 3 visas." in page


def test_measures_as_a_table() -> None:
    records = [measure_record(m, sample.plan_document()) for m in sample.measures()]
    text = squeezed(printed(render_records("measures", records), 160))
    assert "Migrationsverket" in text
    assert "slutredovisning 1 oktober 2026" in text.replace("\u00a0", " ")


def test_recommendations_name_summaries() -> None:
    records = [recommendation_record(r) for r in sample.recommendations()]
    text = squeezed(printed(render_records("recommendations", records), 160))
    assert "uppmanar (urges)" in text
    assert text.count("ej citat") == 1


def test_deadlines_stances_documents_sections_and_entities() -> None:
    assert "passerad, redovisning ej funnen" in squeezed(
        printed(render_records("deadlines", sample.deadline_records()), 200)
    )
    stance: dict[str, object] = {"target": "6.2", "stance": "tillstyrker", "wishes": []}
    assert "supports" in printed(render_records("stances", [stance], language="en"))
    document = {"id": "plan", "kind": "handlingsplan", "title": "Plan", "issuer": None,
                "date": "2026-05", "dnr": None, "pages": None, "status": "failed",
                "errors": [{"stage": "read", "message": "tom fil", "page": None}]}  # fmt: skip
    text = squeezed(printed(render_records("documents", [document], language="sv")))
    assert "kunde inte läsas" in text
    assert "tom fil" in text
    section = {"number": "4.3", "title": "Stöd", "level": 2, "page": None}
    assert "4.3 Stöd" in printed(render_records("sections", [section]))
    entity = {"type": "AMOUNT", "surface": "1,5 miljoner\nkronor", "section": ["1 A"], "page": 3,
              "value": {"value": 1500000, "currency": "SEK"}}  # fmt: skip
    assert "1,5 miljoner kronor" in printed(render_records("entities", [entity]))


def test_columns_keep_their_words_and_the_row_its_name() -> None:
    record = {"id": "remissvar-lansstyrelsen-vast", "kind": "handlingsplan", "title": "Plan " * 40,
              "issuer": "Regeringen (Justitiedepartementet)", "date": "2026-05",
              "dnr": "Ju2025/01324", "pages": None, "status": "ok", "errors": []}  # fmt: skip
    text = printed(render_records("documents", [record]), 140)
    assert max(cell_len(line) for line in text.splitlines()) <= 140
    for word in ("remissvar-lansstyrelsen-vast", "(Justitiedepartementet)", "Ju2025/01324"):
        assert word in text


def test_an_id_made_from_a_title_is_whole() -> None:
    measure = replace(sample.measures()[0], id="stärkt-stöd-till-barn-som-har-utsatts-för-brott")
    record = measure_record(measure, sample.plan_document())
    assert measure.id in printed(render_records("measures", [record]), 80)


def test_wishes_are_sentences_and_slips_are_told() -> None:
    stance = {"target": "6.2", "stance": "tveksam", "wishes": ["Stöd saknas.", "Det brådskar."]}
    assert "Stöd saknas. Det brådskar." in squeezed(printed(render_records("stances", [stance])))
    entity = {"type": "REFERENCE", "surface": "SOU 2023:9", "value": "SOU 2023:9", "section": [],
              "page": None, "detail": {"slip": "troligen SOU 2023:97"}}  # fmt: skip
    assert "troligen SOU 2023:97" in printed(render_records("entities", [entity]))


def test_what_the_index_lacks_is_said_in_swedish() -> None:
    record = {"id": "plan", "status": "stale", "remedy": "rodtrad build",
              "reason": "the file, its catalogue entry or the rules changed"}  # fmt: skip
    text = squeezed(printed(render_records("status", [record]), 160))
    assert "behöver läsas om filen, uppgifterna i katalogen" in text
    assert record["reason"] in printed(render_records("status", [record], language="en"), 160)


@pytest.mark.parametrize("width", [40, 80])
def test_a_table_too_wide_for_the_terminal_becomes_a_block_a_row(width: int) -> None:
    text = printed(render_records("deadlines", sample.deadline_records()), width)
    assert "Ansvarig: Polismyndigheten, Åklagarmyndigheten" in squeezed(text)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "─" not in text


def test_a_table_that_fits_stays_a_table() -> None:
    text = printed(render_records("deadlines", sample.deadline_records()), 200)
    assert text.count("Ansvarig") == 1


def test_a_marking_stands_over_the_trace() -> None:
    plan = replace(sample.DOCUMENTS[sample.PLAN], marking="arbetsmaterial")
    table = sample.table(documents={**sample.DOCUMENTS, sample.PLAN: plan})
    assert "Märkning: arbetsmaterial" in printed(render_trace(table))


def test_hits_with_place_and_reason() -> None:
    hit = {
        "rank": 1,
        "document": "plan",
        "section": ["2", "2.3 Stöd"],
        "page": 12,
        "snippet": "ansöka om [betänketid]",
        "why": ["betänketid"],
        "query": "betänketid",
    }
    nothing = {"rank": None, "query": "x", "reason": "inget passar"}
    text = squeezed(printed(render_records("search", [hit, nothing])))
    assert "1. plan, 2 › 2.3 Stöd, s. 12" in text
    assert "[betänketid]" in text
    assert "inget passar" in text


def test_unknown_kinds_show_their_fields_and_nothing_says_so() -> None:
    assert "avvikelse" in printed(render_records("conflicts", [{"avvikelse": "datum"}]))
    assert "Inga rader." in printed(render_records("measures", []))
    assert "Inga träffar." in printed(render_records("search", []))


@given(st.text(max_size=40))
def test_no_text_is_read_as_markup_or_control(text: str) -> None:
    record = {**recommendation_record(sample.recommendations()[0]), "text": f"[red]{text}\x1b[2J"}
    shown = printed(render_records("recommendations", [record]), 200)
    assert "\x1b" not in shown
    assert "[red]" in shown


def test_a_trace_record_can_be_shown_too() -> None:
    records = [trace_record(line) for line in sample.lines()]
    assert "SE-R3-01" in printed(render_records("trace", records), 300)


def test_a_doubtful_demand_says_why() -> None:
    record = {**recommendation_record(sample.recommendations()[0]), "reason": "begär inget"}
    text = squeezed(printed(render_records("recommendations", [record], language="sv"), 200))
    assert "[begär inget]" in text
