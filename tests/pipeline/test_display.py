"""The Python interface: lists that are lists, frames like the records, HTML that escapes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import rodtrad
from rodtrad.datamodel import Evidence
from rodtrad.errors import UsageError
from rodtrad.pipeline.corpus import DOCUMENT_COLUMNS, Corpus
from rodtrad.pipeline.display import Manner, Shown, frame
from rodtrad.pipeline.display_html import card_html, grid, marked, quotation
from rodtrad.pipeline.display_trace import TRACE_COLUMNS, Trace
from rodtrad.pipeline.exports import exports_of
from rodtrad.tables.terms import load_terms

AS_OF = date(2026, 11, 22)
PLAN = "handlingsplan-2026-2028"
LISTS = ("sections", "passages", "entities", "measures", "recommendations", "stances", "deadlines")


@pytest.fixture(scope="module")
def corpus(demo: Path) -> Corpus:
    return rodtrad.open(demo, as_of=AS_OF)


@pytest.fixture(scope="module")
def trace(corpus: Corpus) -> Trace:
    return corpus.trace(source="lagesrapport-25", target=PLAN)


def command_records(demo: Path, *words: str) -> list[dict[str, Any]]:
    call = [sys.executable, "-m", "rodtrad", *words, "--json"]
    done = subprocess.run(call, cwd=demo, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_a_shown_list_is_a_list() -> None:
    assert issubclass(Shown, list)


def test_importing_the_package_is_light() -> None:
    code = "import sys, rodtrad; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "rodtrad" in loaded
    heavy = {"numpy", "pandas", "spacy", "torch", "sklearn", "faiss", "pydantic", "rich", "typer"}
    assert not loaded & heavy


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("document", [PLAN, "remissvar-lansstyrelsen-vasterbotten", "greta"])
def test_every_list_is_a_list_and_shows_itself(corpus: Corpus, document: str, name: str) -> None:
    found = getattr(corpus[document], name)
    assert isinstance(found, Shown)
    assert found._repr_html_().startswith(("<div>", "<p>"))
    assert len(found.records()) == len(found)
    assert str(found)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("entities", ("entities", PLAN)),
        ("sections", ("sections", PLAN)),
        ("measures", ("measures", PLAN, "--as-of", "2026-11-22")),
        ("deadlines", ("deadlines", PLAN, "--as-of", "2026-11-22")),
        ("recommendations", ("recommendations", "greta")),
        ("stances", ("stances", "remissvar-lansstyrelsen-vasterbotten")),
    ],
)
def test_records_are_those_of_the_command(
    corpus: Corpus, demo: Path, name: str, words: tuple[str, ...]
) -> None:
    told = command_records(demo, *words)
    assert told
    found = (
        corpus.deadlines(words[1]).records()
        if name == "deadlines"
        else getattr(corpus[words[1]], name).records()
    )
    assert json.loads(json.dumps(found)) == told


@pytest.mark.parametrize("name", LISTS)
def test_frames_have_the_same_columns_with_and_without_rows(corpus: Corpus, name: str) -> None:
    pytest.importorskip("pandas")
    for document in (PLAN, "greta", "remissvar-lansstyrelsen-vasterbotten"):
        found = getattr(corpus[document], name)
        manner = found._manner
        table = found.to_frame()
        assert len(table) == len(found)
        assert tuple(table.columns)[: len(manner.columns)] == manner.columns
        for record in found.records():
            assert set(manner.columns) <= set(record)


def test_search_is_a_list_of_hits(corpus: Corpus, demo: Path) -> None:
    hits = corpus.search("betänketid", limit=3)
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert hits.records() == command_records(demo, "search", "betänketid", "--limit", "3")
    assert "<mark" in hits._repr_html_()
    assert "betänketid" in str(hits)


def test_search_says_why_it_found_nothing(corpus: Corpus) -> None:
    hits = corpus.search("xyzzy kvantfysik")
    assert list(hits) == []
    assert hits.note
    assert hits.note in str(hits)
    assert "xyzzy" in hits._repr_html_()


def test_search_narrows_as_the_command_does(corpus: Corpus) -> None:
    hits = corpus.search("exitprogram", document=PLAN, agency="Socialstyrelsen", limit=5)
    assert hits
    assert {hit.document for hit in hits} == {PLAN}


def test_compare_is_that_of_the_command(corpus: Corpus, demo: Path) -> None:
    changes = corpus.compare("handlingsplan-2018", PLAN)
    assert changes.records() == command_records(
        demo, "compare", "handlingsplan-2018", PLAN, "--as-of", "2026-11-22"
    )
    assert "nämns inte" in str(changes)
    assert "<table>" in changes._repr_html_()


def test_a_slice_shows_itself_too(corpus: Corpus) -> None:
    measures = corpus[PLAN].measures
    assert isinstance(measures[:2], Shown)
    assert measures[0] == measures[:2][0]
    assert {m.type for m in measures.where(lambda m: m.type == "uppdrag")} == {"uppdrag"}


def test_long_lists_say_how_much_is_left(corpus: Corpus) -> None:
    entities = corpus[PLAN].entities
    assert len(entities) > 40
    assert f"40 / {len(entities)}" in entities._repr_html_()
    assert str(entities).endswith(f"+ {len(entities) - 40}")


def test_the_corpus_is_a_collection_of_documents(corpus: Corpus) -> None:
    assert PLAN in corpus
    assert "nej" not in corpus
    assert [document.id for document in corpus] == [record.id for record in corpus.documents]
    assert set(DOCUMENT_COLUMNS) == set(corpus.documents.records()[0])
    assert PLAN in corpus._repr_html_()
    with pytest.raises(UsageError, match="did you mean"):
        corpus["handlingsplan-2026"]


def test_a_document_tells_what_it_is(corpus: Corpus) -> None:
    document = corpus["regeringsbeslut-ju2025-01324"]
    assert document.metadata["dnr"] == "Ju2025/01324"
    assert "Ju2025/01324" in document._repr_html_()
    assert document.title in str(document)
    assert document.text[document.entities[0].span.start :].startswith(document.entities[0].surface)


def test_displacy_marks_a_section(corpus: Corpus) -> None:
    shown = corpus[PLAN].marked("4.4.1")
    assert "DIARIENUMMER" in shown.html
    assert "DIARIENUMMER: Ju2025/01324" in str(shown).splitlines()
    with pytest.raises(UsageError, match="no section is called '99'"):
        corpus[PLAN].marked("99")


def test_pictures_have_words(corpus: Corpus, trace: Trace) -> None:
    for shown in (trace.matrix(), trace.network(), corpus[PLAN].timeline()):
        assert "<svg" in shown._repr_html_()
        assert f"<figcaption>{shown}" in shown._repr_html_()
    first, second = trace.matrix().html, corpus[PLAN].timeline().html
    identifiers = [part.split('"')[0] for part in (first + second).split(' id="')[1:]]
    assert len(identifiers) == len(set(identifiers))


def test_trace_frames(corpus: Corpus, trace: Trace) -> None:
    pytest.importorskip("pandas")
    table, links = trace.to_frame(), trace.links_frame()
    assert tuple(table.columns)[: len(TRACE_COLUMNS)] == TRACE_COLUMNS
    assert list(table["id"]) == [line.id for line in trace]
    assert len(links) == sum(len(line.links) for line in trace)
    for row in links.to_dict("records"):
        assert row["quote_from"] in corpus[row["from_document"]].text
        assert row["quote_to"] in corpus[row["document"]].text
    matrix = trace.matrix_frame()
    assert matrix.shape == (len(trace), len(corpus[PLAN].measures))


def test_trace_shows_both_quotes_side_by_side(trace: Trace) -> None:
    html = trace._repr_html_()
    link = next(link for line in trace for link in line.links)
    for evidence in (link.evidence_from, link.evidence_to):
        assert str(grid(["x"], [[evidence.quote or ""]])).split("<td")[1].split(">")[1][:60] in html
    assert html.count("<blockquote") >= 2 * sum(len(line.links) for line in trace)


def test_trace_lines_by_id_and_gaps(trace: Trace) -> None:
    line = trace[0]
    assert trace[line.id] is line
    assert trace[f"{line.document}#{line.id}"] is line
    assert {found.status for found in trace.gaps} <= {"gap", "partly"}
    with pytest.raises(UsageError, match="no such recommendation"):
        trace["nej"]


def test_trace_is_saved(trace: Trace, tmp_path: Path) -> None:
    assert trace.save(tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(UsageError):
        trace.save(tmp_path / "t.doc")


def test_a_part_is_saved_as_the_filters_say(trace: Trace, tmp_path: Path) -> None:
    path = trace.save(tmp_path / "polis.json", agency="BRÅ", sharing=True)
    kept = json.loads(path.read_text("utf-8"))
    assert len(kept) < len(trace)
    whole = {line.id: {c.measure for c in line.links} for line in trace}
    for record in kept:
        assert {link["measure"] for link in record["links"]} <= whole[record["id"]]


def test_what_is_saved_is_remembered_and_can_go_without_names(trace: Trace, tmp_path: Path) -> None:
    path = trace.save(tmp_path / "namn.json", mask_names=True)
    assert all(record["masked"] for record in json.loads(path.read_text("utf-8")))
    assert trace.workspace
    assert path in exports_of(trace.workspace, trace[0].document)


@pytest.mark.parametrize("name", ["matrix", "areas", "timeline", "network"])
def test_every_picture_of_a_table_is_one_of_a_trace_too(trace: Trace, name: str) -> None:
    picture = getattr(trace, name)()
    assert "<svg" in picture._repr_html_()
    assert str(picture)


def test_a_chain_is_that_of_the_command(corpus: Corpus, demo: Path) -> None:
    chain = corpus.chain(f"{PLAN}#4.4.1")
    (record,) = command_records(demo, "chain", f"{PLAN}#4.4.1", "--as-of", AS_OF.isoformat())
    assert record == json.loads(json.dumps(chain.record))
    assert [hop["to"].partition("#")[0] for hop in chain] == ["regeringsbeslut-ju2025-01324"]
    assert chain.conflicts
    assert len(chain.to_frame()) == len(chain)
    html = chain._repr_html_()
    assert html.count("<blockquote>") == sum(len(hop["evidence"]) for hop in chain)
    assert "Källorna skiljer sig: Datum" in html
    assert str(chain).startswith(f"{PLAN}#4.4.1 → ")


def test_people_decide_where_a_chain_leads(demo: Path, tmp_path: Path) -> None:
    for part in ("corpus", "indexes"):
        shutil.copytree(demo / part, tmp_path / part)
    item, measure = "greta#SE-R1-07", f"{PLAN}#4.5.3"
    corpus = rodtrad.open(tmp_path, as_of=AS_OF)
    event = corpus.decide("accept", item, measure, grade=1, who="Anna", comment="läst")
    assert event in (tmp_path / "reviews.jsonl").read_text("utf-8")
    with pytest.raises(UsageError, match="must give a grade"):
        corpus.decide("regrade", item, measure, who="Anna")
    with pytest.raises(UsageError, match="decisions"):
        corpus.learn()  # one decision is too few
    assert measure in [hop["to"] for hop in corpus.chain(item)]
    trace = corpus.trace("greta", PLAN)
    assert measure in [f"{c.document}#{c.measure}" for c in trace["SE-R1-07"].links]


def test_read_needs_no_workspace(demo: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    source = demo / "corpus/sources/remissvar/remissvar-lansstyrelsen-vasterbotten.txt"
    document = rodtrad.read(source, as_of=AS_OF)
    assert document.stances
    assert document.passages
    assert list(tmp_path.iterdir()) == []


def test_html_of_hostile_text_is_escaped() -> None:
    evil = '<script>alert("x")</script>'
    evidence = Evidence("d", evil, 0, len(evil), None, (evil,))
    shown = [
        grid([evil], [[evil]]),
        card_html(evil, [(evil, evil)], lines=[evil]),
        marked(evil, [[0, 8]]),
        quotation(evidence, "sv", load_terms("sv")),
    ]
    assert all("<script" not in html for html in shown)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], "abcdef"),
        ([[1, 3]], "a[bc]def"),
        ([[3, 5], [0, 1]], "[a]bc[de]f"),
        ([[0, 4], [2, 5]], "[abcd][e]f"),
        ([[0, 4], [1, 2]], "[abcd]ef"),
    ],
)
def test_marks(marks: list[list[int]], expected: str) -> None:
    html = marked("abcdef", marks)
    for tag, sign in (("</mark>", "]"), ("<mark", "[")):
        html = html.replace(tag, sign)  # type: ignore[assignment]
    assert re.sub(r" style=.*?>", "", html) == expected


def test_frames_say_how_to_get_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"pip install 'rodtrad\[notebook\]'"):
        frame([])


def test_an_empty_list_without_a_reason_says_no_rows() -> None:
    empty: Shown[int] = Shown([], Manner("measures", lambda n: {"n": n}))
    assert "Inga rader." in empty._repr_html_()
    assert str(empty) == "Inga rader."
