"""Trace figures on judged sources of our own, with baselines, and that all gold is whole."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from rodtrad.datamodel import Measure, Recommendation
from rodtrad.errors import UnreadableFileError, UsageError
from rodtrad.evaluation.metrics import reliability
from rodtrad.evaluation.reliability import save_reliability
from rodtrad.evaluation.trace import baseline_rankings, read_trace_gold, trace_figures
from rodtrad.pipeline.tracegold import judged_figures, judged_traces, reliability_bins
from rodtrad.retrieval.encoders.port import Encoder
from rodtrad.tracing import Means, trace
from rodtrad.workspace import open_workspace

GOLD = Path(__file__).parents[1] / "gold"


@pytest.mark.parametrize("path", sorted(GOLD.glob("trace*/*.json")), ids=lambda p: p.stem)
def test_gold_is_whole(path: Path) -> None:
    items = read_trace_gold(path)
    assert len({item.id for item in items}) == len(items) > 10
    for item in items:
        assert item.text
        assert item.links.keys().isdisjoint(item.doubt)
        assert set(item.links.values()) <= {1, 2}
        assert (item.status == "gap") == item.gap


def test_gold_of_a_field_names_only_its_own_measures() -> None:
    for path in GOLD.glob("trace*/field-*.json"):
        known = {measure["id"] for measure in json.loads(path.read_text("utf-8"))["measures"]}
        for item in read_trace_gold(path):
            assert item.links.keys() <= known


def test_figures_of_a_trace(
    demand: Recommendation, measures: Sequence[Measure], encoder: Encoder, tmp_path: Path
) -> None:
    gold = tmp_path / "links-plan.json"
    entries = [
        {"id": "a", "lang": "sv", "text": demand.text, "links": {"plan:4.2": 2}},
        {"id": "b", "lang": "sv", "text": "En riktlinje om betänketid bör tas fram.", "links": {}},
    ]
    common = {"set": "s", "status": "x", "doubt": ["plan:4.3"]}
    gold.write_text(json.dumps([{**entry, **common} for entry in entries]))
    items = read_trace_gold(gold)
    lines = trace([item.recommendation() for item in items], measures, means=Means(encoder))
    baselines = baseline_rankings(items, measures, encoder=encoder)
    figures = list(trace_figures(items, lines, baselines=baselines))
    found = {f.metric: f for f in figures if f.split == "all"}
    assert found["MAP"].value == 1.0
    assert found["MAP"].n == 1
    assert set(baselines) == {"TF-IDF", "TF-IDF char_wb", "BM25", "encoder"}
    assert all(sorted(row) == sorted(m.id for m in measures) for row in baselines["BM25"])
    assert found["ECE"].n == 6
    assert {f.split for f in figures} == {"all", "split:given", "set:s", "language:sv"}


def test_gold_of_fields_and_of_the_plan_is_traced_and_pooled(demo: Path, tmp_path: Path) -> None:
    for folder in ("trace", "trace-own"):
        (tmp_path / folder).mkdir()
        entry = {"id": folder, "lang": "sv", "text": "Fler domare bör utbildas.", "set": "s"}
        entry |= {"status": "partly"}
        links = {"links": {"plan2026:4.3.10": 1}, "doubt": []}
        (tmp_path / folder / "links-plan-2026-2028.json").write_text(json.dumps([entry | links]))
    wish = {"id": "w", "lang": "sv", "text": "Rent vatten behövs.", "set": "w", "status": "gap"}
    field = {
        "measures": [{"id": "a", "title": "Uppdrag om vatten", "text": "Vatten ska renas."}],
        "sources": [wish | {"links": {}, "doubt": []}],
    }
    (tmp_path / "trace-own" / "heldout-vatten.json").write_text(json.dumps(field))
    traces = judged_traces(open_workspace(demo), tmp_path)
    assert [one.name for one in traces] == ["trace", "trace-own", "plan", "heldout-vatten"]
    splits = {figure.split for figure in judged_figures(traces)}
    assert {"all", "trace-own: all", "plan: language:sv", "heldout-vatten: all"} <= splits
    assert sum(one.n for one in reliability_bins(traces)) == 40 + 40 + 1


def test_the_reliability_picture_says_its_numbers(tmp_path: Path) -> None:
    bins = reliability([0.05, 0.95, 0.9], [False, True, False])
    for ending in (".svg", ".html"):
        path = tmp_path / f"picture{ending}"
        save_reliability(path, bins, title="Spårning & mer")
        written = path.read_text("utf-8")
        assert "Spårning &amp; mer" in written
        assert written.count("<circle") == len(bins) == 2
        assert "0.50 (2)" in written
    with pytest.raises(UsageError, match=r"\.svg or \.html"):
        save_reliability(tmp_path / "picture.png", bins, title="x")


def test_other_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('[{"id": 1}]')
    with pytest.raises(UnreadableFileError, match=r"x\.json"):
        read_trace_gold(path)
